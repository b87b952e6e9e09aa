"""What is due in the campaigns of an officer's counties: places to sort and visits to make, by their documents."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from zuofang.credit.queries.campaigns import CampaignDuty, Step, campaign_duties
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.counter import Counter
from zuofang.site.console.records.due import AHEAD
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held

CAMPAIGN = say("专项整治")


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What the open campaigns owe within a month, the overdue included."""
    span, today = reach(held, Role.officer), here.today
    for one in campaign_duties(connection, here.rules.calendar.days_after(today, AHEAD)):
        if span.covers(one.district_code):
            why = say("%(campaign)s（%(document)s）", campaign=one.name, document=one.document)
            yield work(_title(one), _path(one), one.due, CAMPAIGN, why, today)


def _title(one: CampaignDuty) -> Sentence:
    if one.step is Step.planned:
        return say("%(party)s：去回头看", party=one.party)
    if one.step is Step.unsorted:
        return say("%(count)s 家还没有分类", count=one.count)
    return say("%(count)s 家还没有安排回头看", count=one.count)


def _path(one: CampaignDuty) -> str:
    if one.place is not None:
        return f"/campaigns/{one.campaign}/places/{one.place}"
    return f"/campaigns/{one.campaign}?step={one.step}"
