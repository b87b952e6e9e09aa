"""Acts of a campaign (专项整治): it is begun, takes places in, each is sorted by an officer and looked at again.

Everything here is inside the bureau alone; what the public reads are the records that a campaign leads to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from zuofang.credit.acts.interviews import makers
from zuofang.credit.models import Campaign, CampaignPlace, CampaignVisit, SeenAgain, Triage
from zuofang.credit.redaction import leaks
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import Workshop
from zuofang.traceability.towns import town_of

FITTING: dict[Triage, frozenset[SeenAgain]] = {
    Triage.upgrade: frozenset({SeenAgain.holds, SeenAgain.slipped}),
    Triage.regulate: frozenset({SeenAgain.holds, SeenAgain.slipped}),
    Triage.phase_out: frozenset({SeenAgain.shut, SeenAgain.resurged}),
}
"""What a visit can find at a place, by how it was sorted."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """How a place is sorted, on which day and why; ``put_right_by`` is owed by all but those that are helped on."""

    triage: Triage
    on: date
    reason: str
    put_right_by: date | None = None
    town: str = ""


def begin(desk: Desk, campaign: Campaign, why: str) -> Campaign:
    """Begin a campaign as its source document says.

    Raises:
        Refused: its steps are not in order, or a campaign under this document is there already.
    """
    steps = [campaign.since, campaign.triage_by, campaign.until, campaign.look_back_by]
    if steps != sorted(steps):
        raise Refused(say("日期的次序不对：开始、摸底、整治、回头看，一步不早于前一步。"))
    if desk.session.scalar(select(Campaign.id).filter_by(document=campaign.document)):
        raise Refused(say("这个文号的专项整治已经登记。"))
    desk.session.add(campaign)
    desk.record("campaign.begin", campaign, why, document=campaign.document, district=campaign.district_code)
    return campaign


def strike_out(desk: Desk, campaign: Campaign, why: str) -> None:
    """Take out a campaign that was begun in error; the journal keeps it.

    Raises:
        Refused: a place of it was sorted.
    """
    if any(one.triage is not None or one.visits for one in campaign.places):
        raise Refused(say("已经有主体分了类，不能删除；可以结束它。"))
    desk.record("campaign.strike_out", campaign, why, document=campaign.document, places=len(campaign.places))
    for place in campaign.places:
        desk.session.delete(place)
    desk.session.flush()
    desk.session.delete(campaign)
    desk.session.flush()


def close(desk: Desk, campaign: Campaign, why: str) -> None:
    """Close a campaign of which every place was sorted and looked at again.

    Raises:
        Refused: it is closed, or something is still to be done.
    """
    _open(campaign)
    left = [one for one in campaign.places if one.triage is None or not any(visit.found for visit in one.visits)]
    if left:
        raise Refused(say("还有 %(count)s 家没有分类或者没有回头看，不能结束。", count=len(left)))
    campaign.closed_on = desk.today
    desk.record("campaign.close", campaign, why, places=len(campaign.places))


def reopen(desk: Desk, campaign: Campaign, why: str) -> None:
    """Take up a closed campaign again."""
    if campaign.closed_on is None:
        raise Refused(say("这次专项整治没有结束。"))
    before, campaign.closed_on = campaign.closed_on, None
    desk.record("campaign.reopen", campaign, why, closed_on=before)


def by_register(desk: Desk, campaign: Campaign, county: str) -> tuple[CampaignPlace, ...]:
    """The operators of the register that a campaign is about and that it has not taken in yet."""
    if campaign.category:
        found: Iterable[Workshop] = makers(desk.session, desk.rules, campaign.category, campaign.district_code)
    else:
        statement = select(Workshop).where(Workshop.district_code.startswith(campaign.district_code))
        found = desk.session.scalars(statement.order_by(Workshop.id))
    there = {one.workshop_id for one in campaign.places}
    return tuple(
        CampaignPlace(workshop_id=one.id, name=one.name, address=one.address, town=town_of(one.address, county))
        for one in found
        if one.id not in there
    )


def take_in(desk: Desk, campaign: Campaign, places: Sequence[CampaignPlace], why: str) -> int:
    """Take places in; answers how many. One that is there already under its name and address is passed over.

    Raises:
        Refused: the campaign is closed, nothing is new, or a text holds personal data.
    """
    _open(campaign)
    there = {(one.name, one.address) for one in campaign.places}
    new = [one for one in places if (one.name, one.address) not in there]
    if not new:
        raise Refused(say("没有新的主体可以列入。"))
    for one in new:
        _refuse_personal_data(one.name, one.town or "")
        campaign.places.append(one)
    desk.session.flush()
    desk.record("campaign.take_in", campaign, why, count=len(new), places=[one.id for one in new])
    return len(new)


def leave_out(desk: Desk, place: CampaignPlace, why: str) -> None:
    """Take out a place that does not belong to the campaign.

    Raises:
        Refused: it was sorted or a visit is planned.
    """
    _open(place.campaign)
    if place.triage is not None or place.visits:
        raise Refused(say("这一家已经分类或者安排了回头看，先撤销再移出。"))
    desk.record(
        "campaign.leave_out", place, why, campaign=place.campaign_id, name=place.name, workshop=place.workshop_id
    )
    place.campaign.places.remove(place)
    desk.session.delete(place)
    desk.session.flush()


def triage(desk: Desk, place: CampaignPlace, told: Sorted, why: str) -> None:
    """Sort a place.

    Raises:
        Refused: it is sorted already, a day does not fit, a last day is missing, or a text holds personal data.
    """
    campaign = place.campaign
    _open(campaign)
    if place.triage is not None:
        raise Refused(say("这一家已经分类；要改先撤销。"))
    if (wrong := misfit(told, campaign.since, desk.today)) is not None:
        raise Refused(wrong)
    _refuse_personal_data(told.reason, told.town)
    place.triage, place.triaged_on, place.triaged_by = told.triage, told.on, desk.who
    place.reason, place.put_right_by, place.town = told.reason, told.put_right_by, told.town or place.town
    desk.record(
        "campaign.triage", place, why, campaign=campaign.id, triage=told.triage, on=told.on,
        put_right_by=told.put_right_by,
    )  # fmt: skip


def misfit(told: Sorted, since: date, today: date) -> Sentence | None:
    """Why the days of a sorting do not fit a campaign that began on a day; nothing where they do."""
    if not since <= told.on <= today:
        return say("分类的日期早于整治开始，或者还没有到。")
    if (told.put_right_by is None) != (told.triage is Triage.upgrade):
        return say("规范和淘汰要写最后期限，提升的不写。")
    if told.put_right_by is not None and told.put_right_by < told.on:
        return say("最后期限早于分类的日期。")
    return None


def undo_triage(desk: Desk, place: CampaignPlace, why: str) -> None:
    """Take back how a place was sorted; the journal keeps it.

    Raises:
        Refused: it is not sorted, or was looked at again since.
    """
    _open(place.campaign)
    if place.triage is None:
        raise Refused(say("这一家还没有分类。"))
    if place.visits:
        raise Refused(say("已经安排了回头看，先撤销回头看。"))
    before, on, reason = place.triage, place.triaged_on, place.reason
    place.triage = place.triaged_on = place.triaged_by = place.reason = place.put_right_by = None
    desk.record("campaign.undo_triage", place, why, campaign=place.campaign_id, triage=before, on=on, reason=reason)


def plan_visit(desk: Desk, place: CampaignPlace, on: date, why: str) -> CampaignVisit:
    """Plan a visit that looks back at a sorted place.

    Raises:
        Refused: it is not sorted, one is planned already, or the day lies before the sorting.
    """
    _open(place.campaign)
    if place.triaged_on is None or on < place.triaged_on:
        raise Refused(say("还没有分类，或者回头看的日期早于分类。"))
    if any(one.visited_on is None for one in place.visits):
        raise Refused(say("已经安排了一次回头看。"))
    visit = CampaignVisit(planned_on=on)
    place.visits.append(visit)
    desk.record("campaign.plan_visit", place, why, campaign=place.campaign_id, on=on)
    return visit


def call_off_visit(desk: Desk, visit: CampaignVisit, why: str) -> None:
    """Call a visit off that was not made."""
    place, on = visit.place, visit.planned_on
    _open(place.campaign)
    if visit.visited_on is not None:
        raise Refused(say("已经回头看过，不能取消。"))
    place.visits.remove(visit)
    desk.session.delete(visit)
    desk.record("campaign.call_off_visit", place, why, campaign=place.campaign_id, on=on)


def visited(desk: Desk, visit: CampaignVisit, on: date, found: SeenAgain, words: str, why: str) -> None:
    """Note what a visit found.

    Raises:
        Refused: it was made already, its day or what it found does not fit, or the words hold personal data.
    """
    place = visit.place
    _open(place.campaign)
    if visit.visited_on is not None:
        raise Refused(say("这次回头看已经记过。"))
    if place.triaged_on is None or not place.triaged_on <= on <= desk.today:
        raise Refused(say("回头看的日期早于分类，或者还没有到。"))
    if place.triage is None or found not in FITTING[place.triage]:
        raise Refused(say("看到的情况与分类不相符：淘汰的看是否恢复，其余的看是否保持。"))
    _refuse_personal_data(words)
    visit.visited_on, visit.found, visit.words = on, found, words
    desk.record("campaign.visit", place, why, campaign=place.campaign_id, on=on, found=found)


def undo_visit(desk: Desk, visit: CampaignVisit, why: str) -> None:
    """Take back what was noted of a visit; it is planned again."""
    place = visit.place
    _open(place.campaign)
    if visit.visited_on is None:
        raise Refused(say("这次回头看还没有记录。"))
    if any(one.id > visit.id for one in place.visits):
        raise Refused(say("后面又安排了一次回头看，先撤销那一次。"))
    before, found = visit.visited_on, visit.found
    visit.visited_on = visit.found = visit.words = None
    desk.record("campaign.undo_visit", place, why, campaign=place.campaign_id, on=before, found=found)


def _open(campaign: Campaign) -> None:
    if campaign.closed_on is not None:
        raise Refused(say("这次专项整治已经结束；要改先重新开启。"))


def _refuse_personal_data(*texts: str) -> None:
    for text in texts:
        if marks := leaks(text):
            raise Refused(say("文字里还有个人信息：%(note)s", note=marks[0].note))
