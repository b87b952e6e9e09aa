"""The outbox: what must follow an act, written in the act's own transaction.

Copies (page versions, the search index, feeds) are brought up to date from here, each by its own reader with its own
cursor. A reader that is killed goes on where it was; doing the same step twice must change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import String, exists, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from zuofang.storage.base import Base
from zuofang.storage.database import Database
from zuofang.storage.types import Id

Subject = tuple[str, str]


class OutboxItem(Base):
    """One subject that an act touched."""

    __tablename__ = "outbox"

    id: Mapped[Id]
    seq: Mapped[int] = mapped_column(index=True, comment="number of the journal entry")
    subject_kind: Mapped[str] = mapped_column(String(60))
    subject_key: Mapped[str] = mapped_column(String(100))


class OutboxCursor(Base):
    """How far one reader has come."""

    __tablename__ = "outbox_cursor"

    reader: Mapped[str] = mapped_column(String(60), primary_key=True)
    last: Mapped[int] = mapped_column(comment="id of the last item done")


def queue(session: Session, touched: Iterable[tuple[int, Iterable[Subject]]]) -> None:
    """Queue the subjects that acts touched, each act by its journal number; one statement for all of them."""
    rows = [
        {"seq": seq, "subject_kind": kind, "subject_key": key}
        for seq, subjects in touched
        for kind, key in dict.fromkeys(subjects)
    ]
    if rows:
        session.execute(insert(OutboxItem), rows)


def pending(session: Session, reader: str, limit: int = 500) -> Sequence[OutboxItem]:
    """The next items this reader has not done, oldest first."""
    done = select(OutboxCursor.last).where(OutboxCursor.reader == reader).scalar_subquery()
    after = OutboxItem.id > done if session.get(OutboxCursor, reader) else OutboxItem.id > 0
    return session.scalars(select(OutboxItem).where(after).order_by(OutboxItem.id).limit(limit)).all()


def behind(database: Database, reader: str) -> bool:
    """Whether something waits for this reader; asks without taking the write lock."""
    done = select(OutboxCursor.last).where(OutboxCursor.reader == reader).scalar_subquery()
    more = exists().where(OutboxItem.id > done)
    none_done = ~exists().where(OutboxCursor.reader == reader) & exists().where(OutboxItem.id > 0)
    with Session(database.read) as session:
        return bool(session.scalar(select(more | none_done)))


def advance(session: Session, reader: str, last: int) -> None:
    """Note that this reader has done everything up to the item ``last``."""
    cursor = session.get(OutboxCursor, reader)
    if cursor is None:
        session.add(OutboxCursor(reader=reader, last=last))
    else:
        cursor.last = last
