"""Taking in: one transaction that seals a report, uses up its form and is on disk before a receipt exists.

The public process writes here without the key of the journal, which it does not own. The journal takes note of every
letter afterwards (:mod:`zuofang.reporting.receiving`), from the process that does.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from zuofang.reporting import acknowledgements, receipts
from zuofang.reporting.acknowledgements import Acknowledgement, Opening
from zuofang.reporting.evidence.uploads import about_files, finished
from zuofang.reporting.forms import FormToken
from zuofang.reporting.keys.letterbox import LetterboxKeys
from zuofang.reporting.models import (
    LetterKind,
    Proof,
    Report,
    ReportEvidence,
    ReportKind,
    ReportLetter,
    ReportSecret,
    Role,
    Standing,
)
from zuofang.reporting.receipts import Receipt
from zuofang.reporting.sealing import OpeningKey, name_of, seal
from zuofang.rules.calendar import china_day, day_start
from zuofang.storage.database import Database

CROWDED = 2**17
"""Locators of four characters in use from which on new ones have five, so that a free one is found at once."""
TRIES = 20


@dataclass(frozen=True, slots=True)
class Statement:
    """One matter as a person stated it: what the case officers are to read, and who they are not to see."""

    kind: ReportKind
    standing: Standing
    matter: dict[str, Any] = field(repr=False)
    person: dict[str, str] = field(repr=False)
    """Empty for an anonymous report."""
    language: str
    proof: Proof = Proof.worked


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the person is given; it exists only once the report is on disk."""

    kind: ReportKind
    receipt: Receipt
    acknowledgement: Acknowledgement
    opening: Opening
    again: bool = False
    """The form had been received before; this is the same receipt."""
    same: bool = True
    """Whether it had been received with the same content."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that only needs to be put into the box."""

    statement: Statement
    report: Report
    secret: str = field(repr=False)
    opening: Opening = field(repr=False)


_turn = Lock()
"""Letters of one process go in one after another: SQLite lets a writer that waits starve beside others."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Where letters are dropped: the database, and keys that seal and cannot open."""

    database: Database
    keys: LetterboxKeys

    def hand_in(self, form: FormToken, statements: Sequence[Statement], now: datetime) -> list[Accepted]:
        """Receive the statements of one form; all of them last, or none.

        A form that was received before gets its receipt again and changes nothing.
        """
        for _ in range(TRIES):
            with Session(self.database.read) as reading:
                received = [self._received(reading, form, statement) for statement in statements]
                known = [accepted for accepted in received if accepted is not None]
                if len(known) == len(statements):
                    return known
                fresh = [self._prepare(reading, form, statement, now) for statement in statements]
            try:
                with _turn, Session(self.database.write, expire_on_commit=False) as session:
                    session.connection()
                    accepted = [self._receive(session, form, one, now) for one in fresh]
                    session.commit()
                return accepted
            except IntegrityError:  # the same form at the same moment, or a locator that was just taken
                continue
        raise AssertionError("no free locator was found")

    def knows(self, form: FormToken) -> bool:
        """Whether a form was received before."""
        tokens = [form.digest(kind) for kind in ReportKind]
        with Session(self.database.read) as session:
            return session.scalars(select(Report.id).where(Report.token.in_(tokens))).first() is not None

    def _received(self, session: Session, form: FormToken, statement: Statement) -> Accepted | None:
        """What was given for a form that was received before."""
        before = session.scalars(select(Report).where(Report.token == form.digest(statement.kind))).one_or_none()
        if before is None:
            return None
        secret = receipts.secret_of(self.keys.forms, form.number, statement.kind)
        fingerprint = self._fingerprint(form, statement, _stated(session, form, statement))
        return self._again(before, secret, same=hmac.compare_digest(before.fingerprint, fingerprint))

    def _receive(self, session: Session, form: FormToken, fresh: Prepared, now: datetime) -> Accepted:
        """Put a prepared report into the box, where its form was not received meanwhile."""
        known = self._received(session, form, fresh.statement)
        if known is not None:
            return known
        report = fresh.report
        session.add(report)
        session.flush()
        attach(session, form, report, now)
        receipt = Receipt(report.locator, fresh.secret)
        return Accepted(report.kind, receipt, self._acknowledge(report.commitment), fresh.opening)

    def _prepare(self, session: Session, form: FormToken, statement: Statement, now: datetime) -> Prepared:
        """Do all that takes time before the one lock for writing is taken."""
        content = _stated(session, form, statement)
        secret = receipts.secret_of(self.keys.forms, form.number, statement.kind)
        locator, salt, case = _free_locator(session), secrets.token_bytes(receipts.SALT_BYTES), OpeningKey.generate()
        reader, opening = receipts.reading_key(secret, salt).public, acknowledgements.opening(now, content)
        report = Report(
            locator=locator, kind=statement.kind, standing=statement.standing, proof=statement.proof,
            received_on=china_day(now), salt=salt, secret=receipts.digest_of(secret, salt),
            token=form.digest(statement.kind), fingerprint=self._fingerprint(form, statement, content),
            reporter_key=reader, case_key=case.public, commitment=opening.commitment,
            opening=seal(reader, _packed(opening), context(locator, "opening")), language=statement.language,
        )  # fmt: skip
        told = _content({"at": now.isoformat(timespec="seconds"), "content": content.decode()})
        report.letters.append(_letter(report, LetterKind.statement, told, form.digest(f"{statement.kind} statement")))
        self._keep_secrets(report, case, statement.person)
        return Prepared(statement, report, secret, opening)

    def _keep_secrets(self, report: Report, case: OpeningKey, person: dict[str, str]) -> None:
        report.secrets.append(self._secret(report, Role.case, case.seed))
        if person:
            report.secrets.append(self._secret(report, Role.identity, _content(person)))

    def _secret(self, report: Report, role: Role, content: bytes) -> ReportSecret:
        public = self.keys.seals[role]
        return ReportSecret(role=role, key=name_of(public), sealed=seal(public, content, context(report.locator, role)))

    def claim(self, session: Session, report: Report, account: dict[str, str]) -> None:
        """Seal to the finance role where a reward is to be paid; a later claim takes the place of an earlier one."""
        fresh = self._secret(report, Role.payout, _content(account))
        before = next((one for one in report.secrets if one.role is Role.payout), None)
        if before is None:
            report.secrets.append(fresh)
        else:
            before.key, before.sealed = fresh.key, fresh.sealed
        session.flush()

    def _again(self, report: Report, secret: str, *, same: bool) -> Accepted:
        receipt = Receipt(report.locator, secret)
        return Accepted(
            report.kind, receipt, self._acknowledge(report.commitment), opening_of(report, receipt),
            again=True, same=same,
        )  # fmt: skip

    def acknowledgement_of(self, report: Report) -> Acknowledgement:
        """The acknowledgement of a report, signed anew."""
        return self._acknowledge(report.commitment)

    def _acknowledge(self, commitment: bytes) -> Acknowledgement:
        return acknowledgements.sign(self.keys.acknowledgements, commitment)

    def _fingerprint(self, form: FormToken, statement: Statement, content: bytes) -> bytes:
        """Tells a retry from a second thought; without the form's number nobody can try contents against it."""
        told = form.number + content + _content(statement.person)
        return hmac.digest(self.keys.forms, b"zuofang fingerprint 1\n" + hashlib.sha256(told).digest(), "sha256")


