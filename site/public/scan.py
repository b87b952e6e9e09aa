"""``/scan``: a code from a picture or typed by hand, with or without a script. Nothing that is sent is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import Sentence, say
from zuofang.site.errors import held_in_memory
from zuofang.site.headers import content_policy, permissions
from zuofang.site.locales import local
from zuofang.site.public.answers import page
from zuofang.site.window import window
from zuofang.traceability.codes import LabelCode, LabelKeyring, NotOurCode, read
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.decoding import MAX_BYTES, read_picture
from zuofang.traceability.labels.refusals import LabelRefused
from zuofang.traceability.labels.symbols import QUIET_ZONE, draw_one, svg_path

pages = Blueprint("scan", __name__)
FORM_AROUND_IT = 16 * 1024
LONGEST = 300
"""Characters of a foreign code that are shown."""
NO_PICTURE = say("请先拍一张或选一张照片。")
NOTHING_FOUND = say("照片里没有找到二维码。请把码拍大、拍清楚、不要反光，再试一次；也可以输入码旁边的字。")


@dataclass(frozen=True, slots=True)
class Found:
    """What stood in a picture: labels of ours, and texts of others, which lead nowhere from here."""

    ours: tuple[LabelCode, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """A symbol of known text: its dark runs as path data, in modules, and its width with the quiet zone."""

    text: str
    path: str
    width: int


@pages.get("/scan")
def scan() -> AnyResponse:
    """The page with the camera, the picture form and the code field."""
    typed = request.args.get("code", "")
    if typed.strip():
        return redirect(local(f"/t/?{urlencode({'code': typed})}"), HTTPStatus.SEE_OTHER)
    return _answer()


@pages.post("/scan")
def read_sent_picture() -> AnyResponse:
    """Look for a code in a picture and go to its label page."""
    picture = _picture()
    if not picture:
        return _answer(NO_PICTURE, HTTPStatus.BAD_REQUEST)
    try:
        texts = read_picture(picture)
    except LabelRefused as refused:
        return _answer(refused.sentence, HTTPStatus.BAD_REQUEST)
    if not texts:
        return _answer(NOTHING_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
    found = sort(texts, _address(), window().keyring)
    if len(found.ours) == 1 and not found.others:
        return redirect(local(f"/t/{found.ours[0].text}"), HTTPStatus.SEE_OTHER)
    return _answer(found=found)


def sort(texts: Iterable[str], address: LabelAddress, keyring: LabelKeyring) -> Found:
    """Tell our labels from everything else; a code of ours counts with its address or alone, if its tag is right."""
    ours, others = {}, []
    for text in texts:
        try:
            code = read(keyring, address.code_in(text) or text)
            ours[code.text] = code
        except NotOurCode:
            others.append("".join(sign if sign.isprintable() else " " for sign in text)[:LONGEST])
    return Found(tuple(ours.values()), tuple(others))


def _picture() -> bytes:
    """The bytes of the picture that was sent, held in memory alone; none where the form is empty."""
    sent = held_in_memory(MAX_BYTES + FORM_AROUND_IT)
    return next((content for file in sent.files.getlist("picture") if (content := file.read())), b"")


def _answer(
    mistake: Sentence | None = None, status: HTTPStatus = HTTPStatus.OK, found: Found | None = None
) -> Response:
    """The page, with the camera allowed and our own script: the only one that has either."""
    address = _address()
    response = page(
        "public/scan.html", status, mistake=mistake, found=found, probe=probe(address), prefix=address.prefix
    )
    response.headers["Content-Security-Policy"] = content_policy(script_src="'self'")
    response.headers["Permissions-Policy"] = permissions("camera")
    return response


def _address() -> LabelAddress:
    return LabelAddress.of_site(current_app.config["ZUOFANG"].base_url)


@cache
def probe(address: LabelAddress) -> Probe:
    """A symbol that the script lets the browser read before it trusts its decoder."""
    text = address.of("PROBE")
    modules = draw_one(text)
    return Probe(text, svg_path(modules), len(modules) + 2 * QUIET_ZONE)
