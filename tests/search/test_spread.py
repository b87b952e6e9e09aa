"""An index on three real servers: whichever of them stops, every search is answered, and rightly."""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.credit import filed
from tests.search.conftest import SPREAD, asked
from tests.search.daemons import Daemons
from tests.search.invented import invented
from tests.search.test_engines import told
from tests.search.test_following import find, follow

from zuofang.search import keeping
from zuofang.search.brute import Documents
from zuofang.search.engines import Doc, Unreachable, engine_named
from zuofang.search.finder import Finder
from zuofang.search.generations import Shelf, seal
from zuofang.search.sphinx import reader
from zuofang.search.sphinx.engine import Sphinx
from zuofang.search.sphinx.layout import Layout, Note
from zuofang.search.sphinx.reader import Questions, SphinxReader
from zuofang.search.sphinx.servers import Address, Link, note_of, note_statement, write_note
from zuofang.search.synonyms import Synonyms
from zuofang.search.wanted import BadQuery, Cursor, Order, Wanted
from zuofang.storage.acts import Office

DOCS = [one.doc for one in invented(120)]
NOBODY = frozenset[int]()


@pytest.fixture
def three(daemons: Daemons) -> Iterator[Daemons]:
    """Three servers that run, whatever the test before left."""
    daemons.start_missing()
    yield daemons
    daemons.start_missing()


@pytest.fixture
def spread(three: Daemons) -> Sphinx:
    engine = engine_named(SPREAD, three.addresses)
    assert isinstance(engine, Sphinx)
    return engine


@pytest.fixture
def open_index(spread: Sphinx, tmp_path: Path) -> Callable[[], SphinxReader]:
    """An index of the documents, and how to open it."""
    made = seal(tmp_path, spread.NAME, 1, spread.build(tmp_path, DOCS))
    return lambda: spread.open(tmp_path, made)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "search")


@pytest.fixture
def finder(shelf: Shelf, spread: Sphinx) -> Iterator[Finder]:
    finder = Finder(shelf, spread)
    yield finder
    finder.let_go()


def truth(docs: list[Doc]) -> Documents:
    held = Documents()
    for one in docs:
        held.add(one.key, one.made_on, one.facets, one.words)
    return held


class Asking(threading.Thread):
    """Asks without pause and compares every answer; notes what was wrong."""

    def __init__(self, reader: SphinxReader, wanted: Wanted) -> None:
        super().__init__()
        self._reader, self._wanted, self._right = reader, wanted, told(truth(DOCS).find(wanted))
        self._enough = threading.Event()
        self.answers, self.wrong = 0, list[object]()

    def run(self) -> None:
        while not self._enough.is_set():
            try:
                found = told(self._reader.find(self._wanted, NOBODY))
            except Exception as failure:
                self.wrong.append(failure)
            else:
                self.answers += 1
                if found != self._right:
                    self.wrong.append(found)

    def wait_for(self, more: int) -> None:
        """Wait until so many more answers came."""
        goal, patience = self.answers + more, threading.Event()
        for _ in range(2000):
            if self.answers >= goal or self.wrong:
                return
            patience.wait(0.005)

    def stop(self) -> None:
        self._enough.set()
        self.join()
        self._reader.close()