def write_letter(
    session: Session, report: Report, kind: LetterKind, told: dict[str, Any], form: FormToken, now: datetime
) -> bool:
    """Add a letter of the person to a report; answers whether it is new. A form that was sent twice counts once.

    One that says something else the second time, because somebody went back and wrote on, is a letter of its own.
    """
    token = form.digest(f"{report.id} letter {kind} {hashlib.sha256(_stated_now(session, form, told)).hexdigest()}")
    if session.scalars(select(ReportLetter.id).where(ReportLetter.token == token)).first() is not None:
        return False
    content = _content({"at": now.isoformat(timespec="seconds"), **told})
    letter = _letter(report, kind, content, token)
    letter.sent_on = china_day(now)
    report.letters.append(letter)
    session.flush()
    return True


def attach(session: Session, form: FormToken, report: Report, now: datetime) -> int:
    """Hand the finished files of a form over to a report, sealing their keys to it; answers how many are new."""
    known = set(session.scalars(select(ReportEvidence.file_id).where(ReportEvidence.report_id == report.id)))
    fresh = [file for file in finished(session, form) if file.id not in known]
    for file in fresh:
        key = form.file_key(file.ticket)
        sealed = seal(report.case_key, key, context(report.locator, f"file/{file.ticket.hex()}"))
        file.expires = day_start(china_day(now))  # it waits for nothing any more, and the second it came is nobody's
        session.add(ReportEvidence(report_id=report.id, file_id=file.id, added_on=china_day(now), sealed=sealed))
    session.flush()
    return len(fresh)


def opening_of(report: Report, receipt: Receipt) -> Opening:
    """What opens the acknowledgement of a report, for who holds its receipt.

    Raises:
        WillNotOpen: this is not its receipt.
    """
    key = receipts.reading_key(receipt.secret, report.salt)
    told = json.loads(key.open(report.opening, context(report.locator, "opening")))
    return Opening(datetime.fromisoformat(told["minute"]), bytes.fromhex(told["content"]), bytes.fromhex(told["blind"]))


def context(locator: str, purpose: str) -> str:
    """For what something of a report is sealed."""
    return f"{locator}/{purpose}"


def _stated(session: Session, form: FormToken, statement: Statement) -> bytes:
    """What is handed in, with the digests of its files."""
    files = [{"sha256": one.sha256, "size": one.size} for one in about_files(session, form)]
    return _content({**statement.matter, "evidence": files})


def _stated_now(session: Session, form: FormToken, told: dict[str, Any]) -> bytes:
    """What a letter says, with the digests of its files."""
    return _content({**told, "evidence": [one.sha256 for one in about_files(session, form)]})


def _letter(report: Report, kind: LetterKind, content: bytes, token: bytes) -> ReportLetter:
    sealed = seal(report.case_key, content, context(report.locator, kind))
    return ReportLetter(kind=kind, sent_on=report.received_on, sealed=sealed, token=token)


def _free_locator(session: Session) -> str:
    taken = session.scalar(select(func.count()).select_from(Report)) or 0
    length = receipts.LOCATOR_LENGTH + (taken >= CROWDED)
    for _ in range(TRIES):
        locator = receipts.new_locator(length)
        if session.scalars(select(Report.id).where(Report.locator == locator)).first() is None:
            return locator
    raise AssertionError("no free locator was found")


def _packed(opening: Opening) -> bytes:
    return _content(
        {"minute": opening.minute.isoformat(), "content": opening.content.hex(), "blind": opening.blind.hex()}
    )


def _content(told: dict[str, Any] | Iterable[tuple[str, Any]]) -> bytes:
    """Values with one spelling only, as they are sealed and as their digest is taken."""
    return json.dumps(dict(told), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
