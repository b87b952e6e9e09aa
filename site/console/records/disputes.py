"""Disputes about a sample (复检、异议), and the steps of every case that the usual two do not cover."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import cases as acts
from zuofang.credit.models import CreditRecord
from zuofang.credit.queries.belonging import of_record
from zuofang.credit.records import Dispute
from zuofang.credit.remedies import SECOND_TEST
from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK
from zuofang.site.console.answers import form
from zuofang.site.console.records.cases import about_case
from zuofang.site.console.records.desk import decide
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk

pages = Blueprint("disputes", __name__)


@pages.post("/records/<key:record>/dispute")
@may(Role.officer, place=of_record)
def dispute(record: int) -> AnyResponse:
    """Enter a request for a second test, or an objection, that came on paper."""
    answers = form()
    asked = answers.choice("asked", (SECOND_TEST, *Dispute.__members__), say("请选要求的是什么。"))
    about = Dispute.__members__.get(asked)
    words = answers.text("words", say("请写明申请的内容。"), most=2000)
    filed_on, keeps_until = answers.day("filed_on", say("请填哪一天提出的。")), answers.day("keeps_until")
    usable = not answers.ticked("unusable")

    def act(desk: Desk, row: CreditRecord) -> None:
        day = filed_on or desk.today
        if about is not None:
            acts.object_to_sample(desk, row, about, day, words, str(AT_DESK))
        else:
            acts.ask_for_reinspection(
                desk, row, day, words, str(AT_DESK), keeps_until=keeps_until, backup_usable=usable
            )

    return decide(record, "case", act, answers)


@pages.post("/records/<key:record>/cases/<key:case>/turn-away")
@may(Role.reviewer, place=of_record, fresh=True)
def turn_away(record: int, case: int) -> AnyResponse:
    """Do not accept a case."""
    return about_case(
        record, case, "turned_away", lambda desk, one: acts.turn_away(desk, one, desk.today, str(AT_DESK))
    )


@pages.post("/records/<key:record>/cases/<key:case>/undo-acceptance")
@may(Role.officer, place=of_record)
def undo_acceptance(record: int, case: int) -> AnyResponse:
    """Take an acceptance back."""
    return about_case(record, case, "undo_acceptance", lambda desk, one: acts.undo_acceptance(desk, one, str(AT_DESK)))


@pages.post("/records/<key:record>/cases/<key:case>/undo-decision")
@may(Role.reviewer, place=of_record, fresh=True)
def undo_decision(record: int, case: int) -> AnyResponse:
    """Take a decision back; what it did to the record is undone with it."""
    return about_case(record, case, "undo_decision", lambda desk, one: acts.undo_decision(desk, one, str(AT_DESK)))


@pages.post("/records/<key:record>/cases/<key:case>/extend")
@may(Role.officer, place=of_record)
def extend(record: int, case: int) -> AnyResponse:
    """Extend the days for a decision, with the approval of a named head of the bureau."""
    answers = form()
    head = answers.text("head", say("请写明批准的负责人。"), most=100)
    return about_case(record, case, "extend", lambda desk, one: acts.extend(desk, one, head, str(AT_DESK)), answers)


@pages.post("/records/<key:record>/cases/<key:case>/undo-extension")
@may(Role.officer, place=of_record)
def undo_extension(record: int, case: int) -> AnyResponse:
    """Take an extension back."""
    return about_case(record, case, "undo_extension", lambda desk, one: acts.undo_extension(desk, one, str(AT_DESK)))


@pages.post("/records/<key:record>/cases/<key:case>/done")
@may(Role.officer, place=of_record)
def done(record: int, case: int) -> AnyResponse:
    """Note that the party was told, or the data brought up to date."""
    return about_case(record, case, "case_done", lambda desk, one: acts.done(desk, one, desk.today, str(AT_DESK)))


@pages.post("/records/<key:record>/cases/<key:case>/undo-done")
@may(Role.officer, place=of_record)
def undo_done(record: int, case: int) -> AnyResponse:
    """The party was not told, or the data not brought up to date, after all."""
    return about_case(record, case, "undo_case_done", lambda desk, one: acts.undo_done(desk, one, str(AT_DESK)))
