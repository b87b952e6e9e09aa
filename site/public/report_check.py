"""``/report/check``: whether an acknowledgement is ours, and with its opening, what it proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, request

from zuofang.reporting.acknowledgements import is_genuine, key_name, read
from zuofang.rules.sentences import Sentence, say
from zuofang.site.public.report_desk import private_page, report_desk
from zuofang.site.public.report_form import Mistake
from zuofang.site.public.report_words import read_opening

pages = Blueprint("report_check", __name__)
NOT_READ = say("这不像收件凭证。请完整复制以 ZF1 开头的一段。")
OPENING_NOT_READ = say("这不像打开码。请完整复制以 ZO1 开头的一段，或者留空。")
NOT_OURS = say("这份凭证不是本局签发的，或者被改动过。")
DOES_NOT_FIT = say("凭证是真的，但打开码不是它的：时间或者内容与当时提交的不一样。")


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: the sentence for what is wrong, or the time and content that are proved."""

    wrong: Sentence | None = None
    minute: datetime | None = None
    content: str = ""


@pages.get("/report/check")
def check() -> Response:
    """Where anybody can check an acknowledgement; it tells neither who nor what."""
    return _page()


@pages.post("/report/check")
def check_sent() -> Response:
    """Check what was pasted; nothing of it is kept."""
    text, opened = request.form.get("acknowledgement", "")[:2000], request.form.get("opening", "")[:2000]
    acknowledgement, opening = read(text), read_opening(opened)
    mistakes: list[Mistake] = []
    if acknowledgement is None:
        mistakes.append(("acknowledgement", NOT_READ))
    if opened.strip() and opening is None:
        mistakes.append(("opening", OPENING_NOT_READ))
    if mistakes or acknowledgement is None:
        return _page(HTTPStatus.UNPROCESSABLE_ENTITY, text, opened, mistakes)
    if not is_genuine(acknowledgement, report_desk().box.keys.known):
        return _page(HTTPStatus.OK, text, opened, checked=Checked(NOT_OURS))
    if opening is not None and opening.commitment != acknowledgement.commitment:
        return _page(HTTPStatus.OK, text, opened, checked=Checked(DOES_NOT_FIT))
    proved = Checked(minute=opening.minute, content=opening.content.hex()) if opening else Checked()
    return _page(HTTPStatus.OK, text, opened, checked=proved)


def _page(
    status: HTTPStatus = HTTPStatus.OK, text: str = "", opened: str = "", mistakes: list[Mistake] | None = None,
    checked: Checked | None = None,
) -> Response:  # fmt: skip
    keys = [(key_name(key), key.hex()) for key in report_desk().box.keys.known]
    return private_page(
        "public/report_check.html", status, text=text, opened=opened, mistakes=mistakes or [],
        wrong=dict(mistakes or []), checked=checked, keys=keys,
    )  # fmt: skip
