"""Campaigns at the desk (专项整治): what each owes by which day, its places by town, and what is done to all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import campaigns as acts
from zuofang.credit.models import Campaign, CampaignPlace
from zuofang.credit.queries.campaigns import (
    PAGE,
    CampaignAtDesk,
    Narrowed,
    Step,
    campaign_at_desk,
    campaign_list,
    of_campaign,
)
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt, carry_out, locked
from zuofang.site.console.answers import DAY_MISSING, INCOMPLETE, Answers, form, no_such, onward, page, page_with
from zuofang.site.console.bureau.reach import districts, in_reach
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach, my_roles
from zuofang.site.console.records.due import BUREAU
from zuofang.site.console.rights import may
from zuofang.site.locales import local
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.queries.paging import key_in
from zuofang.traceability.towns import town_of

pages = Blueprint("campaigns", __name__)
AT_CAMPAIGN = say("专项整治")


@pages.get("/campaigns")
@may(*BUREAU)
def campaigns() -> Response:
    """The campaigns of one's counties, those that run first."""
    here, span = counter(), my_reach(*BUREAU)
    with here.reading() as connection:
        found = campaign_list(connection, span.within)
        names = district_names(connection, (one.district_code for one in found), here.today)
    return page(
        "console/campaigns/campaigns.html", found=found, names=names, on=here.today, acts=officer_here(),
        categories=here.rules.limits.categories,
    )  # fmt: skip


@pages.get("/campaigns/new")
@may(Role.officer)
def new_campaign() -> Response:
    """What the source document says of a campaign."""
    return _form(Answers())


@pages.post("/campaigns/new")
@may(Role.officer)
def add() -> AnyResponse:
    """Begin a campaign."""
    answers = form()
    district = answers.text("district", most=6)
    in_reach(answers, district)
    category = answers.choice("category", counter().rules.limits.categories) or None
    told = {
        "name": answers.text("name", say("请填名称。")),
        "document": answers.text("document", say("请填方案的文号。"), most=100),
        "issuer": answers.text("issuer", say("请填机关名称。")),
    }
    days = [answers.day(name, DAY_MISSING) for name in ("since", "triage_by", "until", "look_back_by")]

    def act(desk: Desk) -> Campaign:
        since, triage_by, until, look_back_by = days
        if since is None or triage_by is None or until is None or look_back_by is None:
            raise Refused(INCOMPLETE)
        made = Campaign(
            district_code=district, category=category, since=since, triage_by=triage_by, until=until,
            look_back_by=look_back_by, **told,
        )  # fmt: skip
        return acts.begin(desk, made, str(AT_CAMPAIGN))

    made = attempt(answers, act)
    return _form(answers) if made is None else onward(f"/campaigns/{made.id}", "campaign")


@pages.get("/campaigns/<key:campaign>")
@may(*BUREAU, place=of_campaign)
def campaign(campaign: int) -> Response:
    """One campaign: its days, the counts of its towns, and its places, the most urgent first."""
    return campaign_page(campaign, Answers())


@pages.post("/campaigns/<key:campaign>/register")
@may(Role.officer, place=of_campaign)
def by_register(campaign: int) -> AnyResponse:
    """Take in every operator of the register that the campaign is about."""

    def act(desk: Desk, row: Campaign) -> int:
        found = acts.by_register(desk, row, county_of(row.district_code))
        return acts.take_in(desk, row, found, str(AT_CAMPAIGN))

    return _decide(campaign, "taken_in", act)


@pages.post("/campaigns/<key:campaign>/place")
@may(Role.officer, place=of_campaign)
def add_place(campaign: int) -> AnyResponse:
    """Take in a place that is not in the register."""
    answers = form()
    name, address = answers.text("name", say("请填名称。")), answers.text("address", say("请填地址。"))
    town = answers.text("town", most=100)

    def act(desk: Desk, row: Campaign) -> int:
        found = CampaignPlace(name=name, address=address, town=town or town_of(address, county_of(row.district_code)))
        return acts.take_in(desk, row, [found], str(AT_CAMPAIGN))

    return _decide(campaign, "taken_in", act, answers)


