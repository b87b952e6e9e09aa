"""What is inside a letter, while the person who is asking has its key open: what was written, and what came with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from zuofang.reporting.cases.acts.asking import contact
from zuofang.reporting.cases.models import ReportAsk
from zuofang.reporting.models import LetterKind, Report, Role
from zuofang.reporting.opening import Evidence, Letter, open_case, read_evidence, read_exchange
from zuofang.reporting.sealing import OpeningKey, WillNotOpen
from zuofang.site.console.reports.unlocked import unlocked


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened letter. ``contacts`` is how to reach a complainant, by the request that brought it."""

    exchange: list[Letter] = field(repr=False)
    files: list[Evidence] = field(repr=False)
    contacts: dict[int, dict[str, str]] = field(default_factory=dict, repr=False)

    @property
    def statement(self) -> dict[str, object]:
        """What was stated first: who, where, what happened, and what is wanted."""
        return next((one.told for one in self.exchange if one.kind is LetterKind.statement), {})


def opened(session: Session, report: Report, asks: tuple[ReportAsk, ...] | list[ReportAsk] = ()) -> Opened | None:
    """The letter, if the session that is asking has read it and still has the key open."""
    key = key_of(session, report)
    if key is None:
        return None
    contacts = {ask.id: contact(report, ask, key) for ask in asks if ask.sealed is not None}
    return Opened(read_exchange(report, key), read_evidence(session, report, key), contacts)


def key_of(session: Session, report: Report) -> OpeningKey | None:
    """The key of a letter that the session that is asking has read."""
    keys = unlocked().take(Role.case) if unlocked().was_read(report.id) else None
    if keys is None:
        return None
    try:
        return open_case(session, report, keys)
    except WillNotOpen:  # destroyed since it was read
        return None