def test_one_of_three_servers_stops_is_killed_or_freezes_and_no_search_fails(
    open_index: Callable[[], SphinxReader], three: Daemons, synonyms: Synonyms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SPARE", 0.4)
    asking = [Asking(open_index(), replace(asked(text, synonyms), seconds=0.1)) for text in ("顾山", "作坊")]
    for one in asking:
        one.start()
    try:
        for number, how in ((0, signal.SIGTERM), (1, signal.SIGKILL), (2, signal.SIGKILL)):
            asking[0].wait_for(10)
            three.stop(number, how)
            asking[0].wait_for(10)
            three.start(number)
        three.signal(1, signal.SIGSTOP)
        asking[0].wait_for(5)
    finally:
        three.signal(1, signal.SIGCONT)
        for one in asking:
            one.stop()
    assert [one.wrong for one in asking] == [[], []]
    assert min(one.answers for one in asking) > 60


def test_past_the_deadline_an_answer_says_that_there_may_be_more_and_is_never_told_as_all_there_is(
    spread: Sphinx, three: Daemons, synonyms: Synonyms, tmp_path: Path
) -> None:
    many, text = 6000, "路镇坊村作"
    docs = [Doc(key, date(2025, 1, 1), {"kind": ["sample"]}, f"{text}\f{text}") for key in range(1, many + 1)]
    index = spread.open(tmp_path, seal(tmp_path, spread.NAME, 1, spread.build(tmp_path, docs)))
    heavy = asked("路镇 镇坊 坊村 村作 路镇坊 镇坊村 坊村作", synonyms)
    hurried = [index.find(replace(heavy, seconds=0.0), NOBODY) for _ in range(20)]
    whole = index.find(heavy, NOBODY)
    index.close()
    assert (whole.total, whole.exact, whole.facets["kind"]["sample"]) == (many, True, many)
    assert not all(one.exact for one in hurried)
    assert all((one.total, one.facets["kind"]["sample"]) == (many, many) for one in hurried if one.exact)
    assert all(one.facets["kind"]["sample"] <= one.total <= many for one in hurried)


def test_without_two_of_three_servers_an_index_cannot_be_reached_and_says_so(
    open_index: Callable[[], SphinxReader], three: Daemons, synonyms: Synonyms
) -> None:
    index = open_index()
    three.stop(0)
    three.stop(1)
    with pytest.raises(Unreachable):
        index.find(asked("顾山", synonyms), NOBODY)
    index.close()


def test_a_server_that_missed_a_change_is_not_believed_until_it_is_filled_again(
    spread: Sphinx, three: Daemons, synonyms: Synonyms, tmp_path: Path
) -> None:
    seal(tmp_path, spread.NAME, 1, spread.build(tmp_path, DOCS))
    new = [Doc(one.key, one.made_on, {"kind": ["closure"]}, "新来的一家\f") for one in DOCS[:9]]
    three.stop(0)
    held = spread.change(tmp_path, new, [one.key for one in DOCS[:12]])
    three.start(0)
    index, right = spread.open(tmp_path, seal(tmp_path, spread.NAME, 2, held)), truth([*new, *DOCS[12:]])
    wanted = asked("新来的", synonyms), asked("作坊", synonyms), Wanted()
    assert [told(index.find(one, NOBODY)) for one in wanted] == [told(right.find(one)) for one in wanted]
    three.stop(1)
    with pytest.raises(Unreachable):  # of shard 0 only the server is left that does not know it as it is
        index.find(wanted[0], NOBODY)
    three.start(1)
    assert spread.lacking(tmp_path)
    spread.mend(tmp_path, [*new, *DOCS[12:]])
    assert not spread.lacking(tmp_path)
    for number in range(3):
        three.stop(number)
        assert [told(index.find(one, NOBODY)) for one in wanted] == [told(right.find(one)) for one in wanted]
        three.start(number)
    index.close()


def _lost(place: Path) -> None:
    for file in place.glob("zuofang_a_0.*"):
        file.unlink()


def _spoilt(place: Path) -> None:
    for file in place.glob("zuofang_a_0.*"):
        file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))


def test_a_server_that_comes_back_without_its_files_is_not_believed_until_it_is_filled_again(
    spread: Sphinx, three: Daemons, synonyms: Synonyms, tmp_path: Path
) -> None:
    made = seal(tmp_path, spread.NAME, 1, spread.build(tmp_path, DOCS))
    index, wanted = spread.open(tmp_path, made), asked("作坊", synonyms)
    right = told(truth(DOCS).find(wanted))
    for sabotage in (_spoilt, _lost):
        three.stop(0, signal.SIGTERM)
        sabotage(three.folder / "0")
        three.start(0)
        assert told(index.find(wanted, NOBODY)) == right
    assert spread.lacking(tmp_path)
    spread.mend(tmp_path, DOCS)
    assert not spread.lacking(tmp_path)
    three.stop(1)
    assert told(index.find(wanted, NOBODY)) == right, "of shard 0 only the server is left that was filled again"
    index.close()


