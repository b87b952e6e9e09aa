"""Commitments, notice boards, papers: what is noted, what is taken back, and never a word of anybody's health."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.storage.acts import Desk, Office, Refused
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.acts import boards, operators
from zuofang.traceability.acts.boards import Seen, Supplier
from zuofang.traceability.models import (
    Certificate,
    CertificateEvent,
    Commitment,
    NoticeBoard,
    PaperEventKind,
    Workshop,
)

TODAY = date(2026, 11, 20)
FULL = Seen(
    certificate_shown=True, rules="进货查验、从业人员健康管理、食品安全自查", handlers=4, all_certified=True,
    next_expiry=date(2027, 3, 1), suppliers=(Supplier("北溪肉联厂", "牛肉", "浙屠001"), Supplier("清溪酱园", "酱油")),
)  # fmt: skip


@pytest.fixture
def workshop(office: Office) -> int:
    with office.writing("officer") as desk:
        return scene.build(desk, until=date(2027, 2, 28)).workshop.id


def of(desk: Desk, key: int) -> Workshop:
    return desk.session.get_one(Workshop, key)


def test_a_board_is_seen_seen_again_and_forgotten(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        boards.see_board(desk, of(desk, workshop), date(2026, 11, 2), Seen(), WHY)
    with office.writing("officer") as desk:
        boards.see_board(desk, of(desk, workshop), TODAY, FULL, WHY)
    with office.writing("officer") as desk:
        assert boards.as_seen(desk.session.scalars(select(NoticeBoard)).one()) == FULL
        fewer = Seen(suppliers=FULL.suppliers and FULL.suppliers[1:])
        boards.see_board(desk, of(desk, workshop), TODAY, fewer, WHY)
    with office.writing("officer") as desk:
        assert boards.take_down_board(desk, of(desk, workshop), WHY) == fewer
        assert boards.board_of(desk, of(desk, workshop)) is None
    with office.writing("officer") as desk, pytest.raises(Refused, match="没有这家作坊"):
        boards.take_down_board(desk, of(desk, workshop), WHY)


@pytest.mark.parametrize(
    ("on", "seen", "said"),
    [
        (date(2026, 11, 21), Seen(), "还没有到"),
        (TODAY, Seen(handlers=0, all_certified=True), "不写健康证明"),
        (TODAY, Seen(handlers=2, all_certified=False, next_expiry=date(2027, 1, 1)), "才写最早到期日"),
        (TODAY, Seen(handlers=2, all_certified=True, next_expiry=date(2026, 11, 19)), "才写最早到期日"),
        (TODAY, Seen(rules="负责人 11010519491231002X"), "身份证号"),
    ],
)
def test_a_board_that_contradicts_itself_is_refused(
    office: Office, workshop: int, on: date, seen: Seen, said: str
) -> None:  # fmt: skip
    with office.writing("officer") as desk, pytest.raises(Refused, match=said):
        boards.see_board(desk, of(desk, workshop), on, seen, WHY)


def test_an_older_look_does_not_replace_a_newer_one(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        boards.see_board(desk, of(desk, workshop), TODAY, FULL, WHY)
    with office.writing("officer") as desk, pytest.raises(Refused, match="更晚"):
        boards.see_board(desk, of(desk, workshop), date(2026, 11, 2), Seen(), WHY)


def test_no_column_has_room_for_who_is_healthy() -> None:
    columns = {column.name for model in (NoticeBoard, Commitment) for column in inspect(model).local_table.columns}
    assert columns == {
        "id", "workshop_id", "seen_on", "certificate_shown", "rules", "handlers", "all_certified", "next_expiry",
        "names_suppliers", "signed_on", "words", "displayed", "ended_on",
    }  # fmt: skip


def test_a_new_commitment_ends_the_one_before_and_striking_it_out_brings_that_back(
    office: Office, workshop: int
) -> None:
    with office.writing("officer") as desk:
        first = boards.commit(desk, of(desk, workshop), date(2026, 1, 5), WHY, words="不用非食品原料", displayed=True)
        second = boards.commit(desk, of(desk, workshop), date(2026, 11, 2), WHY)
        assert first.ended_on == date(2026, 11, 2)
        with pytest.raises(Refused, match="最新"):
            boards.unsign(desk, first, WHY)
        boards.unsign(desk, second, WHY)
        assert first.ended_on is None
        boards.end_commitment(desk, first, TODAY, WHY)
        boards.resume_commitment(desk, first, WHY)
        with pytest.raises(Refused, match="没有结束"):
            boards.resume_commitment(desk, first, WHY)
        with pytest.raises(Refused, match="更晚的承诺"):
            boards.commit(desk, of(desk, workshop), date(2025, 12, 1), WHY)


def paper(desk: Desk) -> Certificate:
    return desk.session.scalars(select(Certificate)).one()


def test_a_certificate_is_renewed_and_changed_and_both_are_taken_back_newest_first(
    office: Office, workshop: int
) -> None:
    with office.writing("officer") as desk:
        key = paper(desk).id
        operators.renew_certificate(desk, key, date(2026, 11, 2), date(2030, 2, 28), WHY)
        operators.renew_certificate(desk, key, TODAY, date(2031, 2, 28), WHY)
        changed = operators.change_certificate(desk, key, TODAY, "酱卤肉制品、豆制品", WHY)
    with office.writing("officer") as desk:
        first, second, _ = paper(desk).events
        assert [one.kind for one in paper(desk).events] == [
            PaperEventKind.renewed, PaperEventKind.renewed, PaperEventKind.changed,
        ]  # fmt: skip
        with pytest.raises(Refused, match="最近一次"):
            operators.undo_paper_event(desk, first, WHY)
        for event in (second, first, desk.session.get_one(CertificateEvent, changed.id)):
            operators.undo_paper_event(desk, event, WHY)
        assert (paper(desk).until, paper(desk).scope) == (date(2027, 2, 28), None)


@pytest.mark.parametrize(("until", "on"), [(date(2027, 2, 28), TODAY), (date(2030, 1, 1), date(2026, 11, 21))])
def test_a_renewal_that_renews_nothing_is_refused(office: Office, workshop: int, until: date, on: date) -> None:
    with office.writing("officer") as desk, pytest.raises(Refused):
        operators.renew_certificate(desk, paper(desk).id, on, until, WHY)


def test_a_cancellation_is_told_apart_from_a_revocation_and_what_was_taken_back_too(
    office: Office, workshop: int
) -> None:
    with office.writing("officer") as desk:
        key = paper(desk).id
        operators.revoke_certificate(desk, key, TODAY, WHY, PaperEventKind.cancelled)
        operators.reinstate_certificate(desk, key, WHY)
        operators.revoke_certificate(desk, key, TODAY, WHY)
        with pytest.raises(Refused, match="吊销或者注销以外"):
            operators.revoke_certificate(desk, key, TODAY, WHY, PaperEventKind.renewed)
        with pytest.raises(Refused, match="已经吊销"):
            operators.renew_certificate(desk, key, TODAY, date(2030, 1, 1), WHY)
    with office.writing("officer") as desk:
        kinds = [one.kind for one in paper(desk).events]
        assert kinds == [PaperEventKind.cancelled, PaperEventKind.reinstated, PaperEventKind.revoked]


def test_what_stood_on_the_board_before_is_kept_in_the_journal(office: Office, workshop: int) -> None:
    for seen in (FULL, Seen()):
        with office.writing("officer") as desk:
            boards.see_board(desk, of(desk, workshop), TODAY, seen, WHY)
    with Session(office.database.read) as session:
        entries = session.scalars(select(JournalEntry.facts).where(JournalEntry.act == "board.see")).all()
    assert "北溪肉联厂" in str(entries[1])
