"""The embedded engine for larger registers: tantivy, one setting away.

Text is kept as pairs of neighbouring signs. The characters of names are kept one by one as well, so that a sound is a
phrase of characters that sound so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from tantivy import Document, FieldType, Index, Occur, Query, Schema, SchemaBuilder, Searcher

from zuofang.search.engines import Doc
from zuofang.search.generations import Seal
from zuofang.search.language import heard, spellings
from zuofang.search.pairing import LINE, marked, pairs, stream
from zuofang.search.tally import KEY_BITS, LARGEST_KEY, Partial, Place
from zuofang.search.wanted import FACETS, NAMES_END, Cursor, Order, Piece, Wanted, Word

MEMORY = 64 * 1024 * 1024
"""Bytes that a writer fills before it sorts to disk; with the reader the process stays below 200 MB."""
MOST_VALUES = 10_000
ANYWHERE, NAMES, HEARD, KEY, RANK = "text", "names", "heard", "key", "rank"
TOTAL = "total"
Step = tuple[Occur, Query]


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field(KEY, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(RANK, fast=True, indexed=True)
    for name in (ANYWHERE, NAMES, HEARD):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


class Tantivy:
    """Building, changing and opening indexes of tantivy."""

    NAME = "tantivy-1"

    def build(self, folder: Path, docs: Iterable[Doc]) -> int:
        """Write a new index."""
        return self._write(Index(_schema(), path=str(folder)), docs, ())

    def change(self, folder: Path, docs: Sequence[Doc], keys: Iterable[int]) -> int:
        """Take out the documents with these keys and put these in."""
        return self._write(Index.open(str(folder)), docs, keys)

    def _write(self, index: Index, docs: Iterable[Doc], keys: Iterable[int]) -> int:
        writer = index.writer(heap_size=MEMORY, num_threads=1)
        for key in keys:
            writer.delete_documents_by_term(KEY, str(key))
        for doc in docs:
            writer.add_document(_document(doc))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return int(index.searcher().num_docs)

    def open(self, folder: Path, seal: Seal) -> TantivyReader:
        """Open an index that was checked."""
        index = Index.open(str(folder))
        return TantivyReader(index.schema, index.searcher())


ENGINE = Tantivy()


def _document(doc: Doc) -> Document:
    names, _, _ = doc.words.partition(NAMES_END)
    made = Document()
    made.add_text(KEY, str(doc.key))
    made.add_integer(RANK, _rank(doc.made_on, doc.key))
    for name, signs in ((ANYWHERE, stream(doc.words)), (NAMES, stream(names))):
        made.add_text(name, " ".join((*pairs(signs), signs[-1:])))
    made.add_text(HEARD, " ".join(names.replace("\n", LINE).replace(" ", LINE)))
    for name in FACETS:
        for value in doc.facets.get(name, ()):
            made.add_text(name, value)
    return made


def _rank(made_on: date, key: int) -> int:
    return (made_on.toordinal() << KEY_BITS) | key


class TantivyReader:
    """One state of an index; any thread may ask."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema, self._searcher = schema, searcher

    def close(self) -> None:
        """The files are let go of with the reader."""

    def find(self, wanted: Wanted, hidden: frozenset[int]) -> Partial:
        """The part of the result that lies in the index."""
        base = [*self._words(wanted.words, ANYWHERE), *self._days(wanted), *self._hidden(hidden)]
        tests = {name: Query.term_query(self._schema, name, value) for name, value in wanted.filters.items()}
        whole = self._all([*base, *((Occur.Must, test) for test in tests.values())])
        total, counts = self._counts(whole, [name for name in FACETS if name not in tests])
        for name in tests:
            others = ((Occur.Must, test) for other, test in tests.items() if other != name)
            counts |= self._counts(self._all([*base, *others]), [name])[1]
        return Partial(total, True, counts, self._best(whole, wanted))

    def _all(self, steps: list[Step]) -> Query:
        """All steps; every document is gone through only where no step says what must be there."""
        needed = any(occur == Occur.Must for occur, _ in steps)
        return Query.boolean_query(steps if needed else [(Occur.Must, Query.all_query()), *steps])

    def _words(self, words: Sequence[Word], field: str) -> Iterator[Step]:
        for word in words:
            ways = [query for piece in word.pieces if (query := self._piece(piece, field)) is not None]
            one = Query.boolean_query([(Occur.Should, way) for way in ways]) if ways else Query.empty_query()
            yield Occur.Must, Query.const_score_query(one, 1.0)

    def _piece(self, piece: Piece, field: str) -> Query | None:
        if piece.sound:
            ways = [self._sounding(way) for way in (*_spelt(piece.text), *_initials(piece.text))]
            return Query.boolean_query([(Occur.Should, way) for way in ways]) if ways else None
        signs = marked(piece.text)
        if len(signs) == 1:
            found = [term for term, _ in self._searcher.terms_with_prefix(field, signs)]
            return Query.term_set_query(self._schema, field, found)
        paired = pairs(signs)
        return (
            Query.term_query(self._schema, field, paired[0])
            if len(paired) == 1
            else Query.phrase_query(self._schema, field, list(paired))
        )

    def _sounding(self, classes: list[str]) -> Query:
        if len(classes) == 1:
            return Query.regex_query(self._schema, HEARD, classes[0])
        return Query.regex_phrase_query(self._schema, HEARD, list(classes))

    def _days(self, wanted: Wanted) -> Iterator[Step]:
        if wanted.since is not None or wanted.until is not None:
            first, last = wanted.since or date.min, wanted.until or date.max
            yield Occur.Must, self._ranks(_rank(first, 0), _rank(last, LARGEST_KEY))

    def _ranks(self, first: int, last: int) -> Query:
        return Query.range_query(self._schema, RANK, FieldType.Integer, first, last)

    def _hidden(self, hidden: frozenset[int]) -> Iterator[Step]:
        if hidden:
            yield Occur.MustNot, Query.term_set_query(self._schema, KEY, [str(key) for key in hidden])

    def _counts(self, query: Query, names: Sequence[str]) -> tuple[int, dict[str, Counter[str]]]:
        """How many documents match, and how many of them have each value of some facets; all in one pass."""
        asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        told = self._searcher.aggregate(query, {**asked, TOTAL: {"value_count": {"field": RANK}}})
        counts = {
            name: Counter({str(one["key"]): int(one["doc_count"]) for one in told[name]["buckets"]}) for name in asked
        }
        return int(told[TOTAL]["value"]), counts

    def _best(self, whole: Query, wanted: Wanted) -> list[Place]:
        """The first of the result: those whose names say it before the others, each tier from the newest on."""
        size = wanted.size + 1
        if wanted.order is not Order.relevance or not wanted.words:
            return self._newest([(Occur.Must, whole)], 0, wanted.after, size)
        named = self._all([*self._words(wanted.words, NAMES)])
        first = self._newest([(Occur.Must, whole), (Occur.Must, named)], 1, wanted.after, size)
        rest = size - len(first)
        others: list[Step] = [(Occur.Must, whole), (Occur.MustNot, named)]
        return first + (self._newest(others, 0, wanted.after, rest) if rest else [])

    def _newest(self, steps: list[Step], tier: int, after: Cursor | None, size: int) -> list[Place]:
        if after is not None and tier > after.tier:
            return []
        if after is not None and tier == after.tier:
            border = (after.day << KEY_BITS) | after.key
            steps = [*steps, (Occur.Must, self._ranks(0, border - 1))]
        found = self._searcher.search(Query.boolean_query(steps), limit=size, count=False, order_by_field=RANK)
        return [(tier, int(rank) >> KEY_BITS, int(rank) & LARGEST_KEY) for rank, _ in found.hits]


def _spelt(letters: str) -> list[list[str]]:
    """The characters of each syllable of each way to read the letters; the last may be cut short."""
    return [
        [*(f"[{heard(one, whole=True)}]" for one in way[:-1]), f"[{heard(way[-1], whole=False)}]"]
        for way in spellings(letters)
    ]


def _initials(letters: str) -> list[list[str]]:
    if not 2 <= len(letters) <= 12:
        return []
    those = [heard(letter, whole=False) for letter in letters]
    return [[f"[{one}]" for one in those]] if all(those) else []
