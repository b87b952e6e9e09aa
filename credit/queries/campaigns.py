"""Campaigns as the bureau sees them: the list, one campaign with its counts by town, one place, and what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from zuofang.credit.models import Campaign, CampaignPlace, CampaignVisit, SeenAgain, Triage
from zuofang.storage.journal import last_about
from zuofang.traceability.queries.belonging import Belonging

PAGE = 50
"""Places that one page shows."""


class Step(StrEnum):
    """What a place of a campaign waits for; the order is that of the steps."""

    unsorted = "unsorted"
    putting_right = "putting_right"
    look_back = "look_back"
    planned = "planned"
    done = "done"


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list; the counts are of its places."""

    id: int
    name: str
    document: str
    issuer: str
    district_code: str
    category: str | None
    since: date
    triage_by: date
    until: date
    look_back_by: date
    closed_on: date | None
    places: int
    triaged: int
    looked_back: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place in a list: what it waits for and until when."""

    id: int
    workshop_id: int | None
    name: str
    address: str
    town: str
    triage: Triage | None
    step: Step
    due: date | None
    found: SeenAgain | None


@dataclass(frozen=True, slots=True)
class TownLine:
    """The counts of one town; an empty name stands for places whose town nobody noted."""

    town: str
    places: int
    by_triage: dict[Triage, int]
    looked_back: int
    relapsed: int

    @property
    def unsorted(self) -> int:
        """Places that nobody sorted yet."""
        return self.places - sum(self.by_triage.values())


@dataclass(frozen=True, slots=True)
class CampaignAtDesk:
    """One campaign; ``seen`` is the number of the last entry in the journal about it itself."""

    line: CampaignLine
    towns: tuple[TownLine, ...]
    places: tuple[PlaceLine, ...]
    steps: dict[Step, int]
    found: int
    """Places that the chosen town and step leave, of which one page is shown."""
    seen: int

    @property
    def total(self) -> TownLine:
        """The counts of all towns together."""
        by_triage = {kind: sum(one.by_triage[kind] for one in self.towns) for kind in Triage}
        looked_back, relapsed = sum(one.looked_back for one in self.towns), sum(one.relapsed for one in self.towns)
        return TownLine("", self.line.places, by_triage, looked_back, relapsed)

    @property
    def finished(self) -> bool:
        """Whether every place was sorted and looked at again, so that it can be closed."""
        return self.steps.get(Step.done, 0) == self.line.places > 0


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which places of a campaign are asked for: of a town, waiting for a step, and which page."""

    town: str | None = None
    step: Step | None = None
    page: int = 1


def of_campaign(connection: Connection, campaign: int) -> Belonging | None:
    """The county that a campaign is about."""
    district = connection.scalar(select(Campaign.district_code).filter_by(id=campaign))
    return None if district is None else Belonging(district)


def campaign_list(connection: Connection, districts: Collection[str] | None) -> list[CampaignLine]:
    """The campaigns of these divisions (all where none is named): those that run by their last day, then the closed."""
    statement = _lines()
    if districts is not None:
        statement = statement.where(or_(*(Campaign.district_code.startswith(code) for code in districts)))
    ordered = statement.order_by(Campaign.closed_on.is_not(None), Campaign.look_back_by, Campaign.id)
    return [CampaignLine(*row) for row in connection.execute(ordered)]


def campaign_at_desk(session: Session, key: int, on: date, narrowed: Narrowed) -> CampaignAtDesk | None:
    """One campaign with its counts and a page of its places, the most urgent first. A fixed number of statements."""
    row = session.execute(_lines().where(Campaign.id == key)).one_or_none()
    if row is None:
        return None
    line = CampaignLine(*row)
    every = sorted(_places(session, line, on), key=lambda one: (one.due or date.max, one.town, one.id))
    found = [one for one in every if narrowed.town in (None, one.town) and narrowed.step in (None, one.step)]
    first = (narrowed.page - 1) * PAGE
    steps = {step: sum(one.step is step for one in every) for step in Step}
    seen = last_about(session, ("campaign", str(key)))
    return CampaignAtDesk(line, _towns(every), tuple(found[first : first + PAGE]), steps, len(found), seen)


def place_at_desk(session: Session, campaign: int, key: int) -> tuple[CampaignPlace, int, int | None] | None:
    """One place with campaign and visits, the number of the last entry about it, and the next one to be sorted."""
    beside = selectinload(CampaignPlace.visits), selectinload(CampaignPlace.campaign)
    row = session.get(CampaignPlace, key, options=beside)
    if row is None or row.campaign_id != campaign:
        return None
    return row, last_about(session, ("campaign_place", str(key))), next_unsorted(session, campaign, key)


