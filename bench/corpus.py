"""A made-up register of any size for the benches of the search: realistic Chinese, always the same.

    python bench/corpus.py FOLDER DOCUMENTS

Parties repeat, items and breaches are of the usual kinds, and the text of a decision is put together from clauses as
decisions have them; a body has about 360 characters.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from zuofang.credit.models import CreditRecord, RecordKind, RecordState
from zuofang.search.language import squeeze
from zuofang.search.models import SearchDocument
from zuofang.search.wanted import NAMES_END
from zuofang.storage import schema
from zuofang.storage.database import open_database
from zuofang.storage.keys import new_keys
from zuofang.storage.settings import Settings

WORDS = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
"""Names, dishes, items, breaches and the clauses of decisions."""
CATEGORIES = tuple(f"category-{number}" for number in range(12))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = (
    *(RecordKind.penalty,) * 5, *(RecordKind.sample,) * 6, RecordKind.inspection, RecordKind.listing, RecordKind.recall,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up record."""

    key: int
    kind: RecordKind
    district: str
    category: str
    violation: str
    outcome: str
    made_on: date
    party: str
    address: str
    title: str
    document: str
    authority: str
    body: str


def corpus(many: int, seed: int = 20) -> Iterator[Made]:
    """Made-up records, as many as wanted."""
    chance = Random(seed)
    towns = [f"{a}{b}{chance.choice(WORDS['town_ends'])}" for a, b in itertools.islice(_pairs(chance), 400)]
    counties = [f"{a}{b}县" for a, b in itertools.islice(_pairs(chance), 30)]
    parties = [_party(chance, counties, towns) for _ in range(max(10, many * 3 // 4))]
    for key in range(1, many + 1):
        yield _made(key, chance, counties, *chance.choice(parties))


def _pairs(chance: Random) -> Iterator[tuple[str, str]]:
    while True:
        yield chance.choice(WORDS["places"]), chance.choice(WORDS["places"])


def _party(chance: Random, counties: list[str], towns: list[str]) -> tuple[str, str, str]:
    county, town, dish = chance.choice(counties), chance.choice(towns), chance.choice(WORDS["dishes"])
    owner = chance.choice(WORDS["surnames"]) + "".join(chance.choices(WORDS["given"], k=chance.choice((1, 2, 2))))
    name = f"{county}{town}{owner}{dish}{chance.choice(WORDS['endings'])}"
    return (
        name,
        f"{county}{town}{chance.choice(WORDS['places'])}{chance.choice(WORDS['places'])}路{chance.randint(1, 400)}号",
        county,
    )


def _made(key: int, chance: Random, counties: list[str], party: str, address: str, county: str) -> Made:
    kind, breach, item, dish = (
        chance.choice(KINDS),
        chance.choice(WORDS["breaches"]),
        chance.choice(WORDS["items"]),
        chance.choice(WORDS["dishes"]),
    )
    made_on = date(2019, 1, 1) + timedelta(days=chance.randint(0, 2500))
    body = "。".join(_clause(one, chance, breach, item, dish, made_on) for one in chance.sample(WORDS["clauses"], 9))
    sample = kind is RecordKind.sample
    return Made(
        key, kind, f"33{counties.index(county):02}00", chance.choice(CATEGORIES), breach,
        chance.choice(("合格", "不合格")) if sample else "罚款", made_on, party, address, dish if sample else breach,
        f"SBJ{made_on:%y}33{key:08}" if sample else f"{county[:2]}市监罚〔{made_on.year}〕{key}号",
        f"{county}市场监督管理局", body,
    )  # fmt: skip


def _clause(clause: str, chance: Random, breach: str, item: str, dish: str, day: date) -> str:
    n, m, k = chance.randint(3, 900) * 100, chance.randint(1, 9000), chance.randint(1, 150)
    return clause.format(a=breach, i=item, f=dish, n=n, m=m, k=k, d=f"{day.year}年{day.month}月{day.day}日")


def record_of(one: Made) -> dict[str, object]:
    """The row of the record."""
    return {
        "id": one.key, "kind": one.kind, "party": one.party, "document": one.document, "authority": one.authority,
        "made_on": one.made_on, "title": one.title, "content": one.body, "facts": "{}", "state": RecordState.approved,
        "entered_at": NOW, "published_on": one.made_on, "look_again_on": date.max,
    }  # fmt: skip


def document_of(one: Made, changed: int = 0) -> dict[str, object]:
    """The row of the document."""
    facets = {
        "kind": [one.kind.value], "district": [one.district], "category": [one.category], "outcome": [one.outcome],
        "violation": [one.violation], "year": [str(one.made_on.year)],
    }  # fmt: skip
    told = {"items": [], "against": True, "district": None, "excerpt": one.body[:400], "sums": {}}
    names = "\n".join(map(squeeze, (one.party, one.title, one.address)))
    rest = "\n".join(map(squeeze, (one.document, one.authority, one.body)))
    return {
        "record_id": one.key, "changed": changed or one.key, "gone": False, "digest": str(one.key), "kind": one.kind,
        "made_on": one.made_on, "published_on": one.made_on, "last_day": None, "workshop_id": None, "party": one.party,
        "title": one.title, "document": one.document, "authority": one.authority,
        "told": json.dumps(told, ensure_ascii=False), "facets": json.dumps(facets, ensure_ascii=False),
        "words": f"{names}{NAMES_END}{rest}",
    }  # fmt: skip


def install(folder: Path, many: int) -> Settings:
    """An installation whose register holds the corpus."""
    folder.mkdir(parents=True)
    settings = Settings(data=folder)
    new_keys(settings.keys)
    database = open_database(settings.database)
    schema.upgrade(database)
    made = corpus(many)
    while portion := list(itertools.islice(made, 2000)):
        with database.write.begin() as connection:
            connection.execute(insert(CreditRecord), [record_of(one) for one in portion])
            connection.execute(insert(SearchDocument), [document_of(one) for one in portion])
    database.dispose()
    return settings


if __name__ == "__main__":
    install(Path(sys.argv[1]), int(sys.argv[2]))
