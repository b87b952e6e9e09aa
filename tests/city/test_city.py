"""The example city keeps the law it shows: whole in its journal, lawful in its batches, and the same every time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.city.conftest import NOW, TODAY, City

from zuofang.rules.book import read_rules
from zuofang.rules.identifiers import is_credit_code
from zuofang.storage import journal
from zuofang.storage.acts import last_noted
from zuofang.traceability.conformity import Outcome, judge
from zuofang.traceability.models import (
    Batch,
    BatchState,
    Conclusion,
    OperatorKind,
    Product,
    StandardState,
    Workshop,
    Zone,
    ZoneStandard,
    ZoneStepKind,
)


def test_the_journal_of_the_city_is_whole(city: City, session: Session) -> None:
    assert journal.verify(session, city.keys.verifier, last_noted(city.heads)) is None


def test_the_journal_grew_day_by_day_and_never_runs_ahead(session: Session) -> None:
    moments = session.scalars(select(journal.JournalEntry.at).order_by(journal.JournalEntry.seq)).all()
    assert moments == sorted(moments)
    assert moments[-1] <= NOW
    assert moments[-1].date() >= TODAY - timedelta(days=1)


def test_every_released_batch_conforms_in_every_item_of_its_last_sheet(session: Session) -> None:
    released = session.scalars(select(Batch).filter_by(state=BatchState.released)).all()
    assert len(released) > 300
    for batch in released:
        sheet = [test for test in batch.tests if test.annulled_on is None][-1]
        assert sheet.conclusion is Conclusion.passed
        for line in sheet.results:
            outcome = judge(line.result, line.limit or "", unit=line.unit or "").outcome
            assert outcome in (Outcome.conforms, Outcome.measured_only), (batch.product.name, line.item, line.result)
            assert outcome == line.judgement


def test_every_failed_sheet_fails_in_an_item_and_keeps_its_batch_inside(session: Session) -> None:
    failed = [batch for batch in session.scalars(select(Batch)) if _last_conclusion(batch) is Conclusion.failed]
    assert failed
    for batch in failed:
        assert batch.state is BatchState.blocked
        assert Outcome.fails in {line.judgement for line in batch.tests[-1].results}


def _last_conclusion(batch: Batch) -> Conclusion | None:
    return batch.tests[-1].conclusion if batch.tests else None


def test_all_three_small_kinds_are_there_with_credit_codes_that_check(session: Session) -> None:
    kinds = dict(session.execute(select(Workshop.kind, func.count()).group_by(Workshop.kind)).all())
    assert set(kinds) == set(OperatorKind)
    codes = session.scalars(select(Workshop.credit_code).where(Workshop.credit_code.is_not(None))).all()
    assert codes
    assert all(is_credit_code(code) for code in codes if code)
    stalls = session.scalars(select(Workshop).filter_by(kind=OperatorKind.stall)).all()
    assert all(stall.permitted_place and stall.permitted_hours for stall in stalls)


def test_six_zones_of_which_one_is_not_accepted_show_all_four_states(session: Session) -> None:
    zones = session.scalars(select(Zone)).all()
    unaccepted = [zone for zone in zones if all(step.kind is not ZoneStepKind.accepted for step in zone.steps)]
    assert (len(zones), len(unaccepted)) == (6, 1)
    assert all(zone.brand_mark and zone.story and zone.map_x is not None for zone in zones)
    assert set(session.scalars(select(ZoneStandard.state))) == set(StandardState)


def test_every_category_is_one_of_the_rules(session: Session) -> None:
    known = read_rules().limits.categories
    assert set(session.scalars(select(Product.category))) <= set(known)
