"""Label codes: nobody else can mint one, and a person can type one."""

import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zuofang.traceability.codes import (
    ALPHABET,
    BATCH_LENGTH,
    ITEM_LENGTH,
    LAST_BATCH,
    LAST_SERIAL,
    LabelKeyring,
    NotOurCode,
    in_groups,
    mint,
    mint_range,
    read,
)

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
keyring = LabelKeyring({0: OLD, 7: NEW}, current=7)

batches = st.integers(1, LAST_BATCH)
serials = st.integers(1, LAST_SERIAL)
maybe_serials = st.none() | serials


@given(batches, maybe_serials)
def test_a_minted_code_reads_back_as_what_it_was_minted_from(batch: int, serial: int | None) -> None:
    code = read(keyring, mint(keyring, batch, serial))
    assert (code.batch, code.serial, code.key_version, code.is_item) == (batch, serial, 7, serial is not None)
    assert len(code.text) == (BATCH_LENGTH if serial is None else ITEM_LENGTH)
    assert set(code.text) <= set(ALPHABET)


def test_the_largest_numbers_fit() -> None:
    assert read(keyring, mint(keyring, LAST_BATCH, LAST_SERIAL)).serial == LAST_SERIAL


@settings(max_examples=30)
@given(batches, maybe_serials)
def test_every_change_of_one_character_is_refused(batch: int, serial: int | None) -> None:
    code = mint(keyring, batch, serial)
    for place, was in enumerate(code):
        for other in ALPHABET.replace(was, ""):
            with pytest.raises(NotOurCode):
                read(keyring, code[:place] + other + code[place + 1 :])


@given(batches, maybe_serials, st.data())
def test_two_neighbouring_characters_swapped_are_refused(batch: int, serial: int | None, data: st.DataObject) -> None:
    code = mint(keyring, batch, serial)
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assume(swapped != code)
    with pytest.raises(NotOurCode):
        read(keyring, swapped)


@given(batches, maybe_serials, st.randoms())
def test_typing_is_forgiven(batch: int, serial: int | None, random) -> None:
    code = mint(keyring, batch, serial)
    habits = {"0": "0Oo０", "1": "1IiLl１"}
    typed = "".join(random.choice(habits.get(c, c + c.lower())) + random.choice(["", "", " ", "-", "—"]) for c in code)
    assert read(keyring, typed) == read(keyring, code)


def test_the_printed_form_is_in_groups_and_reads_back() -> None:
    code = read(keyring, mint(keyring, 42, 1000))
    assert [len(group) for group in code.in_groups.split("-")] == [5, 5, 5, 5]
    assert read(keyring, code.in_groups) == code
    assert in_groups("ABCDEFGHJK00001") == "ABCDE-FGHJK-00001"


def test_u_is_no_letter_of_the_alphabet() -> None:
    code = mint(keyring, 42)
    for place in range(len(code)):
        with pytest.raises(NotOurCode):
            read(keyring, code[:place] + "U" + code[place + 1 :])


@given(
    st.text(max_size=120)
    | st.text(string.printable, max_size=30)
    | st.binary(max_size=40).map(lambda b: b.decode("latin-1"))
)
def test_any_other_text_is_refused_and_never_anything_else(text: str) -> None:
    with pytest.raises(NotOurCode):
        read(keyring, text)


@given(st.text(ALPHABET, min_size=ITEM_LENGTH, max_size=ITEM_LENGTH) | st.text(ALPHABET, min_size=15, max_size=15))
def test_a_well_formed_guess_is_refused(text: str) -> None:
    with pytest.raises(NotOurCode, match="不是本站签发"):
        read(keyring, text)


def test_no_two_payloads_share_a_code() -> None:
    codes = [mint(keyring, batch, serial) for batch in range(1, 60) for serial in (None, *range(1, 60))]
    assert len(set(codes)) == len(codes)


def test_an_item_code_cut_down_is_not_the_code_of_its_batch() -> None:
    item = mint(keyring, 42, 1)
    with pytest.raises(NotOurCode):
        read(keyring, item[:7] + item[-8:])


def test_a_range_mints_what_one_by_one_would() -> None:
    assert list(mint_range(keyring, 9, 100, 140)) == [mint(keyring, 9, serial) for serial in range(100, 141)]


def test_codes_of_an_older_key_stay_good_and_those_of_a_foreign_key_never_are() -> None:
    old = mint(LabelKeyring({0: OLD}, current=0), 5, 6)
    assert read(keyring, old).key_version == 0
    for foreign in (LabelKeyring({0: NEW}, current=0), LabelKeyring({1: OLD}, current=1)):
        with pytest.raises(NotOurCode):
            read(foreign, old)


@pytest.mark.parametrize(
    ("batch", "serial"), [(0, None), (LAST_BATCH + 1, None), (1, 0), (1, LAST_SERIAL + 1), (-1, 1)]
)
def test_numbers_that_do_not_fit_are_refused(batch: int, serial: int | None) -> None:
    with pytest.raises(ValueError, match="is not within"):
        mint(keyring, batch, serial)


@pytest.mark.parametrize("secrets", [{}, {1: OLD}, {0: OLD[:31]}, {0: OLD, 32: NEW}])
def test_a_keyring_that_cannot_work_is_refused(secrets: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="label key"):
        LabelKeyring(secrets, current=0)


def test_a_keyring_does_not_show_its_secrets() -> None:
    assert repr(OLD) not in repr(keyring)
    assert "secrets" not in repr(keyring)
