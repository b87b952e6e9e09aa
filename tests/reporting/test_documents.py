"""Viewing copies of PDF: pictures of its pages, whatever else is in it; and what has none is taken all the same."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as slow
from hypothesis import strategies as st
from PIL import Image
from tests.conftest import NOON
from tests.reporting import documents
from tests.reporting.documents import SQUARE, by_hand, document

from zuofang.reporting.evidence.budget import MEBIBYTE, Budget
from zuofang.reporting.evidence.copies import TOLD, Lack
from zuofang.reporting.evidence.documents import document_copy
from zuofang.reporting.evidence.kinds import FileKind
from zuofang.reporting.evidence.uploads import Uploads
from zuofang.reporting.evidence.worker import examine
from zuofang.reporting.forms import new_form
from zuofang.storage.database import Database

SMALL = Budget(page_side=200)


def square_of(picture: bytes) -> tuple[int, int]:
    """How bright the middle of the square is that every page shows, and its corner."""
    shown = Image.open(io.BytesIO(picture)).convert("L")
    return int(shown.getpixel((shown.width // 2, shown.height * 3 // 8))), int(shown.getpixel((2, 2)))  # type: ignore[arg-type]


def test_the_copy_of_a_document_is_pictures_of_its_pages_and_tells_nothing() -> None:
    content = document(pages=3)
    assert b"Canary" in content
    seen = examine(content)
    assert (seen.kind, seen.made.of, seen.made.lack) == (FileKind.pdf, 3, None)
    assert sum(seen.made.pages) == len(seen.copy)
    for number in (1, 2, 3):
        picture = Image.open(io.BytesIO(seen.made.page(number)))
        assert (picture.format, max(picture.size), len(picture.getexif())) == ("JPEG", 1600, 0)
        assert square_of(seen.made.page(number)) == (0, 255)
    assert seen.made.page(0) == seen.made.page(4) == b""
    assert b"Canary" not in seen.copy


def test_nothing_in_a_document_is_run_or_unpacked_and_its_page_is_shown() -> None:
    seen = examine(documents.with_script())
    assert square_of(seen.copy) == (0, 255)
    assert b"CanaryProgram" not in seen.copy


@pytest.mark.parametrize(
    ("budget", "pages"),
    [(Budget(pages=2), 2), (Budget(drawing=0.0), 1), (Budget(copy_total=4000, page_side=200), 2)],
    ids=["by number", "by time", "by size"],
)
def test_of_a_long_document_the_first_pages_are_drawn_and_it_is_known_how_many_there_are(
    budget: Budget, pages: int
) -> None:
    seen = examine(document(pages=9), budget)
    assert (len(seen.made.pages), seen.made.of) == (pages, 9)


HOSTILE: dict[str, tuple[Callable[[], bytes], Lack]] = {
    "a document with a password": (lambda: document(password="secret"), Lack.locked),
    "half a document": (lambda: document(pages=20)[:900], Lack.unreadable),
    "a document of nothing": (lambda: b"%PDF-1.4\n%%EOF\n", Lack.unreadable),
    "rubbish": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, Lack.unreadable),
    "a drawing without end": (documents.flood_of_drawing, Lack.too_much),
    "a drawing that unpacks to everything": (documents.flood_of_bytes, Lack.too_much),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_that_cannot_be_drawn_is_taken_and_said_why(name: str) -> None:
    make, lack = HOSTILE[name]
    seen = examine(make(), Budget(processor=1, memory=250 * MEBIBYTE))
    assert (seen.kind, seen.copy, seen.made.lack) == (FileKind.pdf, b"", lack)
    assert str(TOLD[lack]).endswith("。")


@pytest.mark.parametrize(
    "content",
    [
        documents.flood_of_pixels(),
        documents.in_a_circle(),
        by_hand(SQUARE).replace(b"[0 0 300 400]", b"[0 0 0 0]"),
        by_hand(SQUARE).replace(b"[0 0 300 400]", b"[0 0 99999999 1]"),
        by_hand(SQUARE).replace(b"[0 0 300 400]", b"[-1e30 -1e30 1e30 1e30]"),
    ],
    ids=["a flood of pixels", "a circle", "no size", "a thread", "no end"],
)
def test_a_document_that_claims_to_be_enormous_gives_pages_of_moderate_size(content: bytes) -> None:
    made = examine(content, SMALL).made
    assert len(made.pages) == made.of == 1
    assert max(Image.open(io.BytesIO(made.content)).size) == 200


SOURCE = document(pages=1)


@given(st.integers(0, len(SOURCE) - 1), st.binary(min_size=1, max_size=40), st.integers(0, 40))
@slow(max_examples=150, deadline=None)
def test_whatever_is_changed_in_a_document_there_are_pages_or_a_plain_reason(
    place: int, rubbish: bytes, out: int
) -> None:
    made = document_copy(SOURCE[:place] + rubbish + SOURCE[place + out :], SMALL)
    assert (made.lack is None) == bool(made.pages)
    assert b"Canary" not in made.content
    for number in range(1, len(made.pages) + 1):
        assert max(Image.open(io.BytesIO(made.page(number))).size) == 200


def test_the_original_of_a_locked_document_lies_sealed_and_says_why_it_has_no_copy(database: Database) -> None:
    uploads, form, content = Uploads(database), new_form(NOON), document(password="secret")
    about = uploads.park(form, "单据.pdf", content, NOON)
    assert uploads.waiting(form) == [about]
    assert (about.lack, about.pages, about.sha256) == (Lack.locked, (), hashlib.sha256(content).hexdigest())
