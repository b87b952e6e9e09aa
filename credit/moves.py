"""What other rules would move: every day by which something must be done, counted under both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from zuofang.credit.duties import Duty
from zuofang.credit.queries.duties import Span, duties
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline

AHEAD = 10 * 366
"""Days ahead that are looked at; terms of publication run for years."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A duty whose last day differs; nothing where only one of the rules knows it."""

    duty: Duty
    before: Deadline | None
    after: Deadline | None


def moved(session: Session, on: date, rules: RuleBook, proposed: RuleBook) -> tuple[Moved, ...]:
    """The duties whose last day, or its being provisional, would change; the earliest first."""
    span = Span(on, rules.calendar.days_after(on, AHEAD))
    before, after = ({_key(duty): duty for duty in duties(session, span, book)} for book in (rules, proposed))
    found = [
        Moved(
            after.get(key) or before[key], before[key].due if key in before else None,
            after[key].due if key in after else None,
        )
        for key in {**before, **after}
    ]  # fmt: skip
    differing = (one for one in found if one.before != one.after)
    return tuple(sorted(differing, key=lambda one: (one.duty.due.day, one.duty.about.table, one.duty.about.key)))


def _key(duty: Duty) -> tuple[str, str, int, str]:
    return duty.kind, duty.about.table, duty.about.key, duty.duty.text
