"""``/report/follow``: coming back with a receipt. It is never in an address, a cookie or a log."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Blueprint, Response, redirect, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.reporting.evidence.budget import MEBIBYTE
from zuofang.reporting.evidence.budget import SHIPPED as BUDGET
from zuofang.reporting.evidence.uploads import About
from zuofang.reporting.followup import Busy, FollowUp, look_up, write
from zuofang.reporting.forms import FormToken, give_passage, new_form, read_form, read_passage
from zuofang.reporting.models import LetterKind, ReportKind
from zuofang.reporting.receipts import Receipt, masked, read_receipt
from zuofang.rules.sentences import Sentence, say
from zuofang.site.errors import refuse
from zuofang.site.locales import QUERY, local
from zuofang.site.public.report import RENEWED, park
from zuofang.site.public.report_desk import FULL, private_page, receive_form, report_desk
from zuofang.site.public.report_form import Mistake
from zuofang.site.public.report_words import opening_text, steps_of
from zuofang.site.window import window
from zuofang.traceability.labels.decoding import read_picture
from zuofang.traceability.labels.refusals import LabelRefused

pages = Blueprint("report_follow", __name__)
LONGEST_RECEIPT = 60
LONGEST = {"text": 5000, "payee": 50, "bank": 100, "account": 40}
NOT_FOUND = say("没有找到。请核对回执上的每一个字；字母 O 和数字 0、字母 I 和数字 1 我们当作同一个。")
WAIT = say("为了挡住猜密码的机器，请等 %(seconds)s 秒再按一次。您填的还在；选了照片的，请再选一次。")
BUSY = say("现在查询的人太多，请过一会儿再试。")
NO_RECEIPT = say("照片里没有找到回执的二维码。请把码拍大、拍清楚、不要反光，再试一次；也可以输入编号和密码。")
TWO_RECEIPTS = say("照片里有两张回执。请只拍一张，再试一次。")
ENDED = say("这一件的内容已经依规定销毁，您这次写的没有收下。有新的情况，请重新举报或者投诉。")
SENT = {
    LetterKind.addition: say("已经收到您的补充。"),
    LetterKind.withdrawal: say("已经收到您的撤回。"),
    LetterKind.claim: say("已经收到您的申请。"),
}


@dataclass(slots=True)
class Visit:
    """One look at a report: the receipt, what it finds, and what is to be said beside it."""

    receipt: Receipt
    found: FollowUp
    token: FormToken
    mistakes: list[Mistake] = field(default_factory=list)
    note: Sentence | None = None
    taken: list[About] = field(default_factory=list)
    """The files that were just taken."""
    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LONGEST, ""))


@pages.get("/report/follow")
def ask() -> AnyResponse:
    """Where a receipt is typed in; one that somebody put into the address is taken out of it."""
    if set(request.args) - {QUERY}:
        return redirect(local("/report/follow"), HTTPStatus.SEE_OTHER)
    return _ask()


@pages.post("/report/follow")
def follow() -> Response:
    """What has become of a report, and what the person does with it: add, withdraw, claim the reward."""
    desk, here = report_desk(), window()
    receive_form()
    passage = request.form.get("passage", "")
    if not passage:
        return _enter()
    told = read_passage(desk.box.keys.forms, passage, here.now)
    receipt = read_receipt(told) if told else None
    token = read_form(desk.box.keys.forms, request.form.get("token", ""))
    if receipt is None or token is None or token.is_expired(here.now):
        return _ask(HTTPStatus.UNPROCESSABLE_ENTITY, note=RENEWED)
    return _act(receipt, token, request.form.get("act", ""))


def _enter() -> Response:
    """Look a typed receipt up."""
    desk, now = report_desk(), window().now
    token = read_form(desk.box.keys.forms, request.form.get("token", ""))
    if token is None or token.is_expired(now):
        return _ask(HTTPStatus.UNPROCESSABLE_ENTITY, note=RENEWED)
    proof = desk.proof_of(token, request.form.get("work", ""), desk.look_ups)
    if isinstance(proof, int):
        response = _ask(HTTPStatus.TOO_MANY_REQUESTS, note=say(WAIT.text, seconds=proof), token=token)
        response.headers["Retry-After"] = str(proof)
        return response
    receipt, picture = read_receipt(request.form.get("receipt", "")), request.files.get("picture")
    if receipt is None and picture and (content := picture.read()):
        seen = _photographed(content)
        if isinstance(seen, Sentence):
            return _ask(HTTPStatus.UNPROCESSABLE_ENTITY, mistakes=[("picture", seen)])
        receipt = seen
    found = _find(receipt) if receipt else None
    if receipt is None or found is None:
        return _ask(HTTPStatus.NOT_FOUND, mistakes=[("receipt", NOT_FOUND)])
    return _show(Visit(receipt, found, new_form(now)))


def _photographed(content: bytes) -> Receipt | Sentence:
    """The receipt in a photograph of its symbol, or what is wrong with it; the picture is looked at and let go."""
    try:
        texts = read_picture(content)
    except LabelRefused as refused:
        return refused.sentence
    found = [receipt for text in texts if (receipt := read_receipt(text))]
    return found[0] if len(found) == 1 else (TWO_RECEIPTS if found else NO_RECEIPT)


def _act(receipt: Receipt, token: FormToken, act: str) -> Response:
    found = _find(receipt) or refuse(HTTPStatus.GONE, NOT_FOUND)
    visit = Visit(receipt, found, token, texts={name: request.form.get(name, "").strip() for name in LONGEST})
    kind = next((kind for kind in SENT if kind.value == act), None)
    if kind is None:
        return _show(visit)
    try:
        visit.mistakes = [*(park(token) if kind is LetterKind.addition else []), *_mistakes(kind, visit)]
        if visit.mistakes:
            return _show(visit, HTTPStatus.UNPROCESSABLE_ENTITY)
        taken = report_desk().uploads.waiting(token)
        kept = _write(kind, visit)
    except DBAPIError:
        visit.note = FULL
        return _show(visit, HTTPStatus.SERVICE_UNAVAILABLE)
    if not kept:
        visit.note = ENDED
        return _show(visit, HTTPStatus.GONE)
    return _show(Visit(receipt, _find(receipt) or found, new_form(window().now), note=SENT[kind], taken=taken))


def _write(kind: LetterKind, visit: Visit) -> bool:
    """Put the letter into the box; answers whether it was taken: what was destroyed by its term takes none."""
    told: dict[str, Any] = {"text": masked(visit.texts["text"])}
    account = None
    if kind is LetterKind.claim:
        told |= {"declared": True}
        account = {name: visit.texts[name] for name in ("payee", "bank", "account")}
    try:
        return write(report_desk().box, visit.receipt, kind, told, visit.token, window().now, account)
    except Busy:
        _refuse_busy()


def _mistakes(kind: LetterKind, visit: Visit) -> list[Mistake]:
    texts, made = visit.texts, [
        (name, say("这里最多 %(most)s 个字。您写的都还在，请删短一些。", most=most))
        for name, most in LONGEST.items()
        if len(visit.texts[name]) > most
    ]  # fmt: skip
    if kind is LetterKind.addition and not texts["text"] and not report_desk().uploads.waiting(visit.token):
        made.append(("text", say("请写要补充的内容，或者选择要补交的文件。")))
    if kind is LetterKind.withdrawal and not request.form.get("sure"):
        made.append(("sure", say("确定要撤回，请勾选这一项。")))
    if kind is LetterKind.claim:
        made += _of_claim(visit)
    return made


def _of_claim(visit: Visit) -> list[Mistake]:
    made: list[Mistake] = []
    if visit.found.report.kind is not ReportKind.report or visit.found.report.withdrawn_on is not None:
        made.append(("declared", say("只有没有撤回的举报可以申请奖励。")))
    if not request.form.get("declared"):
        made.append(("declared", say("申请奖励要声明自己不属于不予奖励的人员。")))
    for name, sentence in (
        ("payee", say("请写收款人姓名。")),
        ("bank", say("请写开户银行。")),
        ("account", say("请写收款账号。")),
    ):
        if not visit.texts[name]:
            made.append((name, sentence))
    return made


def _find(receipt: Receipt) -> FollowUp | None:
    try:
        return look_up(report_desk().box, receipt)
    except Busy:
        _refuse_busy()


def _refuse_busy() -> NoReturn:
    refuse(HTTPStatus.SERVICE_UNAVAILABLE, BUSY)


def _ask(
    status: HTTPStatus = HTTPStatus.OK, *, note: Sentence | None = None, mistakes: list[Mistake] | None = None,
    token: FormToken | None = None,
) -> Response:  # fmt: skip
    desk, now = report_desk(), window().now
    return private_page(
        "public/report_follow.html", status, note=note, mistakes=mistakes or [], wrong=dict(mistakes or []),
        token=(token or new_form(now)).text(desk.box.keys.forms), bits=desk.bits(now.timestamp()), typed=_typed(),
    )  # fmt: skip


def _typed() -> str:
    """What was typed as a receipt, to be corrected and not typed anew; only the answering page has it."""
    return "".join(sign for sign in request.form.get("receipt", "") if sign.isprintable())[:LONGEST_RECEIPT]


def _show(visit: Visit, status: HTTPStatus = HTTPStatus.OK) -> Response:
    desk, here = report_desk(), window()
    report, keys = visit.found.report, desk.box.keys
    with Session(here.database.read) as session:
        steps = steps_of(session, report, here.today, here.rules)
    return private_page(
        "public/report_status.html",
        status,
        found=visit.found,
        report=report,
        steps_taken=steps,
        passage=give_passage(keys.forms, visit.receipt.text, here.now),
        token=visit.token.text(keys.forms),
        mistakes=visit.mistakes,
        wrong=dict(visit.mistakes),
        note=visit.note,
        tone="released" if status is HTTPStatus.OK else "care",
        taken=visit.taken,
        texts=visit.texts,
        files=desk.uploads.waiting(visit.token) if request.form.get("act") and not visit.note else [],
        acknowledgement=desk.box.acknowledgement_of(report),
        opening=opening_text(visit.found.opening),
        budget=BUDGET,
        mebibyte=MEBIBYTE,
    )
