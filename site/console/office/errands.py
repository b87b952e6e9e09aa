"""Long work asked for at a desk: what there is, how far it has come, how it ended, and the file it made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, send_file
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import AT_DESK, attempt, carry_out, locked
from zuofang.site.console.answers import Answers, form, no_such, onward, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.gate import my_roles
from zuofang.site.console.rights import may
from zuofang.site.errors import refuse
from zuofang.site.locales import current_language
from zuofang.site.voice import voice_of
from zuofang.storage import errands
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk
from zuofang.storage.errands import Errand, ErrandState, Folder
from zuofang.traceability.importing.report import ImportReport, RefusedCell, Remark

pages = Blueprint("errands", __name__)
ASKERS = (Role.laboratory, Role.zone_manager, Role.officer, Role.editor, Role.administrator)
SHOWN = 50
BENCH = frozenset({Role.laboratory, Role.zone_manager})
EDITORS, ADMINISTRATORS = frozenset({Role.editor, Role.administrator}), frozenset({Role.administrator})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of errand: what it is called, what it is good for, whose it is; some are asked for elsewhere."""

    name: Sentence
    about: Sentence
    roles: frozenset[Role]
    offered: bool = True


KINDS: Mapping[str, Kind] = {
    "open_files": Kind(say("公示数据文件"), say("今天公示的全部记录，中英文各一张表。"), EDITORS),
    "journal_file": Kind(say("日志文件"), say("每一条日志和签名，谁都可以据此重新核对。"), ADMINISTRATORS),
    "audit_file": Kind(say("审计文件"), say("所有账号和角色，以及谁在什么时候办了什么。"), ADMINISTRATORS),
    "recount": Kind(say("核对日志"), say("从第一条起逐条核对，并与数据库外记下的末尾比较。"), ADMINISTRATORS),
    "search": Kind(say("重建搜索索引"), say("把每一条记录重新看一遍，建好新索引再换上。"), EDITORS),
    "backup": Kind(say("备份"), say("写到数据文件夹的 backups 里；不含密钥。"), ADMINISTRATORS),
    "preview": Kind(say("算规则会变什么"), say("在提出规则文件时自动提出。"), EDITORS, offered=False),
    "labels": Kind(say("印标签"), say("在批次的页面上提出。"), BENCH, offered=False),
    "import": Kind(say("导入表格"), say("在导入的页面上提出。"), frozenset({Role.officer}), offered=False),
}
STATES = {
    ErrandState.waiting: (say("等候中"), ""),
    ErrandState.running: (say("正在做"), "care"),
    ErrandState.done: (say("已做完"), "released"),
    ErrandState.refused: (say("没有做成"), "stop"),
    ErrandState.stopped: (say("已停止"), "unknown"),
}
LEFT = (say("中断了"), "stop")
"""Under way by its row, while no process is doing errands."""
PHASES = {
    "labels": say("正在印"),
    "rows": say("正在读表格"),
    "documents": say("正在看记录"),
    "records": say("正在写记录"),
    "entries": say("正在逐条核对"),
    "days": say("正在算期限"),
    "letters": say("正在算等级"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An errand as its page shows it."""

    row: Errand
    kind: Kind
    state: Sentence
    tone: str
    left: bool
    phase: Sentence
    share: float
    said: str | None
    report: ImportReport | None

    @property
    def moving(self) -> bool:
        """Whether it waits or is under way."""
        return self.row.state in (ErrandState.waiting, ErrandState.running) and not self.left


@pages.get("/errands")
@may(*ASKERS)
def listing() -> Response:
    """One's own errands, an administrator's all; and those that can be asked for."""
    return _list(Answers())


@pages.post("/errands")
@may(Role.editor, Role.administrator, fresh=True)
def ask() -> AnyResponse:
    """Ask for an errand; the page may be closed then."""
    answers = form()
    name = answers.choice("kind", _offered(), say("请选要做什么。"))
    made = attempt(answers, lambda desk: errands.ask(desk, name, {}, guest().account, str(AT_DESK)).id)
    return _list(answers) if made is None else started(made)


def started(errand: int) -> AnyResponse:
    """Have an errand done that was just asked for, and go to its page."""
    counter().start()
    return onward(f"/errands/{errand}", "errand")


@pages.get("/errands/<key:errand>")
@may(*ASKERS)
def one(errand: int) -> Response:
    """One errand: how far it has come, or how it ended."""
    return _one(errand, Answers())


@pages.get("/errands/<key:errand>/progress")
@may(*ASKERS)
def progress(errand: int) -> Response:
    """How far an errand has come, as JSON for the script of its page."""
    shown, voice = as_shown(_mine(errand)), voice_of(current_language().code)
    said = voice.sentence(shown.phase if shown.row.state is ErrandState.running else shown.state)
    return jsonify(moving=shown.moving, share=round(shown.share, 3), said=said)


@pages.get("/errands/<key:errand>/file")
@may(*ASKERS)
def file(errand: int) -> Response:
    """The file that an errand made, as long as it is kept and the role that may have it counts."""
    row = _mine(errand)
    if not KINDS[row.kind].roles & my_roles():
        refuse(HTTPStatus.FORBIDDEN, say("您的账号没有办这件事的角色。"))
    path = _folder().root / str(row.id) / (row.file or "")
    if row.file is None or not path.is_file():
        refuse(HTTPStatus.GONE, say("文件只保存 %(days)s 天，已经删去；请再做一次。", days=errands.KEPT))
    return send_file(path.absolute(), as_attachment=True, download_name=row.file)


@pages.post("/errands/<key:errand>/stop")
@may(*ASKERS)
def stop(errand: int) -> AnyResponse:
    """Let an errand stop."""
    return _decide(errand, "errand_stop", errands.stop)


@pages.post("/errands/<key:errand>/again")
@may(*ASKERS, fresh=True)
def again(errand: int) -> AnyResponse:
    """Take an errand up again; like the first start, on a second factor given lately."""
    answer = _decide(errand, "errand_again", errands.again)
    counter().start()
    return answer


def _decide(key: int, done: str, act: Callable[[Desk, Errand, Folder, str], object]) -> AnyResponse:
    """Do one act to an errand of one's own, and go back to its page."""
    row = _mine(key)
    return carry_out(
        form(),
        lambda desk: act(desk, locked(desk, Errand, row.id), _folder(), str(AT_DESK)),
        onto=f"/errands/{key}",
        done=done,
        again=partial(_one, key),
    )


def _folder() -> Folder:
    return Folder(counter().settings.errands)


def _everything() -> bool:
    return Role.administrator in my_roles()


def _visible() -> Select[Errand]:
    found = select(Errand).options(joinedload(Errand.account)).order_by(Errand.id.desc())
    return found if _everything() else found.where(Errand.account_id == guest().account)


def _mine(key: int) -> Errand:
    """The errand with this number; one of somebody else is as if it were not there."""
    with Session(counter().office.database.read) as session:
        row = session.scalars(_visible().where(Errand.id == key)).one_or_none()
    if row is None:
        no_such()
    return row


def _offered() -> dict[str, Kind]:
    roles = my_roles()
    return {name: kind for name, kind in KINDS.items() if kind.offered and kind.roles & roles}


def _list(answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        rows = session.scalars(_visible().limit(SHOWN)).all()
    return page_with("console/office/errands.html", answers, found=[as_shown(row) for row in rows], offered=_offered())


def _one(key: int, answers: Answers) -> Response:
    return page_with("console/office/errand.html", answers, view=as_shown(_mine(key)))


def as_shown(row: Errand) -> Shown:
    """An errand as a page shows it, with how far it has come."""
    folder, outcome, language = _folder(), row.outcome, current_language().code
    left = row.state is ErrandState.running and not folder.busy
    told = folder.told(row.id) if row.state is ErrandState.running else None
    state, tone = LEFT if left else STATES[row.state]
    said = outcome.get("sentence", {}).get(language)
    report = _report(outcome["report"], language) if "report" in outcome else None
    phase = PHASES.get(told.what, STATES[ErrandState.running][0]) if told else state
    return Shown(row, KINDS[row.kind], state, tone, left, phase, told.share if told else 0, said, report)


def _report(told: Mapping[str, Any], language: str) -> ImportReport:
    """The report of an import as it was kept, its sentences in one language."""
    counts = {name: told[name] for name in ("rows", "created", "updated", "unchanged", "unmatched")}
    refused = [
        RefusedCell(cell["row"], cell["column"], cell["value"], Sentence(cell["reason"][language]))
        for cell in told["refused"]
    ]
    to_check = [
        Remark(cell["row"], cell["column"], Sentence(cell["reason"][language]), tuple(cell["candidates"]))
        for cell in told.get("to_check", ())
    ]
    notes = [Sentence(note[language]) for note in told["notes"]]
    return ImportReport(told["kind"], told["dry_run"], refused=refused, notes=notes, to_check=to_check, **counts)