def test_an_index_is_built_without_one_server_which_is_filled_when_it_is_back(
    writer_office: Office,
    spread: Sphinx,
    three: Daemons,
    shelf: Shelf,
    finder: Finder,
    synonyms: Synonyms,
) -> None:
    office = writer_office
    keys = {filed.filed(office, None, filed.FINE) for _ in range(2)}
    follow(office)
    three.stop(2)
    assert keeping.build(office.database, shelf, spread) == 2
    assert set(find(office, finder, "北溪", synonyms).keys) == keys
    assert keeping.needs(office.database, shelf, spread) is None
    three.start(2)
    again = engine_named(SPREAD, three.addresses)  # one that has not looked yet
    assert isinstance(again, Sphinx)
    assert keeping.needs(office.database, shelf, again) == "mend"
    keeping.mend(office.database, shelf, again)
    assert keeping.needs(office.database, shelf, again) is None
    assert keeping.state(office.database, shelf, spread).damage is None


def test_while_no_server_answers_the_database_does_and_nothing_is_built_anew(
    writer_office: Office,
    spread: Sphinx,
    three: Daemons,
    shelf: Shelf,
    finder: Finder,
    synonyms: Synonyms,
) -> None:
    office = writer_office
    key = filed.filed(office, None, filed.FINE)
    follow(office)
    keeping.build(office.database, shelf, spread)
    assert find(office, finder, "北溪", synonyms).engine == spread.NAME
    for number in range(3):
        three.stop(number)
    away = find(office, finder, "北溪", synonyms)
    assert (away.keys, away.engine) == ((key,), "database")
    assert keeping.needs(office.database, shelf, spread) is None
    assert len(spread.away()) == 3
    three.start_missing()
    assert find(office, finder, "北溪", synonyms).engine == spread.NAME


def test_an_index_of_somebody_else_on_the_same_servers_is_never_taken_for_ours(
    open_index: Callable[[], SphinxReader], three: Daemons
) -> None:
    index = open_index()
    for address in three.addresses:
        link = Link(Address.read(address), 1.0)
        ours = note_of(link.ask(note_statement("a"))[0])
        write_note(link, "a", Note(ours.generation + 1, ours.step))
        link.close()
    with pytest.raises(Unreachable):
        index.find(Wanted(), NOBODY)
    index.close()


LAYOUT = Layout(1, "a", 3, values={"kind": {"sample": 1}})
SAID = re.compile(r"MATCH\('([^']*)'\)")
PLAIN = re.compile(r'[0-9a-z_ "()|*,@-]*')


@given(st.text(max_size=64), st.text(max_size=8), st.sampled_from(list(Order)))
@example("') OR 1=1; DROP TABLE x; -- ", "';--", Order.relevance)
@example('"/*\\\'" @rest !|(~)^$<<', '"', Order.date)
@example("abc 顾山 ～ab'c", "sample", Order.relevance)
def test_nothing_of_what_is_typed_reaches_a_server_but_figures_and_small_letters(
    synonyms: Synonyms, text: str, value: str, order: Order
) -> None:
    try:
        wanted = asked(text, synonyms, order, filters={"kind": value}, after=Cursor(0, 739_000, 5))
    except BadQuery:
        return
    said = Questions(wanted, frozenset({3}), LAYOUT).statements([0, 2])
    matches = SAID.findall(said)
    assert all(PLAIN.fullmatch(match) for match in matches)
    assert said.count("'") == 2 * len(matches)
    assert re.fullmatch(r"[A-Za-z0-9_ ,;=<().*]*", SAID.sub("", said))
