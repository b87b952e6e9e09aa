"""Reading limits as standards, tables and announcements print them.

What is not recognised as a limit comes back as :class:`Unreadable`; the reader never makes up a number.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from zuofang.rules.limits import (
    Absent,
    ByProductStandard,
    Ceiling,
    Floor,
    Forbidden,
    LabelTolerance,
    Limit,
    Negative,
    NoLimit,
    Plan,
    ProportionSum,
    Range,
    Requirement,
    Unsigned,
)
from zuofang.rules.quantities import (
    NUMBER,
    UNIT,
    Quantity,
    Unit,
    Unreadable,
    plain,
    read_grouped_number,
    read_number,
    read_unit,
)

LONGEST = 300  # characters; no standard prints a longer limit

_WORDS: tuple[tuple[re.Pattern[str], Limit], ...] = (
    (re.compile(r"(?:不得|不允许|禁止|不可|不应)(?:使用|添加)|禁用"), Forbidden()),
    (re.compile(r"阴性(?:\(-\))?"), Negative()),
    (re.compile(r"不设限量|不作限量要求|无限量要求|按生产需要适量使用"), NoLimit()),
    (re.compile(r"按产品(?:明示|执行)?标准"), ByProductStandard()),
)
_ABSENT = re.compile(rf"(?:(?:不得|不应|不能|不可)检出|未检出|ND)\s*\(?(?P<unit>{UNIT})?\)?|0\s*(?P<portion>/.*)")
_REQUIREMENT = re.compile(r"(?:应)?(?:符合.{0,40}|商业无菌)")
_LABEL = re.compile(r"^(?:国家|标准|规定|限量|限|指标|技术|允许|要求|应|值)+(?:为|是)?\s*:?\s*(?!合)")
# What stands in brackets after a limit explains how it is counted, and is no second limit.
_REMARK = re.compile(r"\s*[(\[](?:(?:以|按|干|折|限|指|仅|依据|GB|SB|NY|DB|Q/)[^()\[\]]*|[^()\[\]0-9]*)[)\]]$")
_UNIT_IN_BRACKETS = re.compile(rf"(?<=[0-9)])\s*\((?P<unit>{UNIT})\)$")
_SIGNS = (
    (
        re.compile(r"不(?:得)?(?:大于|超过|高于|多于)|小于(?:或)?等于|最大(?:残留|允许|使用)?(?:限?量|值)?为?:?\s*≤?"),
        "≤",
    ),
    (re.compile(r"不(?:得)?(?:小于|低于|少于)|大于(?:或)?等于"), "≥"),
    (re.compile(r"小于|低于"), "<"),
    (re.compile(r"大于|高于"), ">"),
)
_QUANTITY = rf"(?P<number>{NUMBER})\s*\(?(?P<unit>{UNIT}|/)?\)?"
_BOUND = re.compile(rf"(?P<sign>[≤≥<>])\s*{_QUANTITY}")
_BARE = re.compile(_QUANTITY)
_RANGE = re.compile(
    rf"(?P<low>{NUMBER})\s*\(?(?P<first>{UNIT})?\)?\s*(?:~|-{{1,2}}|to|至|到)\s*(?P<high>{NUMBER})\s*\(?(?P<unit>{UNIT})?\)?"
)
_AROUND = re.compile(rf"(?P<low>{NUMBER})\s*(?P<first>{UNIT})?\s*±\s*(?P<high>{NUMBER})\s*\(?(?P<unit>{UNIT})?\)?")
_TOLERANCE = re.compile(
    rf"(?:(?:产品)?(?:标签|产品)?(?:明示|标示|标识|标称)值?|标签值)?\s*(?:允许(?:误差|偏差|差))?:?\s*±\s*{_QUANTITY}"
)
_RATIO = re.compile(r"比例之和\s*≤\s*(?P<number>[0-9.]+)")
_PLAN_START = re.compile(r"^[≤<]?\s*(?=n\s*[=:])", re.IGNORECASE)
_PLAN_PART = re.compile(r"(?P<key>[nNcCmM])\s*[=:]\s*(?P<text>[^=:]*?)[\s,;、.]*(?=[nNcCmM]\s*[=:]|$)", re.DOTALL)
_LOST_POWER = re.compile(r"10[2-9]")


@lru_cache(maxsize=4096)
def parse_limit(text: str) -> Limit | Unreadable:
    """Read a limit as printed in a standard, a table or an announcement."""
    words = _tidy(text) if len(text) <= LONGEST else ""
    for pattern, limit in _WORDS:
        if pattern.fullmatch(words):
            return limit
    for read in (_plan, _absent, _ratio, _two_bounds, _bound, _range, _around, _tolerance, _bare, _requirement):
        if (found := read(words)) is not None:
            return Unreadable(text) if isinstance(found, Unreadable) else found
    return Unreadable(text)


def _tidy(text: str) -> str:
    words = plain(text).strip(" \n,;。")
    words = _LABEL.sub("", words)
    if not _PLAN_START.match(words):
        for pattern, sign in _SIGNS:
            words = pattern.sub(sign, words)
    words = _UNIT_IN_BRACKETS.sub(lambda found: found["unit"] if set(found["unit"]) & set("/%") else found[0], words)
    while (shorter := _REMARK.sub("", words)) != words and shorter:
        words = shorter
    return words


def _plan(words: str) -> Limit | Unreadable | None:
    if not _PLAN_START.match(words):
        return None
    parts = _plan_parts(_PLAN_START.sub("", words))
    if parts is None or not {"n", "c", "m"} <= parts.keys():
        return Unreadable(words)
    unit = parts["M"][1] if "M" in parts and parts["M"][1] else parts["m"][1]
    m, most = parts["m"], parts.get("M")
    if any(part[1] and part[1] != unit for part in parts.values()):
        return Unreadable(words)
    try:
        return Plan(int(parts["n"][0]), int(parts["c"][0]), m[0], most[0] if most else None, unit)
    except ValueError:
        return Unreadable(words)


def _plan_parts(words: str) -> dict[str, tuple[Decimal, Unit]] | None:
    """The keys of a plan with number and unit; None when anything in it is not understood."""
    found: dict[str, tuple[Decimal, Unit]] = {}
    position = 0
    while position < len(words):
        part = _PLAN_PART.match(words, position)
        if part is None:
            return None
        position = part.end()
        key = part["key"].lower() if part["key"] in "NC" else part["key"]
        if key == "M" and part["text"] in ("/", "-"):
            continue
        value = _plan_value(part["text"])
        if value is None or key in found or (key in "nc" and (value[0] % 1 or value[1])):
            return None
        found[key] = value
    return found


def _plan_value(text: str) -> tuple[Decimal, Unit] | None:
    """A number of a plan, thousands set apart or not.

    ``104`` is refused: it may be a 10⁴ that lost its superscript.
    """
    found = re.fullmatch(rf"(?P<number>[0-9.,×xX^eE+() -]*[0-9)])\s*(?P<unit>\(?(?:{UNIT})\)?)?", text.strip())
    if found is None or _LOST_POWER.fullmatch(found["number"]):
        return None
    number, unit = read_grouped_number(found["number"].strip()), read_unit(found["unit"] or "")
    return None if number is None or unit is None else (number, unit)


def _absent(words: str) -> Limit | None:
    found = _ABSENT.fullmatch(words)
    if found is None:
        return None
    unit = read_unit(found["unit"] or found["portion"] or "")
    return None if unit is None else Absent(unit)


def _ratio(words: str) -> Limit | None:
    found = _RATIO.fullmatch(words)
    number = read_number(found["number"]) if found else None
    return None if number is None else ProportionSum(number)


def _two_bounds(words: str) -> Limit | None:
    """A lower and an upper limit side by side (``≥41.0%vol，≤43.0%vol``)."""
    halves = re.split(r"\s*(?:[,;、]|且)\s*|\s+(?=[≤≥])", words)
    if len(halves) != 2:
        return None
    bounds = [_bound(half) for half in halves]
    low = next((bound for bound in bounds if isinstance(bound, Floor) and not bound.strict), None)
    high = next((bound for bound in bounds if isinstance(bound, Ceiling) and not bound.strict), None)
    return None if low is None or high is None else _between(low.at, high.at)


def _between(low: Quantity, high: Quantity) -> Limit | None:
    if low.unit and high.unit and low.unit != high.unit:
        return None
    return None if low.value > high.value else Range(low.value, high.value, high.unit or low.unit)


def _bound(words: str) -> Limit | None:
    found = _BOUND.fullmatch(words)
    quantity = _quantity(found, "number", "unit") if found else None
    if found is None or quantity is None:
        return None
    strict = found["sign"] in "<>"
    return Ceiling(quantity, strict) if found["sign"] in "≤<" else Floor(quantity, strict)


def _range(words: str) -> Limit | None:
    found = _RANGE.fullmatch(words)
    low, high = (_quantity(found, "low", "first"), _quantity(found, "high", "unit")) if found else (None, None)
    return None if low is None or high is None else _between(low, high)


def _around(words: str) -> Limit | None:
    """A declared value printed with its tolerance (``52.0%vol±1.0%vol``)."""
    found = _AROUND.fullmatch(words)
    middle, spread = (_quantity(found, "low", "first"), _quantity(found, "high", "unit")) if found else (None, None)
    if middle is None or spread is None or (middle.unit and spread.unit and middle.unit != spread.unit):
        return None
    return LabelTolerance(spread.with_unit(middle.unit)).around(middle)


def _tolerance(words: str) -> Limit | None:
    found = _TOLERANCE.fullmatch(words)
    spread = _quantity(found, "number", "unit") if found else None
    return None if spread is None else LabelTolerance(spread)


def _bare(words: str) -> Limit | None:
    found = _BARE.fullmatch(words)
    quantity = _quantity(found, "number", "unit") if found else None
    if quantity is None:
        return None
    # Nothing lies below zero, so a bare zero can only be an upper limit.
    return Unsigned(quantity) if quantity.value else Ceiling(quantity)


def _requirement(words: str) -> Limit | None:
    return Requirement(words) if _REQUIREMENT.fullmatch(words) else None


def _quantity(found: re.Match[str], number: str, unit: str) -> Quantity | None:
    value, measure = read_number(found[number]), read_unit(found[unit] or "")
    return None if value is None or measure is None else Quantity(value, measure)
