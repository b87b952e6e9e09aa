"""Every engine in turn, behind one way of asking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.conftest import NOON
from tests.search.daemons import INSTALLED, Daemons, daemons_in_a_folder

from zuofang.rules.book import read_rules
from zuofang.search.brute import Documents
from zuofang.search.engines import ENGINES, Doc, Engine, engine_named
from zuofang.search.generations import seal
from zuofang.search.synonyms import Synonyms, read_synonyms
from zuofang.search.tally import Partial
from zuofang.search.wanted import Order, Wanted, read_words
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys

Ask = Callable[..., Partial]
SPREAD = "sphinxql"


@pytest.fixture(scope="session")
def synonyms() -> Synonyms:
    """The synonyms of the house."""
    return read_synonyms(read_rules())


@pytest.fixture(scope="session")
def daemons() -> Iterator[Daemons]:
    """Three search servers of our own, stopped at the end."""
    if not INSTALLED:
        pytest.skip("searchd is not installed; it is the Debian package sphinxsearch")
    with daemons_in_a_folder(3) as three:
        yield three


@pytest.fixture(params=[*sorted(ENGINES), SPREAD], scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    return engine_of(request)


def engine_of(request: pytest.FixtureRequest) -> Engine:
    """The engine that a test is run with."""
    servers = request.getfixturevalue("daemons").addresses if request.param == SPREAD else ()
    return engine_named(request.param, servers)


@pytest.fixture(params=[*sorted(ENGINES), SPREAD, "database"], scope="session")
def holding(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Doc]], Ask]:
    """A function that puts documents into an engine, or holds them as the database does, and answers how to ask it."""

    def hold(docs: Sequence[Doc]) -> Ask:
        if request.param == "database":
            held = Documents()
            for doc in docs:
                held.add(doc.key, doc.made_on, doc.facets, doc.words)
            return held.find
        engine, folder = engine_of(request), Path(tmp_path_factory.mktemp("index"))
        reader = engine.open(folder, seal(folder, engine.NAME, 1, engine.build(folder, docs)))
        return lambda wanted: reader.find(wanted, frozenset())

    return hold


def asked(text: str, synonyms: Synonyms, order: Order = Order.relevance, **more: object) -> Wanted:
    """A query as the page makes it of a typed text, with all the time it wants."""
    return Wanted(words=read_words(text, synonyms), order=order, seconds=60, **more)  # type: ignore[arg-type]


def found_keys(part: Partial) -> list[int]:
    """The keys of a page, in its order."""
    return [key for *_, key in part.best]


@pytest.fixture
def writer_office(sqlite: Database, keys: Keys, tmp_path: Path) -> Office:
    """A place to write from, over SQLite alone: what happens to files does not depend on the database."""
    return Office(sqlite, keys, clock=lambda: NOON, heads=tmp_path / "heads.log")
