"""The credit file on a day: everything the law lets stand there, and of what it has taken away only the fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from tests import scene
from tests.credit import filed
from tests.credit.filed import at
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.acts import records
from zuofang.credit.codec import dump
from zuofang.credit.events import Annulled, Repaired, Stayed
from zuofang.credit.measures import Referral
from zuofang.credit.models import CaseKind, CreditCase, CreditRecord, RecordKind, RecordState
from zuofang.credit.queries import credit_file
from zuofang.credit.queries.told import CreditFile
from zuofang.credit.records import Tier
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import operators
from zuofang.traceability.models import RestrictionKind

TODAY = date(2026, 11, 20)
SECRET = "使用超过保质期的酱油"
MINOR = replace(filed.FINE, tier=Tier.lighter)


@pytest.fixture
def workshop(office: Office) -> int:
    with office.writing("officer") as desk:
        return scene.build(desk).workshop.id


def file(office: Office, on: date = TODAY, today: date = TODAY) -> CreditFile:
    with office.database.read.connect() as connection:
        found = credit_file(connection, 1, on, today, read_rules())
    assert found is not None
    return found


def of(desk: Desk, key: int) -> CreditRecord:
    return desk.session.get_one(CreditRecord, key)


def test_a_published_record_is_told_with_its_reasons_and_counts_in_the_grade(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, filed.FINE, title="使用过期原料")
    found = file(office)
    (told,) = found.told
    assert (told.kind, told.title, told.document) == (RecordKind.penalty, "使用过期原料", "清市监〔2026〕12号")
    assert told.publication.last_day == date(2029, 10, 12)
    assert all(reason.article for reason in told.publication.reasons)
    assert {grade.scheme for grade in found.grades} == {"risk", "credit"}
    assert any(one.until == told.publication.last_day or one.points for one in found.grades[0].contributions)
    assert found.findings == 1


def test_nothing_is_told_before_its_publication(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, filed.FINE, published=False)
    assert file(office).told == ()
    daily.run(office)
    assert len(file(office).told) == 1
    assert file(office, date(2026, 11, 19)).told == ()
    assert file(office, date(2026, 11, 19)).gone == ()


@pytest.mark.parametrize(
    ("happened", "article"),
    [
        (Annulled(on=TODAY), "第十一条"),
        (Repaired(on=TODAY), "第十七条"),
        (Stayed(on=TODAY), ""),
    ],
)
def test_what_left_public_view_is_the_bare_fact_whatever_day_is_asked_about(
    office: Office, workshop: int, happened: Any, article: str
) -> None:
    earlier = at(office, date(2026, 11, 2))
    key = filed.filed(earlier, workshop, filed.FINE)
    with office.writing("officer") as desk:
        records.happened(desk, of(desk, key), happened, WHY)
    for on in (date(2026, 11, 2), date(2026, 11, 19), TODAY):
        found = file(office, on)
        assert found.told == ()
        (gone,) = found.gone
        assert gone.on <= TODAY
        assert article in gone.article
        assert SECRET not in repr(found)
        assert "罚款" not in repr(found)
    assert file(office, date(2026, 11, 19)).grade_withheld
    assert file(office, date(2026, 11, 19)).grades == ()
    assert not file(office).grade_withheld


def test_a_term_that_ran_out_names_its_article(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, MINOR)
    last = file(office).told[0].publication.last_day
    assert last is not None
    after = last + timedelta(days=1)
    found = file(office, TODAY, after)
    assert found.told == ()
    assert (found.gone[0].on, str(found.gone[0].why)) == (after, "公示期满，已停止公示")
    assert "第十三条" in found.gone[0].article


def test_a_correction_shows_the_old_value_as_corrected_and_the_file_of_an_earlier_day_as_it_stood(
    office: Office, workshop: int
) -> None:
    key = filed.filed(at(office, date(2026, 11, 2)), workshop, filed.FINE, title="使用过期酱油")
    with office.writing("officer") as desk:
        records.correct(desk, of(desk, key), WHY, title="使用过期料酒", content="使用过期料酒。", value=filed.FINE)
    (told,) = file(office).told
    assert told.title == "使用过期料酒"
    assert [(one.on, one.title) for one in told.corrections] == [(TODAY, "使用过期酱油")]
    (before,) = file(office, date(2026, 11, 10)).told
    assert (before.title, before.corrections) == ("使用过期酱油", ())


def test_a_reply_stands_beside_the_finding_until_it_is_taken_back(office: Office, workshop: int) -> None:
    key = filed.filed(at(office, date(2026, 11, 2)), workshop, filed.FINE)
    with office.writing("owner") as desk:
        row = records.reply(desk, of(desk, key), "酱油已全部更换。", WHY)
    assert [reply.text for reply in file(office).told[0].replies] == ["酱油已全部更换。"]
    assert file(office, date(2026, 11, 10)).told[0].replies == ()
    with office.writing("owner") as desk:
        records.take_back_reply(desk, desk.session.merge(row), WHY)
    assert file(office).told[0].replies == ()


def test_disputes_are_told_and_applications_for_repair_are_not(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    with office.writing("officer") as desk:
        for kind in CaseKind:
            case = CreditCase(record=of(desk, key), kind=kind, filed_on=date(2026, 9, 8), words="不公开的话")
            desk.session.add(case)
        desk.record("case.file", of(desk, key), WHY)
    (told,) = file(office).told
    assert {dispute.kind for dispute in told.disputes} == {CaseKind.objection, CaseKind.reinspection}
    assert [(item.name, item.judgement) for item in told.items] == [("防腐剂混合使用", "fails")]
    assert "不公开的话" not in repr(file(office))


def test_file_notes_and_personal_data_never_leave(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        note = CreditRecord(
            kind=RecordKind.referral, workshop_id=workshop, party="陈", made_on=date(2026, 11, 2), title="移送",
            content="移送公安机关",
        )  # fmt: skip
        records.enter(desk, note, Referral(referred_on=date(2026, 11, 2), suspicion="生产有毒、有害食品罪"), WHY)
        note.state, note.published_on = RecordState.approved, TODAY
        records.happened(desk, note, Stayed(on=TODAY), WHY)
    key = filed.filed(office, workshop, filed.FINE)
    with office.writing("migration") as desk:
        row = of(desk, key)
        row.content, row.facts = "电话 13812345678。", dump(filed.FINE)
        desk.record("record.restore", row, WHY)
    found = file(office)
    assert [told.kind for told in found.told] == [RecordKind.penalty]
    assert "13812345678" not in repr(found)
    assert "移送" not in repr(found)


def test_orders_are_told_while_they_hold(office: Office, workshop: int) -> None:
    with office.writing("officer") as desk:
        workshop_row = desk.session.get_one(operators.Workshop, workshop)
        order = operators.restrict(
            desk, workshop_row, RestrictionKind.rectifying, date(2026, 11, 1), WHY, ground="排水不畅", article="第十条"
        )
    assert [one.ground for one in file(office).orders] == ["排水不畅"]
    assert file(office, date(2026, 10, 31)).orders == ()
    with office.writing("officer") as desk:
        operators.lift_restriction(desk, order.id, date(2026, 11, 19), WHY)
    assert file(office, date(2026, 11, 10)).orders == ()


def test_the_file_needs_two_statements_however_much_is_on_it(office: Office, workshop: int) -> None:
    for _ in range(3):
        filed.filed(office, workshop, filed.FINE)
        filed.filed(office, workshop, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    seen: list[str] = []
    event.listen(office.database.read, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert len(file(office).told) == 6
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 2


def test_there_is_no_file_of_nobody(office: Office) -> None:
    with office.database.read.connect() as connection:
        assert credit_file(connection, 9, TODAY, TODAY, read_rules()) is None
