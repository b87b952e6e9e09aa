from dataclasses import replace
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import NOON

from zuofang.reporting.acknowledgements import is_genuine, opening, read, sign

KEY = Ed25519PrivateKey.generate()
OURS = [KEY.public_key().public_bytes_raw()]


def test_an_acknowledgement_is_ours_as_it_is_printed() -> None:
    made = sign(KEY, opening(NOON, b"content").commitment)
    broken_over_lines = "\n ".join(made.text[at : at + 20] for at in range(0, len(made.text), 20))
    found = read(broken_over_lines)
    assert found == made
    assert is_genuine(made, OURS)


def test_a_changed_or_foreign_acknowledgement_is_not() -> None:
    made = sign(KEY, opening(NOON, b"content").commitment)
    assert not is_genuine(replace(made, commitment=bytes(32)), OURS)
    assert not is_genuine(sign(Ed25519PrivateKey.generate(), made.commitment), OURS)


def test_it_tells_neither_time_nor_content_and_its_opening_proves_both() -> None:
    first, second = opening(NOON, b"content"), opening(NOON, b"content")
    assert first.commitment != second.commitment
    assert replace(first).commitment == first.commitment
    assert replace(first, minute=first.minute + timedelta(minutes=1)).commitment != first.commitment
    assert replace(first, content=bytes(32)).commitment != first.commitment


@given(st.text(max_size=300) | st.from_regex(r"ZF1\.[0-9a-f]{8}\.[A-Za-z0-9_-]{128}", fullmatch=True))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    found = read(text)
    assert found is None or not is_genuine(found, OURS)
