"""What indicators are computed from: plain values out of the register and the credit files, days as numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from zuofang.credit.models import HonourKind
from zuofang.programmes.spans import Span, merged
from zuofang.traceability.models import OperatorKind


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of the three small kinds; ``categories`` are those of its products with all they lie within."""

    kind: OperatorKind
    district: str
    known_since: int
    licensed: tuple[Span, ...] = ()
    categories: frozenset[str] = frozenset()
    in_zone: tuple[Span, ...] = ()

    @property
    def first_licensed(self) -> int | None:
        """The first day of its first certificate."""
        return self.licensed[0][0] if self.licensed else None


@dataclass(frozen=True, slots=True)
class Found:
    """An inspection or a sample of an operator, and whether it was in order; ``None`` where that is not decided."""

    operator: int
    on: int
    good: bool | None


@dataclass(frozen=True, slots=True)
class Honoured:
    """An honour of an operator with the days on which it is in force."""

    kind: HonourKind
    operator: int
    days: Span


@dataclass(frozen=True, slots=True)
class AcceptedZone:
    """A zone with the day of its acceptance (验收), if it was accepted, and the days on which standards were met."""

    district: str
    accepted: int | None
    met: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchDay:
    """The batches that the zones made on a day, and how many of them have a test sheet."""

    on: int
    made: int
    tested: int


@dataclass(frozen=True)
class Records:
    """All of it. ``followed`` are the days on which something was done about an operator after a finding."""

    operators: Mapping[int, Operator] = field(default_factory=dict)
    inspections: Sequence[Found] = ()
    samples: Sequence[Found] = ()
    followed: Mapping[int, Sequence[int]] = field(default_factory=dict)
    honours: Sequence[Honoured] = ()
    zones: Sequence[AcceptedZone] = ()
    standards: int = 0
    batches: Sequence[BatchDay] = ()

    @cached_property
    def inspected(self) -> dict[int, list[int]]:
        """The days on which each operator was inspected, in order."""
        return _by_operator(self.inspections)

    @cached_property
    def sampled(self) -> dict[int, list[int]]:
        """The days on which each operator was sampled, in order."""
        return _by_operator(self.samples)

    def wanted(self, kinds: Sequence[str] = (), categories: Sequence[str] = ()) -> Iterator[tuple[int, Operator]]:
        """The operators of some kinds that make something of some categories; nothing named asks for all."""
        for key, one in self.operators.items():
            if (not kinds or one.kind in kinds) and (not categories or one.categories.intersection(categories)):
                yield key, one

    def honoured(self, kind: HonourKind) -> dict[int, list[Span]]:
        """The days on which each operator holds an honour of a kind."""
        found: dict[int, list[Span]] = defaultdict(list)
        for one in self.honours:
            if one.kind is kind:
                found[one.operator].append(one.days)
        return {key: merged(days) for key, days in found.items()}

    @property
    def counties(self) -> set[str]:
        """Every county in which somebody is registered."""
        return {one.district for one in self.operators.values()}


def _by_operator(found: Sequence[Found]) -> dict[int, list[int]]:
    days: dict[int, list[int]] = defaultdict(list)
    for one in found:
        days[one.operator].append(one.on)
    return {key: sorted(those) for key, those in days.items()}
