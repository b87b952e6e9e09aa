"""One place of a campaign at the desk: sorted (提升、规范、淘汰) and looked at again; all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import campaigns as acts
from zuofang.credit.models import CampaignPlace, CampaignVisit, SeenAgain, Triage
from zuofang.credit.queries.campaigns import next_unsorted, of_campaign, place_at_desk
from zuofang.reporting.cases.at_desk import persons
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out
from zuofang.site.console.answers import DAY_MISSING, INCOMPLETE, REASON_MISSING, Answers, form, no_such, page_with
from zuofang.site.console.campaigns.desk import AT_CAMPAIGN, officer_here
from zuofang.site.console.counter import counter
from zuofang.site.console.records.due import BUREAU
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused

pages = Blueprint("campaign_places", __name__)


@pages.get("/campaigns/<key:campaign>/places/<key:place>")
@may(*BUREAU, place=of_campaign)
def place(campaign: int, place: int) -> Response:
    """One place: how it was sorted and why, and its visits."""
    return _page(campaign, place, Answers())


@pages.post("/campaigns/<key:campaign>/places/<key:place>/triage")
@may(Role.officer, place=of_campaign)
def triage(campaign: int, place: int) -> AnyResponse:
    """Sort the place; goes on to the next one that nobody sorted yet."""
    answers = form()
    kind = answers.member("triage", Triage, say("请选提升、规范还是淘汰。"))
    on, put_right_by = answers.day("triaged_on", DAY_MISSING), answers.day("put_right_by")
    reason = answers.text("reason", REASON_MISSING, most=500)
    town = answers.text("town", most=100)

    def act(desk: Desk, row: CampaignPlace) -> None:
        if kind is None or on is None:
            raise Refused(INCOMPLETE)
        acts.triage(desk, row, acts.Sorted(kind, on, reason, put_right_by, town), str(AT_CAMPAIGN))

    with Session(counter().office.database.read) as session:
        following = next_unsorted(session, campaign, place)
    onto = f"/campaigns/{campaign}" if following is None else _path(campaign, following)
    return _decide(campaign, place, "triaged", act, answers, onto=onto)


@pages.post("/campaigns/<key:campaign>/places/<key:place>/undo-triage")
@may(Role.officer, place=of_campaign)
def undo_triage(campaign: int, place: int) -> AnyResponse:
    """Take back how the place was sorted."""
    return _decide(campaign, place, "untriaged", lambda desk, row: acts.undo_triage(desk, row, str(AT_CAMPAIGN)))


@pages.post("/campaigns/<key:campaign>/places/<key:place>/leave-out")
@may(Role.officer, place=of_campaign)
def leave_out(campaign: int, place: int) -> AnyResponse:
    """Take the place out of the campaign."""

    def act(desk: Desk, row: CampaignPlace) -> None:
        acts.leave_out(desk, row, str(AT_CAMPAIGN))

    return _decide(campaign, place, "left_out", act, onto=f"/campaigns/{campaign}")


@pages.post("/campaigns/<key:campaign>/places/<key:place>/visits")
@may(Role.officer, place=of_campaign)
def plan(campaign: int, place: int) -> AnyResponse:
    """Plan a visit that looks back."""
    answers = form()
    on = answers.day("planned_on", say("请填哪一天去。"))

    def act(desk: Desk, row: CampaignPlace) -> None:
        acts.plan_visit(desk, row, on or desk.today, str(AT_CAMPAIGN))

    return _decide(campaign, place, "visit", act, answers)


@pages.post("/campaigns/<key:campaign>/places/<key:place>/visits/<key:visit>/call-off")
@may(Role.officer, place=of_campaign)
def call_off(campaign: int, place: int, visit: int) -> AnyResponse:
    """Call a planned visit off."""
    act = _to_visit(visit, lambda desk, one: acts.call_off_visit(desk, one, str(AT_CAMPAIGN)))
    return _decide(campaign, place, "visit_off", act)


@pages.post("/campaigns/<key:campaign>/places/<key:place>/visits/<key:visit>/note")
@may(Role.officer, place=of_campaign)
def note(campaign: int, place: int, visit: int) -> AnyResponse:
    """Note what a visit found."""
    answers = form()
    found = answers.member("found", SeenAgain, say("请选看到了什么。"))
    on = answers.day("visited_on", say("请填哪一天去的。"))
    words = answers.text("seen_words", say("请写看到了什么。"), most=1000)

    def act(desk: Desk, one: CampaignVisit) -> None:
        if found is None or on is None:
            raise Refused(INCOMPLETE)
        acts.visited(desk, one, on, found, words, str(AT_CAMPAIGN))

    return _decide(campaign, place, "visit_noted", _to_visit(visit, act), answers)


@pages.post("/campaigns/<key:campaign>/places/<key:place>/visits/<key:visit>/undo")
@may(Role.officer, place=of_campaign)
def undo_visit(campaign: int, place: int, visit: int) -> AnyResponse:
    """Take back what was noted of a visit; it is planned again."""
    act = _to_visit(visit, lambda desk, one: acts.undo_visit(desk, one, str(AT_CAMPAIGN)))
    return _decide(campaign, place, "visit_undone", act)


def _to_visit(visit: int, act: Callable[[Desk, CampaignVisit], object]) -> Callable[[Desk, CampaignPlace], None]:
    def do(desk: Desk, row: CampaignPlace) -> None:
        found = next((one for one in row.visits if one.id == visit), None)
        if found is None:
            raise Refused(say("这一家没有这次回头看。"))
        act(desk, found)

    return do


def _decide(
    campaign: int,
    place: int,
    done: str,
    act: Callable[[Desk, CampaignPlace], object],
    answers: Answers | None = None,
    *,
    onto: str = "",
) -> AnyResponse:
    """Do one act to a place of this campaign as the person saw it, and go back to its page, or ``onto`` another."""

    def do(desk: Desk) -> None:
        row = desk.session.get(CampaignPlace, place, with_for_update=True)
        if row is None or row.campaign_id != campaign:
            raise Refused(say("这次专项整治没有这一家。"))
        act(desk, row)

    return carry_out(
        answers or form(),
        do,
        onto=onto or _path(campaign, place),
        done=done,
        again=partial(_page, campaign, place),
        seen=("campaign_place", str(place)),
    )


def _path(campaign: int, place: int) -> str:
    return f"/campaigns/{campaign}/places/{place}"


def _page(campaign: int, place: int, answers: Answers) -> Response:
    here = counter()
    with Session(here.office.database.read) as session:
        found = place_at_desk(session, campaign, place)
        if found is None:
            no_such()
        row, seen, following = found
        fits = [one for one in SeenAgain if row.triage and one in acts.FITTING[row.triage]]
        return page_with(
            "console/campaigns/campaign_place.html", answers, row=row, seen=seen, following=following, on=here.today,
            fits=fits, acts=officer_here() and row.campaign.closed_on is None, kinds=list(Triage),
            path=_path(campaign, place), officer=officer_here(), names=persons(session, [row.triaged_by or ""]),
        )  # fmt: skip