@pages.post("/campaigns/<key:campaign>/close")
@may(Role.officer, place=of_campaign)
def close(campaign: int) -> AnyResponse:
    """Close the campaign."""
    return _decide(campaign, "campaign_closed", lambda desk, row: acts.close(desk, row, str(AT_CAMPAIGN)))


@pages.post("/campaigns/<key:campaign>/reopen")
@may(Role.officer, place=of_campaign)
def reopen(campaign: int) -> AnyResponse:
    """Take the closed campaign up again."""
    return _decide(campaign, "campaign_reopened", lambda desk, row: acts.reopen(desk, row, str(AT_CAMPAIGN)))


@pages.post("/campaigns/<key:campaign>/strike-out")
@may(Role.officer, place=of_campaign)
def strike_out(campaign: int) -> AnyResponse:
    """Take out a campaign that was begun in error."""
    return _decide(
        campaign, "campaign_struck", lambda desk, row: acts.strike_out(desk, row, str(AT_CAMPAIGN)), onto="/campaigns"
    )


def officer_here() -> bool:
    """Whether the person may act, and not only look."""
    return Role.officer in my_roles()


def county_of(code: str) -> str:
    """What a county is called today; empty where nobody knows."""
    here = counter()
    with here.reading() as connection:
        return district_names(connection, [code], here.today).get(code, "")


def campaign_page(campaign: int, answers: Answers) -> Response:
    """The page of a campaign, with what was typed and why it was refused."""
    here, narrowed = counter(), _narrowed()
    view = _view(campaign, narrowed)
    category = view.line.category
    return page_with(
        "console/campaigns/campaign.html", answers, view=view, narrowed=narrowed,
        pages=-(-view.found // PAGE) or 1, on=here.today,
        county=county_of(view.line.district_code), acts=officer_here() and view.line.closed_on is None,
        again=officer_here() and view.line.closed_on is not None,
        category=here.rules.limits.category(category).name if category else None, at=partial(_address, campaign),
    )  # fmt: skip


def _view(campaign: int, narrowed: Narrowed) -> CampaignAtDesk:
    here = counter()
    with Session(here.office.database.read) as session:
        view = campaign_at_desk(session, campaign, here.today, narrowed)
    if view is None:
        no_such()
    return view


def _address(campaign: int, step: Step | None = None, town: str | None = None, number: int = 1) -> str:
    """The address of a campaign's places, narrowed."""
    asked = {"step": step, "town": town, "page": None if number == 1 else number}
    told = urlencode({name: one for name, one in asked.items() if one is not None})
    return local(f"/campaigns/{campaign}{'?' if told else ''}{told}#places")


def _narrowed() -> Narrowed:
    asked, step = request.args, request.args.get("step", "")
    return Narrowed(
        asked.get("town", "")[:200] if "town" in asked else None,
        Step(step) if step in set(Step) else None,
        key_in(asked.get("page", "")) or 1,
    )


def _decide(
    campaign: int, done: str, act: Callable[[Desk, Campaign], object], answers: Answers | None = None, *, onto: str = ""
) -> AnyResponse:
    """Do one act to a campaign as the person saw it, and go back to its page, or ``onto`` another."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, Campaign, campaign)),
        onto=onto or f"/campaigns/{campaign}",
        done=done,
        again=partial(campaign_page, campaign),
        seen=("campaign", str(campaign)),
    )


def _form(answers: Answers) -> Response:
    here = counter()
    shown = {
        "districts": districts(), "on": here.today, "bureau_name": here.settings.bureau,
        "categories": [(key, one.name) for key, one in here.rules.limits.categories.items()],
    }  # fmt: skip
    return page_with("console/campaigns/new_campaign.html", answers, **shown)
