"""``/verify/check`` and ``/verify.json``: whether a sheet is ours and unchanged, and the same answers for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, request

from zuofang.credit.verification.lines import TooManyLines, lines_of_text
from zuofang.credit.verification.sheet import SEALED, NotOurSheet, SignedSheet, unseal
from zuofang.rules.sentences import Sentence, say
from zuofang.site.locales import LANGUAGES, current_language
from zuofang.site.public.answer_print import printed
from zuofang.site.public.answer_table import MOST_SHOWN, Change, changes, sealed_in
from zuofang.site.public.answers import page
from zuofang.site.public.verify import (
    NOT_OURS,
    SHOWN,
    TABLE,
    TOO_MANY,
    a_place,
    allow_large,
    answer_sheet,
    gravest_first,
    sent_file,
)
from zuofang.site.voice import Voice, voice_of
from zuofang.site.window import window
from zuofang.storage.acts import Refused
from zuofang.storage.sheets.reading import open_sent_table
from zuofang.traceability.labels.refusals import LabelRefused

pages = Blueprint("verify_check", __name__)
PDF = b"%PDF-"
NOTHING_SENT = say("请选一份答复单文件，或者粘贴签名数据。")


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A sheet that we signed; ``changes`` is where the sent file departs from it, ``whole`` whether it was compared."""

    signed: SignedSheet
    whole: bool
    changes: Sequence[Change] = ()


@pages.get("/verify/check")
def field() -> Response:
    """Where an answer sheet is sent to be confirmed."""
    return page("public/verify_check.html", mistake=None, confirmed=None, shown=(), most=SHOWN)


@pages.post("/verify/check")
def checked() -> Response:
    """What was signed, and whether the sent file still says it; nothing of it is kept."""
    allow_large()
    try:
        confirmed = confirm(sent_file("sheet"), request.form.get("sealed", ""))
    except Refused as refused:
        return page(
            "public/verify_check.html", HTTPStatus.BAD_REQUEST, mistake=refused.sentence, confirmed=None, shown=(),
            most=SHOWN,
        )  # fmt: skip
    return page(
        "public/verify_check.html", HTTPStatus.OK, mistake=None, confirmed=confirmed,
        shown=gravest_first(confirmed.signed), most=SHOWN,
    )  # fmt: skip


@pages.get("/verify/keys.json")
def keys() -> Response:
    """The public keys that ever signed answer sheets, by name, in hexadecimal digits."""
    known = {name: public.hex() for name, public in window().answers.verifier.known.items()}
    return _json({"algorithm": "Ed25519", "newest": window().answers.signing.name, "keys": known})


@pages.post("/verify.json")
def for_programs() -> Response:
    """The same answers for programs; ``docs/verify.md`` says what goes in and what comes out."""
    allow_large()
    try:
        lines = lines_of_text("\n".join(_asked_lines()))
        if not lines:
            raise Refused(say("请求里没有要核验的行。"))
        signed = answer_sheet(lines)
    except TooManyLines:
        return _refused(TOO_MANY)
    except Refused as refused:
        return _refused(refused.sentence)
    voice = voice_of(current_language().code)
    return _json({**_told(signed), "said": _said(signed, voice)})


def confirm(file: bytes, typed: str) -> Confirmed:
    """Open what was sent and compare it with what was signed.

    Raises:
        Refused: nothing was sent, it cannot be read, or it is not ours.
    """
    if file.startswith(PDF):
        return _confirm_print(file)
    if file:
        with a_place(), open_sent_table(file, TABLE) as table:
            rows = [row for batch in table.batches() for row in batch]
        signed = _open(sealed_in(rows))
        return Confirmed(signed, True, changes(signed, rows, [voice_of(one.code) for one in LANGUAGES])[:MOST_SHOWN])
    if typed.strip():
        return Confirmed(_open(typed), False)
    raise Refused(NOTHING_SENT)


def _confirm_print(file: bytes) -> Confirmed:
    """A PDF is whole where making it anew from what it carries gives the same bytes."""
    found = SEALED.search(file.decode("latin-1"))
    signed = _open(found[0] if found else "")
    font = current_app.config["ZUOFANG"].label_font
    with a_place():
        try:
            whole = any(printed(signed, voice_of(one.code), font) == file for one in LANGUAGES)
        except LabelRefused:
            whole = False
    return Confirmed(signed, whole)


def _open(sealed: str) -> SignedSheet:
    try:
        return unseal(sealed, window().answers.verifier)
    except NotOurSheet:
        raise Refused(NOT_OURS) from None


def _asked_lines() -> list[str]:
    """The lines of a request: JSON with a list called ``lines``.

    Raises:
        Refused: it is not that.
    """
    try:
        told: Any = json.loads(request.get_data())
    except (ValueError, RecursionError):
        told = None
    lines = told.get("lines") if isinstance(told, dict) else None
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise Refused(say('请求要写成 {"lines": ["…", "…"]} 这样的 JSON。'))
    return [" ".join(line.split()) for line in lines]


def _told(signed: SignedSheet) -> dict[str, Any]:
    return {
        "sheet": json.loads(signed.content),
        "key": signed.key,
        "signature": signed.signature.hex(),
        "sealed": signed.sealed,
    }


def _said(signed: SignedSheet, voice: Voice) -> dict[str, list[str]]:
    """The reasons of each line that has some, in the language asked for."""
    told = {str(one.number): [voice.sentence(point) for point in one.points] for one in signed.sheet.answers}
    return {number: sentences for number, sentences in told.items() if sentences}


def _refused(sentence: Sentence) -> Response:
    voice = voice_of(current_language().code)
    return _json({"error": voice.sentence(sentence)}, HTTPStatus.BAD_REQUEST)


def _json(told: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    response = Response(text + "\n", status, mimetype="application/json")
    response.cache_control.no_cache = True
    return response
