"""Every table, address, command and setting is documented, and what is documented is what there is."""

import re
from pathlib import Path

import pytest
from tests.house.conftest import ROOT, walk
from tests.house.reference import DOCS, PART, PARTS, tables, undescribed, up_to_date

from zuofang.migrations.tables import METADATA
from zuofang.storage.base import Base

DOCUMENTS = sorted(DOCS.glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_says_what_the_code_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert up_to_date(text) == text, "write it anew: make docs, or python tests/house/reference.py"


def test_every_part_has_its_document() -> None:
    found = [part[2] for path in DOCUMENTS for part in PART.finditer(path.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(PARTS)


def test_every_table_says_what_a_row_is() -> None:
    mapped = {mapper.local_table.description for mapper in Base.registry.mappers}
    assert set(METADATA.tables) == mapped
    text = "\n".join(tables())
    assert all(f"## {name}\n\n" in text for name in mapped)
    assert re.search(r"^## \w+\n\n\|", text, re.MULTILINE) is None, "a table without a sentence"


def test_every_rule_file_is_described() -> None:
    assert undescribed() == set()


def test_every_test_that_a_document_promises_is_there() -> None:
    named = {
        one
        for path in DOCUMENTS
        for one in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", path.read_text(encoding="utf-8"))
    }
    assert named, "the threat model names its tests"
    missing = {f"{path}::{name}" for path, name in named if f"def {name}(" not in _text(ROOT / path)}
    assert missing == set()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_every_document_is_reached_from_the_readme() -> None:
    reached, left = set(), [ROOT / "README.md"]
    while left:
        path = left.pop()
        if path in reached or not path.exists():
            continue
        reached.add(path)
        links = re.findall(r"\]\(([^)#:]+\.md)", path.read_text(encoding="utf-8"))
        left += [(path.parent / link).resolve() for link in links]
    assert {path for path in walk(DOCS) if path.suffix == ".md"} <= reached
