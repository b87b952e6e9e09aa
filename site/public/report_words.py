"""Saying what happens to a report: the next step, by when, and by which article; and drawing its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from zuofang.reporting.acknowledgements import Opening
from zuofang.reporting.cases.matter import matter_of, matter_of_letter
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.clocks import duties
from zuofang.reporting.law.duties import Duty
from zuofang.reporting.law.matters import Matter
from zuofang.reporting.law.matters import ReportKind as Kind
from zuofang.reporting.models import Report, ReportKind
from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence, say
from zuofang.site.public.scan import Probe
from zuofang.traceability.labels.symbols import QUIET_ZONE, draw_one, svg_path

OPENING = "ZO1"
MINUTE = "%Y-%m-%dT%H:%MZ"
PARTS = 4
DIGEST_LENGTH, BLIND_LENGTH = 64, 32


@dataclass(frozen=True, slots=True)
class StepView:
    """One step on the way: what, in which state, by when, and the article that says so."""

    text: Sentence
    state: str
    due: Sentence | None = None
    article: str = ""


def next_steps(kind: ReportKind, received_on: date, rules: RuleBook) -> list[StepView]:
    """What follows for something that was just received."""
    return list(_steps(Matter(kind=Kind(kind.value), received_on=received_on), received_on, rules))


def steps_of(session: Session, report: Report, today: date, rules: RuleBook) -> list[StepView]:
    """Where a report stands today: by its cases, once somebody has opened them, else by its receipt."""
    cases = session.scalars(
        select(ReportCase).where(ReportCase.report_id == report.id).options(selectinload(ReportCase.steps))
    ).all()
    matters = [matter_of(case, rules) for case in cases] or [matter_of_letter(report)]
    return [step for matter in matters for step in _steps(matter, today, rules)]


def _steps(matter: Matter, on: date, rules: RuleBook) -> Iterator[StepView]:
    yield StepView(say("%(day)s收到您的提交", day=matter.received_on), "done")
    for duty in duties(matter, on, rules):
        done = duty.done_on is not None
        yield StepView(duty.sentence, "done" if done else "now", None if done else _by(duty), duty.rules[0].article)


def _by(duty: Duty) -> Sentence:
    """By when an open duty must be done; what stands still has no day, and a day of the bureau's own is called so."""
    if duty.stopped:
        return say("检测、鉴定等所需的时间不计入期限，现在暂停计算")
    by = say("最迟%(day)s（节假日安排公布前是暂定的）", day=duty.due.day) if duty.due.provisional else None
    by = by or say("最迟%(day)s", day=duty.due.day)
    return by if duty.by_law else say("%(by)s，条文只说及时，天数是本局自定的", by=by)


def symbol_of(text: str) -> Probe:
    """A receipt as a symbol to photograph. It holds the receipt alone and leads nowhere."""
    modules = draw_one(text)
    return Probe(text, svg_path(modules), len(modules) + 2 * QUIET_ZONE)


def opening_text(opening: Opening) -> str:
    """The opening of an acknowledgement as it is printed."""
    return ".".join((OPENING, f"{opening.minute:{MINUTE}}", opening.content.hex(), opening.blind.hex()))


def read_opening(text: str) -> Opening | None:
    """An opening as it was copied; none where it is not one."""
    parts = "".join(text.split()).split(".")
    if len(parts) != PARTS or parts[0] != OPENING or [len(part) for part in parts[2:]] != [DIGEST_LENGTH, BLIND_LENGTH]:
        return None
    try:
        minute = datetime.strptime(parts[1], MINUTE).replace(tzinfo=UTC)
        return Opening(minute, bytes.fromhex(parts[2]), bytes.fromhex(parts[3]))
    except ValueError:
        return None
