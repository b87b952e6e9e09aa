"""What pages read of the plans: stored values alone, never a computation over the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from sqlalchemy import Connection, select

from zuofang.programmes.formulas import FORMULAS
from zuofang.programmes.models import ProgrammeReckoning, ProgrammeValue
from zuofang.programmes.plans import Indicator, Plan, Target
from zuofang.rules.calendar import ONE_DAY

HUNDRED, TENTH = Decimal(100), Decimal("0.1")
COURSE, STEP = 12, 3
"""Points of the chart, and months between them: three years, a quarter at a time."""


@dataclass(frozen=True, slots=True)
class Value:
    """A stored value: a part of a whole, or a number where there is no whole."""

    part: int
    whole: int | None

    @property
    def figure(self) -> Decimal:
        """The share in per cent, to a tenth and never rounded up, or the number."""
        if self.whole is None:
            return Decimal(self.part)
        exact = (HUNDRED * self.part / self.whole).quantize(TENTH, ROUND_DOWN) if self.whole else Decimal(0)
        return HUNDRED if exact == HUNDRED else exact


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target and the value of its day; ``reached`` is empty while the day lies ahead or nothing was recorded."""

    target: Target
    value: Value | None
    ahead: bool

    @property
    def reached(self) -> bool | None:
        """Whether the value of the day reached the target."""
        return None if self.value is None or self.ahead else self.value.figure >= self.target.value


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its newest value, what its targets came to, and its course quarter by quarter."""

    indicator: Indicator
    now: Value | None
    targets: tuple[TargetView, ...]
    course: tuple[tuple[date, Value | None], ...]

    @property
    def is_share(self) -> bool:
        """Whether its figures are per cent."""
        return FORMULAS[self.indicator.formula].is_share

    @property
    def aim(self) -> Decimal | None:
        """The last target, which the newest value is held against."""
        return self.indicator.targets[-1].value if self.indicator.targets else None

    @property
    def reaches(self) -> bool | None:
        """Whether the newest value is up to the last target."""
        return None if self.now is None or self.aim is None else self.now.figure >= self.aim


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its page tells it; ``as_of`` is the last day computed, none before the clock first ran."""

    plan: Plan
    as_of: date | None
    indicators: tuple[IndicatorView, ...]

    @property
    def reaching(self) -> int:
        """How many indicators are up to their last target today."""
        return sum(one.reaches is True for one in self.indicators)

    @property
    def aimed(self) -> int:
        """How many indicators have a target."""
        return sum(one.aim is not None for one in self.indicators)


def plan_list(connection: Connection, plans: Sequence[Plan], on: date) -> tuple[PlanView, ...]:
    """Every plan with its newest values. Two statements."""
    computed = _computed(connection)
    days = {*computed.values()}
    statement = select(*_COLUMNS).where(ProgrammeValue.on.in_(days))
    found = {(slug, key, day): Value(part, whole) for slug, key, day, part, whole in connection.execute(statement)}
    return tuple(_view(plan, computed.get(plan.slug), _of(found, plan.slug), on, ()) for plan in plans)


def plan_page(connection: Connection, plan: Plan, on: date) -> PlanView:
    """One plan with its course. Two statements."""
    as_of = _computed(connection).get(plan.slug)
    points = tuple(quarter_ends(as_of)) if as_of else ()
    targets = {target.by for one in plan.measured for target in one.targets}
    statement = select(*_COLUMNS).where(
        ProgrammeValue.programme == plan.slug, ProgrammeValue.on.in_({*points, *targets})
    )
    found = {(slug, key, day): Value(part, whole) for slug, key, day, part, whole in connection.execute(statement)}
    return _view(plan, as_of, _of(found, plan.slug), on, points)


def every_value(connection: Connection, plan: Plan) -> Iterator[tuple[str, date, Value]]:
    """All values of a plan, by indicator and day. One statement."""
    statement = select(*_COLUMNS).where(ProgrammeValue.programme == plan.slug)
    for _, key, day, part, whole in connection.execute(statement.order_by(ProgrammeValue.indicator, ProgrammeValue.on)):
        yield key, day, Value(part, whole)


def quarter_ends(last: date) -> list[date]:
    """The days of the chart: the last days of the quarters of a year before ``last``, and ``last`` itself."""
    found, day = [last], last
    while len(found) < COURSE:
        day = day.replace(day=1) - ONE_DAY
        if day.month % STEP == 0:
            found.append(day)
    return found[::-1]


_COLUMNS = (
    ProgrammeValue.programme,
    ProgrammeValue.indicator,
    ProgrammeValue.on,
    ProgrammeValue.part,
    ProgrammeValue.whole,
)


def _computed(connection: Connection) -> dict[str, date]:
    rows = connection.execute(select(ProgrammeReckoning.programme, ProgrammeReckoning.on))
    return {slug: on for slug, on in rows}  # noqa: C416 - a row is not quite a pair


def _of(found: Mapping[tuple[str, str, date], Value], slug: str) -> dict[tuple[str, date], Value]:
    return {(key, day): value for (of, key, day), value in found.items() if of == slug}


def _view(
    plan: Plan, as_of: date | None, values: Mapping[tuple[str, date], Value], on: date, points: Iterable[date]
) -> PlanView:  # fmt: skip
    course = tuple(points)
    return PlanView(
        plan,
        as_of,
        tuple(
            IndicatorView(
                one,
                values.get((one.key, as_of)) if as_of else None,
                tuple(TargetView(goal, values.get((one.key, goal.by)), goal.by >= on) for goal in one.targets),
                tuple((day, values.get((one.key, day))) for day in course),
            )
            for one in plan.measured
        ),
    )
