"""The kinds of limit (限量) that Chinese food standards know.

A prohibition (不得使用), "not detectable" (不得检出) and a number are three different things and stay so.
Each kind prints itself the way ``printed_limits`` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zuofang.rules.quantities import NO_UNIT, Printed, Quantity, Span, Unit, number_text
from zuofang.rules.sentences import Sentence, say


@dataclass(frozen=True, slots=True)
class Ceiling(Printed):
    """At most this much (``≤ x``), or less than this much when ``strict`` (``< x``)."""

    at: Quantity
    strict: bool = False

    def __str__(self) -> str:
        return f"{'<' if self.strict else '≤'}{self.at}"

    @property
    def unit(self) -> Unit:
        """The unit the limit is stated in."""
        return self.at.unit

    def allowed(self) -> Span:
        """The values that conform."""
        return Span(high=self.at.value, high_open=self.strict)


@dataclass(frozen=True, slots=True)
class Floor(Printed):
    """At least this much (``≥ x``), or more than this much when ``strict`` (``> x``)."""

    at: Quantity
    strict: bool = False

    def __str__(self) -> str:
        return f"{'>' if self.strict else '≥'}{self.at}"

    @property
    def unit(self) -> Unit:
        """The unit the limit is stated in."""
        return self.at.unit

    def allowed(self) -> Span:
        """The values that conform."""
        return Span(low=self.at.value, low_open=self.strict)


@dataclass(frozen=True, slots=True)
class Range(Printed):
    """From ``low`` to ``high``, both included (``52.0~54.0%vol``)."""

    low: Decimal
    high: Decimal
    unit: Unit = NO_UNIT

    def __str__(self) -> str:
        return f"{number_text(self.low)}~{Quantity(self.high, self.unit)}"

    def allowed(self) -> Span:
        """The values that conform."""
        return Span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class ProportionSum(Printed):
    """The shares that each additive takes of its own limit may together reach ``at`` (比例之和, GB 2760 A.1)."""

    at: Decimal = Decimal(1)
    unit: Unit = NO_UNIT

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("比例之和≤%(sum)s", sum=number_text(self.at))

    def allowed(self) -> Span:
        """The values that conform."""
        return Span(high=self.at)


@dataclass(frozen=True, slots=True)
class LabelTolerance(Printed):
    """The value on the label, give or take ``tolerance`` (标签明示值±1.0%vol)."""

    tolerance: Quantity

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("标签明示值±%(tolerance)s", tolerance=self.tolerance)

    def around(self, declared: Quantity) -> Range:
        """The range that a label declaring ``declared`` (in the unit of the tolerance) promises."""
        spread = self.tolerance.value
        return Range(max(declared.value - spread, Decimal(0)), declared.value + spread, self.tolerance.unit)


@dataclass(frozen=True, slots=True)
class Forbidden(Printed):
    """This additive may not be used in this food (不得使用)."""

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("不得使用")


@dataclass(frozen=True, slots=True)
class Absent(Printed):
    """It may not be found (不得检出), in the stated portion where there is one (``0/25g``)."""

    portion: Unit = NO_UNIT

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("不得检出%(portion)s", portion=self.portion)


@dataclass(frozen=True, slots=True)
class Negative(Printed):
    """A qualitative test must come out negative (阴性)."""

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("阴性")


@dataclass(frozen=True, slots=True)
class Plan(Printed):
    """A sampling plan (采样方案, GB 4789.1): of ``samples`` at most ``over`` exceed ``m``, none exceeds ``ceiling``.

    A two-class plan has no ``ceiling`` (printed M); ``m`` zero in a portion such as ``/25g`` means not found in it.
    """

    samples: int
    over: int
    m: Decimal
    ceiling: Decimal | None = None
    unit: Unit = NO_UNIT

    def __post_init__(self) -> None:
        if self.samples < 1 or self.over >= self.samples:
            raise ValueError(f"{self.over} of {self.samples} samples may exceed m")
        if self.ceiling is not None and self.ceiling <= self.m:
            raise ValueError("M is not above m")

    def __str__(self) -> str:
        text = f"n={self.samples},c={self.over},m={number_text(self.m)}"
        if self.ceiling is not None:
            text += f",M={number_text(self.ceiling)}"
        return text + (str(self.unit) if not self.unit or self.unit.symbol.startswith("/") else f" {self.unit}")


@dataclass(frozen=True, slots=True)
class Requirement(Printed):
    """A requirement in words that a laboratory answers with yes or no (商业无菌, 应符合…规定)."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Unsigned(Printed):
    """A number without a sign: whether it is an upper or a lower limit, the print does not say."""

    at: Quantity

    def __str__(self) -> str:
        return str(self.at)


@dataclass(frozen=True, slots=True)
class NoLimit(Printed):
    """The law sets no limit for this food; the measured value is only reported (不设限量)."""

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("不设限量")


@dataclass(frozen=True, slots=True)
class ByProductStandard(Printed):
    """The figure stands in the standard that the product declares (按产品明示标准), not in the law."""

    def __str__(self) -> str:
        return str(self.said())

    def said(self) -> Sentence:
        """The limit in words."""
        return say("按产品明示标准")


Measure = Ceiling | Floor | Range | ProportionSum
Limit = (
    Measure
    | LabelTolerance
    | Forbidden
    | Absent
    | Negative
    | Plan
    | Requirement
    | Unsigned
    | NoLimit
    | ByProductStandard
)
