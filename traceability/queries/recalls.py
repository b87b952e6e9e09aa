"""Recalls (召回) with their clocks, as a page tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import china_day
from zuofang.traceability.models import Batch, Recall


@dataclass(frozen=True, slots=True)
class RecallLine:
    """A recall, each clock with the article it runs by; a provisional end lies beyond the holidays announced so far."""

    level: int
    reason: str
    known_at: datetime
    start_due: datetime
    start_article: str
    announced_on: date | None
    finish_due: date | None
    finish_article: str
    finish_provisional: bool
    extended_to: date | None
    extended_why: str | None
    finished_on: date | None
    withdrawn_on: date | None

    @property
    def started_late(self) -> bool:
        """Whether the notice came after the day by which the recall had to begin."""
        return self.announced_on is not None and self.announced_on > china_day(self.start_due)

    @property
    def last_day(self) -> date | None:
        """The day by which it must be finished: the one of the law, or the later one that was agreed to."""
        return self.extended_to or self.finish_due

    @property
    def finished_late(self) -> bool:
        """Whether the recall ended after its last day."""
        return None not in (self.finished_on, self.last_day) and self.finished_on > self.last_day  # type: ignore[operator]

    def overdue(self, on: date) -> bool:
        """Whether the recall runs on after its last day."""
        running = self.finished_on is None and self.withdrawn_on is None
        return running and self.last_day is not None and self.last_day < on


_RECALLS = (
    select(
        Recall.level,
        Recall.reason,
        Recall.known_at,
        Recall.start_due,
        Recall.announced_on,
        Recall.finish_due,
        Recall.finish_provisional,
        Recall.extended_to,
        Recall.extended_why,
        Recall.finished_on,
        Recall.withdrawn_on,
    )
    .where(Recall.batch_id == bindparam("batch", type_=Batch.id.type))
    .order_by(Recall.known_at.desc(), Recall.id.desc())
)


def recalls_of(connection: Connection, batch: int, rules: RuleBook) -> tuple[RecallLine, ...]:
    """Every recall of a batch, the newest first, withdrawn ones among them. One statement."""
    return tuple(
        RecallLine(
            level=row.level,
            reason=row.reason,
            known_at=row.known_at,
            start_due=row.start_due,
            start_article=_article(rules, row.level, "start", china_day(row.known_at)),
            announced_on=row.announced_on,
            finish_due=row.finish_due,
            finish_article=_article(rules, row.level, "finish", row.announced_on or china_day(row.known_at)),
            finish_provisional=row.finish_provisional,
            extended_to=row.extended_to,
            extended_why=row.extended_why,
            finished_on=row.finished_on,
            withdrawn_on=row.withdrawn_on,
        )
        for row in connection.execute(_RECALLS, {"batch": batch})
    )


def _article(rules: RuleBook, level: int, clock: str, on: date) -> str:
    return rules.parameters(f"recall.level{level}.{clock}", on).article
