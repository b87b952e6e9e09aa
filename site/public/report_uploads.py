"""``/report/uploads/<ticket>``: files that arrive piece by piece, for browsers with script and poor connections.

The form's token travels in a header, never in an address. What arrives is sealed at once under a key that only the
form knows; answers are JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request

from zuofang.reporting.evidence.budget import SHIPPED as BUDGET
from zuofang.reporting.evidence.kinds import Unfit
from zuofang.reporting.evidence.worker import Crowded
from zuofang.reporting.forms import FormToken, read_form
from zuofang.rules.sentences import Sentence, say
from zuofang.site.locales import current_language
from zuofang.site.public.report_desk import ROOM_FOR_UPLOADS, client_address, refuse_strangers, report_desk
from zuofang.site.voice import voice_of
from zuofang.site.window import window

pages = Blueprint("report_uploads", __name__)
PATH = "/report/uploads/<ticket:ticket>"
LONGEST_NAME = 1000
"""Bytes of a file name."""
TOO_OLD = say("这一页打开得太久了，请刷新后重新选择文件。")
NO_ROOM = say("现在收不下文件，文字照样可以提交。请稍后用回执补交文件。")


@pages.put(PATH)
def begin(ticket: bytes) -> Response:
    """Announce a file (header ``X-Size``), or ask how much of it has arrived."""
    desk = report_desk()
    if not desk.has_room(ROOM_FOR_UPLOADS):
        return _answer({"sentence": _said(NO_ROOM)}, HTTPStatus.SERVICE_UNAVAILABLE)
    return _do(lambda form: {"received": desk.uploads.begin(form, ticket, _number("X-Size"), window().now)})


@pages.patch(PATH)
def add(ticket: bytes) -> Response:
    """Take the piece that begins at the byte of the header ``X-Start``."""
    desk = report_desk()
    request.max_content_length = BUDGET.piece
    piece = request.get_data(cache=False)
    if desk.bytes_sent.is_over(client_address(), window().now.timestamp(), len(piece)):
        return _answer({"sentence": _said(NO_ROOM)}, HTTPStatus.TOO_MANY_REQUESTS)
    return _do(lambda form: {"received": desk.uploads.add(form, ticket, _number("X-Start"), piece)})


@pages.post(PATH)
def finish(ticket: bytes) -> Response:
    """Look at a file that has arrived; the body is its name."""
    request.max_content_length = LONGEST_NAME
    name = request.get_data(cache=False).decode("utf-8", "replace")

    def settled(form: FormToken) -> dict[str, Any]:
        about = report_desk().uploads.finish(form, ticket, name)
        remark = {"remark": _said(about.remark)} if about.remark else {}
        return {"name": about.name, "size": about.size, **remark}

    return _do(settled)


@pages.delete(PATH)
def drop(ticket: bytes) -> Response:
    """Throw a file away that was not handed in."""

    def dropped(form: FormToken) -> dict[str, Any]:
        report_desk().uploads.drop(form, ticket)
        return {}

    return _do(dropped)


def _do(step: Callable[[FormToken], dict[str, Any]]) -> Response:
    refuse_strangers()
    form = read_form(report_desk().box.keys.forms, request.headers.get("X-Form", ""))
    if form is None or form.is_expired(window().now):
        return _answer({"sentence": _said(TOO_OLD)}, HTTPStatus.FORBIDDEN)
    try:
        return _answer(step(form))
    except Crowded:
        return _answer({}, HTTPStatus.SERVICE_UNAVAILABLE)  # without a sentence the script asks again by itself
    except Unfit as refusal:
        return _answer({"sentence": _said(refusal.sentence)}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _number(header: str) -> int:
    """A number of bytes from a header; what is none counts as nothing, and is refused where nothing is not possible."""
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _answer(told: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    response = jsonify(told)
    response.status_code = status
    response.cache_control.no_store = True
    return response


def _said(sentence: Sentence) -> str:
    return voice_of(current_language().code).sentence(sentence)
