"""Looking through documents one by one: the meaning of a search, which every index only makes faster.

It answers for the documents that an index does not hold yet, and for all of them while there is no index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from time import monotonic

from sqlalchemy import ColumnElement, Connection, func, or_, select

from zuofang.search.models import SearchDocument
from zuofang.search.tally import Partial, Table
from zuofang.search.wanted import Wanted, Word
from zuofang.traceability.queries.rows import AnyRow

COLUMNS = SearchDocument.record_id, SearchDocument.made_on, SearchDocument.facets, SearchDocument.words
LOOK_EVERY = 512
NOT_GONE = SearchDocument.gone.is_(False)


class Documents:
    """Documents held as they are: a table of them and the text of each."""

    def __init__(self, rows: Iterable[AnyRow] = ()) -> None:
        self.table = Table()
        self.texts: list[str] = []
        for row in rows:
            self.add(row.record_id, row.made_on, json.loads(row.facets), row.words)

    def add(self, key: int, made_on: date, facets: dict[str, Sequence[str]], words: str) -> None:
        """Hold one more document."""
        self.table.add(key, made_on, facets)
        self.texts.append(words)

    def find(self, wanted: Wanted) -> Partial:
        """The part of the result that lies here; past the deadline, what was found until then."""
        ids, exact = self._matched(wanted) if wanted.words else (range(len(self.texts)), True)
        part = self.table.page(ids, wanted, lambda those: self._named(those, wanted.words))
        part.exact = exact
        return part

    def _matched(self, wanted: Wanted) -> tuple[Sequence[int], bool]:
        stop, found = monotonic() + wanted.seconds, list[int]()
        for number, text in enumerate(self.texts):
            if number % LOOK_EVERY == LOOK_EVERY - 1 and monotonic() > stop:
                return found, False
            if all(word.stands_in(text) for word in wanted.words):
                found.append(number)
        return found, True

    def _named(self, ids: Iterable[int], words: Sequence[Word]) -> set[int]:
        return {number for number in ids if all(word.stands_in_names(self.texts[number]) for word in words)}


def every_document(connection: Connection, wanted: Wanted) -> Documents:
    """All documents that may match, read from the database; it leaves out what plain text alone tells apart."""
    return Documents(connection.execute(select(*COLUMNS).where(NOT_GONE, *_likely(wanted))))


def _likely(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    for word in wanted.words:
        if not any(piece.sound for piece in word.pieces):
            yield or_(*(SearchDocument.words.contains(piece.text, autoescape=True) for piece in word.pieces))


def last_change(connection: Connection) -> int:
    """The number of the last change of a document; one look into an index."""
    return connection.scalar(select(func.max(SearchDocument.changed))) or 0


def changed_since(connection: Connection, upto: int) -> tuple[Documents, frozenset[int]]:
    """The documents that changed after an index was made, and the keys of all that it must no longer speak of."""
    changed = select(*COLUMNS, SearchDocument.gone).where(SearchDocument.changed > upto)
    rows = connection.execute(changed).all()  # put in order here, so that the database goes by its index of changes
    live = sorted((row for row in rows if not row.gone), key=lambda row: row.record_id)
    return Documents(live), frozenset(row.record_id for row in rows)
