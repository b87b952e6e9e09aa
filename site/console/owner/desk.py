"""``/mine``: a workshop at its owner's desk; batches that were made, board and commitment."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.queries.mine import records_of
from zuofang.credit.queries.own_honours import own_honours
from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out
from zuofang.site.console.answers import Answers, form, no_such, onward, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import batches, boards
from zuofang.traceability.models import Batch, MaterialReceipt, Product, Workshop
from zuofang.traceability.notice_board import Health
from zuofang.traceability.queries.belonging import of_workshop
from zuofang.traceability.queries.board import Board, notice_board
from zuofang.traceability.queries.maker import Maker, maker
from zuofang.traceability.queries.paging import key_in
from zuofang.traceability.queries.receipts import usable

pages = Blueprint("owner", __name__)
BY_OWNER = say("经营者自己登记")


@pages.get("/mine")
@may(Role.owner)
def mine() -> AnyResponse:
    """The first of one's workshops."""
    own = sorted(my_reach(Role.owner).workshops)
    return onward(f"/mine/{own[0]}")


@pages.get("/mine/<key:workshop>")
@may(Role.owner, place=of_workshop)
def workshop(workshop: int) -> Response:
    """What is public about the workshop or soon will be, its batches, materials and board."""
    return mine_page(workshop, Answers())


@pages.get("/mine/<key:workshop>/batch")
@may(Role.owner, place=of_workshop)
def new_batch(workshop: int) -> Response:
    """The form for a batch that was made."""
    return _batch_form(workshop, Answers({"made_on": counter().today.isoformat()}))


@pages.post("/mine/<key:workshop>/batch")
@may(Role.owner, place=of_workshop)
def open_batch(workshop: int) -> AnyResponse:
    """Record a batch; it then waits at the laboratory."""
    answers = form()
    product = answers.key("product", say("请选产品。")) or 0
    lot = answers.text("lot", say("请填批号。"), most=100)
    made_on = answers.day("made_on", say("请填生产日期。"))
    quantity, unit = answers.amount("quantity"), answers.maybe("unit", most=20)
    named = [key for text in answers.several("materials") if (key := key_in(text))]

    def act(desk: Desk) -> Batch:
        row = desk.session.get(Product, product)
        if row is None or row.workshop_id != workshop:
            raise Refused(say("这家作坊没有这个产品。"))
        if made_on is None or made_on > desk.today:
            raise Refused(say("日期在今天之后。"))
        used = _materials(desk, workshop, named)
        return batches.open_batch(desk, row, lot, made_on, str(BY_OWNER), materials=used, quantity=quantity, unit=unit)

    onto = f"/mine/{workshop}"
    return carry_out(answers, act, onto=onto, done="batch", again=partial(_batch_form, workshop))


@pages.get("/mine/<key:workshop>/board")
@may(Role.owner, place=of_workshop)
def board(workshop: int) -> Response:
    """The notice board as it hung when it was last described, to be brought up to date; the commitment likewise."""
    here = counter()
    with here.reading() as connection:
        told = notice_board(connection, workshop, here.today)
    return _board(workshop, Answers(_written(told)))


def _written(told: Board) -> dict[str, str]:
    """What was described before, as it is typed."""
    lines = (f"{one.name}：{one.supplies}" for one in told.suppliers or ())
    return {
        "certificate_shown": "yes" if told.certificate_shown else "",
        "rules": told.rules or "",
        "handlers": "" if told.handlers is None else str(told.handlers),
        "all_certified": "yes" if told.health is Health.all_valid else "",
        "next_expiry": told.next_expiry.isoformat() if told.next_expiry else "",
        "suppliers": "\n".join(lines),
        "words": (told.promise.words or "") if told.promise else "",
    }


@pages.post("/mine/<key:workshop>/board")
@may(Role.owner, place=of_workshop)
def see_board(workshop: int) -> AnyResponse:
    """Note what stands on the notice board today."""
    answers = form()
    shown = answers.ticked("certificate_shown")
    rules = answers.text("rules", most=4000)
    handlers = answers.whole("handlers", say("请填有几个人接触食品。"), 0, 500)
    certified = answers.ticked("all_certified")
    expiry, suppliers = answers.day("next_expiry"), answers.text("suppliers", most=2000)
    seen = boards.Seen(
        certificate_shown=shown, rules=rules, handlers=handlers, all_certified=certified if handlers else None,
        next_expiry=expiry, suppliers=tuple(_suppliers(suppliers)),
    )  # fmt: skip

    def act(desk: Desk) -> None:
        boards.see_board(desk, desk.session.get_one(Workshop, workshop), desk.today, seen, str(BY_OWNER))

    return carry_out(answers, act, onto=f"/mine/{workshop}", done="board", again=partial(_board, workshop))


@pages.post("/mine/<key:workshop>/commitment")
@may(Role.owner, place=of_workshop)
def commit(workshop: int) -> AnyResponse:
    """Sign the commitment to safe production today."""
    answers = form()
    words = answers.text("words", say("请写明承诺的内容。"), most=4000)

    def act(desk: Desk) -> None:
        row = desk.session.get_one(Workshop, workshop)
        boards.commit(desk, row, desk.today, str(BY_OWNER), words=words, displayed=True)

    return carry_out(answers, act, onto=f"/mine/{workshop}", done="commitment", again=partial(_board, workshop))


def _materials(desk: Desk, workshop: int, keys: list[int]) -> list[MaterialReceipt]:
    """The materials that went into a batch."""
    rows = list(desk.session.scalars(select(MaterialReceipt).where(MaterialReceipt.id.in_(keys))))
    if len(rows) != len(set(keys)) or any(row.workshop_id != workshop for row in rows):
        raise Refused(say("这家作坊没有这次进货。"))
    return rows


def _batch_form(workshop: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        found = usable(session, workshop, counter().today)
    chosen = answers.several("materials")
    return _page("console/owner/new_batch.html", workshop, answers, materials=found, chosen=chosen)


def _board(workshop: int, answers: Answers) -> Response:
    return _page("console/owner/board.html", workshop, answers)


def _suppliers(text: str) -> list[boards.Supplier]:
    """One supplier a line: name, then what it supplies."""
    parts = (line.replace("：", ":").partition(":") for line in text.splitlines() if line.strip())
    return [boards.Supplier(name.strip()[:200], (what.strip() or "原料")[:200]) for name, _, what in parts]


def mine_page(workshop: int, answers: Answers) -> Response:
    """The page of a workshop, with what was refused."""
    here = counter()
    with Session(here.office.database.read) as session:
        held = records_of(session, workshop, here.today, here.rules)
        honours = own_honours(session, workshop, here.today, here.rules)
    return _page("console/owner/mine.html", workshop, answers, held=held, honours=honours)


def found_workshop(workshop: int) -> Maker:
    """The workshop with what it keeps; the page ends with a sentence where there is none."""
    with counter().reading() as connection:
        view = maker(connection, workshop)
    if view is None:
        no_such()
    return view


def _page(template: str, workshop: int, answers: Answers, **more: Any) -> Response:
    here, view = counter(), found_workshop(workshop)
    with here.reading() as connection:
        told = notice_board(connection, workshop, here.today)
    public = here.settings.public(f"/workshops/{workshop}")
    return page_with(template, answers, view=view, board=told, public=public, on=here.today, **more)
