"""Which limits a food must meet on a day: categories, test items and dated limits, read from the rule files.

A category takes over the limits of the wider categories it stands in and may replace single ones. The limit of a batch
is the one in force on the day it was made, whenever somebody looks (``rules.md`` 9).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from zuofang.rules.limits import Limit
from zuofang.rules.parameters import Certainty, NoSuchRule
from zuofang.rules.printed_limits import parse_limit
from zuofang.rules.quantities import Unreadable, plain
from zuofang.rules.sentences import say
from zuofang.rules.tables import Impossible, Line, RuleFileError, read_table, refuse_end


class Nature(StrEnum):
    """What a test item is; it decides about re-inspection and about the meaning of a limit without a sign."""

    microbe = "microbe"
    additive = "additive"
    contaminant = "contaminant"
    pesticide = "pesticide"
    drug = "drug"
    banned = "banned"
    quality = "quality"

    @property
    def microbiological(self) -> bool:
        """A microbiological result is never tested again (不予复检, SAMP Art 31)."""
        return self is Nature.microbe

    @property
    def only_bounded_above(self) -> bool:
        """Whether a limit can only be an upper one; for quality items (alcohol, protein) both directions exist."""
        return self is not Nature.quality


@dataclass(frozen=True, slots=True)
class Item:
    """A test item (检验项目) with the other names it is printed under."""

    name: str
    also: tuple[str, ...]
    nature: Nature
    note: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A product category (食品类别) and the wider categories ``within`` which it stands.

    ``additive_category`` is the number in GB 2760 table E.1, on which the permission of an additive hangs.
    """

    code: str
    name: str
    also: tuple[str, ...]
    within: tuple[str, ...]
    additive_category: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DatedLimit:
    """One line of the limit table: a limit, its standard, and its first and last day in force (both inclusive)."""

    category: str
    item: str
    limit: str
    standard: str
    since: date
    until: date | None
    certainty: Certainty
    note: str = ""

    def __post_init__(self) -> None:
        if isinstance(parse_limit(self.limit), Unreadable):
            raise Impossible(say("“%(limit)s”不是读得懂的限量", limit=self.limit))
        refuse_end(self.item, self.since, self.until)

    @property
    def parsed(self) -> Limit:
        """The limit, typed."""
        limit = parse_limit(self.limit)
        if isinstance(limit, Unreadable):  # refused on construction
            raise AssertionError(limit)
        return limit

    def in_force(self, on: date) -> bool:
        """Whether the limit holds for food made on the day ``on``."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An item of a category's test sheet; ``rule`` is None when no text we hold was in force that day."""

    item: Item
    rule: DatedLimit | None


class Items:
    """All test items, found by any name they are printed under."""

    def __init__(self, items: list[Item]) -> None:
        self._items = tuple(items)
        self._by_key = {item_key(name): item for item in items for name in (item.name, *item.also)}

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    def find(self, printed: str) -> Item | None:
        """The item a table means by ``山梨酸及其钾盐（以山梨酸计）``; None for one we do not know."""
        return self._by_key.get(item_key(printed))


class LimitBook:
    """Every category with its limits through time."""

    def __init__(self, categories: list[Category], items: list[Item], limits: list[DatedLimit]) -> None:
        self.categories = {category.code: category for category in categories}
        self.items = Items(items)
        self._by_name = {name_key(name): c for c in categories for name in (c.code, c.name, *c.also)}
        self._limits = limits

    def category(self, text: str) -> Category:
        """The category with this code or Chinese name.

        Raises:
            NoSuchRule: there is no such category.
        """
        found = self._by_name.get(name_key(text))
        if found is None:
            raise NoSuchRule(f"no food category {text!r}")
        return found

    def sheet(self, category: str, made_on: date) -> tuple[SheetLine, ...]:
        """Every item of a category with its limit for food made on the day ``made_on``, in the order of the file.

        Raises:
            NoSuchRule: there is no such category.
        """
        rows = self._rows(self.category(category).code)
        names = dict.fromkeys(row.item for row in rows)
        return tuple(SheetLine(self._item(name), self._narrowest(rows, name, made_on)) for name in names)

    def limit(self, category: str, item: str, made_on: date) -> DatedLimit | None:
        """The limit of one item (any printed name) on a day; None when we hold no text for it.

        Raises:
            NoSuchRule: there is no such category.
        """
        known = self.items.find(item)
        rows = self._rows(self.category(category).code)
        return self._narrowest(rows, known.name, made_on) if known else None

    def wider(self, code: str) -> set[str]:
        """The codes of all categories that ``code`` stands within, near and far."""
        found: set[str] = set()
        ahead = list(self.categories[code].within)
        while ahead:
            nearest = ahead.pop()
            if nearest not in found:
                found.add(nearest)
                ahead.extend(self.categories[nearest].within)
        return found

    def contenders(self, code: str, item: str, made_on: date) -> list[DatedLimit]:
        """The limits of an item that no narrower category replaces; more than one is a mistake in the files."""
        return self._unreplaced([row for row in self._rows(code) if row.item == item and row.in_force(made_on)])

    def _rows(self, code: str) -> list[DatedLimit]:
        family = {code, *self.wider(code)}
        return [row for row in self._limits if row.category in family]

    def _narrowest(self, rows: list[DatedLimit], item: str, made_on: date) -> DatedLimit | None:
        left = self._unreplaced([row for row in rows if row.item == item and row.in_force(made_on)])
        return left[0] if left else None

    def _unreplaced(self, rows: list[DatedLimit]) -> list[DatedLimit]:
        replaced = {wider for row in rows for wider in self.wider(row.category)}
        return [row for row in rows if row.category not in replaced]

    def _item(self, name: str) -> Item:
        found = self.items.find(name)
        if found is None:  # refused when the files were read
            raise AssertionError(name)
        return found


