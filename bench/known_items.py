"""Whether what stands in real sampling tables is found: recall at ten of whole names and of parts of them.

    python bench/known_items.py TABLE…

The tables (.xlsx as bureaus announce them, .csv as aggregators give them) are read where they lie; nothing of them is
kept. A part is relevant to every document one of whose names holds it; recall at ten is the share of the best possible
ten. The tests ask the same of made-up names that look alike.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

from measure import tell
from openpyxl import load_workbook

sys.path.append(str(Path(__file__).parents[1]))
from tests.search.daemons import daemons_in_a_folder

from zuofang.rules.book import read_rules
from zuofang.search.engines import ENGINES, Doc, Engine, engine_named
from zuofang.search.generations import seal
from zuofang.search.language import squeeze
from zuofang.search.synonyms import Synonyms, read_synonyms
from zuofang.search.tally import Partial
from zuofang.search.wanted import LONGEST_TEXT, NAMES_END, Order, Wanted, read_words

NAMES = ("标称生产企业名称", "被抽样单位名称", "食品名称", "物料名称", "生产商", "供应商")
LENGTHS = (2, 3, 4, 6)
DAY = date(2026, 1, 1)
Named = dict[int, list[str]]


def rows(file: Path) -> Iterator[dict[str, str]]:
    """The rows of a table, by the titles of its columns."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.DictReader(lines)
        return
    book = load_workbook(file, read_only=True)
    titles: list[str] = []
    for row in book.worksheets[0].iter_rows(values_only=True):
        cells = ["" if cell is None else str(cell).strip() for cell in row]
        if titles:
            yield dict(zip(titles, cells, strict=False))
        elif set(NAMES) & set(cells):
            titles = cells


def documents(files: list[Path]) -> tuple[list[Doc], Named]:
    """A document for each row, and the squeezed names that stand in it."""
    docs: list[Doc] = []
    named: Named = {}
    for row in (row for file in files for row in rows(file)):
        names = [squeezed for title in NAMES if len(squeezed := squeeze(row.get(title) or "")) > 1]
        rest = "\n".join(squeeze(cell) for title, cell in row.items() if title not in NAMES and isinstance(cell, str))
        if names:
            key = len(docs) + 1
            named[key] = names
            docs.append(Doc(key, DAY, {}, f"{chr(10).join(names)}{NAMES_END}{rest}"))
    return docs, named


def recall(find: Callable[[str], Partial], named: Named, asked: list[str]) -> float:
    """Mean recall at ten."""
    shares = []
    for text in asked:
        meant = {key for key, names in named.items() if any(text in name for name in names)}
        found = {key for *_, key in find(text).best[:10]}
        shares.append(len(found & meant) / min(10, len(meant)))
    return sum(shares) / len(shares)


def main(files: list[Path]) -> None:
    docs, named = documents(files)
    every = sorted({name[:LONGEST_TEXT] for names in named.values() for name in names if " " not in name})
    synonyms = read_synonyms(read_rules())
    print(f"{len(docs)} rows, {len(every)} names")
    with daemons_in_a_folder(3) as daemons:
        for engine in (engine_named(name, daemons.addresses) for name in (*ENGINES, "sphinxql")):
            measure(engine, docs, named, every, synonyms)


def measure(engine: Engine, docs: list[Doc], named: Named, every: list[str], synonyms: Synonyms) -> None:
    """Tell how well one engine finds whole names and parts of them."""
    chance = Random(1)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        reader = engine.open(place, seal(place, engine.NAME, 1, engine.build(place, docs)))

        def find(text: str, reader=reader) -> Partial:  # type: ignore[no-untyped-def]
            words = read_words(text, synonyms)
            found: Partial = reader.find(Wanted(words=words, order=Order.relevance, size=10, seconds=60), frozenset())
            return found

        whole = recall(find, named, every)
        tell(f"{engine.NAME}: whole names, 1.0", f"{whole:.4f}", whole == 1.0)
        for length in LENGTHS:
            parts = [
                name[start : start + length]
                for name in every
                if len(name) >= length
                for start in (chance.randint(0, len(name) - length),)
            ]
            found = recall(find, named, parts)
            tell(f"{engine.NAME}: {len(parts)} parts of {length}, at least 0.97", f"{found:.4f}", found >= 0.97)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print("no tables were named, so nothing is measured; see the head of this file")
    else:
        main([Path(name) for name in sys.argv[1:]])
