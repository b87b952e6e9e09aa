"""Labels from the browser: a run is issued, printed into the data folder and downloaded as often as it is wanted."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus

from flask import Blueprint, Response, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import AT_DESK, use_up
from zuofang.site.console.answers import form, no_such, onward
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.laboratory.desk import AT_ONCE, batch_page
from zuofang.site.console.laboratory.due import BENCH
from zuofang.site.console.office.errands import started
from zuofang.site.console.rights import may
from zuofang.site.errands.kinds import shop_of
from zuofang.site.errors import refuse
from zuofang.storage import errands
from zuofang.storage.acts import Refused
from zuofang.traceability.labels.contents import ORDINARY_SURFACE
from zuofang.traceability.labels.layouts import LAYOUTS
from zuofang.traceability.labels.printshop import PrintShop, Stock
from zuofang.traceability.labels.runs import folder_of, read_manifest
from zuofang.traceability.models import LabelKind, LabelRun
from zuofang.traceability.queries.belonging import of_batch

pages = Blueprint("label_runs", __name__)
MOST = 200_000
"""Labels of one run from the browser."""
_TYPES = {".pdf": "application/pdf", ".zpl": "text/plain"}


@pages.post("/laboratory/batches/<key:batch>/labels")
@may(*BENCH, place=of_batch)
def issue(batch: int) -> AnyResponse:
    """Issue labels and print them into a file."""
    answers = form()
    kind = answers.member("kind", LabelKind, say("请选标签的种类。"))
    copies = answers.whole("copies", say("请填要印多少枚。"), 1, MOST) or 0
    layout = answers.choice("layout", LAYOUTS, say("请选标签纸。"))
    surface = answers.whole("surface", None, 1, 100_000) or int(ORDINARY_SURFACE)
    if use_up(answers):  # serials are given in a transaction of the print shop's own
        with answers.noting("layout"):
            order = _shop().issue(
                batch, kind or LabelKind.item, copies, Stock(layout, surface=Decimal(surface)), guest().name
            )
            if copies > AT_ONCE:
                return _print_behind(batch, order.run)
            _shop().write(order.run, guest().name, _silently)
            return onward(f"/laboratory/batches/{batch}", "labels")
    return batch_page(batch, answers)


@pages.post("/laboratory/batches/<key:batch>/labels/<key:run>/print")
@may(*BENCH, place=of_batch)
def go_on(batch: int, run: int) -> AnyResponse:
    """Print what is missing of a run, as an errand; its serials stay the same."""
    answers = form()
    found = _run(batch, run)
    if use_up(answers):
        return _print_behind(batch, found.id)
    return batch_page(batch, answers)


@pages.get("/laboratory/batches/<key:batch>/labels/<key:run>")
@may(*BENCH, place=of_batch)
def download(batch: int, run: int) -> Response:
    """The first file of a run; where it is missing and small, it is printed again, with the same serials."""
    return _file(_run(batch, run), 1)


@pages.get("/laboratory/batches/<key:batch>/labels/<key:run>/<key:part>")
@may(*BENCH, place=of_batch)
def download_part(batch: int, run: int, part: int) -> Response:
    """One of the files of a large run."""
    return _file(_run(batch, run), part)


def _run(batch: int, run: int) -> LabelRun:
    with Session(counter().office.database.read) as session:
        found = session.get(LabelRun, run)
    if found is None or found.batch_id != batch:
        no_such(say("没有编号为 %(key)s 的印制任务。", key=run))
    return found


def _file(run: LabelRun, part: int) -> Response:
    folder = folder_of(counter().settings.printed, run.id)
    try:
        if run.copies <= AT_ONCE:
            _shop().write(run.id, guest().name, _silently)
        manifest = read_manifest(folder)
    except Refused as refused:
        refuse(HTTPStatus.CONFLICT, refused.sentence)
    names = sorted(manifest.parts) if manifest else []
    path = folder / names[part - 1] if part <= len(names) else None
    if path is None or not path.is_file():
        refuse(HTTPStatus.CONFLICT, say("这个文件还没有印好。请回到批次的页面，看看印到哪里了，或者接着印。"))
    name = f"labels-{run.id}{path.suffix}" if len(names) == 1 else f"labels-{run.id}-{path.name}"
    return send_file(path.absolute(), mimetype=_TYPES[path.suffix], as_attachment=True, download_name=name)


def _print_behind(batch: int, run: int) -> AnyResponse:
    """Print a run as an errand, and go to its page."""
    with counter().office.writing(guest().name) as desk:
        errand = errands.ask(desk, "labels", {"batch": batch, "run": run}, guest().account, str(AT_DESK)).id
    return started(errand)


def _silently(_done: int, _wanted: int) -> None:
    pass


def _shop() -> PrintShop:
    return shop_of(counter().office, counter().settings)
