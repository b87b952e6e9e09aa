"""The signed sheet: what was signed is what is read back, and nothing else is."""

import base64
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.credit.verification import sheet as sheets
from zuofang.credit.verification.answers import Candidate, LineAnswer, Paper, Standing, What
from zuofang.credit.verification.sheet import MARK, AnswerSheet, DataState, NotOurSheet, sign, unseal
from zuofang.rules.sentences import say
from zuofang.storage.keys import AnswerKeys, new_keys, read_answer_keys, rotate_keys
from zuofang.traceability.queries.certificates import CertificateState

NOW = datetime(2026, 11, 20, 4, 0, 5, tzinfo=UTC)


@pytest.fixture
def answer_keys(tmp_path: Path) -> AnswerKeys:
    new_keys(tmp_path)
    return read_answer_keys(tmp_path)


def told(*answers: LineAnswer) -> AnswerSheet:
    return AnswerSheet(NOW, date(2026, 11, 20), "https://zf.example.cn", DataState(12, "ab" * 8), answers)


FULL = LineAnswer(
    number=3, text="陈记", what=What.certificate, standing=Standing.care, workshop=1, name="陈记", product="酱牛肉",
    paper=Paper(CertificateState.in_force, "ZF1", date(2027, 1, 1)),
    points=(say("自%(day)s起%(why)s。", day=date(2026, 11, 1), why=say("原因未记载")),), honours=("5S",),
    candidates=(Candidate(2, "陈记二店", None),),
)  # fmt: skip
BARE = LineAnswer(number=1, text="x", what=What.unknown, standing=Standing.unknown)


def test_a_sealed_sheet_is_read_back_as_it_was_signed(answer_keys: AnswerKeys) -> None:
    signed = sign(told(BARE, FULL), answer_keys)
    assert unseal(signed.sealed, answer_keys.verifier) == signed
    assert unseal(f" {signed.sealed[:40]}\n{signed.sealed[40:]} ", answer_keys.verifier).sheet == told(BARE, FULL)
    assert signed.sheet.counts[Standing.care] == 1


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, AnswerKeys]:
    """A sealed sheet and the keys it was signed with."""
    folder = tmp_path_factory.mktemp("answers")
    new_keys(folder)
    keys = read_answer_keys(folder)
    return sign(told(BARE), keys).sealed, keys


@given(st.integers(min_value=0), st.characters())
def test_a_changed_sheet_is_refused_whatever_was_changed(sealed: tuple[str, AnswerKeys], place: int, put: str) -> None:
    signed, keys = sealed
    place %= len(signed)
    try:
        read = unseal(signed[:place] + put + signed[place + 1 :], keys.verifier)
    except NotOurSheet:
        return
    assert read.sealed == signed, "only another spelling of the same bytes may pass"


def test_a_sheet_of_another_site_is_refused(answer_keys: AnswerKeys, tmp_path: Path) -> None:
    new_keys(tmp_path / "other")
    theirs = read_answer_keys(tmp_path / "other")
    with pytest.raises(NotOurSheet):
        unseal(sign(told(BARE), theirs).sealed, answer_keys.verifier)


def test_a_sheet_of_before_a_rotation_is_read(answer_keys: AnswerKeys, tmp_path: Path) -> None:
    signed = sign(told(BARE), answer_keys)
    rotate_keys(tmp_path)
    assert unseal(signed.sealed, read_answer_keys(tmp_path).verifier).sheet == told(BARE)


def test_a_bomb_is_not_unpacked(answer_keys: AnswerKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LARGEST", 1000)
    packed = bytes(72) + zlib.compress(bytes(100_000))
    with pytest.raises(NotOurSheet):
        unseal(MARK + base64.urlsafe_b64encode(packed).decode().rstrip("="), answer_keys.verifier)


@pytest.mark.parametrize("text", ["", "ZF1.", "ZF1.AAAA", "ZF1.====", "hello", "ZF1." + "A" * 500])
def test_what_is_no_sheet_is_refused(answer_keys: AnswerKeys, text: str) -> None:
    with pytest.raises(NotOurSheet):
        unseal(text, answer_keys.verifier)
