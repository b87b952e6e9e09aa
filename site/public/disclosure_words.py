"""How a result tells its story: who, what, the value against the limit, the decision, and until when it stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup, escape

from zuofang.credit.models import RecordKind
from zuofang.credit.publishing.terms import TermClass
from zuofang.credit.records import Ground, Kind, Outcome, RecallLevel
from zuofang.credit.records import Result as Inspected
from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence, say
from zuofang.search.marking import Part, marked
from zuofang.search.results import Item, Result
from zuofang.search.wanted import Word
from zuofang.site.public.credit_words import CREDIT_WORDS, listed
from zuofang.traceability.queries.categories import category_name

TERMS: Mapping[str, Sentence] = {
    TermClass.minor: say("轻微"),
    TermClass.general: say("一般领域"),
    TermClass.food: say("食品安全"),
    TermClass.restriction: say("限制生产经营"),
    TermClass.heaviest: say("最重"),
}
OUTCOMES: Mapping[str, Sentence] = {
    str(key): sentence
    for kind in (Outcome, Inspected, Kind, RecallLevel)
    for key, sentence in CREDIT_WORDS[kind].items()
}
"""The words of conclusions and of kinds of penalty, by what is stored."""
GROUNDS: Mapping[str, Sentence] = {str(key): sentence for key, sentence in CREDIT_WORDS[Ground].items()}
MOST_ITEMS = 3
SNIPPET = 90
"""Characters of the text that a result shows."""


def facet_word(name: str, value: str, rules: RuleBook, places: Mapping[str, str]) -> object:
    """What a value of a facet is called."""
    match name:
        case "kind":
            return CREDIT_WORDS[RecordKind].get(value, value)
        case "outcome":
            return OUTCOMES.get(value, value)
        case "term":
            return TERMS.get(value, value)
        case "violation":
            return GROUNDS.get(value, value)
        case "category":
            return category_name(rules, value)
        case "district" | "zone":
            return places.get(value, value)
        case _:
            return value


def told_kind(result: Result) -> Sentence:
    """What kind of record it is, with its conclusion where that is what matters."""
    kind = CREDIT_WORDS[RecordKind][result.kind]
    outcomes = [OUTCOMES[one] for one in result.facets.get("outcome", ()) if one in OUTCOMES]
    if result.kind in (RecordKind.sample, RecordKind.inspection, RecordKind.recall) and outcomes:
        return say("%(kind)s：%(outcome)s", kind=kind, outcome=outcomes[0])
    return kind


def tone_of(result: Result) -> str:
    """The tone that repeats what the kind says."""
    if not result.against:
        return "released"
    return "care" if result.kind in (RecordKind.honour_exit, RecordKind.recall) else "stop"


def decision(result: Result) -> Sentence | None:
    """What was decided: kinds of penalty with their sums."""
    if result.kind is not RecordKind.penalty:
        return None
    sums = {Kind.fine: "fine", Kind.gains_confiscated: "confiscated", Kind.goods_confiscated: "confiscated"}
    parts: list[Sentence] = []
    told: set[str] = set()
    for value in result.facets.get("outcome", ()):
        amount = sums.get(Kind(value))
        if amount and amount in result.sums and amount not in told:
            told.add(amount)
            parts.append(say("%(kind)s %(sum)s 元", kind=OUTCOMES[value], sum=Decimal(result.sums[amount])))
        else:
            parts.append(OUTCOMES[value])
    return listed(parts) if parts else None


def telling_items(result: Result, words: Sequence[Word]) -> Iterator[tuple[Markup, Item]]:
    """The items that made a sample fail, else its first ones; names marked."""
    for item in _telling(result)[:MOST_ITEMS]:
        yield mark(item.name, words), item


def more_items(result: Result) -> int:
    """How many more items made it fail, or were looked at where none did."""
    return max(0, len(_telling(result)) - MOST_ITEMS)


def _telling(result: Result) -> Sequence[Item]:
    return [one for one in result.items if one.judgement not in ("conforms", "measured_only")] or result.items


def mark(text: str, words: Sequence[Word], *, names: bool = False) -> Markup:
    """A text as markup, with what was looked for marked."""
    return _markup(marked(text, words, names=names))


def _markup(parts: Iterable[Part]) -> Markup:
    return Markup().join(Markup("<mark>{}</mark>").format(part) if hit else escape(part) for part, hit in parts)


def snippet(text: str, words: Sequence[Word]) -> Markup:
    """The line of a text that says most of what was looked for, cut to a length that can be taken in."""
    lines = [marked(line, words) for line in text.splitlines() if line.strip()]
    if not lines:
        return Markup()
    best = max(lines, key=lambda parts: sum(hit for _, hit in parts))
    length = sum(len(part) for part, _ in best)
    start = max(0, _place_of_hit(best) - SNIPPET // 3) if length > SNIPPET else 0
    shown = _markup(_between(best, start, start + SNIPPET))
    return Markup("{}{}{}").format("…" if start else "", shown, "…" if start + SNIPPET < length else "")


def _place_of_hit(parts: Iterable[Part]) -> int:
    place = 0
    for part, hit in parts:
        if hit:
            return place
        place += len(part)
    return 0


def _between(parts: Iterable[Part], start: int, end: int) -> Iterator[Part]:
    place = 0
    for part, hit in parts:
        if kept := part[max(0, start - place) : max(0, end - place)]:
            yield kept, hit
        place += len(part)
