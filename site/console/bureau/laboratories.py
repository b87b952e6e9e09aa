"""Laboratories at the desk: a certificate of 资质认定 is entered, ends early, or was entered in error.

Figures are public only where a certificate covers them (FSLR Art 43), so what is entered here opens and closes figures.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out, locked
from zuofang.site.console.answers import DAY_MISSING, REASON_MISSING, Answers, form, no_such, page, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import laboratories as acts
from zuofang.traceability.importing.cells import several
from zuofang.traceability.models import Accreditation, Laboratory
from zuofang.traceability.queries import accreditations as queries
from zuofang.traceability.queries.belonging import of_laboratory

pages = Blueprint("laboratories", __name__)
BY_CERTIFICATE = say("资质认定证书")


@pages.get("/register/laboratories")
@may(Role.officer)
def listing() -> Response:
    """The laboratories of one's districts, and until when each may publish figures."""
    here = counter()
    with Session(here.office.database.read) as session:
        found = queries.laboratories(session, my_reach(Role.officer).within, here.today)
    return page("console/bureau/laboratories.html", found=found)


@pages.get("/register/laboratories/<key:laboratory>")
@may(Role.officer, place=of_laboratory)
def laboratory(laboratory: int) -> Response:
    """One laboratory with its certificates, and what can be done to them."""
    return _page_of(laboratory, Answers())


@pages.post("/register/laboratories/<key:laboratory>/accredit")
@may(Role.officer, place=of_laboratory, fresh=True)
def accredit(laboratory: int) -> AnyResponse:
    """Enter a certificate with its days and scope."""
    answers = form()
    number = answers.text("number", say("请填证书编号。"), most=100)
    since, until = answers.day("since", DAY_MISSING), answers.day("until", DAY_MISSING)
    named = several(answers.text("items", most=4000))
    if not named:
        answers.wrong("items", say("请写认定的项目。"))

    def act(desk: Desk) -> None:
        row = locked(desk, Laboratory, laboratory)
        if since and until:
            acts.accredit(desk, row, number, since, until, named, str(BY_CERTIFICATE))

    return _decide(laboratory, "accredited", act, answers)


@pages.post("/register/laboratories/<key:laboratory>/papers/<key:paper>/revoke")
@may(Role.officer, place=of_laboratory, fresh=True)
def revoke(laboratory: int, paper: int) -> AnyResponse:
    """Say from which day on a certificate no longer holds, and why."""
    answers = form()
    on = answers.day(f"revoked_{paper}", DAY_MISSING)
    why = answers.text(f"why_{paper}", REASON_MISSING)

    def act(desk: Desk, held: Accreditation) -> None:
        acts.revoke_accreditation(desk, held, on or desk.today, why)

    return _to(laboratory, paper, "accreditation_revoked", act, answers)


@pages.post("/register/laboratories/<key:laboratory>/papers/<key:paper>/restore")
@may(Role.officer, place=of_laboratory, fresh=True)
def restore(laboratory: int, paper: int) -> AnyResponse:
    """Take back that a certificate no longer holds."""
    return _to(
        laboratory,
        paper,
        "accreditation_restored",
        lambda desk, held: acts.restore_accreditation(desk, held, str(BY_CERTIFICATE)),
    )


@pages.post("/register/laboratories/<key:laboratory>/papers/<key:paper>/strike-out")
@may(Role.officer, place=of_laboratory, fresh=True)
def strike_out(laboratory: int, paper: int) -> AnyResponse:
    """Take out a certificate that was entered in error."""
    return _to(
        laboratory,
        paper,
        "struck_out",
        lambda desk, held: acts.strike_out_accreditation(desk, held, str(BY_CERTIFICATE)),
    )


def _to(
    laboratory: int, paper: int, done: str, act: Callable[[Desk, Accreditation], None], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a certificate as the person saw it."""
    return _decide(laboratory, done, lambda desk: act(desk, acts.accreditation(desk, laboratory, paper)), answers)


def _decide(laboratory: int, done: str, act: Callable[[Desk], object], answers: Answers | None = None) -> AnyResponse:
    return carry_out(
        answers or form(),
        act,
        onto=f"/register/laboratories/{laboratory}",
        done=done,
        again=partial(_page_of, laboratory),
        seen=(Laboratory.__tablename__, str(laboratory)),
    )


def _page_of(laboratory: int, answers: Answers) -> Response:
    here = counter()
    with Session(here.office.database.read) as session:
        view = queries.laboratory_at_desk(session, laboratory)
    if view is None:
        no_such()
    return page_with("console/bureau/laboratory.html", answers, view=view, on=here.today)
