"""Cases on a day of 2026: letters drop in, desks work, days pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from zuofang.reporting.cases.acts.opening import About, split
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Letterbox, Statement
from zuofang.reporting.models import Report, ReportKind, Standing
from zuofang.reporting.receiving import take_note
from zuofang.storage.acts import Desk, Office

PERSON = {"name": "沈小满", "phone": "0570-0000001", "address": "清溪县北溪镇南街 3 号", "identity": ""}
OFFICER, HEAD = "承办人老周", "负责人老林"


def noon(day: str | date) -> datetime:
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(on.year, on.month, on.day, 4, tzinfo=UTC)


@dataclass
class Bureau:
    """The desks, with days that pass."""

    office: Office
    box: Letterbox

    def letter(self, day: str, kind: ReportKind = ReportKind.report, **more: Any) -> int:
        """Somebody writes; answers the number of the row."""
        told: dict[str, Any] = {"standing": Standing.named, "matter": {"facts": "后院用工业盐腌肉"}, "person": PERSON}
        statement = Statement(kind=kind, language="zh", **{**told, **more})
        (accepted,) = self.box.hand_in(new_form(noon(day)), [statement], noon(day))
        take_note(replace(self.office, clock=lambda: noon(day) + timedelta(days=1)))
        with self.at(day) as desk:
            found = desk.session.scalars(select(Report.id).where(Report.locator == accepted.receipt.locator))
            return found.one()

    @contextmanager
    def at(self, day: str, who: str = OFFICER) -> Iterator[Desk]:
        """One transaction of somebody on a day."""
        with replace(self.office, clock=lambda: noon(day)).writing(who) as desk:
            yield desk

    def opened(self, day: str, kind: ReportKind = ReportKind.report, about: About | None = None, **more: Any) -> str:
        """A letter with its case; answers the number of the case."""
        letter = self.letter(day, kind, **more)
        with self.at(day) as desk:
            (case,) = split(desk, desk.session.get_one(Report, letter), about or About(place="330200"), "收件")
            return case.number


def the_case(desk: Desk, number: str) -> ReportCase:
    statement = select(ReportCase).where(ReportCase.number == number).options(selectinload(ReportCase.steps))
    return desk.session.scalars(statement).one()


@pytest.fixture
def bureau(office: Office, box: Letterbox) -> Bureau:
    return Bureau(office, box)


Opened = Callable[..., str]
