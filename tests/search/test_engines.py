"""The contract of an engine: the same answers from each, and the same as from looking through every document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.search.conftest import Ask, asked, found_keys
from tests.search.invented import Invented, invented

from zuofang.search import tantivy_engine
from zuofang.search.brute import Documents
from zuofang.search.engines import Doc, Engine, engine_named
from zuofang.search.generations import seal
from zuofang.search.synonyms import Synonyms
from zuofang.search.tally import Partial
from zuofang.search.wanted import Cursor, Order, Wanted

CORPUS = list(invented(400))
NOBODY = frozenset[int]()
TYPED = (
    "", "顾山", "顾山镇", "老陈", "作坊", "桥头路", "甜蜜素", "防腐剂", "苯并[a]芘", "罚款", "2025", "gushan", "gslw",
    "changjing", "zhangjing", "qiu", "后塍 卤味", "後塍 滷味", "糕", "SBJ2", "ｓｂｊ２５", "清市监罚〔2025〕",
    "没有这个",     "老 陈 糕", "桂花糕作坊", "xgy", "dou", "doufu", "guihuagao", "nosuchsound",
)  # fmt: skip


@pytest.fixture(scope="module", params=["as they came", "by day"])
def ask(request: pytest.FixtureRequest, holding: Callable[[Sequence[Doc]], Ask]) -> Ask:
    docs = [one.doc for one in CORPUS]
    return holding(sorted(docs, key=lambda one: (one.made_on, one.key)) if request.param == "by day" else docs)


@pytest.fixture(scope="module")
def truth() -> Documents:
    """What the words mean: every document looked through."""
    held = Documents()
    for one in CORPUS:
        held.add(one.doc.key, one.doc.made_on, one.doc.facets, one.doc.words)
    return held


def told(part: Partial) -> tuple[object, ...]:
    return part.total, part.exact, part.best, {name: +counts for name, counts in part.facets.items()}


@pytest.mark.parametrize("order", list(Order))
def test_an_engine_answers_as_if_it_had_looked_through_everything(
    ask: Ask, truth: Documents, synonyms: Synonyms, order: Order
) -> None:
    for text in TYPED:
        wanted = asked(text, synonyms, order)
        assert told(ask(wanted)) == told(truth.find(wanted)), text


@pytest.mark.parametrize("text", ["", "作坊", "顾山"])
def test_filters_and_days_narrow_and_a_facet_counts_what_its_other_values_would_give(
    ask: Ask, truth: Documents, synonyms: Synonyms, text: str
) -> None:
    filters = {"kind": "sample", "district": "清溪县"}
    wanted = asked(text, synonyms, Order.date, filters=filters, since=date(2025, 1, 1), until=date(2025, 12, 31))
    found = ask(wanted)
    assert told(found) == told(truth.find(wanted))
    assert found.facets["kind"]["sample"] == found.total
    assert set(found.facets["kind"]) == {"sample", "penalty"}
    assert set(found.facets["year"]) == {"2025"}


def test_a_value_that_no_document_has_gives_nothing(ask: Ask, synonyms: Synonyms) -> None:
    assert ask(asked("", synonyms, filters={"kind": "nothing"})).total == 0


@pytest.mark.parametrize(("text", "order"), [("", Order.date), ("卤味", Order.relevance), ("卤味", Order.date)])
def test_a_walk_by_cursor_meets_every_result_once_and_in_order(
    ask: Ask, synonyms: Synonyms, text: str, order: Order
) -> None:
    walked: list[tuple[int, int, int]] = []
    after: Cursor | None = None
    while part := ask(asked(text, synonyms, order, after=after, size=7)).best[:7]:
        walked += part
        after = Cursor.read(str(Cursor(*part[-1])))
    assert walked == sorted(walked, reverse=True)
    assert len({key for *_, key in walked}) == len(walked) == ask(asked(text, synonyms)).total


def test_relevance_puts_first_what_says_it_in_its_names(ask: Ask, synonyms: Synonyms) -> None:
    tiers = [tier for tier, *_ in ask(asked("桂花糕", synonyms, size=400)).best]
    assert tiers == sorted(tiers, reverse=True)
    assert 1 in tiers


def relevant(part: str, of: Callable[[Invented], str]) -> set[int]:
    return {one.doc.key for one in CORPUS if part in of(one)}


@pytest.mark.parametrize("length", [2, 3, 4, 6])
def test_parts_of_names_are_found_with_a_recall_at_ten_of_at_least_97_percent(
    ask: Ask, synonyms: Synonyms, length: int
) -> None:
    recalls = []
    for one in CORPUS[:40]:
        part = one.name[len(one.name) // 2 - length // 2 :][:length]
        meant = relevant(part, lambda other: other.name)
        found = set(found_keys(ask(asked(part, synonyms, size=10)))[:10])
        recalls.append(len(found & meant) / min(10, len(meant)))
    assert sum(recalls) / len(recalls) >= 0.97


def test_whole_names_addresses_and_numbers_are_always_found(ask: Ask, synonyms: Synonyms) -> None:
    for one in CORPUS[:40]:
        for text in (one.name, one.address, one.number, one.number[:9]):
            assert one.doc.key in found_keys(ask(asked(text, synonyms, size=200))), text


@pytest.fixture(params=["whoosh", "tantivy", "database"])
def many(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Wanted], Partial]:
    """More documents than are looked at between two glances at the clock, where each must be looked at."""
    monkeypatch.setattr(tantivy_engine, "SLICE", 300)
    docs = [one.doc for one in invented(700)]
    if request.param != "database":
        engine = engine_named(request.param)
        reader = engine.open(tmp_path, seal(tmp_path, engine.NAME, 1, engine.build(tmp_path, docs)))
        return lambda wanted: reader.find(wanted, frozenset())
    held = Documents()
    for one in docs:
        held.add(one.key, one.made_on, one.facets, one.words)
    return held.find


def test_past_the_deadline_an_answer_is_what_was_found_until_then_and_says_that_there_may_be_more(
    many: Callable[[Wanted], Partial], synonyms: Synonyms
) -> None:
    whole = asked("桥头路", synonyms)
    everything, hurried = many(whole), many(replace(whole, seconds=0.0))
    assert (everything.total, everything.exact) == (700, True)
    assert not hurried.exact
    assert 0 < hurried.total < 700
    assert sum(hurried.facets["kind"].values()) == hurried.total


@pytest.mark.parametrize("order", list(Order))
def test_an_index_that_is_asked_slice_by_slice_answers_as_if_it_had_been_asked_at_once(
    truth: Documents, synonyms: Synonyms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: Order
) -> None:
    monkeypatch.setattr(tantivy_engine, "SLICE", 100)
    engine = engine_named("tantivy")
    reader = engine.open(tmp_path, seal(tmp_path, engine.NAME, 1, engine.build(tmp_path, [one.doc for one in CORPUS])))
    for text in TYPED[::2]:
        first = asked(text, synonyms, order, filters={"kind": "sample"}, until=date(2026, 1, 1))
        assert told(reader.find(first, NOBODY)) == told(truth.find(first)), text
        later = replace(first, after=Cursor(*first_page[-1]) if (first_page := truth.find(first).best) else None)
        assert told(reader.find(later, NOBODY)) == told(truth.find(later)), text


def test_what_is_hidden_counts_nowhere(engine: Engine, tmp_path: Path) -> None:
    held = engine.build(tmp_path, [one.doc for one in CORPUS[:30]])
    reader = engine.open(tmp_path, seal(tmp_path, engine.NAME, 1, held))
    part = reader.find(Wanted(size=50), frozenset({3, 4}))
    assert part.total == 28
    assert not {3, 4} & set(found_keys(part))
    assert sum(part.facets["kind"].values()) == 28


def test_a_changed_document_is_found_by_its_new_words_and_no_longer_by_the_old(
    synonyms: Synonyms, engine: Engine, tmp_path: Path
) -> None:
    seal(tmp_path, engine.NAME, 1, engine.build(tmp_path, [one.doc for one in CORPUS[:30]]))
    new = Doc(3, date(2026, 1, 1), {"kind": ["closure"]}, "新来的一家\f")
    held = engine.change(tmp_path, [new], [3, 4])
    reader = engine.open(tmp_path, seal(tmp_path, engine.NAME, 2, held))
    assert held == 29
    assert found_keys(reader.find(asked("新来的", synonyms), frozenset())) == [3]
    assert not {3, 4} & set(found_keys(reader.find(asked(CORPUS[2].name, synonyms, size=50), frozenset())))
    assert reader.find(Wanted(), frozenset()).total == 29
