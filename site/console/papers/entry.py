"""Entering by hand what no table brings: the record of an inspection and the decision on a penalty, as on paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import links
from zuofang.credit.acts import records as acts
from zuofang.credit.acts.links import fitting
from zuofang.credit.findings import Handling, Inspection, Sort
from zuofang.credit.models import CreditRecord, RecordKind
from zuofang.credit.queries.around import Before, before
from zuofang.credit.queries.belonging import of_record
from zuofang.credit.records import Kind, Outcome, Penalty, Procedure, Record, Result, Tier
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import DAY_MISSING, INCOMPLETE, Answers, form, onward, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import mine
from zuofang.site.console.rights import may, reaches
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import lookups
from zuofang.traceability.models import Workshop
from zuofang.traceability.queries.belonging import of_workshop
from zuofang.traceability.queries.paging import key_in

pages = Blueprint("entry", __name__)
BY_HAND = say("手工登记")
AFTER = "after"
"""The field that carries the number of the record from whose page a form was opened."""
MISFIT = say("处理方式和结果、期限对不上：全部符合的没有后续处理，书面限期整改的才写期限。")
CHOICES: dict[str, type[StrEnum]] = {
    "results": Result, "sorts": Sort, "handlings": Handling, "kinds": Kind, "tiers": Tier, "procedures": Procedure,
    "outcomes": Outcome,
}  # fmt: skip


@pages.get("/records/new/inspection")
@may(Role.officer)
def new_inspection() -> Response:
    """The record of an inspection (监督检查结果记录表)."""
    return form_page("console/papers/new_inspection.html", Answers())


@pages.post("/records/new/inspection")
@may(Role.officer)
def inspection() -> AnyResponse:
    """Enter an inspection; it then waits to be put forward."""
    answers = form()
    draft = draft_of(answers, RecordKind.inspection)
    result = answers.named("result", Result, say("请选检查结果。"))
    sort = answers.named("sort", Sort, say("请选检查类型。"))
    handling = answers.named("handling", Handling)
    found_on, rectify_by = answers.day("made_on", DAY_MISSING), answers.day("rectify_by")

    def value() -> Record:
        if result is None or sort is None or found_on is None:
            raise Refused(INCOMPLETE)
        return Inspection(found_on=found_on, result=result, sort=sort, handling=handling, rectify_by=rectify_by)

    return enter(answers, draft, value, "console/papers/new_inspection.html")


@pages.get("/records/new/penalty")
@may(Role.officer)
def new_penalty() -> Response:
    """The decision on a penalty (行政处罚决定书)."""
    return form_page("console/papers/new_penalty.html", Answers())


@pages.post("/records/new/penalty")
@may(Role.officer)
def penalty() -> AnyResponse:
    """Enter a decision on a penalty; it then waits to be put forward."""
    answers = form()
    draft = draft_of(answers, RecordKind.penalty)
    kinds = frozenset(Kind[one] for one in answers.several("kinds") if one in Kind.__members__)
    if not kinds:
        answers.wrong("kinds", say("请选处罚的种类。"))
    tier = answers.named("tier", Tier)
    procedure = answers.named("procedure", Procedure, say("请选适用的程序。"))
    fine, confiscated = answers.amount("fine"), answers.amount("confiscated")
    if (Kind.fine in kinds) != bool(fine):
        answers.wrong("fine", say("有罚款的要写金额，没有罚款的不写。"))
    decided_on = answers.day("made_on", DAY_MISSING)

    def value() -> Record:
        if decided_on is None or procedure is None:
            raise Refused(INCOMPLETE)
        return Penalty(
            decided_on=decided_on, kinds=kinds, fine=fine or None, confiscated=confiscated, tier=tier,
            procedure=procedure,
        )  # fmt: skip

    return enter(answers, draft, value, "console/papers/new_penalty.html")


NO_TITLE, NO_CONTENT = say("请填标题。"), say("请填内容。")
TITLE_MISSING = {RecordKind.penalty: say("请填违法行为。"), RecordKind.sample: say("请填食品名称。")}
CONTENT_MISSING = {
    RecordKind.inspection: say("请写发现的问题；没有发现的，写“没有发现问题”。"),
    RecordKind.penalty: say("请写违法事实和处罚内容。"),
    RecordKind.interview: say("请写约谈的情况。"),
    RecordKind.rectification: say("请写整改的情由。"),
}
"""What is asked for where nothing was typed, in the words of the form of each kind."""


def draft_of(answers: Answers, kind: RecordKind) -> dict[str, Any]:
    """What every record says, as it was typed."""
    return {
        "kind": kind,
        "whose": answers.text("whose", say("请填登记证编号或统一社会信用代码。"), most=100),
        "document": answers.maybe("document", most=100),
        "authority": answers.text("authority", say("请填机关名称。")),
        "title": answers.text("title", TITLE_MISSING.get(kind, NO_TITLE)),
        "content": answers.text("content", CONTENT_MISSING.get(kind, NO_CONTENT), most=20_000),
    }


def enter(
    answers: Answers, draft: dict[str, Any], value: Callable[[], Record], template: str, misfit: Sentence = MISFIT
) -> AnyResponse:
    """Enter a record for an operator of the register; ``misfit`` is said where its parts do not go together.

    A form that was opened from another record carries its number; the new record is then tied to it.
    """
    after = answers.key(AFTER)

    def act(desk: Desk) -> CreditRecord:
        made = value_or_refusal(value, misfit)
        workshop = workshop_called(desk, draft.pop("whose"))
        row = CreditRecord(workshop_id=workshop.id, party=workshop.name, made_on=made.made_on, **draft)
        return tied(desk, acts.enter(desk, row, made, str(BY_HAND)), after)

    row = attempt(answers, act)
    return form_page(template, answers) if row is None else onward(f"/records/{row.id}", "entered")


def tied(desk: Desk, row: CreditRecord, after: int | None) -> CreditRecord:
    """The new record, tied to the one from whose page its form was opened."""
    if after is None:
        return row
    desk.session.flush()
    earlier = desk.session.get(CreditRecord, after)
    kind = None if earlier is None else fitting(earlier.kind, row.kind)
    if earlier is None or kind is None:
        raise Refused(say("这两种记录不能这样关联。"))
    links.link(desk, earlier, row, kind, str(BY_HAND))
    return row


def value_or_refusal(value: Callable[[], Record], misfit: Sentence) -> Record:
    """The value of a record, or the sentence that says why its parts do not go together."""
    try:
        return value()
    except ValueError:
        raise Refused(misfit) from None


def workshop_called(desk: Desk, number: str) -> Workshop:
    """The operator with this certificate or credit code, if it is in one's own district."""
    found = lookups.workshop_called(desk, number)
    with counter().reading() as connection:
        place = of_workshop(connection, found.id)
    if place is None or not any(reaches(one, place) for one in _mine()):
        raise Refused(say("这家作坊不在您负责的范围内。"))
    return found


def form_page(template: str, answers: Answers, **more: Any) -> Response:
    """A form of the bureau, with the choices that its questions offer."""
    shown = {name: list(kind) for name, kind in CHOICES.items()} | more
    shown |= {"chosen": answers.several("kinds"), "on": counter().today, "bureau_name": counter().settings.bureau}
    shown |= {"before": _before(answers), "whose": answers["whose"] or request.args.get("whose", "")[:100]}
    return page_with(template, answers, **shown)


def _before(answers: Answers) -> Before | None:
    """The record from whose page the form was opened, where it is in one's own district."""
    key = key_in(answers[AFTER] or request.args.get(AFTER, ""))
    if key is None:
        return None
    with counter().reading() as connection:
        place = of_record(connection, key)
        if place is None or not any(reaches(one, place) for one in _mine()):
            return None
        return before(connection, key)


def _mine() -> list[Held]:
    return [one for one in mine() if one.role is Role.officer]
