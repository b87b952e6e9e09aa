"""Numbers and units as laboratories and announcements print them, read exactly.

Everything is decimal: a limit is decided on the digits that were printed, never on a binary approximation of them.
What is not plainly a number or a unit is not read at all; nobody is failed or cleared by a guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from zuofang.rules.sentences import Sentence

INFINITE = Decimal("Infinity")
ZERO = Decimal(0)

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile(r"(?P<base>[0-9０-９]?)(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)")
_RAISED_TAG = re.compile(r"<sup>\s*([+-]?[0-9]+)\s*</sup>", re.IGNORECASE)
_LIST_MARKS = re.compile("[\u2460-\u249b\u24f5-\u24fe\u2776-\u2793]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_STROKE = re.compile(r" ?/ ?")
_BLANKS = re.compile(r"[^\S\n]+")
_SPELLINGS = str.maketrans(
    {
        **dict.fromkeys("≦⩽≲⪕", "≤"),
        **dict.fromkeys("≧⩾≳⪖", "≥"),
        **dict.fromkeys("〜∼∽˜", "~"),
        **dict.fromkeys("‐‑‒–—―−﹣", "-"),
        **dict.fromkeys("✕✖╳⨯∗＊*·•∙⋅", "×"),
        "﹤": "<",
        "﹥": ">",
        "\r": "\n",
    }
)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Bring a printed text to one spelling: half-width, one kind of sign, powers written ``10^4``; lines are kept.

    Marks that only number a list (①, ⒈) become blanks, so that ``①120②130`` never reads as 1120. Characters that hide
    a digit in some other way (½, ₄) are left as they are, and then match nothing.
    """
    text = _INVISIBLE.sub("", _LIST_MARKS.sub(" ", text))
    text = _RAISED.sub(_unraise, _RAISED_TAG.sub(r"^\1", text))
    text = "".join(map(_half_width, text)).translate(_SPELLINGS)
    for printed, sign in (("××", "^"), ("<=", "≤"), ("=<", "≤"), (">=", "≥"), ("=>", "≥")):
        text = text.replace(printed, sign)
    return _STROKE.sub("/", _BLANKS.sub(" ", text)).strip()


def _unraise(found: re.Match[str]) -> str:
    digits = found["raised"].translate(_SUPERSCRIPTS)
    return f"{found['base']}^{digits}" if found["base"] else digits


def _half_width(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character)
    hides_a_digit = folded[:1].isdecimal() and not character.isdecimal()
    return character if hides_a_digit else folded


# At most 15 whole and 12 decimal places: longer than any measurement, short enough for exact arithmetic.
_DIGITS = r"(?:[0-9]{1,15}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})"
_POWER = r"10\s*\^\s*\(?[+-]?[0-9]{1,2}\)?"
NUMBER = rf"(?:(?:{_DIGITS}\s*[×xX]\s*)?{_POWER}|{_DIGITS}(?:[eE][+-]?[0-9]{{1,2}})?)(?![0-9.^]|\s*×)"
_POWER_OF_TEN = re.compile(rf"(?:(?P<factor>{_DIGITS})\s*[×xX]\s*)?10\s*\^\s*\(?(?P<power>[+-]?[0-9]{{1,2}})\)?")
_NUMBER = re.compile(NUMBER)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+")


def read_number(text: str) -> Decimal | None:
    """Read one number (``1.2×10⁴``, ``1.2E4``, ``0.50``); None when the text is anything else.

    ``1.2×104`` is not read: a lost superscript and a hundred and four look the same.
    """
    text = plain(text)
    if not _NUMBER.fullmatch(text):
        return None
    if power := _POWER_OF_TEN.fullmatch(text):
        return Decimal(power["factor"] or 1).scaleb(int(power["power"]))
    return Decimal(text)


def read_grouped_number(text: str) -> Decimal | None:
    """Read a number that stands alone and may have its thousands set apart (``10,000``, ``10 000``)."""
    text = plain(text)
    if _THOUSANDS.fullmatch(text):
        return Decimal(re.sub("[, ]", "", text))
    return read_number(text)


