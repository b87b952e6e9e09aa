import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.reporting.forms import FormToken
from zuofang.reporting.receipts import Receipt
from zuofang.reporting.sealing import OpeningKey, WillNotOpen, close, open_closed, seal

KEY, OTHER = OpeningKey.generate(), OpeningKey.generate()


def test_what_is_sealed_opens_with_its_key_for_its_purpose() -> None:
    assert KEY.open(seal(KEY.public, "证词".encode(), "7K2M/case"), "7K2M/case").decode() == "证词"


@pytest.mark.parametrize(("key", "context"), [(OTHER, "7K2M/case"), (KEY, "7K2M/identity"), (KEY, "8K2M/case")])
def test_another_key_or_purpose_does_not_open(key: OpeningKey, context: str) -> None:
    with pytest.raises(WillNotOpen):
        key.open(seal(KEY.public, b"x", "7K2M/case"), context)


def test_a_changed_seal_does_not_open_wherever_it_was_changed() -> None:
    sealed = seal(KEY.public, b"what was said", "7K2M/case")
    for place in range(0, len(sealed), 7):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(WillNotOpen):
            KEY.open(changed, "7K2M/case")


@given(st.binary(max_size=200))
def test_no_bytes_make_the_opener_stumble(anything: bytes) -> None:
    with pytest.raises(WillNotOpen):
        KEY.open(anything, "7K2M/case")
    with pytest.raises(WillNotOpen):
        open_closed(bytes(32), anything, "7K2M/case")


def test_the_same_content_never_looks_the_same() -> None:
    assert len({seal(KEY.public, b"x", "a") for _ in range(50)}) == 50
    assert len({close(bytes(32), b"x", "a") for _ in range(1000)}) == 1000


def test_no_secret_stands_in_what_a_failure_would_print() -> None:
    told = repr([KEY, Receipt("7K2M", "Q4TX9F3BW6HN2RDP"), FormToken(b"number-of-a-form", 0)])
    assert not any(secret in told for secret in (repr(KEY.seed), "Q4TX", "number-of-a-form"))
