"""Labels from the browser: a run is issued, printed into the data folder and downloaded as often as it is wanted."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus

from flask import Blueprint, Response, send_file
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import form, onward
from zuofang.site.console.bench_due import BENCH
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.laboratory import batch_page
from zuofang.site.console.rights import may
from zuofang.site.errors import refuse
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.contents import ORDINARY_SURFACE
from zuofang.traceability.labels.design import Designer
from zuofang.traceability.labels.layouts import LAYOUTS
from zuofang.traceability.labels.printshop import PrintShop, Stock
from zuofang.traceability.labels.runs import folder_of, read_manifest
from zuofang.traceability.labels.typeface import Typeface
from zuofang.traceability.models import LabelKind, LabelRun
from zuofang.traceability.queries.belonging import of_batch

pages = Blueprint("label_runs", __name__)
MOST = 5_000
"""Labels of one run from the browser, so that its answer does not keep a person waiting; more by the command line."""


@pages.post("/laboratory/batches/<key:batch>/labels")
@may(*BENCH, place=of_batch)
def issue(batch: int) -> AnyResponse:
    """Issue labels and print them into a file."""
    answers = form()
    kind = answers.member("kind", LabelKind, say("请选标签的种类。"))
    copies = answers.whole("copies", say("请填要印多少枚。"), 1, MOST) or 0
    layout = answers.text("layout", say("请选标签纸。"))
    if layout not in LAYOUTS:
        answers.wrong("layout", say("请从所列的选项中选。"))
    surface = answers.whole("surface", None, 1, 100_000) or int(ORDINARY_SURFACE)
    # Serials are given in a transaction of the print shop's own; this one makes sure the form is used once.
    if answers.fine and attempt(answers, _once):
        try:
            shop = _shop()
            order = shop.issue(
                batch, kind or LabelKind.item, copies, Stock(layout, surface=Decimal(surface)), guest().name
            )
            shop.write(order.run, guest().name, lambda _done, _wanted: None)
        except Refused as refused:
            answers.wrong("layout", refused.sentence)
        else:
            return onward(f"/laboratory/batches/{batch}", "labels")
    return batch_page(batch, answers)


@pages.get("/laboratory/batches/<key:batch>/labels/<key:run>")
@may(*BENCH, place=of_batch)
def download(batch: int, run: int) -> Response:
    """The file of a run, printed again where it is missing, with the same serials."""
    with Session(counter().office.database.read) as session:
        found = session.get(LabelRun, run)
    if found is None or found.batch_id != batch:
        refuse(HTTPStatus.NOT_FOUND, say("没有编号为 %(key)s 的印制任务。", key=run))
    manifest = read_manifest(folder_of(counter().settings.printed, run))
    if manifest is not None and (manifest.order.zpl or found.copies > MOST):
        refuse(HTTPStatus.NOT_FOUND, say("这次印制的文件太多或者是打印机格式，请在服务器上取。"))
    try:
        files = _shop().write(run, guest().name, lambda _done, _wanted: None)
    except Refused as refused:
        refuse(HTTPStatus.CONFLICT, refused.sentence)
    return send_file(
        files[0].absolute(), mimetype="application/pdf", as_attachment=True, download_name=f"labels-{run}.pdf"
    )


def _once(_desk: Desk) -> bool:
    """Nothing else is done in the transaction that strikes the form out."""
    return True


def _shop() -> PrintShop:
    here = counter()
    address = LabelAddress.of_site(here.settings.base_url)
    designer = Designer(here.rules.labels, address, Typeface.at(here.settings.label_font))
    return PrintShop(here.office, designer, here.settings.printed)