def looks_like_thousands(text: str) -> bool:
    """Whether ``1,200`` could be one number as well as two values; more than three groups are a list of values."""
    text = plain(text)
    return bool(_THOUSANDS.fullmatch(text)) and len(re.split("[, ]", text)) <= 3


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement.

    Two units are alike when they have the same ``dimension``; only then is a value carried over, by a power of ten.
    An unfamiliar unit is its own dimension, so it still compares with itself.
    """

    symbol: str
    dimension: str
    power: int = 0

    def __str__(self) -> str:
        return self.symbol

    def __bool__(self) -> bool:
        return bool(self.symbol)

    def like(self, other: Unit) -> bool:
        """Whether values in the two units can be compared exactly."""
        return self.dimension == other.dimension


NO_UNIT = Unit("", "")

_PREFIX = {"kg": 3, "g": 0, "mg": -3, "μg": -6, "ng": -9, "pg": -12}
_MASS = r"(?P<mass>kg|mg|μg|ng|pg|g)"
_BASE = {"kg": (3, "kg", "g"), "g": (0, "g", "g"), "l": (3, "L", "ml"), "ml": (0, "mL", "ml")}
_BASE |= {"cm2": (0, "cm²", "cm2"), "dm2": (2, "dm²", "cm2")}
_PER = r"(?P<amount>[0-9]{0,4})(?P<base>kg|g|ml|l|cm2|dm2)"
_CONTENT = re.compile(rf"{_MASS}/{_PER}")
_COUNT = re.compile(rf"(?P<kind>cfu|mpn|个|只)/{_PER}")
_PORTION = re.compile(rf"/{_PER}")
_ALCOHOL = re.compile(r"%\(?(?:vol|v/v|v)\)?\.?|vol%")
_NONE = frozenset({"", "/", "-", "无", "无量纲"})

_WORD = r"[A-Za-zμα-ωΑ-Ω°%‰][A-Za-zμα-ωΑ-Ω°%‰]*(?:[ .·-][A-Za-zα-ω]+)*"
_PER_AMOUNT = r"[1-9][0-9]{0,3} ?(?:[KkMm]?[Gg]|[Mm]?[Ll]|[CcDd]?[Mm][2²]|[Kk][Jj]|[Kk][Cc][Aa][Ll])"
_PER_ONE = r"(?:[A-Za-zμ]+[2²3]?|每?[日份天人个片粒袋瓶枚支])"
_DIVIDED = rf"/(?:{_PER_AMOUNT}|{_PER_ONE})(?![0-9A-Za-z])"
_VOLUME = r"%\s?\(?\s?(?:[Vv][Oo][Ll]|[Vv]/[Vv]|[Vv])(?![A-Za-z])\s?\)?\.?"
UNIT = rf"(?:{_VOLUME}|(?:{_WORD}|个|只|度)?(?:{_DIVIDED})+|{_WORD}|度)"
_UNIT = re.compile(UNIT)


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit | None:
    """Read a unit as printed; ``NO_UNIT`` for a blank or a stroke, None for what is no unit at all."""
    text = plain(text).strip(" ()[]\n")
    if text in _NONE:
        return NO_UNIT
    if not _UNIT.fullmatch(text):
        return None
    folded = text.lower().replace(" ", "").replace("ug", "μg").replace("mcg", "μg")
    if _ALCOHOL.fullmatch(folded):
        return Unit("%vol", "%vol")
    return _known_unit(folded) or Unit(text, folded)


def _known_unit(folded: str) -> Unit | None:
    if found := _CONTENT.fullmatch(folded):
        amount, symbol, dimension = _per(found)
        power = _PREFIX[found["mass"]] - amount if amount is not None else _PREFIX[found["mass"]]
        # A base such as 250 g is no power of ten; such a unit compares with itself only.
        per = f"/{dimension}" if amount is not None else f"/{symbol}"
        return Unit(f"{found['mass']}/{symbol}", f"g{per}", power)
    if found := _COUNT.fullmatch(folded):
        # Counts are not carried over between bases: one colony in 250 mL is not four in a litre.
        symbol = f"{found['kind'].upper()}/{_per(found)[1]}"
        return Unit(symbol, symbol)
    if found := _PORTION.fullmatch(folded):
        symbol = f"/{_per(found)[1]}"
        return Unit(symbol, symbol)
    return None


def _per(found: re.Match[str]) -> tuple[int | None, str, str]:
    """The power of ten of a unit's base, its symbol, and its dimension."""
    exponent, symbol, dimension = _BASE[found["base"]]
    amount = found["amount"]
    if amount in ("", "1"):
        return exponent, symbol, dimension
    power_of_ten = amount.strip("0") == "1" and amount.startswith("1")
    return exponent + len(amount) - 1 if power_of_ten else None, f"{amount}{symbol}", dimension


class Printed:
    """Something that ``str()`` prints as Chinese tables do, and that a page can say in its own language."""

    __slots__ = ()

    def said(self) -> Sentence | str:
        """The print as a sentence where it holds words, otherwise the plain print."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Quantity(Printed):
    """A number with its unit."""

    value: Decimal
    unit: Unit = NO_UNIT

    def __str__(self) -> str:
        gap = "" if not self.unit or self.unit.symbol[0] in "%/‰" else " "
        return f"{number_text(self.value)}{gap}{self.unit}"

    def with_unit(self, unit: Unit) -> Quantity:
        """The same number with ``unit`` where none was printed."""
        return self if self.unit else Quantity(self.value, unit)


@dataclass(frozen=True, slots=True)
class Span:
    """All values a true content may have: what a result leaves open, or what a limit allows."""

    low: Decimal = ZERO
    high: Decimal = INFINITE
    low_open: bool = False
    high_open: bool = False

    def within(self, other: Span) -> bool:
        """Whether every value of this span lies in ``other``."""
        low_fits = other.low < self.low or (other.low == self.low and (self.low_open or not other.low_open))
        high_fits = self.high < other.high or (other.high == self.high and (self.high_open or not other.high_open))
        return low_fits and high_fits

    def apart_from(self, other: Span) -> bool:
        """Whether the two spans have no value in common."""
        return self._ends_before(other) or other._ends_before(self)

    def shifted(self, power: int) -> Span:
        """The same span counted in a unit ``power`` powers of ten smaller."""
        return Span(self.low.scaleb(power), self.high.scaleb(power), self.low_open, self.high_open)

    def _ends_before(self, other: Span) -> bool:
        return self.high < other.low or (self.high == other.low and (self.high_open or other.low_open))


def number_text(value: Decimal) -> str:
    """A number as people print it: plain digits, from 10 000 on with a power of ten."""
    if value < 10_000:
        return f"{value:f}"
    power = value.adjusted()
    digits = f"{value.scaleb(-power).normalize():f}"
    raised = str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{raised}" if digits == "1" else f"{digits}×10{raised}"


@dataclass(frozen=True, slots=True)
class Unreadable(Printed):
    """A text that says nothing this product may rely on; the text is kept as it was printed."""

    text: str

    def __str__(self) -> str:
        return self.text
