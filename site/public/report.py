"""``/report/``: one page on which to complain or report, with or without a script and with or without a name."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request
from sqlalchemy.exc import DBAPIError

from zuofang.reporting.evidence.budget import MEBIBYTE
from zuofang.reporting.evidence.budget import SHIPPED as BUDGET
from zuofang.reporting.evidence.kinds import Unfit
from zuofang.reporting.evidence.uploads import About, tidy_name
from zuofang.reporting.forms import LIFE, RETRY, FormToken, new_form, read_form
from zuofang.reporting.intake import Accepted
from zuofang.reporting.models import Proof
from zuofang.rules.sentences import Sentence, say
from zuofang.site.locales import current_language
from zuofang.site.public.report_asked import read_asked
from zuofang.site.public.report_desk import (
    FULL,
    ROOM_FOR_UPLOADS,
    TURN,
    client_address,
    private_page,
    receive_form,
    report_desk,
)
from zuofang.site.public.report_form import RELATIONS, Mistake, ReportForm
from zuofang.site.public.report_words import next_steps, opening_text, symbol_of
from zuofang.site.window import window

pages = Blueprint("report", __name__)
FIRST = ("want", "who", "where", "facts", "evidence")
RENEWED = say("这一页打开得太久了。您写的都还在，请看一遍，再提交一次。")
WAIT = say("为了挡住机器，没有脚本的浏览器要慢一些：请等 %(seconds)s 秒再按一次提交。您写的都还在。")
FILLED_TRAP = say("请把这一格留空，它是用来识别机器的。")
NOTE = Sentence


@pages.get("/report/")
def report() -> Response:
    """The form for complaints and reports, with whom it is about filled in where a page or a label led here."""
    asked, form = read_asked(request.args), ReportForm(kinds=[kind for kind in request.args.getlist("want") if kind])
    form.texts |= {"who": asked.subject.name, "where": asked.subject.place, "code": asked.code}
    return _page(form, new_form(window().now), is_foreign=asked.is_foreign)


@pages.post("/report/")
def hand_in() -> Response:
    """Take in what was written: the receipt, or the page again with everything that was typed."""
    desk, here = report_desk(), window()
    receive_form()
    form = ReportForm.read(request.form)
    token = read_form(desk.box.keys.forms, request.form.get("token", ""))
    if token is None or (token.is_expired(here.now) and not _is_late_retry(token)):
        return _page(form, new_form(here.now), HTTPStatus.UNPROCESSABLE_ENTITY, note=RENEWED)
    try:
        mistakes = sorted([*park(token), *form.mistakes(), *_trap()], key=_place)
        return _take_in(form, token, mistakes)
    except DBAPIError:  # the disk is full, or the database is away: nothing of it was kept
        return _page(form, token, HTTPStatus.SERVICE_UNAVAILABLE, note=FULL, files=[])


def _take_in(form: ReportForm, token: FormToken, mistakes: list[Mistake]) -> Response:
    desk, now = report_desk(), window().now
    if mistakes:
        return _page(form, token, HTTPStatus.UNPROCESSABLE_ENTITY, mistakes=mistakes)
    if doubt := form.doubt:
        form.asked = True
        return _page(form, token, HTTPStatus.UNPROCESSABLE_ENTITY, mistakes=[("want", doubt)])
    if not desk.has_room():
        return _page(form, token, HTTPStatus.SERVICE_UNAVAILABLE, note=FULL)
    proof = desk.proof_of(token, request.form.get("work", ""), desk.reports)
    if proof is Proof.waited and not (desk.box.knows(token) or desk.has_turn(now.timestamp())):
        proof = int(TURN)
    if isinstance(proof, int):
        return _page(form, token, HTTPStatus.TOO_MANY_REQUESTS, note=WAIT, seconds=proof)
    files = desk.uploads.waiting(token)
    accepted = desk.box.hand_in(token, form.statements(current_language().query, proof), now)
    desk.pressure.count(now.timestamp())
    return receipt_page(accepted, files)


def receipt_page(accepted: list[Accepted], files: list[About]) -> Response:
    """The page with the receipts and what is to be known of the files; everything on it is on disk."""
    here = window()
    return private_page(
        "public/report_receipt.html",
        accepted=[
            {"given": one, "symbol": symbol_of(one.receipt.text), "opening": opening_text(one.opening),
             "steps": next_steps(one.kind, here.today, here.rules)}
            for one in accepted
        ],
        files=files,
        again=any(one.again for one in accepted),
        same=all(one.same for one in accepted),
    )  # fmt: skip


def _page(
    form: ReportForm, token: FormToken, status: HTTPStatus = HTTPStatus.OK, *, mistakes: list[Mistake] | None = None,
    note: Sentence | None = None, seconds: int = 0, is_foreign: bool = False, files: list[About] | None = None,
) -> Response:  # fmt: skip
    desk = report_desk()
    told = Sentence(note.text, {**note.values, "seconds": seconds}) if note and seconds else note
    response = private_page(
        "public/report.html",
        status,
        form=form,
        token=token.text(desk.box.keys.forms),
        bits=desk.bits(window().now.timestamp()),
        mistakes=mistakes or [],
        wrong=dict(mistakes or []),
        note=told,
        is_foreign=is_foreign,
        relations=RELATIONS,
        files=desk.uploads.waiting(token) if files is None and request.method == "POST" else files or [],
        budget=BUDGET,
        mebibyte=MEBIBYTE,
    )
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def park(token: FormToken) -> list[Mistake]:
    """Let the files of the form wait under seal, so that they are not lost over a mistake elsewhere."""
    desk, now = report_desk(), window().now
    if request.form.get("drop"):
        desk.uploads.drop_all(token)
    mistakes: list[Mistake] = []
    for file in request.files.getlist("evidence"):
        content = file.read()
        if not content and not file.filename:
            continue
        if not desk.has_room(ROOM_FOR_UPLOADS) or desk.bytes_sent.is_over(
            client_address(), now.timestamp(), len(content)
        ):
            return [("evidence", say("现在收不下文件，文字照样可以提交。请稍后用回执补交文件。"))]
        try:
            desk.uploads.park(token, file.filename or "", content, now)
        except Unfit as refusal:
            name = tidy_name(file.filename or "")
            mistakes.append(("evidence", say("%(name)s：%(why)s", name=name, why=refusal.sentence)))
    return mistakes


def _place(mistake: Mistake) -> int:
    """Where a field stands on the page, so that the summary goes down it; what comes later is in its order already."""
    return FIRST.index(mistake[0]) if mistake[0] in FIRST else len(FIRST)


def _trap() -> list[Mistake]:
    return [("website", FILLED_TRAP)] if request.form.get("website") else []


def _is_late_retry(token: FormToken) -> bool:
    """Whether this is a form that was received in time and asks for its receipt once more."""
    return token.age(window().now) <= LIFE + RETRY and report_desk().box.knows(token)
