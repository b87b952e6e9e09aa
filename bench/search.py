"""Search beside Datasette on the same rows, over HTTP, and its facets beside Whoosh's own grouping.

    python bench/search.py [DOCUMENTS] [ENGINE] [FOLDER]

A page is text, facets, highlights and the newest 20. Datasette answers the same question from a table with a trigram
index over name, title and text and with indexed facet columns, as JSON and as its own page. Above 300,000 documents we
are measured alone. The engine sphinxql is asked on three servers of this machine; one after the other is stopped and
started again while pages are asked for.

Then, in page requests: how much slower they are while an index is built, and how long 100 new documents take until a
page shows them. A folder that is named keeps the register and its index, which take minutes to make of a million
documents.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from corpus import corpus, document_of, install, record_of
from measure import free_port, processor_time, running, server, tell
from sqlalchemy import delete, insert

sys.path.append(str(Path(__file__).parents[1]))
from tests.search.daemons import Daemons, daemons_in_a_folder

from zuofang.credit.models import CreditRecord
from zuofang.rules.book import read_rules
from zuofang.search import keeping
from zuofang.search.engines import engine_named
from zuofang.search.generations import Shelf, read_seal
from zuofang.search.models import SearchDocument
from zuofang.search.synonyms import Synonyms, read_synonyms
from zuofang.search.wanted import Wanted, read_words
from zuofang.storage.database import open_database
from zuofang.storage.settings import Settings

ROUNDS = 3
SERVE = """
import sys, waitress
from zuofang.site.wsgi import application
waitress.serve(application(), listen=f"127.0.0.1:{sys.argv[1]}", threads=2, _quiet=True)
"""
"""The site without its housekeeper, who would find much to do in a register of bare records."""
TARGETS = {"whoosh": (0.35, 0.6), "tantivy": (0.02, 0.03), "sphinxql": (0.1, 0.1)}
SPREAD_MEMORY = 512
"""Megabytes of a table that a server keeps in memory before it writes it to its disk."""
MOST_BESIDE = 300_000
"""Documents up to which Datasette is measured as well."""
BUILD = """
import os, sys
from zuofang.search import keeping
from zuofang.site.commands.search import POLITE
from zuofang.site.searching import engine_of, shelf_of
from zuofang.storage.database import open_database
from zuofang.storage.settings import read_settings
os.nice(POLITE)
settings = read_settings()
while True:
    keeping.build(open_database(settings.database), shelf_of(settings), engine_of(settings))
