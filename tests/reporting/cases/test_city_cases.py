"""The cases of the example city: every state, and rewards in half-years that are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.conftest import NOON

from zuofang.reporting.cases.matter import happened
from zuofang.reporting.cases.models import ReportCase, ReportReward
from zuofang.reporting.cases.queries import Level, Stage, paid, statuses, worklist
from zuofang.reporting.law.matters import Origin, Standing, What
from zuofang.site.commands.city.cases import handle_cases
from zuofang.storage import journal
from zuofang.storage.acts import Office
from zuofang.storage.database import Database, loading
from zuofang.storage.keys import Keys

TODAY = date(2026, 11, 20)


def test_the_city_has_a_case_in_every_state(sqlite: Database, keys: Keys, role_folder: Path) -> None:
    office = Office(sqlite, keys, clock=lambda: NOON)
    with office.writing("officer") as desk:
        scene.build(desk)
    with loading(sqlite):
        assert handle_cases(office, role_folder) > 25
    with Session(sqlite.read) as session:
        cases = session.scalars(select(ReportCase)).all()
        told = [status for case in cases for status in statuses(session, case.report_id, TODAY, office.rules)]
        assert {status.stage for status in told} >= set(Stage)
        assert {one.what for case in cases for one in happened(case)} == set(What)
        assert {case.origin for case in cases} == set(Origin)
        assert {case.standing for case in cases} == set(Standing)
        paid_for = {reward.case for reward in session.scalars(select(ReportReward)) if reward.payment}
        assert {case.finished for case in paid_for} == {True}, "what was paid long ago owes nothing"
        levels = {item.level for item in worklist(session, TODAY, office.rules)}
        assert levels >= {Level.quiet, Level.urgent, Level.escalated, Level.stopped}
        assert session.scalar(select(func.count()).select_from(ReportReward)) == 10
        assert [(one.year, one.half, one.count) for one in paid(session, TODAY, office.rules)] == [
            (2026, 1, 6), (2025, 2, None),
        ]  # fmt: skip
        assert journal.verify(session, keys.verifier) is None


def test_without_keys_to_seal_to_there_are_no_cases(sqlite: Database, keys: Keys, tmp_path: Path) -> None:
    assert handle_cases(replace(Office(sqlite, keys), clock=lambda: NOON), tmp_path) == 0
