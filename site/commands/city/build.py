"""Building the example city from nothing: zones, operators, and nine months of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.site.commands.city.agenda import Agenda, Shift, at_desk
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.production import Works
from zuofang.site.commands.city.workshops import Maker, Registry
from zuofang.site.commands.city.zones import found_laboratories, found_zones
from zuofang.storage.acts import Office
from zuofang.traceability.recalls import china_day

NINE_MONTHS = 275
"""Days for which the register has been kept; what is older was entered on its first day."""


@dataclass(frozen=True, slots=True)
class CityReport:
    """What was made."""

    today: date
    zones: int
    workshops: int
    batches: int


def build(office: Office, scale: int = 1, today: date | None = None, days: int = NINE_MONTHS) -> CityReport:
    """Fill an empty register with the example city as it stands on ``today``, by the acts that people use.

    ``scale`` makes that many times as many workshops and batches; at 0 there are only the zones, their workshops and
    what is told of them. ``days`` is how long ago the register was opened.
    """
    today = today or china_day(office.clock())
    opening = ago(today, days)
    zones, makers = _register(office, scale, opening, today)
    agenda = Agenda(today)
    works = Works(agenda, office.rules)
    for maker in makers if scale else ():
        works.plan(maker, later(opening, 1))
    agenda.run(office)
    return CityReport(today, zones, len(makers), works.made)


def _register(office: Office, scale: int, opening: date, today: date) -> tuple[int, list[Maker]]:
    with at_desk(office, opening, Shift.bureau) as desk:
        founded = found_zones(desk, today)
        registry = Registry(today, found_laboratories(desk, today))
        makers = [maker for zone in founded for maker in registry.tenants(desk, zone)]
    for _ in range(scale):
        with at_desk(office, opening, Shift.bureau) as desk:
            makers += registry.scattered(desk)
            registry.small(desk)
    return len(founded), makers
