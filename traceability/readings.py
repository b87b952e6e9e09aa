"""What a test result can be: typed readings that say exactly what was printed.

A value, a bound (``<10``), found or not found, several values of one plan, or a first result with its re-test.
``printed_results`` reads them; each prints itself the way it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from zuofang.rules.quantities import INFINITE, NO_UNIT, ZERO, Printed, Quantity, Span, Unit, Unreadable
from zuofang.rules.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Value(Printed):
    """One measured value."""

    quantity: Quantity

    def __str__(self) -> str:
        return str(self.quantity)

    @property
    def unit(self) -> Unit:
        """The unit it was measured in."""
        return self.quantity.unit

    @property
    def span(self) -> Span:
        """The contents that this result leaves open, in ``unit``."""
        return Span(self.quantity.value, self.quantity.value)


@dataclass(frozen=True, slots=True)
class Censored(Printed):
    """A result known only to lie below or ``above`` a bound (``<10``, ``>3.0×10⁵``)."""

    bound: Quantity
    above: bool = False
    inclusive: bool = False

    def __str__(self) -> str:
        sign = ("≥" if self.inclusive else ">") if self.above else ("≤" if self.inclusive else "<")
        return f"{sign}{self.bound}"

    @property
    def unit(self) -> Unit:
        """The unit of the bound."""
        return self.bound.unit

    @property
    def span(self) -> Span:
        """The contents that this result leaves open, in ``unit``."""
        if self.above:
            return Span(low=self.bound.value, low_open=not self.inclusive)
        return Span(high=self.bound.value, high_open=not self.inclusive)


@dataclass(frozen=True, slots=True)
class NotDetected(Printed):
    """Not found (未检出), in the portion or unit printed with it, by a method that sees ``down_to`` (检出限)."""

    unit: Unit = NO_UNIT
    down_to: Quantity | None = None

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The result in words."""
        unit = _after_word(self.unit)
        if self.down_to is None:
            return say("未检出%(unit)s", unit=unit)
        return say("未检出%(unit)s（检出限%(down_to)s）", unit=unit, down_to=self.down_to)

    @property
    def span(self) -> Span:
        """Nothing at all, or anything below the detection limit where that is printed."""
        return Span(high=ZERO) if self.down_to is None else Span(high=self.down_to.value, high_open=True)


@dataclass(frozen=True, slots=True)
class Detected(Printed):
    """Found (检出), without a figure, in the portion printed with it."""

    unit: Unit = NO_UNIT

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The result in words."""
        return say("检出%(unit)s", unit=_after_word(self.unit))

    @property
    def span(self) -> Span:
        """Anything above nothing."""
        return Span(ZERO, INFINITE, low_open=True)


@dataclass(frozen=True, slots=True)
class Declared(Printed):
    """The laboratory's own answer to a requirement in words (符合, 不符合)."""

    conforms: bool

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The answer in words."""
        return say("符合") if self.conforms else say("不符合")


Single = Value | Censored | NotDetected | Detected


@dataclass(frozen=True, slots=True)
class Series(Printed):
    """Several values of one batch, in the order printed."""

    values: tuple[Single, ...]

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence | str:
        """The values one after the other; a unit they share stands behind the last one."""
        *others, last = self.values
        shared = len({value.unit for value in self.values}) == 1 and not any(map(_prints_its_limit, self.values))
        words = last.said()
        for value in reversed(others):
            words = say(
                "%(value)s、%(others)s", value=_without_unit(value).said() if shared else value.said(), others=words
            )
        return words


@dataclass(frozen=True, slots=True)
class Retested(Printed):
    """A first result (初检) and the result of the re-test (复检), which is final (SAMP Art 35).

    ``first`` is None where only the re-test is printed.
    """

    first: Single | Series | Declared | Unreadable | None
    final: Single | Series | Declared | Unreadable

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """Both results in words."""
        if self.first is None:
            return say("复检%(final)s", final=self.final.said())
        return say("初检%(first)s；复检%(final)s", first=self.first.said(), final=self.final.said())


Once = Single | Series | Declared | Unreadable
Reading = Once | Retested


def unit_of(reading: Reading) -> Unit:
    """The unit that a reading was printed in; none for words and for what could not be read."""
    if isinstance(reading, Retested):
        return unit_of(reading.final) or (unit_of(reading.first) if reading.first else NO_UNIT)
    if isinstance(reading, Series):
        return reading.values[-1].unit
    return NO_UNIT if isinstance(reading, Declared | Unreadable) else reading.unit


def is_mere_presence(value: Single) -> bool:
    """Found or not found without any figure: the unit column says nothing about it."""
    return isinstance(value, Detected) or (isinstance(value, NotDetected) and value.down_to is None)


def with_unit(reading: Once, unit: Unit) -> Once:
    """The reading with ``unit`` where it printed none."""
    if isinstance(reading, Series):
        return Series(tuple(filled(value, unit) for value in reading.values))
    if isinstance(reading, Declared | Unreadable) or is_mere_presence(reading):
        return reading
    return filled(reading, unit)


def filled(value: Single, unit: Unit) -> Single:
    """The value with the unit of its column or list, where it printed none."""
    if value.unit or not unit:
        return value
    match value:
        case Value(quantity):
            return Value(quantity.with_unit(unit))
        case Censored(bound):
            return replace(value, bound=bound.with_unit(unit))
        case NotDetected(_, down_to):
            return NotDetected(unit, down_to.with_unit(unit) if down_to else None)
        case Detected():
            return Detected(unit)


def _prints_its_limit(value: Single) -> bool:
    return isinstance(value, NotDetected) and value.down_to is not None


def _without_unit(value: Single) -> Single:
    match value:
        case Value(quantity):
            return Value(Quantity(quantity.value))
        case Censored(bound):
            return replace(value, bound=Quantity(bound.value))
        case NotDetected():
            return NotDetected()
        case Detected():
            return Detected()


def _after_word(unit: Unit) -> str:
    return str(unit) if not unit or unit.symbol.startswith("/") else f" {unit}"
