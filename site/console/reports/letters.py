"""Letters of which nobody has opened a case: read, then made one case or two."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from werkzeug.wrappers import Response as AnyResponse

from zuofang.reporting.cases.acts import handling, opening
from zuofang.reporting.cases.acts.reading import read_report
from zuofang.reporting.cases.belonging import of_letter
from zuofang.reporting.cases.matter import matter_of_letter
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.law.clocks import open_duties
from zuofang.reporting.models import Report, ReportKind
from zuofang.reporting.models import Role as Seal
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK, attempt
from zuofang.site.console.answers import Answers, form, no_such, onward, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.reports.opened import opened
from zuofang.site.console.reports.unlocked import unlock, unlocked
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import workshop_called
from zuofang.traceability.models import Certificate, District, Workshop

pages = Blueprint("report_letters", __name__)


@pages.get("/reports/letters/<key:letter>")
@may(Role.case_officer, place=of_letter)
def letter(letter: int) -> AnyResponse:
    """A letter that waits: sealed, or read and ready to become a case."""
    return letter_page(letter, Answers())


@pages.post("/reports/letters/<key:letter>/open")
@may(Role.case_officer, place=of_letter)
def open_letter(letter: int) -> AnyResponse:
    """Open a letter with one's own key; the journal notes who read it."""
    answers = form()
    if read(letter, answers):
        return onward(f"/reports/letters/{letter}")
    return letter_page(letter, answers)


@pages.post("/reports/letters/<key:letter>/split")
@may(Role.case_officer, place=of_letter)
def split(letter: int) -> AnyResponse:
    """Open the case of a letter, or two where it is both a complaint and a report."""
    answers = form()
    kinds = [ReportKind(one) for one in answers.several("kinds") if one in set(ReportKind)]
    if not kinds:
        answers.wrong("kinds", say("请选是投诉、举报，还是两样都是。"))
    whose, place = answers.text("whose", most=100), answers.text("place", most=6)
    ticks = {name: answers.ticked(name) for name in ("food", "unlicensed", "small", "mine")}

    def act(desk: Desk) -> ReportCase:
        shop = workshop_called(desk, whose) if whose else None
        where = shop.district_code if shop else _district(desk, place)
        about = opening.About(
            place=where, workshop_id=shop.id if shop else None, food=ticks["food"], unlicensed=ticks["unlicensed"],
            small=ticks["small"],
        )  # fmt: skip
        report = desk.session.get_one(Report, letter, with_for_update=True)
        made = opening.split(desk, report, about, str(AT_DESK), kinds)
        for one in made if ticks["mine"] else ():
            handling.assign(desk, one, desk.who, desk.today, str(AT_DESK))
        return made[0]

    first = attempt(answers, act)
    return letter_page(letter, answers) if first is None else onward(f"/reports/{first.id}", "opened")


@pages.post("/reports/keys/put-away")
@may(Role.case_officer, Role.custodian, Role.finance)
def put_away() -> AnyResponse:
    """Put one's key away before it is forgotten by itself; everything that was open is shut."""
    answers = form()
    if answers.fine:
        unlocked().put_away()
    return onward("/", "put_away")


def read(letter: int, answers: Answers) -> bool:
    """Open a letter for the session that is asking; why it stayed shut is noted in the form."""
    keys = unlock(answers, Seal.case)
    if keys is None:
        return False

    def act(desk: Desk) -> None:
        read_report(desk, desk.session.get_one(Report, letter), keys, str(AT_DESK))

    attempt(answers, act)
    if not answers.errors:
        unlocked().note_read(letter)
    return not answers.errors


def letter_page(letter: int, answers: Answers) -> AnyResponse:
    """The page of a letter; one that became a case is read there."""
    here = counter()
    with Session(here.office.database.read) as session:
        found = session.get(Report, letter, options=[selectinload(Report.letters)])
        if found is None or found.erased_on is not None:
            no_such()
        first = session.scalars(select(ReportCase.id).filter_by(report_id=letter).order_by(ReportCase.id)).first()
        if first is not None and not answers.errors:
            return onward(f"/reports/{first}")
        inside = opened(session, found)
        shown = answers if answers.errors or inside is None else _suggested(session, str(inside.statement.get("who")))
        places = session.execute(select(District.code, District.name).where(District.until.is_(None))).all()
    due = open_duties(matter_of_letter(found), here.today, here.rules)
    return page_with(
        "console/reports/letter.html", shown, report=found, inside=inside, due=due, places=places,
        kinds=answers.several("kinds") or [found.kind.value], ask_key=unlocked().take(Seal.case) is None,
    )  # fmt: skip


def _suggested(session: Session, who: str) -> Answers:
    """What is put into the form beforehand: the certificate of the workshop that the letter calls by its name."""
    named = select(Certificate.number, Workshop.credit_code).join_from(Workshop, Certificate, isouter=True)
    found = session.execute(named.where(Workshop.name == who).limit(2)).all()
    known = {"food": "yes", "small": "yes", "mine": "yes"}
    if len(found) == 1:
        known["whose"] = found[0].number or found[0].credit_code or ""
    return Answers(known)


def _district(desk: Desk, place: str) -> str:
    if desk.session.scalars(select(District.id).where(District.code == place)).first() is None:
        raise Refused(say("请选行为发生在哪个县区，或者填是哪家作坊。"))
    return place
