"""The journal: every act, who did it, when and why, chained so that nothing can be changed or dropped unseen.

Each entry's digest covers the digest before it. The newest digest is signed with a key that the public process does not
own, and noted in a file outside the database; so a cut tail and a rewritten past are both found by ``zuofang verify``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, LargeBinary, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.base import Base
from zuofang.storage.keys import SigningKey, Verifier
from zuofang.storage.types import Digest, Moment

DOMAIN = b"zuofang journal 1\n"
BEGINNING = bytes(32)


class JournalEntry(Base):
    """One act, as it was done."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, comment="1, 2, 3 … without a gap")
    at: Mapped[Moment] = mapped_column(index=True)
    who: Mapped[str] = mapped_column(String(100), index=True, comment="account, command or clock that did it")
    act: Mapped[str] = mapped_column(String(60), index=True, comment="what was done, for example batch.release")
    subject_kind: Mapped[str] = mapped_column(String(60), index=True)
    subject_key: Mapped[str] = mapped_column(String(100), index=True)
    why: Mapped[str] = mapped_column(String(1000))
    facts: Mapped[str] = mapped_column(Text, comment="what changed, as canonical JSON; never personal data")
    digest: Mapped[Digest]

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and key of what the act was done to."""
        return self.subject_kind, self.subject_key


class JournalHead(Base):
    """The one row that says where the journal ends, signed. Locked by every writer, so acts have one order."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    digest: Mapped[Digest]
    key: Mapped[str] = mapped_column(String(16), comment="short name of the signing key")
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))


@dataclass(frozen=True, slots=True)
class Head:
    """Where the journal ends: the number of its last entry, that entry's digest, and a signature over both."""

    seq: int
    digest: bytes
    key: str
    signature: bytes

    @property
    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return head_bytes(self.seq, self.digest)


@dataclass(frozen=True, slots=True)
class Damage:
    """The first place where the journal is not as it was written."""

    seq: int
    finding: Sentence


def head_bytes(seq: int, digest: bytes) -> bytes:
    """The bytes that are signed for a journal ending with entry ``seq``."""
    return DOMAIN + f"head {seq} {digest.hex()}".encode()


def canonical(facts: dict[str, Any]) -> str:
    """Facts as JSON with one spelling only: sorted keys, no spaces, dates and amounts as text."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"cannot write {type(value).__name__} into the journal")


def entry_digest(previous: bytes, entry: JournalEntry) -> bytes:
    """The digest of an entry that follows an entry with the digest ``previous``."""
    at = entry.at.astimezone(UTC).isoformat()  # as the database hands it back, whatever zone the clock was in
    told = [entry.seq, at, entry.who, entry.act, *entry.subject, entry.why, entry.facts]
    content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(DOMAIN + previous + content).digest()


def append(session: Session, entries: list[JournalEntry], key: SigningKey) -> Head:
    """Chain entries to the journal and sign the new head; the caller's transaction makes them last."""
    head = session.scalars(select(JournalHead).with_for_update()).one_or_none()
    seq, digest = (head.seq, head.digest) if head else (0, BEGINNING)
    for seq, entry in enumerate(entries, seq + 1):  # noqa: B020 - the count goes on from the head
        entry.seq = seq
        entry.digest = digest = entry_digest(digest, entry)
        session.add(entry)
    signature = key.sign(head_bytes(seq, digest))
    if head is None:
        head = JournalHead(id=1)
        session.add(head)
    head.seq, head.digest, head.key, head.signature = seq, digest, key.name, signature
    session.flush()
    return Head(seq, digest, key.name, signature)


def read_head(session: Session) -> Head | None:
    """The signed end of the journal, or nothing while it is empty."""
    head = session.scalars(select(JournalHead)).one_or_none()
    return Head(head.seq, head.digest, head.key, head.signature) if head else None


def last_about(session: Session, subject: tuple[str, str]) -> int:
    """The number of the last entry about a thing; 0 where there is none."""
    kind, key = subject
    return session.scalar(select(func.max(JournalEntry.seq)).filter_by(subject_kind=kind, subject_key=key)) or 0


def last_about_each(session: Session, kind: str, keys: Iterable[int]) -> dict[int, int]:
    """The number of the last entry about each of several things of one kind, by their keys. One statement."""
    told = JournalEntry.subject_kind == kind, JournalEntry.subject_key.in_([str(key) for key in keys])
    newest = select(JournalEntry.subject_key, func.max(JournalEntry.seq)).where(*told)
    return {int(key): seq for key, seq in session.execute(newest.group_by(JournalEntry.subject_key))}


def verify(
    session: Session, verifier: Verifier, noted: Head | None = None, tell: Callable[[float], object] = bool
) -> Damage | None:
    """Recount the whole chain; nothing when it is whole, else the first place that is not.

    ``noted`` is the head written down outside the database: a journal that ends before it has lost its tail.
    ``tell`` is told the share that is counted.
    """
    digest, seq, at_note, head = BEGINNING, 0, None, read_head(session)
    for entry in _entries(session):
        if entry.seq != seq + 1:
            return Damage(seq + 1, say("缺了一条"))
        digest, seq = entry_digest(digest, entry), entry.seq
        if digest != entry.digest:
            return Damage(seq, say("这一条或者它前面的被改动过"))
        if noted is not None and seq == noted.seq:
            at_note = digest
        if head is not None and seq % 1000 == 0:
            tell(min(seq / head.seq, 1))
    return _compare_head(read_head(session), seq, digest, verifier) or _compare_note(noted, at_note)


def _compare_head(head: Head | None, seq: int, digest: bytes, verifier: Verifier) -> Damage | None:
    if head is None:
        return Damage(seq, say("签了名的末尾不见了")) if seq else None
    if (head.seq, head.digest) != (seq, digest):
        return Damage(min(seq, head.seq) + 1, say("日志的末尾与签了名的不是同一条"))
    if not verifier.accepts(head.key, head.signed_bytes, head.signature):
        return Damage(seq, say("末尾的签名不是本站的"))
    return None


def _compare_note(noted: Head | None, at_note: bytes | None) -> Damage | None:
    if noted is not None and at_note != noted.digest:
        return Damage(noted.seq, say("在数据库外面记下末尾以后，日志被截短或者改写过"))
    return None


def _entries(session: Session, page: int = 1000) -> Iterator[JournalEntry]:
    last = 0
    while entries := session.scalars(
        select(JournalEntry).where(JournalEntry.seq > last).order_by(JournalEntry.seq).limit(page)
    ).all():
        yield from entries
        last = entries[-1].seq
        session.expunge_all()
