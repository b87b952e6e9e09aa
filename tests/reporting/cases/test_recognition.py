"""Who writes again and again is recognised by digests that nobody but the custodian can make."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.reporting.cases.conftest import PERSON, Bureau, noon, the_case

from zuofang.reporting.acts import close_report
from zuofang.reporting.cases.acts import asking
from zuofang.reporting.cases.acts.opening import About
from zuofang.reporting.cases.acts.recognition import forget, recognise
from zuofang.reporting.cases.marks import mark_key, marks
from zuofang.reporting.cases.models import AskKind, MarkField, ReportMark
from zuofang.reporting.cases.queries import Signs, signs
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Report, Role, Standing
from zuofang.reporting.retention import purge
from zuofang.reporting.sealing import WillNotOpen
from zuofang.storage.journal import JournalEntry

KEY = bytes(range(32))
SAME = {
    "name": "沈小满", "phone": "+86 138-0013-8000", "address": "清溪县 北溪镇南街３号",
    "identity": "33010119900101123x",
}  # fmt: skip
AGAIN = {
    "name": " 沈小满", "phone": "１３８００１３８０００", "address": "清溪县北溪镇南街3号",
    "identity": "33010119900101123X",
}  # fmt: skip
OTHER = {**PERSON, "name": "周小雨", "identity": "330101199001011239"}


def test_a_person_is_the_same_however_they_write_it() -> None:
    assert marks(KEY, SAME) == marks(KEY, AGAIN)
    assert set(marks(KEY, SAME)) == set(MarkField)


def test_a_digest_is_another_under_another_key_and_for_another_field() -> None:
    mine, theirs = marks(KEY, SAME), marks(bytes(32), SAME)
    assert all(mine[field] != theirs[field] for field in mine)
    assert len(set(mine.values())) == len(mine)


@given(st.dictionaries(st.sampled_from(["name", "phone", "address", "identity"]), st.text(max_size=30)))
def test_whatever_a_person_writes_makes_digests_of_one_length_and_none_of_nothing(person: dict[str, str]) -> None:
    made = marks(KEY, person)
    assert all(len(digest) == 32 for digest in made.values())
    if not any(any(sign.isalnum() for sign in value) for value in person.values()):
        assert made == {}


def test_only_the_custodian_makes_digests(opened: dict[Role, RoleKeys]) -> None:
    for role in (Role.case, Role.payout):
        with pytest.raises(WillNotOpen):
            mark_key(opened[role])
    assert mark_key(opened[Role.identity]) == mark_key(opened[Role.identity])


def told(bureau: Bureau, custodian: RoleKeys, day: str, person: dict[str, str], workshop: int | None = None) -> Signs:
    number = bureau.opened(day, about=About(place="330200", workshop_id=workshop), person=person)
    with bureau.at(day, "身份保管员") as desk:
        case = the_case(desk, number)
        recognise(desk, case, custodian, "识别重复")
        return signs(desk.session, case, noon(day).date(), desk.rules)


def test_the_same_person_is_counted_and_a_serial_sender_told(bureau: Bureau, opened: dict[Role, RoleKeys]) -> None:
    found = [told(bureau, opened[Role.identity], f"2026-06-{day:02}", SAME) for day in range(1, 6)]
    assert [one.same_person for one in found] == [0, 1, 2, 3, 4]
    assert [one.is_serial for one in found] == [False, False, False, False, True]


def test_another_person_is_not_counted_but_a_shared_telephone_is(bureau: Bureau, opened: dict[Role, RoleKeys]) -> None:
    custodian = opened[Role.identity]
    told(bureau, custodian, "2026-06-01", {**SAME, "phone": "0570-0000001"})
    found = told(bureau, custodian, "2026-06-02", {**OTHER, "address": "别处"})
    assert found.shared_contact == 1
    assert found.is_serial


def test_what_lies_longer_back_than_the_window_counts_no_more(bureau: Bureau, opened: dict[Role, RoleKeys]) -> None:
    told(bureau, opened[Role.identity], "2025-05-30", SAME)
    assert told(bureau, opened[Role.identity], "2026-06-01", SAME).same_person == 0


def test_an_anonymous_report_leaves_no_digest_and_digests_can_be_forgotten(
    bureau: Bureau, opened: dict[Role, RoleKeys]
) -> None:
    hidden = bureau.opened("2026-06-01", standing=Standing.anonymous, person={})
    known = bureau.opened("2026-06-01", person=SAME)
    with bureau.at("2026-06-01", "身份保管员") as desk:
        recognise(desk, the_case(desk, hidden), opened[Role.identity], "识别重复")
        assert the_case(desk, hidden).marks == []
        recognise(desk, the_case(desk, known), opened[Role.identity], "识别重复")
        with pytest.raises(WillNotOpen):
            recognise(desk, the_case(desk, known), opened[Role.case], "识别重复")
    with bureau.at("2026-06-02", "身份保管员") as desk:
        forget(desk, the_case(desk, known), "保存期满")
        assert desk.session.scalars(select(ReportMark)).all() == []


def test_nothing_that_was_given_stands_in_the_journal(bureau: Bureau, opened: dict[Role, RoleKeys]) -> None:
    told(bureau, opened[Role.identity], "2026-06-01", SAME)
    with replace(bureau.office).writing("读者") as desk:
        entries = desk.session.scalars(select(JournalEntry)).all()
        written = "\n".join(f"{one.why}{one.facts}{one.subject_key}" for one in entries)
    assert not [value for value in (*SAME.values(), "13800138000") if value in written]


def test_the_digests_end_with_the_person_they_were_made_from(bureau: Bureau, opened: dict[Role, RoleKeys]) -> None:
    told(bureau, opened[Role.identity], "2026-06-01", SAME)
    with bureau.at("2026-06-02") as desk:
        close_report(desk, desk.session.scalars(select(Report)).one(), desk.today, "办结")
    kept = []
    for day in ("2026-06-03", "2027-12-31"):
        purge(replace(bureau.office, clock=partial(noon, day)))
        with Session(bureau.office.database.read) as session:
            kept.append(len(session.scalars(select(ReportMark)).all()))
    assert kept == [len(MarkField), 0]


def test_what_was_asked_about_a_sender_is_forgotten_with_the_content(bureau: Bureau) -> None:
    number = bureau.opened("2026-05-06")
    with bureau.at("2026-05-07") as desk:
        case = the_case(desk, number)
        asking.ask_custodian(desk, case, AskKind.recognition, "同一店铺又有来件")
        close_report(desk, desk.session.get_one(Report, case.report_id), desk.today, "办结")
    purge(replace(bureau.office, clock=lambda: noon("2036-01-02")))
    with bureau.at("2036-01-02") as desk:
        assert [ask.why for ask in the_case(desk, number).asks] == [""]
