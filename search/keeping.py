"""Keeping the index: built beside the old one and switched to, brought up to date, compared with the database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, func, select

from zuofang.search.brute import COLUMNS, NOT_GONE, last_change
from zuofang.search.engines import Doc, Engine, Spread
from zuofang.search.generations import Damaged, Seal, Shelf, check_files, read_seal, seal
from zuofang.search.models import SearchDocument
from zuofang.search.turns import Turns
from zuofang.search.wanted import Wanted
from zuofang.storage.database import Database
from zuofang.traceability.queries.rows import AnyRow

Progress = Callable[[str, float], None]
MOST_RECENT = 500
"""Changes that are looked through one by one before the index takes them in."""
MOST_CHANGED = 0.2
"""Share of an index that may be changed in it; then it is built anew, which leaves nothing deleted behind."""

AT_ONCE, REST = 500, 2.0
"""Documents that an index takes in before it rests while another answers, and how many times as long it then rests."""


@dataclass(frozen=True, slots=True)
class State:
    """Where an index stands: documents in it and in the database, changes it does not hold yet, what is wrong."""

    documents: int
    wanted: int
    behind: int
    damage: str | None


def build(database: Database, shelf: Shelf, engine: Engine, tell: Progress = lambda _name, _share: None) -> int | None:
    """Build an index beside the old one and switch to it; answers how many documents it holds.

    Nothing (None) where somebody else is writing. One that is cut short leaves the old one in place.
    """
    with shelf.writing() as ours:
        if not ours:
            return None
        with _beside(shelf, shelf.begin()) as folder, database.read.connect() as connection:
            upto, total = last_change(connection), _count(connection)
            docs = _told(_every(connection), total, tell)
            rests = shelf.current is not None and not isinstance(engine, Spread)  # servers are given rests of their own
            documents = engine.build(folder, _unhurried(docs) if rests else docs)
            seal(folder, engine.NAME, upto, documents)
    return documents


def needs(database: Database, shelf: Shelf, engine: Engine) -> str | None:
    """What the index needs: ``build``, ``change``, ``mend``, or nothing; cheap enough to ask every second."""
    folder = shelf.current
    if folder is None or shelf.suspected:
        return "build"
    try:
        found = read_seal(folder)
    except Damaged:
        return "build"
    if found.engine != engine.NAME:
        return "build"
    with database.read.connect() as connection:
        behind = last_change(connection) - found.upto
    if behind < 0 or behind > max(MOST_RECENT, found.documents * MOST_CHANGED):
        return "build"
    if behind > MOST_RECENT:
        return "change"
    return "mend" if isinstance(engine, Spread) and engine.lacking(folder) else None


def held(shelf: Shelf) -> int:
    """How many documents the current index holds, by its seal."""
    try:
        return read_seal(shelf.current).documents if shelf.current else 0
    except Damaged:
        return 0


def catch_up(database: Database, shelf: Shelf, engine: Engine) -> int:
    """Take everything into the current index that changed since it was made; answers how many documents."""
    with shelf.writing() as ours:
        folder = shelf.current
        if not ours or folder is None:
            return 0
        found = read_seal(folder)
        with database.read.connect() as connection:
            upto = last_change(connection)
            since = SearchDocument.changed > found.upto
            keys = list(connection.scalars(select(SearchDocument.record_id).where(since)))
            docs = [_doc(row) for row in connection.execute(select(*COLUMNS).where(since, NOT_GONE))]
        if keys:
            _change(shelf, engine, docs, keys, upto)
    return len(keys)


def _change(shelf: Shelf, engine: Engine, docs: Sequence[Doc], keys: Sequence[int], upto: int) -> None:
    """Make a changed generation beside the current one, so that nobody ever reads one that is being changed."""
    if (current := shelf.current) is None:
        return
    with _beside(shelf, shelf.begin_from(current)) as folder:
        seal(folder, engine.NAME, upto, engine.change(folder, docs, keys))


@contextmanager
def _beside(shelf: Shelf, folder: Path) -> Iterator[Path]:
    """Fill a folder and switch to it; what is cut short is thrown away and leaves the current one in place."""
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shelf.switch(folder)


def mend(database: Database, shelf: Shelf, engine: Spread) -> None:
    """Fill the servers again that missed something of the current index."""
    with shelf.writing() as ours, database.read.connect() as connection:
        if ours and shelf.current is not None:
            engine.mend(shelf.current, _every(connection))


def state(database: Database, shelf: Shelf, engine: Engine) -> State:
    """Compare the index with the database, file by file and document by document."""
    with database.read.connect() as connection:
        wanted, last = _count(connection), last_change(connection)
        folder = shelf.current
        if folder is None:
            return State(0, wanted, last, "there is no index")
        try:
            found = read_seal(folder)
            check_files(folder, found)
            damage = _difference(connection, engine, folder, found)
        except Damaged as damaged:
            return State(0, wanted, last, str(damaged))
        return State(found.documents, wanted, last - found.upto, damage)


def _difference(connection: Connection, engine: Engine, folder: Path, found: Seal) -> str | None:
    """What the index holds otherwise than the database, change for change; nothing where they agree."""
    if found.engine != engine.NAME:
        return f"it was made by {found.engine}"
    reader = engine.open(folder, found)
    try:
        unchanged = SearchDocument.changed <= found.upto, NOT_GONE
        since = connection.scalars(select(SearchDocument.record_id).where(SearchDocument.changed > found.upto))
        told = reader.find(Wanted(size=found.documents + 1, seconds=60), frozenset(since))
        rows = set(connection.scalars(select(SearchDocument.record_id).where(*unchanged)))
    finally:
        reader.close()
    held = {key for *_, key in told.best}
    if held == rows:
        return None
    return f"{len(rows - held)} documents are missing and {len(held - rows)} are too many"


def _count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(SearchDocument).where(NOT_GONE)) or 0


def _every(connection: Connection) -> Iterator[Doc]:
    oldest_first = select(*COLUMNS).where(NOT_GONE).order_by(SearchDocument.made_on, SearchDocument.record_id)
    for row in connection.execution_options(yield_per=500).execute(oldest_first):
        yield _doc(row)


def _doc(row: AnyRow) -> Doc:
    return Doc(row.record_id, row.made_on, json.loads(row.facets), row.words)


def _unhurried(docs: Iterator[Doc]) -> Iterator[Doc]:
    """While an index answers, leave its pages the machine again and again."""
    turns = Turns(REST)
    while portion := list(islice(docs, AT_ONCE)):
        with turns:
            yield from portion


def _told(docs: Iterator[Doc], total: int, tell: Progress) -> Iterator[Doc]:
    for number, doc in enumerate(docs, 1):
        yield doc
        if number % 100 == 0:
            tell("search index", number / max(total, number))
