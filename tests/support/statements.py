"""Counting statements: what a page asks the database must not grow with the data."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from zuofang.storage.database import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that were sent to the reading engine inside the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(database.read, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.read, "before_cursor_execute", note)
