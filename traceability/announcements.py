"""The column ``不合格项目║检验结果║标准值`` of official sampling announcements, taken apart without loss.

One cell holds one or more items. Bureaux separate the three parts by ``║``, ``‖``, ``||`` or ``|`` and the items by
almost anything, also by the comma that stands inside limits and names; therefore the bars lead, and a piece between two
items is divided where its left half is a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zuofang.rules.limit_tables import Items
from zuofang.rules.limits import Ceiling, Floor, Limit, Plan, Range, Unsigned
from zuofang.rules.printed_limits import parse_limit
from zuofang.rules.quantities import NO_UNIT, Unit, Unreadable, plain
from zuofang.traceability.conformity import Judgement, judge
from zuofang.traceability.printed_results import read_result
from zuofang.traceability.readings import unit_of

BAR = "║"
LONGEST = 8000  # characters of a cell; the longest seen holds some two hundred


@dataclass(frozen=True, slots=True)
class OfficialFinding:
    """One item that a bureau found wrong, with its result and limit exactly as printed; a missing part is empty."""

    item: str
    result: str
    limit: str


_NOTHING = frozenset({"", "/", "-", "—", "无"})
_HEAVY_BARS = re.compile(r"[║‖∥┃]+")
_LIGHT_BARS = str.maketrans(dict.fromkeys("｜│丨¦", "|"))
_LIST_MARKS = re.compile("[\u2460-\u249b\u24f5-\u24fe\u2776-\u2793]")
_NUMBERED = re.compile(r"^[(（]?[0-9]{1,2}[.．、)）]\s*(?![0-9])")
_HEADING = re.compile(r"^(?:不合格|不符合|不合格项目|项目名称|检验项目)\s*[:：]\s*")
_PADDING = " \t\r\n,;，；、。"
_STRONG = frozenset(";；\n|")
_WEAK = frozenset(",，、。 \t")
_OPENING, _CLOSING = frozenset("(（[【"), frozenset(")）]】")
_SAYS = r"\s*(?:为|是)?\s*[:：]?\s*"
_RESULT_LABEL = re.compile(r"[\s,;，；、(（]{0,6}(?:(?:检验|检测|实测)(?:结果|值)|(?:检出|测定)值|实测)" + _SAYS)
_LIMIT_LABEL = re.compile(r"[\s,;，；、(（]{0,6}(?:标准(?:限量|规定|要求)?值?|限量值?|限值|标准要求|技术要求)" + _SAYS)
_LIMIT_SIGN = re.compile(r"(?:标准值|限量)?:?\s*(?:[≤≥]|n\s*[=:]|不得|不大于|不小于|不超过)", re.IGNORECASE)


def parse_official_cell(text: str) -> tuple[OfficialFinding, ...] | Unreadable:
    """Take a cell apart into its items; an empty cell has none.

    A cell that cannot be divided with certainty comes back as :class:`Unreadable` with its text.
    """
    if len(text) > LONGEST:
        return Unreadable(text)
    body = _HEADING.sub("", text.strip())
    if body in _NOTHING:
        return ()
    pieces = [piece.strip(_PADDING) for piece in _with_bars(body).split(BAR)]
    if len(pieces) > 3:
        pieces = pieces[not pieces[0] : -1 if not pieces[-1] else None]
    triples = _merged(pieces) or _flat(pieces) or _incomplete(_with_bars(body))
    return tuple(_finding(*triple) for triple in triples) if triples else Unreadable(text)


def judge_finding(finding: OfficialFinding, items: Items, unit: str = "") -> Judgement:
    """Judge a finding by what its own cell states.

    A unit printed on one side only stands for both sides; ``unit`` is the unit column of tables that have one.
    """
    limit = parse_limit(finding.limit)
    column = _unit_symbol(limit) or unit
    stated = _in_unit(limit, unit_of(read_result(finding.result, column)))
    return judge(finding.result, stated, unit=column, item=items.find(finding.item))


def _with_bars(text: str) -> str:
    """The text with its own kind of bar spelt ``║``; a lone ``|`` beside ``||`` keeps separating items."""
    text = _LIST_MARKS.sub("\n", text)
    if _HEAVY_BARS.search(text):
        return _HEAVY_BARS.sub(BAR, text)
    light = text.translate(_LIGHT_BARS)
    if "||" in light:
        return re.sub(r"\|{2,}", BAR, light)
    if light.count("|") >= 1:
        return light.replace("|", BAR)
    return _LIMIT_LABEL.sub(BAR, _RESULT_LABEL.sub(BAR, text)) if _LIMIT_LABEL.search(text) else text


def _merged(pieces: list[str]) -> list[tuple[str, str, str]] | None:
    """Items run together: ``item║result║limit；item║result║limit``; None when a piece cannot be divided."""
    if len(pieces) < 3 or len(pieces) % 2 == 0:
        return None
    triples: list[tuple[str, str, str]] = []
    item = pieces[0]
    for result, between in zip(pieces[1:-2:2], pieces[2:-1:2], strict=True):
        division = _divide(between)
        if division is None:
            return None
        triples.append((item, result, division[0]))
        item = division[1]
    return [*triples, (item, pieces[-2], pieces[-1])]


def _flat(pieces: list[str]) -> list[tuple[str, str, str]] | None:
    """Bars between items too: ``item|result|limit|item|result|limit``."""
    if len(pieces) % 3:
        return None
    return list(zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True))


def _incomplete(body: str) -> list[tuple[str, str, str]] | None:
    """Items of which some have no limit, told apart by the strong separators alone."""
    cuts = [-1, *(place for place, _ in _separators(body, _STRONG)), len(body)]
    entries = [body[start + 1 : end].split(BAR) for start, end in pairwise(cuts)]
    entries = [[part.strip(_PADDING) for part in entry] for entry in entries if any(part.strip() for part in entry)]
    if not entries or any(len(entry) not in (2, 3) for entry in entries):
        return None
    return [(entry[0], entry[1], entry[2] if len(entry) == 3 else "") for entry in entries]


def _divide(between: str) -> tuple[str, str] | None:
    """Cut ``limit；item`` where the longest left part is a limit, or at the only separator there is."""
    for kind in (_STRONG, _WEAK):
        places = [place for place, _ in _separators(between, kind)]
        halves = [(between[:place].strip(_PADDING), between[place + 1 :].strip(_PADDING)) for place in places]
        halves = [half for half in halves if all(half)]
        readable = [half for half in halves if not isinstance(parse_limit(half[0]), Unreadable)]
        if readable:
            return readable[-1]
        if len(halves) == 1:
            return halves[0]
    return None


def _separators(text: str, kind: frozenset[str]) -> Iterator[tuple[int, str]]:
    """The separators outside brackets; a bracket that never closes hides none."""
    depth, closing = 0, sum(character in _CLOSING for character in text)
    for place, character in enumerate(text):
        if character in _OPENING:
            depth += closing > 0
        elif character in _CLOSING:
            depth, closing = max(depth - 1, 0), closing - 1
        elif character in kind and not depth:
            yield place, character


def _finding(item: str, result: str, limit: str) -> OfficialFinding:
    """The three parts in their order, also where a bureau prints the limit before the result."""
    if _LIMIT_SIGN.match(plain(result)) and not _LIMIT_SIGN.match(plain(limit)):
        result, limit = limit, result
    if limit.count(")") + limit.count("）") > limit.count("(") + limit.count("（"):
        limit = limit.rstrip(")）")
    return OfficialFinding(_NUMBERED.sub("", item).strip(_PADDING + ":："), result, limit)


def _unit_symbol(limit: Limit | Unreadable) -> str:
    return "" if isinstance(limit, Unreadable) else _unit_of_limit(limit).symbol


def _unit_of_limit(limit: Limit) -> Unit:
    match limit:
        case Ceiling(at) | Floor(at) | Unsigned(at):
            return at.unit
        case Range() | Plan():
            return limit.unit
    return NO_UNIT


def _in_unit(limit: Limit | Unreadable, unit: Unit) -> Limit | Unreadable:
    """The limit with ``unit``, where it prints none of its own."""
    if isinstance(limit, Unreadable) or _unit_of_limit(limit):
        return limit
    match limit:
        case Ceiling(at) | Floor(at) | Unsigned(at):
            return replace(limit, at=at.with_unit(unit))
        case Range() | Plan():
            return replace(limit, unit=unit)
    return limit
