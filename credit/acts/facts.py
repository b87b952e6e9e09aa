"""What becomes known of a record after it was entered: served, performed, put right, lifted, disposed of.

Such a day is a fact that comes later and no correction: what the record said before it was true then.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from zuofang.credit.acts.records import note
from zuofang.credit.codec import dump, load
from zuofang.credit.file import VALUES
from zuofang.credit.models import CreditRecord
from zuofang.credit.records import Record
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused

PUBLISHED = "published_on"


def learnable(record: CreditRecord) -> tuple[str, ...]:
    """The names of the days that may become known later of a record of this kind."""
    return tuple(name for name in VALUES[record.kind].dated_facts if name != PUBLISHED)


def learn(desk: Desk, record: CreditRecord, fact: str, on: date, why: str) -> None:
    """Note a day that has become known; the opposite is :func:`unlearn`.

    Raises:
        Refused: such a record has no day of that name, it is known already, lies ahead, or before the record.
    """
    own = _own(record, fact)
    if getattr(own, fact) is not None:
        raise Refused(say("这个日期已经记过，请先撤销。"))
    if not own.made_on <= on <= desk.today:
        raise Refused(say("日期早于记录，或者还没有到。"))
    _write(record, own, fact, on)
    note(desk, "record.learn", record, why, fact=fact, on=on)


def unlearn(desk: Desk, record: CreditRecord, fact: str, why: str) -> None:
    """Take back a day that was noted in error; the journal keeps it."""
    own = _own(record, fact)
    if (before := getattr(own, fact)) is None:
        raise Refused(say("这个日期没有记过。"))
    _write(record, own, fact, None)
    note(desk, "record.unlearn", record, why, fact=fact, before=before)


def _own(record: CreditRecord, fact: str) -> Record:
    if fact not in learnable(record):
        known = "、".join(learnable(record)) or "—"
        raise Refused(say("这种记录没有“%(fact)s”这个日期，可以记的是：%(known)s。", fact=fact, known=known))
    return load(VALUES[record.kind], record.facts)


def _write(record: CreditRecord, own: Record, fact: str, on: date | None) -> None:
    if fact not in {one.name for one in fields(own)}:
        raise AssertionError(fact)
    changes: dict[str, date | None] = {fact: on}
    record.facts, record.look_again_on = dump(replace(own, **changes)), None  # type: ignore[arg-type]