def next_unsorted(session: Session, campaign: int, after: int) -> int | None:
    """The next place of a campaign that nobody sorted yet, by number and then from the beginning again."""
    statement = select(CampaignPlace.id).where(
        CampaignPlace.campaign_id == campaign, CampaignPlace.triage.is_(None), CampaignPlace.id != after
    )
    return session.scalar(statement.order_by(CampaignPlace.id < after, CampaignPlace.id).limit(1))


@dataclass(frozen=True, slots=True)
class CampaignDuty:
    """Something that a campaign owes by a day of its document: how many places wait, or one planned visit."""

    campaign: int
    name: str
    document: str
    district_code: str
    step: Step
    due: date
    count: int
    place: int | None = None
    party: str = ""


def campaign_duties(connection: Connection, until: date) -> Iterator[CampaignDuty]:
    """What the open campaigns owe by a day: sorting, looking back, every planned visit. Three statements."""
    yield from _waiting(connection, Step.unsorted, Campaign.triage_by, until)
    yield from _waiting(connection, Step.look_back, Campaign.look_back_by, until)
    statement = (
        select(*_NAMED, CampaignVisit.planned_on, CampaignPlace.id, CampaignPlace.name)
        .join_from(CampaignVisit, CampaignPlace)
        .join(Campaign)
        .where(CampaignVisit.visited_on.is_(None), Campaign.closed_on.is_(None), CampaignVisit.planned_on <= until)
    )
    for key, name, document, district, on, place, party in connection.execute(statement):
        yield CampaignDuty(key, name, document, district, Step.planned, on, 1, place, party)


_NAMED = Campaign.id, Campaign.name, Campaign.document, Campaign.district_code


def _waiting(
    connection: Connection, step: Step, due: InstrumentedAttribute[date], until: date
) -> Iterator[CampaignDuty]:
    visits = exists().where(CampaignVisit.place_id == CampaignPlace.id)
    sorted_only = CampaignPlace.triage.is_not(None), ~visits
    waits = sorted_only if step is Step.look_back else (CampaignPlace.triage.is_(None),)
    statement = (
        select(*_NAMED, due, func.count())
        .join_from(CampaignPlace, Campaign)
        .where(Campaign.closed_on.is_(None), due <= until, *waits)
        .group_by(*_NAMED, due)
    )
    for key, name, document, district, day, count in connection.execute(statement):
        yield CampaignDuty(key, name, document, district, step, day, count)


def _lines() -> Select[*tuple[Any, ...]]:
    looked = exists().where(CampaignVisit.place_id == CampaignPlace.id, CampaignVisit.found.is_not(None))
    counts = (
        func.count(CampaignPlace.id), func.count(CampaignPlace.triage), func.count(case((looked, CampaignPlace.id)))
    )  # fmt: skip
    columns = (
        Campaign.id, Campaign.name, Campaign.document, Campaign.issuer, Campaign.district_code, Campaign.category,
        Campaign.since, Campaign.triage_by, Campaign.until, Campaign.look_back_by, Campaign.closed_on,
    )  # fmt: skip
    return select(*columns, *counts).outerjoin(CampaignPlace).group_by(Campaign.id)


def _places(session: Session, campaign: CampaignLine, on: date) -> list[PlaceLine]:
    statement = select(CampaignPlace).filter_by(campaign_id=campaign.id).options(selectinload(CampaignPlace.visits))
    return [_line(one, campaign, on) for one in session.scalars(statement)]


def _line(row: CampaignPlace, campaign: CampaignLine, on: date) -> PlaceLine:
    step, due = _step(row, campaign, on)
    found = next((one.found for one in reversed(row.visits) if one.found), None)
    return PlaceLine(row.id, row.workshop_id, row.name, row.address, row.town, row.triage, step, due, found)


def _step(row: CampaignPlace, campaign: CampaignLine, on: date) -> tuple[Step, date | None]:
    """What a place waits for, and until when."""
    if row.triage is None:
        return Step.unsorted, campaign.triage_by
    planned = next((one.planned_on for one in row.visits if one.visited_on is None), None)
    if planned is not None:
        return Step.planned, planned
    if any(one.found for one in row.visits):
        return Step.done, None
    if row.put_right_by is not None and row.put_right_by >= on:
        return Step.putting_right, row.put_right_by
    return Step.look_back, campaign.look_back_by


def _towns(places: list[PlaceLine]) -> tuple[TownLine, ...]:
    relapsed = {SeenAgain.slipped, SeenAgain.resurged}
    by_town: dict[str, list[PlaceLine]] = {}
    for one in places:
        by_town.setdefault(one.town, []).append(one)
    return tuple(
        TownLine(
            town, len(those), {kind: sum(one.triage is kind for one in those) for kind in Triage},
            sum(one.found is not None for one in those), sum(one.found in relapsed for one in those),
        )
        for town, those in sorted(by_town.items(), key=lambda one: (not one[0], one[0]))
    )  # fmt: skip
