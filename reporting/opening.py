"""Opening, in the process of the desks: each role opens its own part and no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.reporting.evidence.copies import Copy
from zuofang.reporting.evidence.uploads import About, about_context, pieces, read_about
from zuofang.reporting.intake import context
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import (
    EvidenceChunk,
    EvidenceFile,
    LetterKind,
    Report,
    ReportEvidence,
    ReportLetter,
    ReportSecret,
    Role,
)
from zuofang.reporting.sealing import OpeningKey, WillNotOpen, open_closed


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file of a report: what it is, and the key under which its pieces lie."""

    file: EvidenceFile
    about: About
    key: bytes = field(repr=False)
    has_copy: bool
    """Whether there is a viewing copy."""

    def original(self, session: Session) -> Iterator[bytes]:
        """The file exactly as it came, with everything its camera wrote into it."""
        return pieces(session, self.file, self.key, is_copy=False)

    def copy(self, session: Session) -> bytes:
        """The viewing copy; empty where there is none."""
        return b"".join(pieces(session, self.file, self.key, is_copy=True))

    def page(self, session: Session, number: int) -> bytes:
        """The picture of one page of a document, from 1; empty where it was not drawn."""
        return Copy(self.copy(session), self.about.pages).page(number)


def open_secret(session: Session, report: Report, keys: RoleKeys) -> bytes:
    """What of a report is sealed to a role.

    Raises:
        WillNotOpen: there is nothing for this role, it was destroyed, or the keys are another role's.
    """
    wanted = (ReportSecret.report_id == report.id, ReportSecret.role == keys.role)
    found = session.scalars(select(ReportSecret).where(*wanted)).one_or_none()
    if found is None:
        raise WillNotOpen(f"nothing of this report is sealed to {keys.role}")
    return keys.open(found.key, found.sealed, context(report.locator, keys.role))


def open_case(session: Session, report: Report, keys: RoleKeys) -> OpeningKey:
    """The key of a report, for the case officers."""
    if keys.role is not Role.case:
        raise WillNotOpen("only case officers open the key of a report")
    return OpeningKey(open_secret(session, report, keys))


def open_person(session: Session, report: Report, keys: RoleKeys) -> dict[str, str]:
    """Who handed a report in, for the custodian of identities."""
    return dict(json.loads(open_secret(session, report, keys)))


@dataclass(frozen=True, slots=True)
class Letter:
    """One opened letter: its number, who wrote (by its kind), on which day, and what."""

    id: int
    kind: LetterKind
    on: date
    told: dict[str, Any] = field(repr=False)


def read_exchange(report: Report, key: OpeningKey) -> list[Letter]:
    """Everything that was written in both directions, oldest first; of ours, the copy that was kept for the desks."""
    found = []
    for one in report.letters:
        sealed = one.copy if one.kind.is_ours else one.sealed
        if sealed is not None:
            found.append(_opened(one, key.open(sealed, context(report.locator, one.kind))))
    return found


def _opened(letter: ReportLetter, text: bytes) -> Letter:
    told = json.loads(text)
    if letter.kind is LetterKind.statement:
        told = json.loads(told["content"])
    return Letter(letter.id, letter.kind, letter.sent_on, told)


def read_letters(report: Report, key: OpeningKey) -> list[tuple[LetterKind, dict[str, Any]]]:
    """Everything the person wrote, oldest first, with the moment at which it came."""
    theirs = [letter for letter in report.letters if not letter.kind.is_ours]
    return [(one.kind, json.loads(key.open(one.sealed, context(report.locator, one.kind)))) for one in theirs]


def read_evidence(session: Session, report: Report, key: OpeningKey) -> list[Evidence]:
    """The files of a report."""
    rows = session.execute(
        select(ReportEvidence, EvidenceFile)
        .join(EvidenceFile, EvidenceFile.id == ReportEvidence.file_id)
        .where(ReportEvidence.report_id == report.id)
        .order_by(ReportEvidence.id)
    )
    of_report = select(ReportEvidence.file_id).where(ReportEvidence.report_id == report.id)
    copied = set(
        session.scalars(
            select(EvidenceChunk.file_id).where(EvidenceChunk.is_copy, EvidenceChunk.file_id.in_(of_report))
        )
    )
    found = []
    for row, file in rows:
        file_key = key.open(row.sealed, context(report.locator, f"file/{file.ticket.hex()}"))
        about = read_about(open_closed(file_key, file.about or b"", about_context(file)))
        found.append(Evidence(file, about, file_key, file.id in copied))
    return found
