"""In whose district a case, a letter, a request or a reward is handled."""

from __future__ import annotations

from sqlalchemy import Connection, select

from zuofang.reporting.cases.models import ReportAsk, ReportCase, ReportReward
from zuofang.reporting.models import Report
from zuofang.traceability.queries.belonging import Belonging


def of_case(connection: Connection, case: int) -> Belonging | None:
    """The place of the act; nothing where there is no such case."""
    place = connection.scalar(select(ReportCase.place).filter_by(id=case))
    return None if place is None else Belonging(place)


def of_letter(connection: Connection, letter: int) -> Belonging | None:
    """The place of its first case; a letter of which no case was opened belongs to the whole city."""
    if connection.scalar(select(Report.id).filter_by(id=letter)) is None:
        return None
    first = select(ReportCase.place).where(ReportCase.report_id == letter).order_by(ReportCase.id).limit(1)
    return Belonging(connection.scalar(first) or "")


def of_ask(connection: Connection, ask: int) -> Belonging | None:
    """The place of the case about which something is asked."""
    place = connection.scalar(select(ReportCase.place).join(ReportAsk).where(ReportAsk.id == ask))
    return None if place is None else Belonging(place)


def of_reward(connection: Connection, reward: int) -> Belonging | None:
    """The place of the case that is rewarded."""
    place = connection.scalar(select(ReportCase.place).join(ReportReward).where(ReportReward.id == reward))
    return None if place is None else Belonging(place)
