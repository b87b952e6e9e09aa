"""``/verify/``: a buyer's list answered line by line on a dated, signed sheet. Nothing that is sent is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus

from flask import Blueprint, Response, current_app, request
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from zuofang.credit.verification.answers import LineAnswer, Standing
from zuofang.credit.verification.lines import MOST, Line, TooManyLines, lines_of_rows, lines_of_text
from zuofang.credit.verification.lookup import Register, answer_lines, name_book
from zuofang.credit.verification.names import NameBook
from zuofang.credit.verification.sheet import AnswerSheet, DataState, NotOurSheet, SignedSheet, sign, unseal
from zuofang.rules.sentences import say
from zuofang.site.errors import held_in_memory, refuse
from zuofang.site.locales import current_language
from zuofang.site.public.answer_files import workbook
from zuofang.site.public.answer_print import printed
from zuofang.site.public.answers import page
from zuofang.site.voice import Voice, voice_of
from zuofang.site.window import Window, window
from zuofang.storage.acts import Refused
from zuofang.storage.journal import read_head
from zuofang.storage.sheets.budget import MEBIBYTE, Budget
from zuofang.storage.sheets.reading import open_sent_table
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.refusals import LabelRefused

pages = Blueprint("verify", __name__)
LARGEST = 8 * MEBIBYTE
"""Bytes of one request: five thousand long lines, or a workbook of them, or a sheet that comes back."""
TABLE = Budget(file=LARGEST, rows=20_000, columns=64, cells=400_000, unpacked=64 * MEBIBYTE, processor=20, silence=20.0)
SHOWN = 500
"""Lines on the page, the gravest first; all of them stand in the files."""
AT_ONCE = 2
PATIENCE = 2.0
"""Seconds to wait for one of the places in which lists are answered."""
DIGEST_HEAD = 16
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING_SENT = say("请粘贴要核验的内容，或者选一个表格文件。")
TOO_MANY = say("一次最多核验 %(most)s 行，请分成几次。", most=MOST)
NOT_OURS = say("这不是本站签发的答复单，或者签名数据被改动过。")
BUSY = say("现在核验的人多，请过一分钟再试。您刚才发来的内容没有保存。")
_places = threading.BoundedSemaphore(AT_ONCE)


class NameShelf:
    """The names of the register, read again when the data change."""

    def __init__(self) -> None:
        self._kept: tuple[int, NameBook] | None = None

    def at(self, version: int, connection: Connection) -> NameBook:
        """The names at a data version."""
        kept = self._kept
        if kept is None or kept[0] != version:
            self._kept = kept = (version, name_book(connection))
        return kept[1]


@pages.record_once
def _open_shelf(state: object) -> None:
    state.app.extensions[NameShelf.__name__] = NameShelf()  # type: ignore[attr-defined]


@pages.get("/verify/")
def field() -> Response:
    """Where a buyer pastes a list or sends a table: label codes, certificate numbers, credit codes, names."""
    return page("public/verify.html", mistake=None, typed="", most=MOST)


@pages.post("/verify/")
def answered() -> Response:
    """The answer sheet of a list, with its signature; nothing of the list is kept."""
    allow_large()
    typed = request.form.get("lines", "")
    try:
        signed = _signed(_sent_lines(typed))
    except Refused as refused:
        return page(
            "public/verify.html", HTTPStatus.BAD_REQUEST, mistake=refused.sentence, typed=typed[:20_000], most=MOST
        )
    return page("public/verify_sheet.html", HTTPStatus.OK, signed=signed, shown=gravest_first(signed), most=SHOWN)


@pages.post("/verify/sheet.xlsx")
def as_workbook() -> Response:
    """The answer sheet that the form carries, as a workbook."""
    return _file(workbook(_returned(), _voice()), XLSX, "xlsx")


@pages.post("/verify/sheet.pdf")
def as_print() -> Response:
    """The answer sheet that the form carries, as a PDF."""
    signed = _returned()
    try:
        with a_place():
            return _file(printed(signed, _voice(), current_app.config["ZUOFANG"].label_font), "application/pdf", "pdf")
    except LabelRefused as refused:
        refuse(HTTPStatus.SERVICE_UNAVAILABLE, refused.sentence)


def gravest_first(signed: SignedSheet) -> tuple[LineAnswer, ...]:
    """The lines of a sheet as the page shows them."""
    order = list(Standing)
    return tuple(sorted(signed.sheet.answers, key=lambda one: (order.index(one.standing), one.number))[:SHOWN])


def answer_sheet(lines: Sequence[Line]) -> SignedSheet:
    """Answer a list from the register as it stands now.

    Raises:
        Refused: too many lists are being answered.
    """
    with a_place():
        here = window()
        return sign(_sheet(here, lines), here.answers)


def _sheet(here: Window, lines: Sequence[Line]) -> AnswerSheet:
    settings, version = current_app.config["ZUOFANG"], here.version()
    with here.reading() as connection:
        register = Register(
            names=current_app.extensions[NameShelf.__name__].at(version, connection),
            keyring=here.keyring,
            address=LabelAddress.of_site(settings.base_url),
            on=here.today,
            rules=here.rules,
        )
        answers = answer_lines(connection, lines, register)
        state = _state(connection)
    return AnswerSheet(here.now, here.today, settings.public(), state, answers)


def _state(connection: Connection) -> DataState:
    with Session(connection) as session:
        head = read_head(session)
    return DataState(0, "") if head is None else DataState(head.seq, head.digest.hex()[:DIGEST_HEAD])


@contextmanager
def a_place() -> Iterator[None]:
    """One of the few places in which large work is done, so that lists never slow the label pages down."""
    if not _places.acquire(timeout=PATIENCE):
        refuse(HTTPStatus.TOO_MANY_REQUESTS, BUSY)
    try:
        yield
    finally:
        _places.release()


def _signed(lines: tuple[Line, ...]) -> SignedSheet:
    if not lines:
        raise Refused(NOTHING_SENT)
    return answer_sheet(lines)


def _sent_lines(typed: str) -> tuple[Line, ...]:
    try:
        if content := sent_file("table"):
            with a_place(), open_sent_table(content, TABLE) as table:
                return lines_of_rows(row for rows in table.batches() for row in rows)
        return lines_of_text(typed)
    except TooManyLines:
        raise Refused(TOO_MANY) from None


def sent_file(name: str) -> bytes:
    """The bytes of a file that was sent, none where the field is empty."""
    return next((content for file in request.files.getlist(name) if (content := file.read())), b"")


def allow_large() -> None:
    """Let the form be as large as a list may be, and keep its files out of the file system."""
    held_in_memory(LARGEST, LARGEST)


def _returned() -> SignedSheet:
    """The sheet that comes back with a form, if it is ours."""
    allow_large()
    try:
        return unseal(request.form.get("sealed", ""), window().answers.verifier)
    except NotOurSheet:
        refuse(HTTPStatus.BAD_REQUEST, NOT_OURS)


def _voice() -> Voice:
    return voice_of(current_language().code)


def _file(content: bytes, mimetype: str, ending: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="verify.{ending}"'
    response.cache_control.no_store = True
    return response
