"""``/mine/<workshop>/materials``: what came in, from whom, and photographs of the papers that came with it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.queries.pictures import is_named
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt, carry_out
from zuofang.site.console.answers import Answers, form, no_such, onward, page, page_with
from zuofang.site.console.counter import counter
from zuofang.site.console.owner.desk import BY_OWNER, found_workshop
from zuofang.site.console.rights import may
from zuofang.site.public.pictures import copy_of
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.pictures import shelf
from zuofang.storage.pictures.shelf import Made
from zuofang.traceability.acts import batches
from zuofang.traceability.acts import receipts as acts
from zuofang.traceability.models import MaterialReceipt
from zuofang.traceability.queries.belonging import of_workshop
from zuofang.traceability.queries.paging import key_in
from zuofang.traceability.queries.receipts import is_with, receipt, receipts

pages = Blueprint("owner_materials", __name__)
PHOTO = "photo"
NOT_HERE = say("这家作坊没有这次进货。")


@pages.get("/mine/<key:workshop>/materials")
@may(Role.owner, place=of_workshop)
def materials(workshop: int) -> Response:
    """Everything that came in lately, the newest first."""
    with Session(counter().office.database.read) as session:
        found = receipts(session, workshop)
    return page("console/owner/materials.html", view=found_workshop(workshop), found=found)


@pages.get("/mine/<key:workshop>/material")
@may(Role.owner, place=of_workshop)
def new_material(workshop: int) -> Response:
    """The form for a material that came in; ``like`` names an earlier one whose words are typed already."""
    given = {"received_on": counter().today.isoformat()}
    like = key_in(request.args.get("like", "")) or 0
    with Session(counter().office.database.read) as session:
        before = receipt(session, workshop, like)
    if before is not None:
        given |= {"name": before.row.name, "supplier": before.row.supplier, "unit": before.row.unit}
    return _form(workshop, Answers(given))


@pages.post("/mine/<key:workshop>/material")
@may(Role.owner, place=of_workshop)
def receive(workshop: int) -> AnyResponse:
    """Record a material received, with its supplier and proof (FSL Art 50); a photograph may come with it."""
    answers = form()
    row = _read(workshop, answers)
    answers.take(PHOTO)
    made = _photographed(answers, needed=False) if answers.fine else None

    def act(desk: Desk) -> None:
        if row.received_on > desk.today:
            raise Refused(say("日期在今天之后。"))
        batches.receive_material(desk, row, str(BY_OWNER))
        if made is not None:
            acts.add_picture(desk, row, made, str(BY_OWNER))

    return carry_out(answers, act, onto=f"/mine/{workshop}", done="material", again=partial(_form, workshop))


@pages.get("/mine/<key:workshop>/materials/<key:material>")
@may(Role.owner, place=of_workshop)
def material(workshop: int, material: int) -> Response:
    """One material with its supplier and the photographs of its papers."""
    return _page(workshop, material, Answers())


@pages.post("/mine/<key:workshop>/materials/<key:material>/pictures")
@may(Role.owner, place=of_workshop)
def add_picture(workshop: int, material: int) -> AnyResponse:
    """Add a photograph of a paper."""
    answers = form()
    answers.take(PHOTO)
    made = _photographed(answers, needed=True) if answers.fine else None

    def act(desk: Desk) -> None:
        if made is not None:
            acts.add_picture(desk, _own(desk, workshop, material), made, str(BY_OWNER))

    onto = f"/mine/{workshop}/materials/{material}"
    return carry_out(answers, act, onto=onto, done="photo", again=partial(_page, workshop, material))


@pages.post("/mine/<key:workshop>/materials/<key:material>/pictures/<key:photo>/remove")
@may(Role.owner, place=of_workshop)
def remove_picture(workshop: int, material: int, photo: int) -> AnyResponse:
    """Take a photograph away; its copies leave the shelf where nothing else names them."""
    answers = form()

    def act(desk: Desk) -> str:
        return acts.take_picture_away(desk, _own(desk, workshop, material), photo, str(BY_OWNER))

    digest = attempt(answers, act)
    if digest is None:
        return _page(workshop, material, answers)
    with Session(counter().office.database.read) as session:
        if not is_named(session, digest):
            shelf.take_off(counter().settings.pictures, digest)
    return onward(f"/mine/{workshop}/materials/{material}", "photo_gone")


@pages.get("/mine/<key:workshop>/materials/<key:material>/<picture:name>")
@may(Role.owner, place=of_workshop)
def copy(workshop: int, material: int, name: str) -> Response:
    """One copy of a photograph."""
    with counter().reading() as connection:
        if not is_with(connection, workshop, material, shelf.digest_in(name)):
            no_such(NOT_HERE)
    return copy_of(name)


def _read(workshop: int, answers: Answers) -> MaterialReceipt:
    """The record as it was typed; only to be used where the form is fine."""
    name, supplier = answers.text("name", say("请填原料名称。")), answers.text("supplier", say("请填供货者。"))
    licence = answers.maybe("supplier_licence", most=100)
    quantity = answers.amount("quantity", say("请填数量。"))
    unit = answers.text("unit", say("请填单位，例如公斤。"), most=20)
    day = answers.day("received_on", say("请填进货日期。"))
    lot, voucher = answers.text("lot", most=100), answers.maybe("voucher", most=100)
    best_before = answers.day("best_before")
    return MaterialReceipt(
        workshop_id=workshop, name=name, supplier=supplier, supplier_licence=licence, quantity=quantity or Decimal(0),
        unit=unit, received_on=day or counter().today, lot=lot, voucher=voucher, best_before=best_before,
    )  # fmt: skip


def _photographed(answers: Answers, *, needed: bool) -> Made | None:
    """The photograph that was sent, made small before anything is locked; pixels alone are kept."""
    sent = request.files.get(PHOTO)
    content = sent.read() if sent else b""
    if not content:
        if needed:
            answers.wrong(PHOTO, say("请选一张照片。"))
        return None
    with answers.noting(PHOTO):
        return shelf.put(counter().settings.pictures, content)
    return None


def _own(desk: Desk, workshop: int, material: int) -> MaterialReceipt:
    row = desk.session.get(MaterialReceipt, material, with_for_update=True)
    if row is None or row.workshop_id != workshop:
        raise Refused(NOT_HERE)
    return row


def _form(workshop: int, answers: Answers) -> Response:
    return page_with("console/owner/new_material.html", answers, view=found_workshop(workshop))


def _page(workshop: int, material: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        found = receipt(session, workshop, material)
    if found is None:
        no_such(NOT_HERE)
    return page_with("console/owner/material.html", answers, view=found_workshop(workshop), found=found)
