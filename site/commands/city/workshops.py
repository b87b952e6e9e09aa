"""The operators: workshops inside and outside the zones, stalls and small catering, with papers and products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from zuofang.site.commands.city import names
from zuofang.site.commands.city.chance import chance, share
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.geography import HOME, NEIGHBOURS, Place
from zuofang.site.commands.city.goods import SMOKED, TRADE_WORDS, TRADES, UNFINISHED, Good
from zuofang.site.commands.city.papers import Paper, usual_papers
from zuofang.site.commands.city.zones import FoundedZone, Outside
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import operators, zones
from zuofang.traceability.models import Certificate, Laboratory, OperatorKind, Packing, Product, Workshop, ZoneUnit

WHY = "示例城市：建立一户一档"
OUTSIDE, STALLS, CATERING = 64, 46, 38
"""How many operators of the home districts stand outside the zones, for each unit of scale."""
ABROAD = 8
"""Workshops of each neighbouring county."""
HOME_TRADES = ("braised", "rice", "noodles", "pastry", "baijiu", "rice-wine", "oil", "soy", "soy", "tea")


@dataclass(frozen=True, slots=True)
class Line:
    """One product of one workshop."""

    good: Good
    product: Product


@dataclass(slots=True)
class Maker:
    """A workshop that makes batches: its products, who tests them, and the days on which it may not work."""

    workshop: Workshop
    certificates: list[Certificate]
    lines: list[Line]
    laboratory: Laboratory
    zone: FoundedZone | None
    since: date
    pauses: list[tuple[date, date]] = field(default_factory=list)

    def works_on(self, day: date) -> bool:
        """Whether it may produce on that day."""
        if day < self.since or any(first <= day <= last for first, last in self.pauses):
            return False
        return any(paper.since <= day and (paper.until is None or day <= paper.until) for paper in self.certificates)


@dataclass(slots=True)
class Registry:
    """The counter at which operators are entered; it never gives out a name or a number twice."""

    today: date
    outside: Outside
    workshops: int = 0
    _serial: int = 0
    _names: set[str] = field(default_factory=set)
    _papers: Counter[Place] = field(default_factory=Counter)

    def tenants(self, desk: Desk, founded: FoundedZone) -> list[Maker]:
        """Enter the workshops of a zone and let each into its unit."""
        plan = founded.plan
        moved_in = ago(self.today, max(plan.steps[1][1] - 14, 30))
        return [
            self._tenant(desk, founded, unit, plan.trades[number % len(plan.trades)], moved_in)
            for number, unit in enumerate(founded.units[: plan.tenants])
        ]

    def scattered(self, desk: Desk, outside: int = OUTSIDE, abroad: int = ABROAD) -> list[Maker]:
        """Enter workshops outside the zones, as many as one unit of scale holds; those of the neighbours come last."""
        places = [HOME[n % len(HOME)] for n in range(outside)] + [place for place in NEIGHBOURS for _ in range(abroad)]
        makers = [self.newcomer(desk, place, n % ABROAD) for n, place in enumerate(places)]
        makers[0].lines += _lines(desk, makers[0].workshop, chance("unfinished"), (UNFINISHED,), 1)
        return makers

    def newcomer(self, desk: Desk, place: Place, turn: int = 0, since: date | None = None) -> Maker:
        """Enter one workshop outside the zones; ``turn`` tells apart the papers of the neighbours' workshops."""
        throws = self._throws(place.code)
        trade, town = throws.choice(HOME_TRADES), throws.choice(place.towns)
        workshop = self._workshop(throws, place, town, names.address(throws, place, town), trade)
        papers = [Paper(since)] if since else usual_papers(desk, OperatorKind.workshop, place, self.today, throws, turn)
        certificates = self._enter(desk, workshop, place, papers, trade)
        laboratory = self.outside.shared if place in HOME and share(throws, 3) else self.outside.centre
        lines = _lines(desk, workshop, throws, TRADES[trade], throws.randrange(1, 3))
        return Maker(workshop, certificates, lines, laboratory, None, since or certificates[0].since)

    def small(self, desk: Desk) -> None:
        """Enter one scale's worth of stalls and small catering."""
        for number in range(STALLS):
            self._stall(desk, HOME[number % len(HOME)])
        for number in range(CATERING):
            self._caterer(desk, (*HOME, *NEIGHBOURS)[number % (len(HOME) + len(NEIGHBOURS))], number // 8)

    def _tenant(self, desk: Desk, founded: FoundedZone, unit: ZoneUnit, trade: str, moved_in: date) -> Maker:
        place, throws = founded.plan.place, self._throws(unit.number)
        town = next(town for town in place.towns if town in founded.zone.address)
        workshop = self._workshop(throws, place, town, f"{founded.zone.address} {unit.number}", trade)
        papers = [Paper(ago(moved_in, throws.randrange(20, 200)))]
        certificates = self._enter(desk, workshop, place, papers, trade)
        since = later(moved_in, throws.randrange(10))
        zones.admit(desk, workshop, unit, since, WHY)
        goods = TRADES[trade] + (SMOKED if trade == "braised" and share(throws, 3) else ())
        lines = _lines(desk, workshop, throws, goods, throws.randrange(2, 4))
        return Maker(workshop, certificates, lines, founded.laboratory or self.outside.centre, founded, since)

    def _workshop(self, throws: Random, place: Place, town: str, address: str, trade: str) -> Workshop:
        operator = names.person(throws)
        self.workshops += 1
        name = self._fresh(lambda: names.shop_name(throws, operator, town, TRADE_WORDS[trade]))
        return Workshop(
            kind=OperatorKind.workshop, name=name, operator=operator, province=place.province, address=address,
            district_code=place.code, phone=names.telephone(throws), credit_code=names.credit_code(place, self._serial),
        )  # fmt: skip

    def _stall(self, desk: Desk, place: Place) -> None:
        throws = self._throws("stall")
        operator, food = names.person(throws), throws.choice(names.STALL_FOODS)
        town, where = throws.choice(place.towns), throws.choice(place.stands)
        stall = Workshop(
            kind=OperatorKind.stall, name=self._fresh(lambda: f"{names.short(town)}{operator}{food}摊"),
            operator=operator, province=place.province, district_code=place.code, phone=names.telephone(throws),
            address=names.address(throws, place, town), permitted_place=f"{where} {throws.randrange(1, 60)} 号摊位",
            permitted_hours=throws.choice(names.STALL_HOURS),
        )  # fmt: skip
        issued = ago(self.today, throws.randrange(30, 1400))
        self._enter(desk, stall, place, [Paper(issued)], food)

    def _caterer(self, desk: Desk, place: Place, turn: int) -> None:
        throws = self._throws("catering")
        operator, town = names.person(throws), throws.choice(place.towns)
        caterer = Workshop(
            kind=OperatorKind.small_catering, operator=operator,
            name=self._fresh(lambda: names.eatery(throws, town)),
            credit_code=names.credit_code(place, self._serial), province=place.province, district_code=place.code,
            address=names.address(throws, place, town), phone=names.telephone(throws),
        )  # fmt: skip
        papers = usual_papers(desk, caterer.kind, place, self.today, throws, turn)
        self._enter(desk, caterer, place, papers, "热食类食品制售")

    def _enter(
        self, desk: Desk, workshop: Workshop, place: Place, papers: Sequence[Paper], scope: str
    ) -> list[Certificate]:
        operators.register(desk, workshop, WHY)
        return [self._certificate(desk, workshop, place, paper, scope) for paper in papers]

    def _certificate(self, desk: Desk, workshop: Workshop, place: Place, paper: Paper, scope: str) -> Certificate:
        self._papers[place] += 1
        number = names.certificate_number(workshop.kind, place, self._papers[place])
        return operators.issue_certificate(
            desk, workshop, number, paper.issued_on, WHY, scope=TRADE_WORDS.get(scope, scope), issuer=place.bureau
        )

    def _throws(self, *words: object) -> Random:
        self._serial += 1
        return chance(self._serial, *words)

    def _fresh(self, make: Callable[[], str]) -> str:
        """A name that nobody has; where the words run out, a number parts the namesakes."""
        for _ in range(8):
            name = make()
            if name not in self._names:
                break
        else:
            name = f"{name}（{self._serial} 号）"
        self._names.add(name)
        return name


def _lines(desk: Desk, workshop: Workshop, throws: Random, goods: Sequence[Good], amount: int) -> list[Line]:
    chosen = throws.sample(goods, min(amount, len(goods)))
    return [Line(good, operators.add_product(desk, _product(workshop, good), WHY)) for good in chosen]


def _product(workshop: Workshop, good: Good) -> Product:
    return Product(
        workshop=workshop, name=good.name, specification=_specification(good),
        category=good.category, packing=good.packing, net_content=good.net_content, ingredients=good.ingredients,
        shelf_life_days=good.shelf_life_days, storage=good.storage, standard=good.standard, allergens=good.allergens,
    )  # fmt: skip


def _specification(good: Good) -> str:
    """规格: how strong it is, how much is in a packet, or that it is sold loose."""
    if good.packing is Packing.bulk:
        return "散装"
    strength = f"{good.alcohol}%vol，" if good.alcohol else ""
    return f"{strength}{good.net_content}/{good.amount[1]}" if good.net_content else ""
