"""The embedded engine for larger registers: tantivy, one setting away.

Text is kept as pairs of neighbouring signs; how names sound, as tokens of one and of three syllables, and of four
initials. A large index is asked for slices of time, the newest first, so that a page ends early and a deadline is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from time import monotonic

from tantivy import Document, FieldType, Index, Occur, Query, Schema, SchemaBuilder, Searcher

from zuofang.search.engines import Doc
from zuofang.search.generations import Seal
from zuofang.search.language import spellings
from zuofang.search.pairing import marked, pairs, stream
from zuofang.search.sounding import LETTERS, LONGEST, SHORTEST, SYLLABLES, cut, heard_in, initials_of, windows
from zuofang.search.tally import KEY_BITS, LARGEST_KEY, Partial, Place
from zuofang.search.wanted import FACETS, NAMES_END, Cursor, Order, Piece, Wanted, Word

MEMORY = 64 * 1024 * 1024
"""Bytes that a writer fills before it sorts to disk; with the reader the process stays below 200 MB."""
MOST_VALUES = 10_000
ANYWHERE, NAMES, HEARD, KEY, RANK = "text", "names", "heard", "key", "rank"
ALONE, SPELT, BEGUN = "1", "3", "4"
"""What tokens of sound begin with: those of one syllable, of three, and of four initials; fewer at an end."""
TOTAL, MONTHS = "total", "months"
SLICE = 150_000
"""Documents that are asked for at once; between two slices the clock is looked at."""
MONTH = 30 << KEY_BITS
"""So many ranks are the step at which slices may begin."""
EARLIEST, LATEST = 0, (1 << 62) - 1
Step = tuple[Occur, Query]
Slice = tuple[int, int]


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field(KEY, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(RANK, fast=True, indexed=True)
    for name in (ANYWHERE, NAMES):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field(HEARD, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


class Tantivy:
    """Building, changing and opening indexes of tantivy."""

    NAME = "tantivy-2"

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
    made.add_text(HEARD, " ".join(dict.fromkeys(_sounds(names))))
    for name in FACETS:
        for value in doc.facets.get(name, ()):
            made.add_text(name, value)
    return made


def _sounds(names: str) -> Iterator[str]:
    for heard in heard_in(names):
        yield from (f"{ALONE}{one}" for those in heard for one in those)
        yield from (f"{SPELT}{'_'.join(one)}" for one in windows(heard, SYLLABLES))
        yield from (f"{BEGUN}{''.join(one)}" for one in windows(initials_of(heard), LETTERS))


def _rank(made_on: date, key: int) -> int:
    return (made_on.toordinal() << KEY_BITS) | key


class TantivyReader:
    """One state of an index; any thread may ask."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema, self._searcher = schema, searcher

    def close(self) -> None:
        """The files are let go of with the reader."""

    def find(self, wanted: Wanted, hidden: frozenset[int]) -> Partial:
        """The part of the result that lies in the index; past the deadline, what the newest slices hold of it."""
        stop = monotonic() + wanted.seconds
        base = [*self._words(wanted.words, ANYWHERE), *self._days(wanted), *self._hidden(hidden)]
        tests = {name: Query.term_query(self._schema, name, value) for name, value in wanted.filters.items()}
        whole = self._all([*base, *((Occur.Must, test) for test in tests.values())])
        others = {name: self._all([*base, *_but(tests, name)]) for name in tests}
        best, exact = self._best(whole, wanted, stop)
        found = Partial(0, exact, {name: Counter() for name in FACETS}, best)
        for number, part in enumerate(self._slices):
            if number and monotonic() > stop:
                found.exact = False
                break
            found.total += self._counted(found.facets, self._within(whole, part), [n for n in FACETS if n not in tests])
            for name, other in others.items():
                self._counted(found.facets, self._within(other, part), [name])
        return found

    @cached_property
    def _slices(self) -> list[Slice]:
        """Stretches of time, the newest first, that hold about as many documents each."""
        if self._searcher.num_docs <= SLICE:
            return [(EARLIEST, LATEST)]
        asked = {MONTHS: {"histogram": {"field": RANK, "interval": MONTH}}}
        months = self._searcher.aggregate(Query.all_query(), asked)[MONTHS]["buckets"]
        slices, last, many = list[Slice](), LATEST, 0
        for month in reversed(months):
            many += int(month["doc_count"])
            if many >= SLICE:
                first = int(month["key"])
                slices.append((first, last))
                last, many = first - 1, 0
        return [*slices, (EARLIEST, last)]

    def _within(self, query: Query, part: Slice) -> Query:
        """What matches in a slice."""
        if part == (EARLIEST, LATEST):
            return query
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, self._ranks(*part))])

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
            ways = [*self._spelt(piece.text), *self._initials(piece.text)]
            return Query.boolean_query([(Occur.Should, way) for way in ways]) if ways else None
        signs = marked(piece.text)
        if len(signs) == 1:
            return self._beginning(field, signs)
        paired = pairs(signs)
        return (
            Query.term_query(self._schema, field, paired[0])
            if len(paired) == 1
            else Query.phrase_query(self._schema, field, list(paired))
        )

    def _beginning(self, field: str, start: str) -> Query:
        found = [term for term, _ in self._searcher.terms_with_prefix(field, start)]
        return Query.term_set_query(self._schema, field, found)

    def _spelt(self, letters: str) -> Iterator[Query]:
        """Each way to read letters as syllables, of which the last may be cut short."""
        for way in spellings(letters):
            mark = SPELT if len(way) > 1 else ALONE
            *before, last = (f"{mark}{'_'.join(one)}" for one in cut(way, SYLLABLES))
            yield self._heard(before, self._beginning(HEARD, last))

    def _initials(self, letters: str) -> Iterator[Query]:
        if SHORTEST <= len(letters) <= LONGEST:
            *before, last = (f"{BEGUN}{''.join(one)}" for one in cut(letters, LETTERS))
            yield self._heard(before, self._beginning(HEARD, last))

    def _heard(self, before: Iterable[str], last: Query) -> Query:
        those = (Query.term_query(self._schema, HEARD, token) for token in before)
        return Query.boolean_query([(Occur.Must, one) for one in (*those, last)])

    def _days(self, wanted: Wanted) -> Iterator[Step]:
        if wanted.since is not None or wanted.until is not None:
            first, last = wanted.since or date.min, wanted.until or date.max
            yield Occur.Must, self._ranks(_rank(first, 0), _rank(last, LARGEST_KEY))

    def _ranks(self, first: int, last: int) -> Query:
        return Query.range_query(self._schema, RANK, FieldType.Integer, first, last)

    def _hidden(self, hidden: frozenset[int]) -> Iterator[Step]:
        if hidden:
            yield Occur.MustNot, Query.term_set_query(self._schema, KEY, [str(key) for key in hidden])

    def _counted(self, counts: dict[str, Counter[str]], query: Query, names: Sequence[str]) -> int:
        """How many documents match, and how many of them have each value of some facets; all in one pass."""
        asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        told = self._searcher.aggregate(query, {**asked, TOTAL: {"value_count": {"field": RANK}}})
        for name in asked:
            counts[name].update({str(one["key"]): int(one["doc_count"]) for one in told[name]["buckets"]})
        return int(told[TOTAL]["value"])

    def _best(self, whole: Query, wanted: Wanted, stop: float) -> tuple[list[Place], bool]:
        """The first of the result, and whether it is: those whose names say it before the others, each tier from the
        newest on."""
        tiers: list[tuple[int, list[Step]]] = [(0, [(Occur.Must, whole)])]
        if wanted.order is Order.relevance and wanted.words:
            named = self._all([*self._words(wanted.words, NAMES)])
            tiers = [(1, [*tiers[0][1], (Occur.Must, named)]), (0, [*tiers[0][1], (Occur.MustNot, named)])]
        best, size = list[Place](), wanted.size + 1
        for number, (tier, steps, part) in enumerate((*one, part) for one in tiers for part in self._slices):
            if len(best) >= size:
                break
            if number and monotonic() > stop:
                return best, False
            best += self._newest(steps, tier, wanted.after, size - len(best), part)
        return best, True

    def _newest(self, steps: list[Step], tier: int, after: Cursor | None, size: int, part: Slice) -> list[Place]:
        first, last = part
        if after is not None and tier >= after.tier:
            last = min(last, ((after.day << KEY_BITS) | after.key) - 1 if tier == after.tier else EARLIEST)
        if last < first or last == EARLIEST:
            return []
        query = self._within(Query.boolean_query(steps), (first, last))
        found = self._searcher.search(query, limit=size, count=False, order_by_field=RANK)
        return [(tier, int(rank) >> KEY_BITS, int(rank) & LARGEST_KEY) for rank, _ in found.hits]


def _but(tests: Mapping[str, Query], name: str) -> Iterator[Step]:
    return ((Occur.Must, test) for other, test in tests.items() if other != name)
