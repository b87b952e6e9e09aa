"""The example city keeps the law it shows: whole in its journal, lawful in its batches, and the same every time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.city.conftest import DAYS, NOW, TODAY, City

from zuofang.credit.models import Honour, HonourKind
from zuofang.credit.queries.campaigns import Narrowed, Step, campaign_at_desk, campaign_list
from zuofang.credit.queries.sampling import sheet_list
from zuofang.rules.book import read_rules
from zuofang.rules.identifiers import is_credit_code
from zuofang.site.commands.city.build import Example, build
from zuofang.storage import journal
from zuofang.storage.acts import Office, last_noted
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.traceability.conformity import Outcome, judge
from zuofang.traceability.models import (
    Batch,
    BatchState,
    Certificate,
    Conclusion,
    LabelRun,
    Method,
    OperatorKind,
    Packing,
    Product,
    Recall,
    Restriction,
    RestrictionKind,
    StandardState,
    Workshop,
    Zone,
    ZoneStandard,
    ZoneStepKind,
)
from zuofang.traceability.queries.label import label_file
from zuofang.traceability.recalls import CHINA
from zuofang.traceability.verdict import Verdict, answer

FIRST_KEY = 0
"""Version of the key that a new installation prints with."""


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
    failed = [batch for batch in session.scalars(select(Batch)) if _failed(batch)]
    assert failed
    for batch in failed:
        assert batch.state is BatchState.blocked
        assert Outcome.fails in {line.judgement for line in batch.tests[-1].results}


def _failed(batch: Batch) -> bool:
    last = batch.tests[-1] if batch.tests else None
    return last is not None and last.conclusion is Conclusion.failed and last.method is Method.regular


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


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_can_be_scanned_today(verdict: Verdict, city: City) -> None:
    assert scanned(city.database, city.report.examples[verdict], TODAY) is verdict


@pytest.mark.parametrize("now", ["2026-12-31T01:10", "2027-02-08T23:50", "2028-02-29T12:00"])
def test_every_verdict_can_be_scanned_on_any_day_at_any_hour(now: str, sqlite: Database, keys: Keys) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=CHINA)
    report = build(Office(sqlite, keys, clock=lambda: moment), 0, days=DAYS)
    assert report.today == moment.date()
    assert {verdict: scanned(sqlite, one, report.today) for verdict, one in report.examples.items()} == {
        verdict: verdict for verdict in Verdict
    }


def scanned(database: Database, example: Example, on: date) -> Verdict:
    with database.read.connect() as connection:
        file = label_file(connection, example.batch_id)
    assert file is not None
    if not file.issued(example.serial, FIRST_KEY):
        return Verdict.not_issued
    return answer(file.facts(example.serial, scans=0), on, read_rules()).verdict


def test_a_recall_of_each_level_is_under_way_or_over_and_one_was_withdrawn(session: Session) -> None:
    recalls = session.scalars(select(Recall)).all()
    assert {recall.level for recall in recalls if recall.withdrawn_on is None} == {1, 2, 3}
    assert any(recall.withdrawn_on for recall in recalls)
    assert any(recall.finished_on for recall in recalls)
    assert any(recall.announced_on is None for recall in recalls)


def test_honours_of_every_kind_are_held_and_some_ended_or_were_taken_back(session: Session) -> None:
    honours = session.scalars(select(Honour)).all()
    assert {honour.kind for honour in honours} == set(HonourKind)
    assert any(honour.until and honour.until < TODAY for honour in honours)
    assert any(honour.withdrawn_on for honour in honours)


def test_certificates_run_out_are_taken_away_and_are_renewed(session: Session) -> None:
    papers = session.scalars(select(Certificate)).all()
    assert {paper.kind[:2] for paper in papers} == {"zj", "js", "jx", "fj"}
    assert any(paper.until and paper.until < TODAY for paper in papers)
    assert any(paper.until and TODAY <= paper.until <= TODAY + timedelta(days=30) for paper in papers)
    assert any(paper.revoked_on for paper in papers)
    acts = set(session.scalars(select(journal.JournalEntry.act)))
    assert {"certificate.reinstate", "workshop.lift", "batch.undo_release", "batch.unblock", "test.annul"} <= acts
    assert {"batch.undo_delivery", "labels.revoke", "labels.restore", "honour.restore", "recall.withdraw"} <= acts


def test_nothing_is_made_while_a_workshop_may_not_work_but_what_was_seized(session: Session) -> None:
    for order in session.scalars(select(Restriction).where(Restriction.kind != RestrictionKind.rectifying)):
        last = order.until or TODAY
        made = [
            batch
            for batch in session.scalars(select(Batch).join(Product).where(Product.workshop_id == order.workshop_id))
            if order.since <= batch.made_on <= last
        ]
        assert all(batch.state is BatchState.blocked for batch in made)


def test_a_product_whose_label_lacks_something_has_no_labels(session: Session) -> None:
    lacking = session.scalars(
        select(Product).where(Product.packing == Packing.prepacked, Product.net_content.is_(None))
    )
    keys = [product.id for product in lacking]
    assert keys
    runs = select(LabelRun).join(Batch).where(Batch.product_id.in_(keys))
    assert session.scalars(runs).first() is None


def test_the_same_day_makes_the_same_city(sqlite: Database, postgresql: Database, keys: Keys) -> None:
    heads = []
    for database in (sqlite, postgresql):
        office = Office(database, keys, clock=lambda: NOW)
        build(office, 0, TODAY, days=DAYS)
        with Session(database.read) as reader:
            heads.append(journal.read_head(reader))
    assert heads[0] == heads[1]


def test_samples_are_on_their_way_and_one_is_nearly_late(session: Session) -> None:
    waits = [one.step for one in sheet_list(session, read_rules(), None) if one.step is not None]
    assert [str(one.duty) for one in waits] == [
        "将样品送达检验机构", "将样品送达检验机构", "出具检验报告，期限是与检验机构约定的", "出具检验报告",
    ]  # fmt: skip
    assert TODAY <= waits[0].due.day <= TODAY + timedelta(days=3)


def test_one_campaign_is_under_way_with_every_step_and_one_is_over(session: Session) -> None:
    running, over = campaign_list(session.connection(), None)
    assert (running.closed_on, over.closed_on) == (None, TODAY - timedelta(days=9))
    assert over.places == over.triaged == over.looked_back > 0
    view = campaign_at_desk(session, running.id, TODAY, Narrowed())
    assert view is not None
    assert all(view.steps[step] for step in Step), view.steps
    assert all(view.total.by_triage.values()), view.total
    assert len(view.towns) > 1
