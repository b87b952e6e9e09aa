"""The register at the desk: an operator is registered and given its certificate, which is renewed, changed or ended."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.identifiers import is_credit_code
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt, carry_out, locked
from zuofang.site.console.answers import INCOMPLETE, REASON_MISSING, Answers, form, no_such, onward, page, page_with
from zuofang.site.console.bureau.reach import districts, in_reach
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.site.console.papers.words import FOR_AN_OPERATOR
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import operators as acts
from zuofang.traceability.models import Certificate, OperatorKind, PaperEventKind, RestrictionKind, Workshop
from zuofang.traceability.queries.belonging import of_workshop
from zuofang.traceability.queries.papers import OperatorAtDesk, operator_at_desk, operators_found

pages = Blueprint("register", __name__)
AT_REGISTER = say("登记窗口")


@pages.get("/register")
@may(Role.officer)
def register() -> Response:
    """The newest operators of one's districts, or those that a part of a name finds."""
    wanted = request.args.get("q", "").strip()[:60]
    span = my_reach(Role.officer)
    with counter().reading() as connection:
        found = operators_found(connection, wanted, span.within)
    return page("console/bureau/register.html", found=found, wanted=wanted, on=counter().today)


@pages.get("/register/new")
@may(Role.officer)
def new_operator() -> Response:
    """The application for a certificate (登记申请)."""
    return _form(Answers())


@pages.post("/register/new")
@may(Role.officer)
def add() -> AnyResponse:
    """Register an operator and issue its certificate."""
    answers = form()
    told = _told(answers)
    number = answers.text("number", say("请填登记证编号。"), most=100)
    issued_on, until = answers.day("issued_on", say("请填发证日期。")), answers.day("until")
    checked = answers.ticked("checked")
    scope, issuer = answers.maybe("scope", most=4000), answers.text("issuer", say("请填发证机关。"))

    def act(desk: Desk) -> Workshop:
        if issued_on is None or issued_on > desk.today:
            raise Refused(say("发证日期还没有到。"))
        made = acts.register(desk, Workshop(**told), str(AT_REGISTER))
        acts.issue_certificate(
            desk, made, number, issued_on, str(AT_REGISTER), until=until, scope=scope, issuer=issuer, checked=checked
        )
        return made

    made = attempt(answers, act)
    return _form(answers) if made is None else onward(f"/register/{made.id}", "registered")


@pages.get("/register/<key:workshop>")
@may(Role.officer, place=of_workshop)
def operator(workshop: int) -> Response:
    """One operator with its papers, and what can be done to them."""
    return page_of(workshop, Answers())


@pages.post("/register/<key:workshop>/strike-out")
@may(Role.officer, place=of_workshop, fresh=True)
def strike_out(workshop: int) -> AnyResponse:
    """Take out an operator that was registered in error."""
    return decide(
        workshop,
        "struck_out",
        lambda desk: acts.strike_out(desk, locked(desk, Workshop, workshop), str(AT_REGISTER)),
        onto="/register",
    )


@pages.post("/register/<key:workshop>/papers/<key:paper>/renew")
@may(Role.officer, place=of_workshop)
def renew(workshop: int, paper: int) -> AnyResponse:
    """Renew a certificate until a later day."""
    answers = form()
    until = answers.day("renewed_until", say("请填新的最后一日。"))

    def act(desk: Desk, row: Certificate) -> None:
        if until is not None:
            acts.renew_certificate(desk, row.id, desk.today, until, str(AT_REGISTER))

    return _to(workshop, paper, "renewed", act, answers)


@pages.post("/register/<key:workshop>/papers/<key:paper>/change")
@may(Role.officer, place=of_workshop)
def change(workshop: int, paper: int) -> AnyResponse:
    """Change what a certificate lets its holder make."""
    answers = form()
    scope = answers.text("new_scope", say("请填品种明细。"), most=4000)
    checked = answers.ticked("new_checked")

    def act(desk: Desk, row: Certificate) -> None:
        acts.change_certificate(desk, row.id, desk.today, scope, str(AT_REGISTER), checked=checked)

    return _to(workshop, paper, "changed", act, answers)


