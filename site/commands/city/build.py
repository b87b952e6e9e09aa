"""Building the example city from nothing: zones, operators, and nine months of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from zuofang.site.commands.city.agenda import Agenda, Shift, at_desk
from zuofang.site.commands.city.boards import plan_boards
from zuofang.site.commands.city.campaigns import plan_campaigns
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.findings import plan_findings
from zuofang.site.commands.city.geography import HOME, Place, name_districts
from zuofang.site.commands.city.honours import plan_honours
from zuofang.site.commands.city.incidents import Cast, tell
from zuofang.site.commands.city.measures import plan_measures
from zuofang.site.commands.city.orders import ORDERS, REVOCATIONS, plan_orders, plan_revocations
from zuofang.site.commands.city.production import Works
from zuofang.site.commands.city.samples import plan_samples
from zuofang.site.commands.city.stories import Story
from zuofang.site.commands.city.supervision import plan_supervision
from zuofang.site.commands.city.support import plan_support
from zuofang.site.commands.city.wall import plan_wall
from zuofang.site.commands.city.workshops import OUTSIDE, Maker, Registry
from zuofang.site.commands.city.zones import FoundedZone, found_laboratories, found_zones
from zuofang.storage import journal
from zuofang.storage.acts import Desk, Office, note_head
from zuofang.storage.backups import Progress, silent
from zuofang.storage.database import loading
from zuofang.traceability.recalls import china_day
from zuofang.traceability.verdict import Verdict

HOME_CODES = {place.code for place in HOME}
NEWCOMERS = (120, 64, 33, 9, 2)
"""Days ago on which a workshop was registered that is not yet old, one in each home district."""
NINE_MONTHS = 275
"""Days for which the register has been kept; what is older was entered on its first day."""


@dataclass(frozen=True, slots=True)
class Example:
    """A label by batch and serial (0 where the batch has one code for all)."""

    batch_id: int
    serial: int


@dataclass(frozen=True, slots=True)
class CityReport:
    """What was made, and one label for every verdict that a scan of it shows today."""

    today: date
    zones: int
    workshops: int
    batches: int
    examples: dict[Verdict, Example]


def build(
    office: Office, scale: int = 1, today: date | None = None, days: int = NINE_MONTHS, tell: Progress = silent
) -> CityReport:
    """Fill an empty register with the example city as it stands on ``today``, by the acts that people use.

    ``scale`` makes that many times as many workshops and batches; at 0 only what is told of single batches is made.
    The register was opened ``days`` ago; the oldest story needs 60. ``tell`` hears of every day that passes.
    """
    today = today or china_day(office.clock())
    opening = ago(today, days)
    city = _register(office, scale, opening, today)
    agenda = Agenda(later(opening, 1), today)
    works = Works(agenda, office.rules)
    stories = _plan_what_is_told(agenda, works, city)
    if scale:
        _plan_ordinary_work(agenda, works, city)
    agenda.run(office, tell)
    examples = {verdict: Example(story.batch.id, story.serial) for verdict, story in stories.items()}
    return CityReport(today, len(city.zones), city.registry.workshops, works.made, examples)


@dataclass(frozen=True, slots=True)
class _City:
    """What the register held on its first day; orders are told of some of the scattered workshops."""

    registry: Registry
    zones: list[FoundedZone]
    tenants: list[Maker]
    scattered: list[Maker]


@contextmanager
def _one_breath(office: Office) -> Iterator[Office]:
    """An office that notes the head of the journal and waits for the disk once, when the whole city stands."""
    with loading(office.database):
        yield replace(office, heads=None)
    with Session(office.database.read) as session:
        head = journal.read_head(session)
    if head is not None and office.heads is not None:
        note_head(office.heads, head, office.clock())


def _register(office: Office, scale: int, opening: date, today: date) -> _City:
    with at_desk(office, opening, Shift.bureau) as desk:
        name_districts(desk)
        founded = found_zones(desk, today)
        registry = Registry(today, found_laboratories(desk, today))
        tenants = [maker for zone in founded for maker in registry.tenants(desk, zone)]
        scattered = [] if scale else registry.scattered(desk, len(ORDERS) + len(REVOCATIONS), 0)
    for unit in range(scale):
        with at_desk(office, opening, Shift.bureau) as desk:
            # The zones do not grow; what they would have held stands outside them.
            scattered += registry.scattered(desk, OUTSIDE + (len(tenants) if unit else 0))
            registry.small(desk)
    return _City(registry, founded, tenants, scattered)


def _plan_what_is_told(agenda: Agenda, works: Works, city: _City) -> dict[Verdict, Story]:
    at_home = [maker for maker in city.scattered if maker.workshop.district_code in HOME_CODES]
    ordered, revoked = at_home[: len(ORDERS)], at_home[len(ORDERS) : len(ORDERS) + len(REVOCATIONS)]
    plan_orders(agenda, ordered)
    plan_revocations(agenda, revoked)
    plan_honours(agenda, city.zones, city.tenants)
    plan_wall(agenda, city.zones, city.tenants)
    plan_support(agenda, city.zones)
    plan_findings(agenda, (*ordered, *revoked, *reversed(city.tenants)))
    plan_measures(agenda, city.tenants, revoked)
    plan_campaigns(agenda)
    plan_samples(agenda, city.tenants[4:])
    plan_boards(agenda, (*city.tenants, *city.scattered))
    return tell(Cast(works, list(city.tenants)), ordered, revoked)


def _plan_ordinary_work(agenda: Agenda, works: Works, city: _City) -> None:
    for maker in (*city.tenants, *city.scattered):
        works.plan(maker, agenda.opening)
    plan_supervision(agenda, (*city.tenants, *city.scattered))
    for days_ago, place in zip(NEWCOMERS, HOME, strict=True):
        on = ago(agenda.today, days_ago)
        agenda.add(on, Shift.bureau, partial(_welcome, works, city.registry, place, on))


def _welcome(works: Works, registry: Registry, place: Place, on: date, desk: Desk) -> None:
    works.plan(registry.newcomer(desk, place, since=on), later(max(on, works.agenda.opening), 1))
