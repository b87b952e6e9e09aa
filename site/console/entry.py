"""Entering by hand what no table brings: the record of an inspection and the decision on a penalty, as on paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from sqlalchemy import or_, select
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import records as acts
from zuofang.credit.findings import Handling, Inspection, Sort
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.credit.records import Kind, Penalty, Procedure, Record, Result, Tier
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import Answers, again, form, onward, page
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import counted
from zuofang.site.console.rights import may, reaches
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import Certificate, Workshop
from zuofang.traceability.queries.belonging import of_workshop

pages = Blueprint("entry", __name__)
Member = TypeVar("Member", bound=StrEnum)
BY_HAND = say("手工登记")


@pages.get("/records/new/inspection")
@may(Role.officer)
def new_inspection() -> Response:
    """The record of an inspection (监督检查结果记录表)."""
    return _page("console/new_inspection.html", Answers())


@pages.post("/records/new/inspection")
@may(Role.officer)
def inspection() -> AnyResponse:
    """Enter an inspection; it then waits to be put forward."""
    answers = form()
    draft = _draft(answers, RecordKind.inspection)
    result = _named(answers, "result", Result, say("请选检查结果。"))
    sort = _named(answers, "sort", Sort, say("请选检查类型。"))
    handling = _named(answers, "handling", Handling, None)
    found_on, rectify_by = answers.day("made_on", say("请填日期。")), answers.day("rectify_by")

    def value() -> Record:
        if result is None or sort is None or found_on is None:
            raise Refused(say("请把表单填完整。"))
        return Inspection(found_on=found_on, result=result, sort=sort, handling=handling, rectify_by=rectify_by)

    return _enter(answers, draft, value, "console/new_inspection.html")


@pages.get("/records/new/penalty")
@may(Role.officer)
def new_penalty() -> Response:
    """The decision on a penalty (行政处罚决定书)."""
    return _page("console/new_penalty.html", Answers())


@pages.post("/records/new/penalty")
@may(Role.officer)
def penalty() -> AnyResponse:
    """Enter a decision on a penalty; it then waits to be put forward."""
    answers = form()
    draft = _draft(answers, RecordKind.penalty)
    answers.take("kinds")
    kinds = frozenset(Kind[one] for one in request.form.getlist("kinds") if one in Kind.__members__)
    if not kinds:
        answers.wrong("kinds", say("请选处罚的种类。"))
    tier = _named(answers, "tier", Tier, None)
    procedure = _named(answers, "procedure", Procedure, say("请选适用的程序。"))
    fine, confiscated = answers.amount("fine"), answers.amount("confiscated")
    if (Kind.fine in kinds) != bool(fine):
        answers.wrong("fine", say("有罚款的要写金额，没有罚款的不写。"))
    decided_on = answers.day("made_on", say("请填日期。"))

    def value() -> Record:
        if decided_on is None or procedure is None:
            raise Refused(say("请把表单填完整。"))
        return Penalty(
            decided_on=decided_on, kinds=kinds, fine=fine or None, confiscated=confiscated, tier=tier,
            procedure=procedure,
        )  # fmt: skip

    return _enter(answers, draft, value, "console/new_penalty.html")


def _draft(answers: Answers, kind: RecordKind) -> dict[str, Any]:
    """What every record says, as it was typed."""
    return {
        "kind": kind,
        "whose": answers.text("whose", say("请填登记证编号或统一社会信用代码。"), most=100),
        "document": answers.maybe("document", most=100),
        "authority": answers.text("authority", say("请填机关名称。")),
        "title": answers.text("title", say("请填标题。")),
        "content": answers.text("content", say("请填内容。"), most=20_000),
    }


def _enter(answers: Answers, draft: dict[str, Any], value: Callable[[], Record], template: str) -> AnyResponse:
    def act(desk: Desk) -> CreditRecord:
        made = _value(value)
        workshop = _workshop(desk, draft.pop("whose"))
        row = CreditRecord(workshop_id=workshop.id, party=workshop.name, made_on=made.made_on, **draft)
        return acts.enter(desk, row, made, str(BY_HAND))

    row = attempt(answers, act)
    return _page(template, answers) if row is None else onward(f"/records/{row.id}", "entered")


def _value(value: Callable[[], Record]) -> Record:
    try:
        return value()
    except ValueError:  # the record's own rules: an order to rectify has a last day, and nothing else has
        raise Refused(say("处理方式和结果、期限对不上：全部符合的没有后续处理，书面限期整改的才写期限。")) from None


def _workshop(desk: Desk, number: str) -> Workshop:
    """The operator with this certificate or credit code, if it is in one's own district."""
    by_number = or_(Workshop.credit_code == number, Certificate.number == number)
    found = desk.session.scalars(select(Workshop).outerjoin(Certificate).where(by_number)).first()
    if found is None:
        raise Refused(say("没有登记证编号或统一社会信用代码是 %(number)s 的作坊。", number=number))
    with counter().reading() as connection:
        place = of_workshop(connection, found.id)
    mine = [one for one in counted(guest()) if one.role is Role.officer]
    if place is None or not any(reaches(one, place) for one in mine):
        raise Refused(say("这家作坊不在您负责的范围内。"))
    return found


def _named(answers: Answers, field: str, kind: type[Member], missing: Sentence | None) -> Member | None:
    """A member of an enumeration by its name; none where it was left out and may be."""
    text = answers.text(field, missing, most=40)
    if text and text not in kind.__members__:
        answers.wrong(field, say("请从所列的选项中选。"))
        return None
    return kind[text] if text else None


def _page(template: str, answers: Answers) -> Response:
    choices = {"results": list(Result), "sorts": list(Sort), "handlings": list(Handling), "kinds": list(Kind)}
    more = {"tiers": list(Tier), "procedures": list(Procedure), "on": counter().today}
    chosen = request.form.getlist("kinds")
    if answers.errors:
        return again(template, answers, chosen=chosen, bureau_name=counter().settings.bureau, **choices, **more)
    return page(template, answers=answers, chosen=chosen, bureau_name=counter().settings.bureau, **choices, **more)