_BRACKETS = re.compile(r"\([^()]*\)")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def name_key(printed: str) -> str:
    """A name without blanks and small differences of print."""
    return re.sub(r"[\s_-]", "", plain(printed.translate(_SUBSCRIPTS)).lower())


def item_key(printed: str) -> str:
    """The name of an item without what is remarked in brackets: ``铅（以Pb计）`` is 铅."""
    name = name_key(printed)
    return _BRACKETS.sub("", name) or name


def read_limits(folder: Path) -> LimitBook:
    """Read ``categories.csv``, ``items.csv`` and ``limits.csv`` of a folder, and check them against each other.

    Raises:
        RuleFileError: a line cannot be read, names something unknown, or contradicts another line.
    """
    items = read_table(folder / "items.csv", Item)
    _refuse_twice(folder / "items.csv", ((i.number, item_key(n)) for i in items for n in (i.row.name, *i.row.also)))
    categories = read_table(folder / "categories.csv", Category)
    names = ((c.number, name_key(n)) for c in categories for n in (c.row.code, c.row.name, *c.row.also))
    _refuse_twice(folder / "categories.csv", names)
    _refuse_loops(folder / "categories.csv", categories)
    limits = read_table(folder / "limits.csv", DatedLimit)
    _refuse_unknown(folder / "limits.csv", limits, {c.row.code for c in categories}, {i.row.name for i in items})
    _refuse_overlaps(folder / "limits.csv", limits)
    book = LimitBook([c.row for c in categories], [i.row for i in items], [limit.row for limit in limits])
    _refuse_contradictions(folder / "categories.csv", categories, limits, book)
    return book


def _refuse_twice(path: Path, names: Iterable[tuple[int, str]]) -> None:
    """One name never means two things; a second spelling of the same line's name does no harm."""
    owners: dict[str, int] = {}
    for line, name in names:
        if owners.setdefault(name, line) != line:
            raise RuleFileError(
                path, line, say("%(name)s 已经是第 %(line)s 行的名称", name=name, line=f"{owners[name]}")
            )


def _refuse_loops(path: Path, lines: list[Line[Category]]) -> None:
    """A category stands only within categories above it in the file, which leaves no room for a loop."""
    above: set[str] = set()
    for line in lines:
        for code in line.row.within:
            if code not in above:
                told = {"code": line.row.code, "within": code}
                raise RuleFileError(path, line.number, say("%(code)s 写明属于 %(within)s，上面没有这一类", **told))
        above.add(line.row.code)


def _refuse_unknown(path: Path, lines: list[Line[DatedLimit]], categories: set[str], items: set[str]) -> None:
    for line in lines:
        if line.row.category not in categories:
            raise RuleFileError(path, line.number, say("categories.csv 里没有 %(name)s", name=line.row.category))
        if line.row.item not in items:
            raise RuleFileError(path, line.number, say("items.csv 里没有 %(name)s", name=line.row.item))


def _refuse_overlaps(path: Path, lines: list[Line[DatedLimit]]) -> None:
    last: dict[tuple[str, str], DatedLimit] = {}
    for line in sorted(lines, key=lambda entry: entry.row.since):
        key = line.row.category, line.row.item
        before = last.get(key)
        if before is not None and (before.until is None or before.until >= line.row.since):
            told = {"name": "/".join(key), "since": f"{before.since}"}
            raise RuleFileError(path, line.number, say("%(name)s：%(since)s 起的那一行还没有结束", **told))
        last[key] = line.row


def _refuse_contradictions(
    path: Path, categories: list[Line[Category]], limits: list[Line[DatedLimit]], book: LimitBook
) -> None:
    changes: dict[str, set[date]] = defaultdict(set)
    for limit in limits:
        changes[limit.row.item].add(limit.row.since)
    for line in categories:
        if len(line.row.within) < 2:
            continue
        for item, day in ((item, day) for item, days in changes.items() for day in days):
            rival = book.contenders(line.row.code, item, day)
            if len(rival) > 1:
                named = ", ".join(row.category for row in rival)
                told = {"code": line.row.code, "named": named, "item": item, "day": f"{day}"}
                raise RuleFileError(
                    path, line.number, say("%(code)s：%(named)s 对%(item)s在 %(day)s 的限量不一样", **told)
                )