"""
"""Builds an index as politely as the housekeeper does, again and again."""
COMMON = ("罚款", "食品安全法", "从轻处罚", "脱氢乙酸", "没收违法所得", "霉斑", "健康证明", "卤味", "豆腐干", "桂花糕")


def questions(many: int) -> list[str]:
    """Twenty questions: ten common words and phrases, ten names, parts of names and numbers."""
    chance = Random(5)
    some = chance.sample(list(itertools.islice(corpus(many), 20000)), 10)
    rare = [one.party for one in some[:4]] + [one.party[3:8] for one in some[4:7]] + [one.document for one in some[7:]]
    return [*COMMON, *rare]


def p(figures: list[float], share: float) -> float:
    return sorted(figures)[min(len(figures) - 1, int(share * len(figures)))]


def datasette_file(folder: Path, many: int) -> Path:
    """The same rows as Datasette likes them."""
    file = folder / "docs.db"
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE docs (id INTEGER PRIMARY KEY, kind, district, category, day, party, title, document, body)"
        )
        rows = (
            (one.key, one.kind.value, one.district, one.category, one.made_on.isoformat(), one.party, one.title,
             one.document, one.body)
            for one in corpus(many)
        )  # fmt: skip
        connection.executemany("INSERT INTO docs VALUES (?,?,?,?,?,?,?,?,?)", rows)
        for column in ("kind", "district", "category", "day"):
            connection.execute(f"CREATE INDEX docs_{column} ON docs ({column})")
        connection.execute(
            "CREATE VIRTUAL TABLE docs_fts USING fts5(party, title, document, body, content=docs, content_rowid=id,"
            " tokenize='trigram')"
        )
        connection.execute("INSERT INTO docs_fts (docs_fts) VALUES ('rebuild')")
    return file


def datasette_address(base: str, text: str, ending: str) -> str:
    """A question as Datasette takes it; below three characters its trigrams cannot help, so it looks into the text."""
    asked = [("_facet", one) for one in ("kind", "district", "category")]
    asked += [("_sort_desc", "day"), ("_size", "20")]
    asked += [("_search", f'"{text}"')] if len(text) > 2 else [("_where", f"(party || title || body) LIKE '%{text}%'")]
    return f"{base}/docs/docs{ending}?{urlencode(asked)}"


def fetched(address: str) -> float:
    start = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        answer.read()
    return time.perf_counter() - start


def pages(settings: Settings, folder: Path, many: int, daemons: Daemons | None) -> None:
    """Every question in turn to both servers, then what else a page must bear."""
    ours, theirs = free_port(), free_port()
    base, other = f"http://127.0.0.1:{ours}", f"http://127.0.0.1:{theirs}"
    environment = {**os.environ, "ZUOFANG_DATA": str(settings.data), "ZUOFANG_SEARCH_ENGINE": settings.search_engine,
                   "ZUOFANG_SEARCH_SERVERS": settings.search_servers, "ZUOFANG_BASE_URL": base}  # fmt: skip
    serve = [sys.executable, "-c", SERVE, str(ours)]
    ways: dict[str, Callable[[str], str]] = {"ours": lambda text: ours_address(base, text)}
    with ExitStack() as stack:
        process = stack.enter_context(running(serve, f"{base}/healthz", environment))
        if many <= MOST_BESIDE:
            beside = [server("datasette"), str(datasette_file(folder, many)), "-p", str(theirs), "--setting",
                      "sql_time_limit_ms", "20000", "--setting", "facet_time_limit_ms", "20000"]  # fmt: skip
            stack.enter_context(running(beside, f"{other}/"))
            ways["Datasette, JSON"] = lambda text: datasette_address(other, text, ".json")
            ways["Datasette, page"] = lambda text: datasette_address(other, text, "")
        compare(settings, asked_in_turns(ways, questions(many)))
        print(f"our server used {processor_time(process):.1f} s of processor and {_private(process):.0f} MB of its own")
        if daemons:
            while_servers_stop(daemons, base, questions(many))
        while_building(base, environment, questions(many))
        until_seen(settings, base, many)


def ours_address(base: str, text: str) -> str:
    return f"{base}/disclosures/?{urlencode({'q': text, 'order': 'date'})}"


def asked_in_turns(ways: dict[str, Callable[[str], str]], texts: list[str]) -> dict[str, tuple[float, float]]:
    """Half and 95 percent of the times of each way; the first round is not counted."""
    figures: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        for text in texts:
            for name, address in ways.items():
                taken = fetched(address(text))
                if turn:
                    figures[name].append(taken)
    told = {name: (p(those, 0.5), p(those, 0.95)) for name, those in figures.items()}
    for name, (half, most) in told.items():
        print(f"{name}: p50 {half * 1000:.1f} ms, p95 {most * 1000:.1f} ms")
    return told


def compare(settings: Settings, told: dict[str, tuple[float, float]]) -> None:
    """Our times beside Datasette's."""
    for name in (name for name in told if name != "ours"):
        ratios = told["ours"][0] / told[name][0], told["ours"][1] / told[name][1]
        wanted = TARGETS[settings.search_engine]
        met = ratios[0] <= wanted[0] and ratios[1] <= wanted[1]
        tell(f"of {name} at most {wanted[0]} (p50) and {wanted[1]} (p95)", f"{ratios[0]:.3f} and {ratios[1]:.3f}", met)


