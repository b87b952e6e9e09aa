"""What a proposed rule file would change, worked out apart from any request: last days, and letters of grades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.credit.moves import Moved, moved
from zuofang.credit.preview import turned
from zuofang.credit.reckoning import SCHEMES, File
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline, china_day
from zuofang.rules.sentences import say
from zuofang.rules.tables import RuleFileError
from zuofang.site.commands.grades import every_file, names_of
from zuofang.site.errands.jobs import Job, both, done, refused
from zuofang.storage import editions
from zuofang.storage.editions import Edition
from zuofang.storage.errands import Ended
from zuofang.traceability.models import Workshop

GRADE_RULES = "grade_rules.csv"
SHOWN = 100
"""Days that move and letters that turn of which each is told; of the others how many."""
HALF = 0.5
"""The share of the work that is done when the days are counted."""


@dataclass(frozen=True, slots=True)
class _Books:
    """The rules in force and the proposed ones, on a day."""

    on: date
    rules: RuleBook
    proposed: RuleBook


def preview_rules(job: Job) -> Ended:
    """Count every last day under both rules, and grade every workshop where the proposal is about grades."""
    job.tell("days", 0)
    with Session(job.office.database.read) as session:
        row = session.get_one(Edition, int(job.wanted["edition"]))
        try:
            proposed = editions.rules_beside(session, row)
        except RuleFileError as bad:
            return refused(say("这个文件第 %(line)s 行读不懂，不能采用。", line=bad.line))
        books = _Books(china_day(job.office.clock()), editions.standing_rules(job.office.database), proposed)
        days = moved(session, books.on, books.rules, proposed)
        told: dict[str, Any] = {"days": len(days), "moved": [_day(one) for one in days[:SHOWN]]}
        if row.about == GRADE_RULES and all(proposed.grades.in_force(one, books.on) for one in SCHEMES):
            told |= _letters(job, session, books)
    if "letters" in told:
        sentence = say(
            "%(days)s 个期限会变，%(letters)s 家作坊的等级会变。", days=told["days"], letters=told["letters"]
        )
        return done(sentence, **told)
    return done(say("%(days)s 个期限会变。", days=told["days"]), **told)


def _letters(job: Job, session: Session, books: _Books) -> dict[str, Any]:
    """The workshops whose letter would turn, with their names."""
    connection = session.connection()
    wanted = session.scalar(select(func.count()).select_from(Workshop)) or 1

    def counted() -> Iterator[File]:
        for number, file in enumerate(every_file(connection)):
            job.tell("letters", HALF + HALF * number / wanted)
            yield file

    found, _ = turned(counted(), books.on, books.rules, books.proposed)
    names = names_of(connection, [one.workshop for one in found[:SHOWN]])
    letters = [[names[one.workshop], one.before.letter, one.after.letter] for one in found[:SHOWN]]
    return {"letters": len(found), "turned": letters}


def _day(one: Moved) -> dict[str, Any]:
    return {
        "duty": both(one.duty.duty), "party": one.duty.about.party, "before": _end(one.before), "after": _end(one.after)
    }  # fmt: skip


def _end(end: Deadline | None) -> list[Any] | None:
    return None if end is None else [end.day.isoformat(), end.provisional]
