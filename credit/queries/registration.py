"""Certificates and what happened to them, and orders in force, as parts of the statement of a credit file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from zuofang.credit.queries.redacted import fit, maybe_fit
from zuofang.credit.queries.told import OrderLine, PaperLine, RegistrationLine, RegistrationStep
from zuofang.rules.calendar import ONE_DAY
from zuofang.storage.nested import Rows, nested
from zuofang.traceability.models import Certificate, CertificateEvent, Restriction, RestrictionKind
from zuofang.traceability.queries.label import day, maybe_day
from zuofang.traceability.queries.workshop import WORKSHOP

PAPERS = nested(
    Certificate.id, Certificate.number, Certificate.issuer, Certificate.since, Certificate.until,
    Certificate.revoked_on, Certificate.issued_on,
).where(Certificate.workshop_id == WORKSHOP)  # fmt: skip
PAPER_EVENTS = (
    nested(
        CertificateEvent.certificate_id, CertificateEvent.id, CertificateEvent.kind, CertificateEvent.on,
        CertificateEvent.before, CertificateEvent.after,
    )
    .join(Certificate)
    .where(Certificate.workshop_id == WORKSHOP, CertificateEvent.undone_at.is_(None))
)  # fmt: skip
ORDERS = nested(
    Restriction.kind, Restriction.since, Restriction.until, Restriction.ground, Restriction.article,
    Restriction.document,
).where(Restriction.workshop_id == WORKSHOP)  # fmt: skip


def papers(rows: Rows, events: Rows, on: date) -> tuple[PaperLine, ...]:
    """The certificates as they stood on the day, the newest first."""
    happened = _by_paper(events)
    found = [
        PaperLine(
            number, maybe_fit(issuer), day(since), _until(maybe_day(until), happened[key], on), _known(revoked, on)
        )
        for key, number, issuer, since, until, revoked, _ in rows
        if day(since) <= on
    ]
    return tuple(sorted(found, key=lambda paper: paper.since, reverse=True))


def registrations(rows: Rows, events: Rows, on: date) -> tuple[RegistrationLine, ...]:
    """Everything that happened to the certificates up to the day, the newest first."""
    happened = _by_paper(events)
    found = [line for row in rows for line in _steps(row, happened[row[0]], on) if line.on <= on]
    return tuple(sorted(found, key=lambda line: line.on, reverse=True))


def orders(rows: Rows, on: date, today: date) -> tuple[OrderLine, ...]:
    """The orders that hold on the day and today, the newest first."""
    found = [
        OrderLine(RestrictionKind(kind), day(since), maybe_day(until), fit(ground), fit(article), maybe_fit(document))
        for kind, since, until, ground, article, document in rows
    ]
    held = (order for order in found if order.since <= on and (order.until is None or order.until >= today))
    return tuple(sorted(held, key=lambda order: order.since, reverse=True))


def _by_paper(rows: Rows) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for key, *event in sorted(rows, key=lambda row: int(row[1])):
        found[key].append(event)
    return found


def _steps(row: list[object], events: Rows, on: date) -> Iterator[RegistrationLine]:
    _, number, issuer, since, until, revoked, issued = (None if cell is None else str(cell) for cell in row)
    number, named = number or "", maybe_fit(issuer)
    yield RegistrationLine(day(issued or since or ""), RegistrationStep.issued, number, issuer=named)
    steps = {RegistrationStep(kind) for _, kind, *_ in events}
    yield from (_step(number, event) for event in events)
    if revoked and not {RegistrationStep.revoked, RegistrationStep.cancelled} & steps:
        yield RegistrationLine(day(revoked), RegistrationStep.ended, number)
    last = _until(maybe_day(until), events, on)
    if last is not None and last < on and (_known(revoked, on) or last) >= last:
        yield RegistrationLine(last + ONE_DAY, RegistrationStep.expired, number)


def _step(number: str, event: list[str]) -> RegistrationLine:
    _, kind, happened_on, before, after = event
    line = RegistrationLine(day(happened_on), RegistrationStep(kind), number)
    if line.step is RegistrationStep.renewed:
        return replace(line, before=maybe_day(before), after=maybe_day(after))
    return replace(line, scope=maybe_fit(after)) if line.step is RegistrationStep.changed else line


def _until(until: date | None, events: Rows, on: date) -> date | None:
    """The last day of a certificate as it was known on a day: a renewal of later is not there yet."""
    for _, kind, happened_on, before, _ in events:
        if kind == RegistrationStep.renewed and day(happened_on) > on:
            return maybe_day(before)
    return until


def _known(happened: str | None, on: date) -> date | None:
    found = maybe_day(happened)
    return found if found is not None and found <= on else None
