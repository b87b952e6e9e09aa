"""Nothing leads from what is public to what was reported: no column, no journal fact, no moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import Date, DateTime, select
from tests import scene
from tests.reporting.cases.conftest import HEAD, Bureau, noon, the_case

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.credit.records import Kind, Penalty, Tier
from zuofang.migrations.tables import METADATA
from zuofang.reporting.cases.acts import handling
from zuofang.reporting.cases.acts.opening import About
from zuofang.reporting.law.claims import Outcome
from zuofang.storage.journal import JournalEntry
from zuofang.storage.types import UtcDateTime

SECRET = {"report", "evidence", "reward"}


def is_secret(table: str) -> bool:
    return table.partition("_")[0] in SECRET


def test_no_table_of_what_is_public_points_to_a_report() -> None:
    leads = {
        (table.name, key.column.table.name)
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if not is_secret(table.name) and is_secret(key.column.table.name)
    }
    assert leads == set()
    assert is_secret("report_case")
    assert {table for table in METADATA.tables if is_secret(table)} >= {"report", "report_case", "reward_payment"}


def test_no_table_of_a_case_keeps_a_moment() -> None:
    names = {"report_case", "report_step", "report_mark", "report_reward", "reward_payment"}
    kinds = {type(column.type) for name in names for column in METADATA.tables[name].columns}
    assert Date in kinds
    assert not [kind for kind in kinds if issubclass(kind, DateTime | UtcDateTime)]


def test_a_record_made_after_a_report_says_nothing_of_it(bureau: Bureau) -> None:
    day = date(2026, 11, 20)
    with bureau.at("2026-11-10") as desk:
        shop = scene.build(desk).workshop.id
    number = bureau.opened("2026-11-12", about=About(place="339901", workshop_id=shop))
    with bureau.at("2026-11-20") as desk:
        case = the_case(desk, number)
        handling.file(desk, case, day, "属实", approved_by=HEAD)
        handling.decide(desk, case, Outcome(place="", fine=Decimal(1500)), day, "处罚")
    with replace(bureau.office, clock=lambda: noon("2026-11-21")).writing("录入员") as desk:
        penalty = Penalty(decided_on=day, kinds=frozenset({Kind.fine}), fine=Decimal(1500), tier=Tier.lighter)
        record = CreditRecord(
            kind=RecordKind.penalty, workshop_id=shop, party="北溪陈记卤味作坊", made_on=day, title="标签不合格",
            content="罚款 1500 元。", document="清市监处罚〔2026〕1 号", authority="清溪县市场监督管理局",
        )  # fmt: skip
        records.enter(desk, record, penalty, "录入")
    with bureau.at("2026-11-21") as desk:
        entries = desk.session.scalars(select(JournalEntry).order_by(JournalEntry.seq)).all()
        of_case = [one for one in entries if one.subject_kind.startswith("report")]
        of_record = [one for one in entries if one.subject_kind == "credit_record"]
        assert of_case
        assert of_record
        told = [f"{one.act}{one.why}{one.facts}" for one in of_record]
        assert not [one for one in told if number in one or "report" in one]
        named = ("credit_record", "workshop", "北溪陈记", "清市监处罚")
        assert not [one for one in of_case if any(word in f"{one.why}{one.facts}{one.subject_key}" for word in named)]