def while_servers_stop(daemons: Daemons, base: str, texts: list[str]) -> None:
    """Pages without a pause while each server in turn is stopped, in two ways, and started again."""
    times, failed = list[float](), 0
    stop = threading.Event()

    def ask() -> None:
        nonlocal failed
        for text in itertools.cycle(texts):
            try:
                times.append(fetched(ours_address(base, text)))
            except OSError:
                failed += 1
            if stop.is_set():
                return

    asking = threading.Thread(target=ask)
    asking.start()
    for number, how in itertools.product(range(3), (signal.SIGTERM, signal.SIGKILL)):
        daemons.stop(number, how)
        time.sleep(1)
        daemons.start(number)
        time.sleep(1)
    stop.set()
    asking.join()
    print(f"{len(times)} pages meanwhile: p50 {p(times, 0.5) * 1000:.1f} ms, slowest {max(times) * 1000:.0f} ms")
    tell("requests failed while one server after the other stopped and came back, 0", str(failed), not failed)


def while_building(base: str, environment: dict[str, str], texts: list[str]) -> None:
    """Pages while an index is built, in turns with pages while the building process is halted."""
    builder = subprocess.Popen([sys.executable, "-c", BUILD], env=environment)
    times: dict[int, list[float]] = {signal.SIGSTOP: [], signal.SIGCONT: []}
    try:
        time.sleep(3)
        for turn in range(ROUNDS * 2):
            for what in times if turn % 2 else reversed(times):
                builder.send_signal(what)
                times[what] += [fetched(ours_address(base, text)) for text in texts]
    finally:
        builder.kill()
        builder.wait()
    share = statistics.median(times[signal.SIGCONT]) / statistics.median(times[signal.SIGSTOP])
    tell("pages while an index is built at most 1.2 of others", f"{share:.2f}", share <= 1.2)


def until_seen(settings: Settings, base: str, many: int) -> None:
    """A hundred documents written, until a page shows them, in page requests."""
    database = open_database(settings.database)
    usual = statistics.median(fetched(ours_address(base, text)) for text in COMMON * 2)
    added = list(corpus(many + 300))[many:]
    taken: list[float] = []
    for portion in (added[:100], added[100:200], added[200:]):
        documents = [document_of(one) for one in portion]
        with database.write.begin() as connection:
            connection.execute(insert(CreditRecord), [record_of(one) for one in portion])
        start = time.perf_counter()
        with database.write.begin() as connection:
            connection.execute(insert(SearchDocument), documents)
        with urllib.request.urlopen(ours_address(base, portion[0].document)) as answer:
            assert f"/disclosures/{portion[0].key}" in answer.read().decode()
        taken.append(time.perf_counter() - start)
    with database.write.begin() as connection:
        connection.execute(delete(SearchDocument).where(SearchDocument.record_id > many))
        connection.execute(delete(CreditRecord).where(CreditRecord.id > many))
    database.dispose()
    requests = statistics.median(taken) / usual
    print(f"a page {usual * 1000:.1f} ms; 100 documents written and seen {statistics.median(taken) * 1000:.1f} ms")
    tell("100 documents written and seen, at most 5 page requests", f"{requests:.1f}", requests <= 5)


def _private(process: int) -> float:
    """Memory that the process keeps for itself, in MB; what lies in the page cache is anybody's."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Private_Dirty")) / 1024


def _resident(process: int) -> float:
    """Memory of a process with what it has mapped, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def memory(settings: Settings) -> None:
    """What one more searcher keeps for itself."""
    engine, shelf = engine_named(settings.search_engine), Shelf(settings.indexes)
    folder = shelf.current
    if folder is None:
        return
    seal, synonyms = read_seal(folder), read_synonyms(read_rules())
    index = sum(size for size, _ in seal.files.values()) / 2**20
    first = engine.open(folder, seal)  # it brings what all searchers share
    ask_all(first.find, synonyms)
    before = _private(os.getpid())
    reader = engine.open(folder, seal)
    ask_all(reader.find, synonyms)
    own = _private(os.getpid()) - before
    first.close()
    share = own / index
    tell(
        "a searcher's own memory at most 0.05 of the index", f"{share:.3f} ({own:.1f} of {index:.0f} MB)", share <= 0.05
    )


