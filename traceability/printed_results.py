"""Reading test results as laboratories and announcements print them.

What cannot mean one thing only comes back as :class:`Unreadable` with its text; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zuofang.rules.quantities import (
    NUMBER,
    UNIT,
    Quantity,
    Unit,
    Unreadable,
    looks_like_thousands,
    plain,
    read_number,
    read_unit,
)
from zuofang.traceability.readings import (
    Censored,
    Declared,
    Detected,
    NotDetected,
    Once,
    Reading,
    Retested,
    Series,
    Single,
    Value,
    filled,
    is_mere_presence,
    unit_of,
    with_unit,
)

LONGEST = 400  # characters; five values with their units stay far below

_LABEL = re.compile(
    r"^(?:(?:检验|检测|实测|检出|测定|测试)(?:结果|数值|值|量|含量)|实测|结果|初[检验](?:结果|结论)?)(?:为|是)?\s*:?\s*"
)
_FOUND = re.compile(r"^检出\s*:?\s*\(?\s*(?=[<>≤≥.0-9])")
_REASON = r"(?:以|按|干|折|标准|限量|限值|超标|不合格|合格|超限|依据)"
# What an announcement adds in brackets behind a value: how it is counted, or which limit it broke.
_REMARK = re.compile(rf"\s*\((?:{_REASON}[^()]*|[^()0-9/%]*)\)$|[\s,;]+(?:不?合格|不?符合|超标)$")
_ALL_OF = re.compile(
    r"^(?:(?P<count>[1-9])\s*[份个件](?:样品|样)?)?\s*(?:结果)?(?:均|都|全部)为?\s*(?P<rest>.+)$", re.DOTALL
)
_FIRST, _FINAL = r"(?:初检|初次检验|首次检验)", r"(?:复检|复验)"
_SAYS = r"(?:检验|机构)?(?:结果|结论|值)?\s*(?:为|是)?\s*:?\s*"
_BETWEEN = r"[\s,;、/。|]*"
_RETESTS = (
    re.compile(rf"{_FIRST}{_SAYS}(?P<first>.+?){_BETWEEN}{_FINAL}{_SAYS}(?P<final>.+)", re.DOTALL),
    re.compile(rf"{_FINAL}{_SAYS}(?P<final>.+?){_BETWEEN}{_FIRST}{_SAYS}(?P<first>.+)", re.DOTALL),
    re.compile(rf"(?P<first>.+?)\({_FIRST}{_SAYS}\){_BETWEEN}(?P<final>.+?)\({_FINAL}{_SAYS}\)", re.DOTALL),
)
_ONLY_FINAL = re.compile(rf"{_FINAL}{_SAYS}(?P<final>.+)", re.DOTALL)
_UPHELD = re.compile(r"维持(?:原|初检)?(?:检验)?(?:结果|结论)?|[与同]初检(?:结果|结论)?(?:一致|相同)?")
_YES = re.compile(
    r"合格|符合(?:[^0-9不未非超无]{0,20}(?:要求|规定|标准))?|符合商业无菌(?:要求)?|(?:达到)?商业无菌(?:要求)?"
)
_NO = re.compile(r"(?:商业无菌\s*:?\s*)?(?:不符合|不合格|未达到|非商业无菌)[^0-9]{0,20}")

_ABSENT_WORDS = (
    r"未检出|未检测出|未测出|阴性(?:\s*\(-\))?|[Nn]\.?[Dd]\.?(?![A-Za-z])|(?:<|小于|低于)\s*(?:方法)?(?:检出限|LOD)"
)
_DETECTED_WORDS = r"检出|阳性(?:\s*\(\+\))?"
_SAMPLE_MARK = r"(?:(?:样品?\s*[1-9]|[1-9]\s*(?:#|号样?品?))\s*[:=]?|\([1-9]\))\s*"
_DETECTION_LIMIT = (
    r"(?:(?:[\s,;]*\(?\s*(?:(?:方法)?(?:检出|定量)限|LOD|LOQ)\s*(?:为|:)?\s*[<≤]?|\s*\(\s*[<≤])"
    rf"\s*(?P<lod>{NUMBER})(?:\s*(?P<lod_unit>{UNIT}))?\s*\)?)"
)
_TOKEN = re.compile(
    rf"(?:{_SAMPLE_MARK})?"
    rf"(?:(?:(?P<sign>[<>≤≥])\s*)?(?P<number>{NUMBER})|(?P<absent>{_ABSENT_WORDS})|(?P<detected>{_DETECTED_WORDS}))"
    rf"(?:\s*\(\s*(?P<bracketed>{UNIT})\s*\)|\s*(?P<unit>{UNIT}))?(?:{_DETECTION_LIMIT})?"
)
_SEPARATOR = re.compile(r"[\s,;、/|。]+")
_THOUSANDS = re.compile(rf"[<>≤≥]?\s*(?P<groups>[0-9]{{1,3}}(?:[, ][0-9]{{3}})+)\s*(?:\(?{UNIT}\)?)?")
# No list of values holds a number like 05, so this comma can only be that of a decimal.
_DECIMAL_COMMA = re.compile(rf"(?P<whole>[<>≤≥]?\s*0),(?P<rest>0[0-9]+\s*(?:\(?{UNIT}\)?)?)")
_LEADING_ZERO = re.compile(r"0[0-9]")


def read_result(text: str, unit: str = "", expected: int | None = None) -> Reading:
    """Read one result cell.

    ``unit`` is the unit column, used for values that print no unit of their own. ``expected`` is the number of values
    the sampling plan asks for; it only decides whether ``100,200`` can be two values.
    """
    column = read_unit(unit)
    words = _tidy(text) if len(text) <= LONGEST else ""
    if column is None or not words:
        return Unreadable(text)
    reading = _retest(words, column, expected) or _once(words, column, expected)
    return Unreadable(text) if isinstance(reading, Unreadable) else reading


def _tidy(text: str) -> str:
    return plain(text).strip(" \n,;、。/|")


def _retest(words: str, column: Unit, expected: int | None) -> Retested | None:
    for pattern in _RETESTS:
        if found := pattern.fullmatch(words):
            final = _once(_tidy(found["final"]), column, expected)
            first = _once(_tidy(found["first"]), column or unit_of(final), expected)
            if _UPHELD.fullmatch(_tidy(found["final"])):
                return Retested(first, first)
            return Retested(first, with_unit(final, unit_of(first)))
    if found := _ONLY_FINAL.fullmatch(words):
        return Retested(None, _once(_tidy(found["final"]), column, expected))
    return None


def _once(words: str, column: Unit, expected: int | None) -> Once:
    bare = _FOUND.sub("", _LABEL.sub("", words))
    if bare != words and bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1]
    while (shorter := _REMARK.sub("", bare)) != bare and shorter:
        bare = shorter
    if _NO.fullmatch(bare):
        return Declared(conforms=False)
    if _YES.fullmatch(bare):
        return Declared(conforms=True)
    if found := _ALL_OF.fullmatch(bare):
        return _copies(found, column)
    return _values(bare, column, expected)


def _copies(found: re.Match[str], column: Unit) -> Once:
    """``5份样品均未检出``: one result said once for all of them."""
    each = _values(found["rest"].strip(), column, None)
    if isinstance(each, Series | Unreadable | Declared) or found["count"] in (None, "1"):
        return each
    return Series((each,) * int(found["count"]))


def _values(words: str, column: Unit, expected: int | None) -> Once:
    if decimal := _DECIMAL_COMMA.fullmatch(words):
        words = f"{decimal['whole']}.{decimal['rest']}"
    if (grouped := _THOUSANDS.fullmatch(words)) and looks_like_thousands(grouped["groups"]):
        first, *rest = re.split("[, ]", grouped["groups"])
        if any(group.startswith("0") for group in rest):
            # Nobody prints a value as 050, so these are the thousands of one number.
            words = words.replace(grouped["groups"], first + "".join(rest))
        elif len(rest) + 1 != expected:
            return Unreadable(words)
    tokens = list(_tokens(words))
    values = tuple(value for value in map(_single, tokens) if value is not None)
    if not tokens or len(values) != len(tokens):
        return Unreadable(words)
    complete = _with_units(values, column)
    if complete is None:
        return Unreadable(words)
    return complete[0] if len(complete) == 1 else Series(complete)


def _with_units(values: tuple[Single, ...], column: Unit) -> tuple[Single, ...] | None:
    """A unit behind the last value serves the whole list; None where it is in doubt which values have one."""
    printed = {value.unit for value in values if value.unit}
    if len(printed) == 1 and values[-1].unit:
        return tuple(filled(value, values[-1].unit) for value in values)
    complete = tuple(value if is_mere_presence(value) else filled(value, column) for value in values)
    doubtful = printed and any(not value.unit and not is_mere_presence(value) for value in complete)
    return None if doubtful else complete


def _tokens(words: str) -> Iterator[re.Match[str] | None]:
    """The values one after the other; a None ends the sequence where something else stands."""
    position = 0
    while position < len(words):
        token = _TOKEN.match(words, position)
        yield token
        if token is None:
            return
        position = token.end()
        if position < len(words):
            gap = _SEPARATOR.match(words, position)
            if gap is None:
                yield None
                return
            position = gap.end()


def _single(token: re.Match[str] | None) -> Single | None:
    if token is None:
        return None
    unit = read_unit(token["bracketed"] or token["unit"] or "")
    if unit is None:
        return None
    if token["absent"]:
        return _not_detected(token, unit)
    if token["lod"]:
        return None
    return Detected(unit) if token["detected"] else _number(token, unit)


def _number(token: re.Match[str], unit: Unit) -> Single | None:
    value = read_number(token["number"])
    if value is None or _LEADING_ZERO.match(token["number"]):
        return None
    if not (sign := token["sign"]):
        return Value(Quantity(value, unit))
    return Censored(Quantity(value, unit), above=sign in ">≥", inclusive=sign in "≤≥")


def _not_detected(token: re.Match[str], unit: Unit) -> Single | None:
    if not token["lod"]:
        return NotDetected(unit)
    value, measure = read_number(token["lod"]), read_unit(token["lod_unit"] or "")
    if value is None or measure is None or (unit and measure and not unit.like(measure)):
        return None
    return NotDetected(measure or unit, Quantity(value, measure or unit))


_VERDICT = re.compile(r"不合格|不符合|超标|超限")


def says_it_fails(text: str) -> bool:
    """Whether the print itself adds that the result does not conform (``0.5（不合格）``)."""
    return bool(_VERDICT.search(text))
