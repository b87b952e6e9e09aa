"""What belongs together: penalties that samples led to, re-checks, follow-up samples, visits to closed places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.credit.filed import at, read
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.acts import links, records
from zuofang.credit.card import credit_card
from zuofang.credit.events import Annulled
from zuofang.credit.file import standing_of
from zuofang.credit.findings import Closure, Inspection
from zuofang.credit.models import CreditLink, CreditRecord, LinkKind, LookBack, RecordKind, Revisit
from zuofang.credit.queries import credit_file
from zuofang.credit.queries.told import CreditFile, Tie
from zuofang.credit.records import Result
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office, Refused

RULES = read_rules()
TODAY = filed.TODAY
NEXT_YEAR = date(2027, 6, 1)
CLOSED = Closure(closed_on=date(2026, 9, 1), basis="浙江省食品小作坊规定 第二十条")


@pytest.fixture
def workshop(office: Office) -> int:
    with office.writing("officer") as desk:
        return scene.build(desk).workshop.id


def of(desk: Desk, key: int) -> CreditRecord:
    return desk.session.get_one(CreditRecord, key)


def linked(office: Office, earlier: int, later: int, kind: LinkKind = LinkKind.led_to) -> int:
    with office.writing("officer") as desk:
        return links.link(desk, of(desk, earlier), of(desk, later), kind, WHY).id


def file(office: Office, on: date = TODAY, workshop: int = 1) -> CreditFile:
    with office.database.read.connect() as connection:
        found = credit_file(connection, workshop, on, on, RULES)
    assert found is not None
    return found


def last_day(office: Office, key: int, on: date = TODAY) -> date | None:
    with Session(office.database.read) as session:
        return standing_of(session.get_one(CreditRecord, key), on, RULES).last_day


def test_a_failed_sample_follows_the_penalty_it_led_to_on_the_page_the_card_and_at_the_clock(
    office: Office, workshop: int
) -> None:
    sample = filed.filed(office, workshop, filed.FAILED, title="酱牛肉")
    fine = filed.filed(office, workshop, filed.FINE)
    assert last_day(office, sample) == date(2027, 2, 20)
    tie = linked(office, sample, fine)
    assert daily.run(office).looked_at > 0
    end = last_day(office, fine)
    assert end is not None
    assert end.year == 2029
    assert read(office, sample).last_day == last_day(office, sample) == end
    assert {told.publication.last_day for told in file(office).told} == {end}
    with office.database.read.connect() as connection:
        assert len(credit_card(connection, workshop, NEXT_YEAR, RULES).findings) == 2
    with office.writing("officer") as desk:
        links.unlink(desk, desk.session.get_one(CreditLink, tie), "关联有误")
    daily.run(office)
    assert read(office, sample).last_day == date(2027, 2, 20)
    assert not [told for told in file(office).told if told.ties]


def test_a_sample_whose_penalty_falls_is_looked_at_again_by_the_clock(office: Office, workshop: int) -> None:
    sample, fine = (filed.filed(office, workshop, one) for one in (filed.FAILED, filed.FINE))
    linked(office, sample, fine)
    daily.run(office)
    later = at(office, NEXT_YEAR)
    assert daily.run(later).taken_down == 0
    with later.writing("officer") as desk:
        records.happened(desk, of(desk, fine), Annulled(on=desk.today), WHY)
    assert daily.run(later).taken_down == 2
    assert read(office, sample).taken_down_on == NEXT_YEAR


def test_a_penalty_that_is_not_public_lengthens_nothing(office: Office, workshop: int) -> None:
    sample = filed.filed(office, workshop, filed.FAILED)
    linked(office, sample, filed.filed(office, workshop, filed.FINE, published=False))
    assert last_day(office, sample) == date(2027, 2, 20)


def test_what_a_correction_writes_is_the_record_alone(office: Office, workshop: int) -> None:
    sample, fine = (filed.filed(office, workshop, one) for one in (filed.FAILED, filed.FINE))
    linked(office, sample, fine)
    with office.writing("officer") as desk:
        row = of(desk, sample)
        records.correct(desk, row, WHY, title="酱鸭", content="酱鸭", value=replace(filed.FAILED, microbiological=True))
        assert "Penalty" not in row.facts


def test_both_ends_of_a_link_are_told_and_only_while_both_are_public(office: Office, workshop: int) -> None:
    again = replace(filed.PASSED, concluded_on=date(2026, 10, 26))
    first, second = filed.filed(office, workshop, filed.FAILED), filed.filed(office, workshop, again)
    linked(office, first, second, LinkKind.resampled)
    ties = {told.key: told.ties for told in file(office).told}
    assert ties == {
        first: (Tie(LinkKind.resampled, later=True, key=second),),
        second: (Tie(LinkKind.resampled, later=False, key=first),),
    }
    with office.writing("officer") as desk:
        records.withdraw(desk, of(desk, first), "公示有误", WHY)
    assert [told.ties for told in file(office).told] == [()]


@pytest.mark.parametrize("kind", [LinkKind.led_to, LinkKind.resampled])
def test_records_that_do_not_fit_are_not_linked(office: Office, workshop: int, kind: LinkKind) -> None:
    early = Inspection(found_on=date(2026, 8, 3), result=Result.not_conforming)
    sample, inspection = filed.filed(office, workshop, filed.FAILED), filed.filed(office, workshop, early)
    with pytest.raises(Refused, match="不能这样关联"):
        linked(office, sample, inspection, kind)
    with pytest.raises(Refused, match="早于"):
        linked(office, filed.filed(office, workshop, filed.INSPECTED), inspection, LinkKind.rechecked)


def test_a_link_never_joins_two_files_and_is_made_once(office: Office, workshop: int) -> None:
    sample, fine = (filed.filed(office, workshop, one) for one in (filed.FAILED, filed.FINE))
    linked(office, sample, fine)
    with pytest.raises(Refused, match="已经关联"):
        linked(office, sample, fine)
    with office.writing("officer") as desk, pytest.raises(Refused, match="请先解除关联"):
        records.match(desk, of(desk, fine), None, WHY)
    other = filed.filed(office, workshop, filed.FINE)
    with office.writing("officer") as desk:
        records.match(desk, of(desk, other), None, WHY)
    with pytest.raises(Refused, match="同一份档案"):
        linked(office, sample, other)


def closed(office: Office, workshop: int) -> int:
    return filed.filed(office, workshop, CLOSED, title="关闭无证加工点", content="关闭一处无证加工点。")


def test_a_planned_visit_is_told_to_nobody_and_a_made_one_stands_beside_the_closure(
    office: Office, workshop: int
) -> None:
    key = closed(office, workshop)
    with office.writing("officer") as desk:
        visit = links.plan_visit(desk, of(desk, key), date(2026, 11, 18), WHY).id
    assert file(office).told[0].visits == ()
    with office.writing("officer") as desk:
        row = desk.session.get_one(LookBack, visit)
        links.visited(desk, row, date(2026, 11, 18), Revisit.quiet, "场所已清空。", WHY)
    (seen,) = file(office).told[0].visits
    assert (seen.on, seen.found, seen.words) == (date(2026, 11, 18), Revisit.quiet, "场所已清空。")
    with office.writing("officer") as desk:
        row = desk.session.get_one(LookBack, visit)
        links.undo_visit(desk, row, WHY)
        links.call_off_visit(desk, row, WHY)
    assert file(office).told[0].visits == ()
    with Session(office.database.read) as session:
        assert session.query(LookBack).all() == []


def test_a_business_that_came_back_needs_a_new_record(office: Office, workshop: int) -> None:
    key = closed(office, workshop)
    again = filed.filed(office, workshop, filed.FINE)

    def visit(found: Revisit, record: int | None) -> None:
        with office.writing("officer") as desk:
            row = links.plan_visit(desk, of(desk, key), date(2026, 10, 14), WHY)
            new = None if record is None else of(desk, record)
            links.visited(desk, row, date(2026, 10, 14), found, "又在生产。", WHY, new)

    for wrong in ((Revisit.resurged, None), (Revisit.quiet, again)):
        with pytest.raises(Refused, match="先录入新的记录"):
            visit(*wrong)
    visit(Revisit.resurged, again)
    told = next(one for one in file(office).told if one.kind is RecordKind.closure)
    assert [(one.found, one.key) for one in told.visits] == [(Revisit.resurged, again)]


def test_nothing_is_looked_back_at_that_was_not_closed(office: Office, workshop: int) -> None:
    fine = filed.filed(office, workshop, filed.FINE)
    with office.writing("officer") as desk, pytest.raises(Refused, match="场所关闭"):
        links.plan_visit(desk, of(desk, fine), TODAY, WHY)


def test_a_re_check_is_linked_to_what_it_checks(office: Office, workshop: int) -> None:
    first = filed.filed(office, workshop, replace(filed.INSPECTED, found_on=date(2026, 10, 26)))
    linked(office, first, filed.filed(office, workshop, filed.INSPECTED), LinkKind.rechecked)
    assert {tie.kind for told in file(office).told for tie in told.ties} == {LinkKind.rechecked}