@pages.post("/register/<key:workshop>/papers/<key:paper>/end")
@may(Role.officer, place=of_workshop, fresh=True)
def end(workshop: int, paper: int) -> AnyResponse:
    """Take a certificate away: revoked, or cancelled at the wish of its holder."""
    answers = form()
    kind = answers.member("ended_as", PaperEventKind, say("请选吊销还是注销。"))
    on, why = answers.day("ended_on", say("请填哪一天起。")), answers.text("ended_why", REASON_MISSING, most=500)

    def act(desk: Desk, row: Certificate) -> None:
        if kind is None or on is None:
            raise Refused(INCOMPLETE)
        acts.revoke_certificate(desk, row.id, on, why, kind)

    return _to(workshop, paper, "revoked", act, answers)


@pages.post("/register/<key:workshop>/papers/<key:paper>/reinstate")
@may(Role.officer, place=of_workshop, fresh=True)
def reinstate(workshop: int, paper: int) -> AnyResponse:
    """Give a certificate back that was taken away in error."""
    return _to(
        workshop, paper, "reinstated", lambda desk, row: acts.reinstate_certificate(desk, row.id, str(AT_REGISTER))
    )


@pages.post("/register/<key:workshop>/papers/<key:paper>/undo")
@may(Role.officer, place=of_workshop)
def undo(workshop: int, paper: int) -> AnyResponse:
    """Take back the newest renewal or change."""

    def act(desk: Desk, row: Certificate) -> None:
        changed = [one for one in row.events if one.field and one.undone_at is None]
        if not changed:
            raise Refused(say("这张登记证没有变更，也没有延续过。"))
        acts.undo_paper_event(desk, changed[-1], str(AT_REGISTER))

    return _to(workshop, paper, "paper_undone", act)


def _told(answers: Answers) -> dict[str, Any]:
    """What the register says of an operator, as it was typed."""
    district = answers.text("district", most=6)
    in_reach(answers, district)
    code = answers.maybe("credit_code", most=18)
    if code is not None and not is_credit_code(code):
        answers.wrong("credit_code", say("统一社会信用代码不对：应为 18 位，并且校验码相符。"))
    told: dict[str, Any] = {
        "kind": answers.member("kind", OperatorKind, say("请选类别。")),
        "name": answers.text("name", say("请填名称。")),
        "operator": answers.maybe("operator"),
        "address": answers.text("address", say("请填生产加工地址。")),
        "phone": answers.maybe("phone", most=100),
        "permitted_place": answers.maybe("permitted_place"),
        "permitted_hours": answers.maybe("permitted_hours", most=100),
    }
    answers.impersonal(*told)
    return told | {"credit_code": code, "district_code": district, "province": district[:2]}


def _to(
    workshop: int, paper: int, done: str, act: Callable[[Desk, Certificate], None], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a certificate of an operator as the person saw it."""

    def do(desk: Desk) -> None:
        row = desk.session.get(Certificate, paper, with_for_update=True)
        if row is None or row.workshop_id != workshop:
            raise Refused(say("这家作坊没有这张登记证。"))
        act(desk, row)

    return decide(workshop, done, do, answers)


def decide(
    workshop: int, done: str, act: Callable[[Desk], object], answers: Answers | None = None, *, onto: str = ""
) -> AnyResponse:
    """Do one act to an operator as the person saw it, and go back to its page, or ``onto`` another."""
    return carry_out(
        answers or form(),
        act,
        onto=onto or f"/register/{workshop}",
        done=done,
        again=partial(page_of, workshop),
        seen=("workshop", str(workshop)),
    )


def _form(answers: Answers) -> Response:
    here = counter()
    shown = {"districts": districts(), "kinds": list(OperatorKind), "on": here.today, "issuer": here.settings.bureau}
    return page_with("console/bureau/new_operator.html", answers, **shown)


def page_of(workshop: int, answers: Answers) -> Response:
    """One operator as those who keep the register see it, with what was typed and what is wrong with it."""
    here = counter()
    certificates = {key: one.name for key, one in here.rules.registers.certificates.items()}
    return page_with(
        "console/bureau/operator.html", answers, view=_view(workshop), on=here.today, papers=FOR_AN_OPERATOR,
        kinds=acts.ENDED, certificates=certificates, orders=list(RestrictionKind),
    )  # fmt: skip


def _view(workshop: int) -> OperatorAtDesk:
    with Session(counter().office.database.read) as session:
        view = operator_at_desk(session, workshop)
    if view is None:
        no_such()
    return view