def ask_all(find: Callable[..., object], synonyms: Synonyms) -> None:
    for text in COMMON:
        find(Wanted(words=read_words(text, synonyms)), frozenset())


def grouping(folder: Path, settings: Settings, many: int) -> None:
    """Three facets and the newest 20 of a common word: our arrays beside Whoosh's own grouping of the same tokens."""
    from whoosh import fields, query
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.index import create_in

    from zuofang.search.language import squeeze, tokens

    place = folder / "native"
    place.mkdir()
    known = fields.ID(sortable=True)
    schema = fields.Schema(
        has=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False), kind=known, district=known, category=known,
        day=known,
    )  # fmt: skip
    writer = create_in(place, schema).writer(limitmb=256)
    for one in corpus(many):
        text = " ".join(tokens(squeeze(one.party + one.title + one.body)))
        writer.add_document(has=text, kind=one.kind.value, district=one.district, category=one.category,
                            day=one.made_on.isoformat())  # fmt: skip
    writer.commit()
    from whoosh.index import open_dir

    searcher = open_dir(place).searcher()
    shelf = Shelf(settings.indexes).current
    if shelf is None:
        return
    reader = engine_named(settings.search_engine).open(shelf, read_seal(shelf))
    native, ours = [], []
    for _ in range(5):
        for text in ("罚款", "处罚", "从轻", "霉斑", "食品"):
            start = time.perf_counter()
            searcher.search(query.Term("has", text), groupedby=["kind", "district", "category"], sortedby="day",
                            reverse=True, limit=20)  # fmt: skip
            middle = time.perf_counter()
            reader.find(Wanted(words=read_words(text, Synonyms()), seconds=60), frozenset())
            native.append(middle - start)
            ours.append(time.perf_counter() - middle)
    share = statistics.median(ours) / statistics.median(native)
    tell("facets at most 0.15 of Whoosh's own grouping", f"{share:.3f}", share <= 0.15)


@contextmanager
def told_time(what: str) -> Iterator[None]:
    start, used = time.perf_counter(), time.process_time()
    yield
    print(f"{what}: {time.perf_counter() - start:.0f} s, {time.process_time() - used:.0f} s of processor")


def register(folder: Path, many: int) -> Settings:
    """A register of so many documents, made where it was not kept from a run before."""
    place = folder / f"register-{many}"
    if not place.exists():
        making = folder / "making"
        shutil.rmtree(making, ignore_errors=True)
        with told_time(f"{many} documents"):
            install(making, many)
        making.rename(place)
    return Settings(data=place)


def main(many: int, engine: str, kept: str | None) -> None:
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        daemons = stack.enter_context(daemons_in_a_folder(3, SPREAD_MEMORY)) if engine == "sphinxql" else None
        servers = daemons.addresses if daemons else ()
        made = register(Path(kept) if kept else folder, many)
        settings = Settings(data=made.data, search_engine=engine, search_servers=",".join(servers))
        database, shelf = open_database(settings.database), Shelf(settings.indexes)
        chosen = engine_named(engine, servers)
        if keeping.needs(database, shelf, chosen):
            with told_time(f"index of {engine}"):
                keeping.build(database, shelf, chosen)
        database.dispose()
        pages(settings, folder, many, daemons)
        if daemons:
            held = [f"{_resident(process):.0f} MB" for process in daemons.pids()]
            print(f"the servers hold {', '.join(held)} in memory, {_size(daemons.folder):.0f} MB on disk")
        else:
            memory(settings)
        if engine == "whoosh":
            grouping(folder, settings, many)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    said = sys.argv[1:]
    main(int(said[0]) if said else 20_000, said[1] if len(said) > 1 else "whoosh", said[2] if len(said) > 2 else None)
