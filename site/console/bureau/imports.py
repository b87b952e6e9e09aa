"""Tables in, from the browser: rehearsed first, every difference in words, then all of it or nothing."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.commands.importing import KINDS
from zuofang.site.console.acting import AT_DESK, attempt, use_up
from zuofang.site.console.answers import NO_SUCH, Answers, form, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import my_reach
from zuofang.site.console.office.errands import started
from zuofang.site.console.rights import may
from zuofang.storage import errands
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.errands import Errand, Folder
from zuofang.storage.sheets.reading import BadTable
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.report import ImportReport, whole_file

pages = Blueprint("imports", __name__)
DIGEST = re.compile(r"[0-9a-f]{64}")
ENDINGS = (".csv", ".xlsx")
LARGE = 256 * 1024
"""Bytes above which a table is read as an errand, so that nobody waits for an answer."""
OWN_ALONE = say("您只能导入您负责的县区的：有一行是别处的，整张表都不写入；试导会指出是哪一行。")
TABLES = {
    "zones": say("加工区"),
    "workshops": say("食品小作坊"),
    "products": say("产品"),
    "materials": say("进货查验记录"),
    "batches": say("批次"),
    "deliveries": say("销售记录"),
    "release-tests": say("出厂检验"),
    "subsidies": say("加工区补贴"),
    "inspections": say("监督检查"),
    "sampling": say("监督抽检"),
    "penalties": say("行政处罚"),
    "serious-list": say("严重违法失信名单"),
    "honours": say("荣誉"),
    "bearers": say("传承人"),
    "outlets": say("销售点"),
    "campaign-places": say("专项整治的主体"),
}
"""What each kind of table is called."""


@pages.get("/imports")
@may(Role.officer)
def imports() -> Response:
    """Which table is brought, and its file."""
    return _page(Answers(), None)


@pages.post("/imports")
@may(Role.officer)
def rehearse() -> AnyResponse:
    """Rehearse the import: everything is done and nothing is kept."""
    answers = form()
    kind = answers.choice("kind", _offered(), say("请选表格的种类。"))
    file = request.files.get("file")
    ending = Path(file.filename or "").suffix.lower() if file else ""
    if file is None or not file.filename:
        answers.wrong("file", say("请选一个文件。"))
    elif ending not in ENDINGS:
        answers.wrong("file", say("只读 .xlsx 和 .csv 表格。"))
    if not answers.fine or file is None:
        return _page(answers, None)
    content = file.stream.read()
    if len(content) > LARGE:
        return _behind(answers, kind, content, ending)
    digest = hashlib.sha256(content).hexdigest()
    place = _place(digest, ending)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for earlier in place.parent.iterdir():  # one table waits for each person, no more: it may hold what is never kept
        earlier.unlink()
    place.write_bytes(content)
    return _page(answers, _run(kind, place, dry_run=True), digest=place.name)


@pages.post("/imports/apply")
@may(Role.officer, fresh=True)
def apply() -> AnyResponse:
    """Take the rehearsed table in: all of it, or nothing."""
    answers = form()
    kind, name = answers.text("kind", most=40), answers.text("digest", most=80)
    place = _place(name[:64], name[64:])
    if kind not in KINDS or not DIGEST.fullmatch(name[:64]) or name[64:] not in ENDINGS or not place.is_file():
        answers.wrong("file", say("这个文件已经不在了，请重新选。"))
    if not use_up(answers):
        return _page(answers, None)
    report = _run(kind, place, dry_run=False)
    if not report.refused:
        place.unlink(missing_ok=True)
    return _page(answers, report)


@pages.post("/imports/errands/<key:errand>")
@may(Role.officer, fresh=True)
def apply_behind(errand: int) -> AnyResponse:
    """Take in the table that an errand rehearsed, as another errand."""
    answers = form()

    def act(desk: Desk) -> int:
        rehearsed = desk.session.get(Errand, errand)
        if rehearsed is None or rehearsed.account_id != guest().account or rehearsed.kind != "import":
            raise Refused(NO_SUCH)
        kind, name = str(rehearsed.what["table"]), str(rehearsed.what["file"])
        try:
            content = (_folder().of(errand) / name).read_bytes()
        except FileNotFoundError:
            raise Refused(say("这个文件已经不在了，请重新选。")) from None
        return _ask(desk, kind, content, Path(name).suffix, rehearsal=False)

    made = attempt(answers, act)
    return _page(answers, None) if made is None else started(made)


def _offered() -> list[str]:
    """The kinds of tables that the person may take in: who works in some counties alone, those of their operators."""
    everywhere = my_reach(Role.officer).everything
    return [name for name, kind in KINDS.items() if everywhere or kind.by_county]


def _behind(answers: Answers, kind: str, content: bytes, ending: str) -> AnyResponse:
    """Rehearse a large table as an errand."""
    made = attempt(answers, lambda desk: _ask(desk, kind, content, ending, rehearsal=True))
    return _page(answers, None) if made is None else started(made)


def _ask(desk: Desk, kind: str, content: bytes, ending: str, *, rehearsal: bool) -> int:
    name = f"{hashlib.sha256(content).hexdigest()}{ending}"
    wanted = {"table": kind, "file": name, "rehearsal": rehearsal}
    made = errands.ask(desk, "import", wanted, guest().account, str(AT_DESK)).id
    (_folder().of(made) / name).write_bytes(content)
    return made


def _folder() -> Folder:
    return Folder(counter().settings.errands)


def _run(kind: str, file: Path, *, dry_run: bool) -> ImportReport:
    try:
        return run(counter().office, KINDS[kind], file, guest().name, dry_run, within=my_reach(Role.officer).within)
    except BadTable as refused:
        return whole_file(kind, dry_run, refused.sentence)


def _place(digest: str, ending: str) -> Path:
    """Where a table waits to be taken in: for this account alone, under the digest of its content."""
    return counter().settings.data / "uploads" / str(guest().account) / f"{digest}{ending}"


def _page(answers: Answers, report: ImportReport | None, digest: str = "") -> Response:
    shown: dict[str, Any] = {"kinds": [(name, TABLES[name]) for name in _offered()], "report": report, "digest": digest}
    shown["own_alone"] = None if my_reach(Role.officer).everything else OWN_ALONE
    return page_with("console/bureau/imports.html", answers, **shown)
