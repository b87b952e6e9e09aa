"""The desk of a zone laboratory: its batches, and what is decided about one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import AT_DESK, carry_out
from zuofang.site.console.answers import REASON_MISSING, Answers, form, no_such, page, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach, my_roles
from zuofang.site.console.laboratory.due import BENCH
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability import recalls
from zuofang.traceability.acts import batches
from zuofang.traceability.acts.lookups import batch as batch_of
from zuofang.traceability.labels.layouts import LAYOUTS, Layout
from zuofang.traceability.models import Batch, Delivery
from zuofang.traceability.queries import bench
from zuofang.traceability.queries.belonging import of_batch

pages = Blueprint("laboratory", __name__)
OF_BATCH = (*BENCH, Role.officer)
"""Who may see a batch and stop it: the laboratory and the manager of its zone, and officers."""
AT_ONCE = 1_000
"""Labels that are printed while the browser waits; more are an errand."""


@pages.get("/laboratory")
@may(*BENCH)
def desk() -> Response:
    """The batches that wait, and those decided lately."""
    name = request.args.get("q", "").strip()[:60]
    zones = my_reach(*BENCH).zones
    with counter().reading() as connection:
        waiting = bench.waiting(connection, zones)
        done = bench.decided(connection, zones, name)
    return page("console/laboratory/desk.html", waiting=waiting, decided=done, name=name)


@pages.get("/laboratory/batches/<key:batch>")
@may(*OF_BATCH, place=of_batch)
def batch(batch: int) -> Response:
    """One batch: its sheets, what can be decided now, its recall and its labels."""
    return batch_page(batch, Answers())


@pages.post("/laboratory/batches/<key:batch>/release")
@may(*BENCH, place=of_batch)
def release(batch: int) -> AnyResponse:
    """Let the batch leave."""
    return decide(batch, "release", batches.release)


@pages.post("/laboratory/batches/<key:batch>/undo-release")
@may(*BENCH, place=of_batch)
def undo_release(batch: int) -> AnyResponse:
    """Take the release back."""
    return decide(batch, "undo_release", batches.undo_release)


@pages.post("/laboratory/batches/<key:batch>/block")
@may(*OF_BATCH, place=of_batch)
def block(batch: int) -> AnyResponse:
    """Block the batch; the reason is shown to the public."""
    answers = form()
    reason = answers.text("reason", REASON_MISSING)
    return decide(batch, "block", lambda desk, row, why: batches.block(desk, row, reason, why), answers)


@pages.post("/laboratory/batches/<key:batch>/unblock")
@may(*OF_BATCH, place=of_batch)
def unblock(batch: int) -> AnyResponse:
    """Lift the block."""
    return decide(batch, "unblock", batches.unblock)


@pages.post("/laboratory/batches/<key:batch>/deliveries/<key:delivery>/strike-out")
@may(*OF_BATCH, place=of_batch)
def strike_out_delivery(batch: int, delivery: int) -> AnyResponse:
    """Take out a delivery that never took place."""

    def act(desk: Desk, row: Batch, why: str) -> None:
        if delivery not in desk.session.scalars(select(Delivery.id).filter_by(batch_id=row.id)):
            raise Refused(say("没有这张发货单。"))
        batches.take_back_delivery(desk, delivery, why)

    return decide(batch, "undelivered", act)


def decide(
    batch: int, done: str, act: Callable[[Desk, Batch, str], object], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a batch as the person saw it, and go back to its page."""
    return carry_out(
        answers or form(),
        lambda desk: act(desk, batch_of(desk, batch), str(AT_DESK)),
        onto=f"/laboratory/batches/{batch}",
        done=done,
        again=partial(batch_page, batch),
        seen=("batch", str(batch)),
    )


def batch_page(batch: int, answers: Answers) -> Response:
    """The page of a batch, with what was typed and why it was refused."""
    here = counter()
    with here.reading() as connection:
        view = bench.bench_batch(connection, batch, here.rules)
    if view is None:
        no_such(say("没有编号为 %(key)s 的批次。", key=batch))
    return page_with(
        "console/laboratory/batch.html",
        answers,
        view=view,
        layouts=[(name, _stock(layout)) for name, layout in LAYOUTS.items()],
        hours={level: recalls.hours_to_start(level, here.today, here.rules) for level in recalls.LEVELS},
        at_once=AT_ONCE,
        bench=bool(my_roles() & set(BENCH)),
        officer=Role.officer in my_roles(),
        on=here.today,
        public=here.settings.public(f"/batches/{batch}"),
    )


def _stock(layout: Layout) -> Sentence:
    """What this stock is, as one asks for it in a shop."""
    size = {"wide": f"{layout.width:g}", "high": f"{layout.height:g}"}
    stock = say("A4，每页 %(count)s 枚，%(wide)s×%(high)s 毫米", count=layout.per_page, **size)
    if layout.page is None:
        stock = say("卷装，%(wide)s×%(high)s 毫米", **size)
    return stock if layout.holds_contents else say("%(stock)s，只印码和名称", stock=stock)
