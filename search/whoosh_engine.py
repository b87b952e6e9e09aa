"""The embedded default: Whoosh keeps which documents hold a token; what stands in them is looked up in plain text.

Whoosh 2.7.4 is used for what it does well and nothing else: no query parser, no scoring, no sorting, no positions, no
merging, no refreshing of a searcher, and every thread has a reader of its own. Tokens only propose; whether the words
stand together is seen in the text of the document, which makes an answer exact and the postings small. Files are
mapped, not copied, so that all threads and processes share them.
"""

from __future__ import annotations

import json
import mmap
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate, pairwise
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.formats import Existence
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from zuofang.search.engines import Doc
from zuofang.search.generations import Damaged, Seal
from zuofang.search.language import INITIAL, SOUND, sound_tokens, spellings, tokens, wanted_tokens
from zuofang.search.tally import Partial, Table
from zuofang.search.wanted import NAMES_END, Piece, Wanted, Word

INDEX = "MAIN"
MEMORY = 128
"""Megabytes that a writer fills before it sorts to disk."""
FEW = 256
"""So few candidates are looked up in their texts at once; more tokens would not pay."""
MOST_ENDINGS = 2000
LOOK_EVERY = 256
TEXTS = ".texts"


class _Tokens(fields.FieldType):  # type: ignore[misc]
    """A field whose value is our own tokens; only that a document has them is kept."""

    indexed, stored, sortable_typecode, spelling, vector, scorable, column_type, unique, multitoken_query = (
        True, False, None, False, None, False, None, False, "default",
    )  # fmt: skip

    def __init__(self) -> None:
        self.analyzer = SpaceSeparatedTokenizer()
        self.format = Existence()

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each token once."""
        return ((token.encode(), 1, 1.0, b"") for token in sorted(value))


def _schema() -> Any:
    return fields.Schema(key=fields.ID(), has=_Tokens(), told=fields.STORED())


class _Mapped(BufferFile):  # type: ignore[misc]
    """A file of an index that is read where it lies in the page cache, and never copied whole."""

    def __init__(self, source: mmap.mmap, name: str) -> None:
        self._buf, self._name, self.file = source, name, source
        self.onclose, self.is_real, self.is_closed = None, False, False


class _Folder(FileStorage):  # type: ignore[misc]
    """A folder whose files are mapped when they are read."""

    def open_file(self, name: str, *_args: Any, **_options: Any) -> Any:
        """Open a file to read."""
        if name.endswith(".toc"):
            return super().open_file(name)
        return _Mapped(map_file(Path(self.folder) / name), name)


def map_file(path: Path) -> mmap.mmap:
    """A file as memory that is shared with the page cache."""
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def all_tokens(words: str) -> set[str]:
    """The tokens of a document."""
    names, _, _ = words.partition(NAMES_END)
    heard = (token for line in names.split("\n") for token in sound_tokens(line))
    return {*tokens(words), *heard}


class Whoosh:
    """Building, changing and opening indexes of Whoosh."""

    NAME = "whoosh-2"

    def build(self, folder: Path, docs: Iterable[Doc]) -> int:
        """Write a new index."""
        TOC.create(FileStorage(str(folder)), _schema(), INDEX)
        return self._write(folder, docs, ())

    def change(self, folder: Path, docs: Sequence[Doc], keys: Iterable[int]) -> int:
        """Add a segment with these documents and mark older ones with these keys as deleted."""
        return self._write(folder, docs, keys)

    def _write(self, folder: Path, docs: Iterable[Doc], keys: Iterable[int]) -> int:
        index = FileIndex(FileStorage(str(folder)), schema=_schema(), indexname=INDEX)
        writer = SegmentWriter(index, limitmb=MEMORY, compound=False)
        for key in keys:
            writer.delete_by_term("key", str(key))
        with (folder / f"{writer.newsegment.segment_id()}{TEXTS}").open("wb") as texts:
            texts.write(b"\n")  # an empty file cannot be mapped
            for doc in docs:
                told = doc.made_on.isoformat(), doc.facets, texts.tell(), texts.write(doc.words.encode())
                writer.add_document(key=str(doc.key), has=all_tokens(doc.words), told=(doc.key, json.dumps(told)))
        writer.commit(mergetype=lambda _, segments: [one for one in segments if one.doc_count() > 0])
        return int(index.doc_count())

    def open(self, folder: Path, seal: Seal) -> WhooshReader:
        """Open the newest state of an index that was checked."""
        tocs = [name for name in seal.files if name.endswith(".toc")]
        if not tocs:
            raise Damaged("there is no table of contents")
        number = max(int(name.rsplit("_", 1)[1].removesuffix(".toc")) for name in tocs)
        storage, schema = _Folder(str(folder)), _schema()
        toc = TOC.read(storage, INDEX, gen=number, schema=schema)
        return WhooshReader([_Segment(folder, SegmentReader(storage, schema, one)) for one in toc.segments])


ENGINE = Whoosh()


class _Kept:
    """What all threads share of one segment: its table, and where the text of each document lies."""

    def __init__(self, reader: Any) -> None:
        self.table, self.starts, self.lengths = Table(), array("Q"), array("L")
        self.numbers: dict[int, int] = {}
        for number in range(reader.doc_count_all()):
            key, told = reader.stored_fields(number)["told"]
            made_on, facets, start, length = json.loads(told)
            self.table.add(key, date.fromisoformat(made_on), facets)
            self.starts.append(start)
            self.lengths.append(length)


_kept: dict[str, _Kept] = {}
_keeping = Lock()
MOST_KEPT = 64


def _kept_of(reader: Any) -> _Kept:
    """What is kept of a segment by its name, which is its own in every generation that holds it."""
    name = reader.segment().segment_id()
    with _keeping:
        if name not in _kept:
            while len(_kept) >= MOST_KEPT:
                _kept.pop(next(iter(_kept)))
            _kept[name] = _Kept(reader)
        return _kept[name]


def _all_ids(matcher: Any) -> Iterable[int]:
    """Every document of a posting list, a block of them at a time where it has blocks."""
    if not hasattr(matcher, "_next_block"):
        return matcher.all_ids()  # type: ignore[no-any-return]
    found: list[int] = []
    while matcher.is_active():
        matcher._read_data()
        found.extend(accumulate(matcher._data[0]))
        matcher._next_block()
    return found


class WhooshReader:
    """One state of an index, opened for one thread."""

    def __init__(self, segments: list[_Segment]) -> None:
        self._segments = segments

    def find(self, wanted: Wanted, hidden: frozenset[int]) -> Partial:
        """The part of the result that lies in the index."""
        found, stop = Partial(), monotonic() + wanted.seconds
        for segment in self._segments:
            found.add(segment.find(wanted, hidden, stop), wanted.size + 1)
        return found

    def close(self) -> None:
        """Close the files of every segment."""
        for segment in self._segments:
            segment.reader.close()


class _Segment:
    """One segment, read by one thread."""

    def __init__(self, folder: Path, reader: Any) -> None:
        self.reader = reader
        self.kept = _kept_of(reader)
        self.texts = map_file(folder / f"{reader.segment().segment_id()}{TEXTS}")

    def find(self, wanted: Wanted, hidden: frozenset[int], stop: float) -> Partial:
        """The part of the result that lies in this segment."""
        ids, exact = self._matched(wanted, stop)
        away = self._away(hidden)
        if away:
            ids = [number for number in ids if number not in away]
        part = self.kept.table.page(ids, wanted, lambda those: self._named(those, wanted.words, stop))
        part.exact = exact
        return part

    def _away(self, hidden: frozenset[int]) -> set[int]:
        deleted = set(self.reader.segment().deleted_docs())
        for key in hidden:
            deleted.update(self._postings(b"%d" % key, "key"))
        return deleted

    def _matched(self, wanted: Wanted, stop: float) -> tuple[Sequence[int], bool]:
        """The documents that hold every word, and whether all of them were found before the deadline."""
        if not wanted.words:
            return range(len(self.kept.table)), True
        found: set[int] | None = None
        exact = True
        for word in wanted.words:
            those, in_time = self._with_word(word, found, stop)
            found, exact = those if found is None else found & those, exact and in_time
        return sorted(found or ()), exact

    def _with_word(self, word: Word, within: set[int] | None, stop: float) -> tuple[set[int], bool]:
        found: set[int] = set()
        unsure: set[int] = set()
        for piece in word.pieces:
            candidates, sure = self._candidates(piece)
            (found if sure else unsure).update(candidates)
        unsure -= found
        if within is not None:
            unsure &= within
        for looked, number in enumerate(unsure):
            if looked % LOOK_EVERY == LOOK_EVERY - 1 and monotonic() > stop:
                return found, False
            if word.stands_in(self.text(number)):
                found.add(number)
        return found, True

    def _candidates(self, piece: Piece) -> tuple[set[int], bool]:
        """Documents that may say a piece, and whether they surely do."""
        if piece.sound:
            return self._sounding(piece.text), False
        needed = wanted_tokens(piece.text)
        if not needed:
            return self._beginning(piece.text.encode()), True
        return self._with_all(needed), len(needed) == 1 and needed[0] == piece.text and not piece.text[0].isascii()

    def _with_all(self, needed: Iterable[str]) -> set[int]:
        """Documents with every token, the rarest first; few candidates are few enough."""
        terms = sorted({(self._frequency(token.encode()), token.encode()) for token in needed})
        if not terms[0][0]:
            return set()
        found = set(self._postings(terms[0][1]))
        for many, term in terms[1:]:
            if len(found) <= FEW or many > 20 * len(found):
                break
            found.intersection_update(self._postings(term))
        return found

    def _sounding(self, letters: str) -> set[int]:
        found: set[int] = set()
        for way in spellings(letters):
            found |= self._spelt(way)
        if 2 <= len(letters) <= 3:
            found |= self._beginning(f"{INITIAL}{letters}".encode())
        elif len(letters) <= 12:
            found |= self._with_all(f"{INITIAL}{letters[place : place + 3]}" for place in range(len(letters) - 2))
        return found

    def _spelt(self, way: tuple[str, ...]) -> set[int]:
        """Documents in which these syllables follow each other, pair by pair; the last may be cut short."""
        if len(way) == 1:
            return self._beginning(f"{SOUND}{way[0]}".encode())
        *before, last = (f"{SOUND}{one}{SOUND}{other}" for one, other in pairwise(way))
        ending = self._beginning(last.encode())
        return ending & self._with_all(before) if before else ending

    def _beginning(self, prefix: bytes) -> set[int]:
        """Documents with a token that begins so."""
        found: set[int] = set()
        for many, term in enumerate(self.reader.expand_prefix("has", prefix)):
            if many >= MOST_ENDINGS:
                break
            found.update(self._postings(term))
        return found

    def _frequency(self, term: bytes) -> int:
        return int(self.reader.doc_frequency("has", term))

    def _postings(self, term: bytes, name: str = "has") -> Iterable[int]:
        """The documents with a token, deleted ones too."""
        if (name, term) not in self.reader:
            return ()
        return _all_ids(self.reader._terms.matcher(name, term, self.reader.schema[name].format))

    def _named(self, ids: Iterable[int], words: Sequence[Word], stop: float) -> set[int]:
        found: set[int] = set()
        for looked, number in enumerate(ids):
            if looked % LOOK_EVERY == LOOK_EVERY - 1 and monotonic() > stop:
                break
            text = self.text(number)
            if all(word.stands_in_names(text) for word in words):
                found.add(number)
        return found

    def text(self, number: int) -> str:
        """The squeezed text of a document."""
        start = self.kept.starts[number]
        return self.texts[start : start + self.kept.lengths[number]].decode()
