"""Products at the desk of the register: what an operator makes, with the contents its labels owe."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.sentences import say
from zuofang.site.console.acting import carry_out, locked
from zuofang.site.console.answers import Answers, form, no_such, page, page_with
from zuofang.site.console.bureau.register import AT_REGISTER
from zuofang.site.console.counter import counter
from zuofang.site.console.rights import may
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk
from zuofang.storage.journal import last_about
from zuofang.traceability.acts import operators as acts
from zuofang.traceability.models import Packing, Product, Workshop
from zuofang.traceability.queries.belonging import of_product, of_workshop

pages = Blueprint("products", __name__)
LONGEST_LIFE = 3650
"""Days that a shelf life can be typed as; longer is a slip of the finger."""
FIELDS = (
    "name", "specification", "category", "packing", "net_content", "ingredients", "shelf_life_days", "storage",
    "standard", "allergens",
)  # fmt: skip


@pages.get("/register/<key:workshop>/products")
@may(Role.officer, place=of_workshop)
def listing(workshop: int) -> Response:
    """What an operator makes."""
    with Session(counter().office.database.read) as session:
        maker = session.get(Workshop, workshop) or no_such()
        found = session.scalars(
            select(Product).filter_by(workshop_id=workshop).order_by(Product.name, Product.id)
        ).all()
        return page("console/bureau/products.html", maker=maker, found=found, categories=_categories())


@pages.get("/register/<key:workshop>/products/new")
@may(Role.officer, place=of_workshop)
def new_product(workshop: int) -> Response:
    """The form for a product."""
    return _form(workshop, Answers())


@pages.post("/register/<key:workshop>/products/new")
@may(Role.officer, place=of_workshop)
def add(workshop: int) -> AnyResponse:
    """Enter a product with the contents of its label."""
    answers = form()
    told = _told(answers)

    def act(desk: Desk) -> None:
        acts.add_product(desk, Product(workshop=locked(desk, Workshop, workshop), **told), str(AT_REGISTER))

    return carry_out(
        answers,
        act,
        onto=f"/register/{workshop}/products",
        done="product_added",
        again=partial(_form, workshop),
    )


@pages.get("/register/products/<key:product>")
@may(Role.officer, place=of_product)
def product(product: int) -> Response:
    """A product as its labels tell it, to be changed."""
    return _product(product, Answers())


@pages.post("/register/products/<key:product>")
@may(Role.officer, place=of_product)
def change(product: int) -> AnyResponse:
    """Change what the labels of a product tell; labels that are printed already stay as they are."""
    answers = form()
    told = _told(answers)
    return _decide(
        product, "product_changed",
        lambda desk, row: acts.change_product(desk, row, str(AT_REGISTER), **told), answers,
    )  # fmt: skip


@pages.post("/register/products/<key:product>/strike-out")
@may(Role.officer, place=of_product)
def strike_out(product: int) -> AnyResponse:
    """Take out a product that was entered in error."""
    return _decide(product, "struck_out", lambda desk, row: acts.strike_out_product(desk, row, str(AT_REGISTER)))


def _told(answers: Answers) -> dict[str, Any]:
    """What the label of a product owes, as it was typed."""
    told: dict[str, Any] = {
        "name": answers.text("name", say("请填产品名称，和标签上一样。")),
        "specification": answers.text("specification", most=100),
        "category": answers.choice("category", counter().rules.limits.categories, say("请选食品类别。")),
        "packing": answers.member("packing", Packing, say("请选包装形式。")),
        "net_content": answers.maybe("net_content", most=100),
        "ingredients": answers.maybe("ingredients", most=4000),
        "storage": answers.maybe("storage"),
        "standard": answers.maybe("standard", most=100),
        "allergens": answers.maybe("allergens"),
    }
    answers.impersonal(*told)
    return told | {"shelf_life_days": answers.whole("shelf_life_days", None, 1, LONGEST_LIFE)}


def _decide(
    product: int, done: str, act: Callable[[Desk, Product], object], answers: Answers | None = None
) -> AnyResponse:
    """Do one act to a product as the person saw it, and go back to what its maker makes."""
    with counter().reading() as connection:
        maker = connection.scalar(select(Product.workshop_id).filter_by(id=product))
    return carry_out(
        answers or form(),
        lambda desk: act(desk, locked(desk, Product, product)),
        onto=f"/register/{maker}/products",
        done=done,
        again=partial(_product, product),
        seen=_subject(product),
    )


def _product(product: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        row = session.get(Product, product) or no_such()
        seen = last_about(session, _subject(product))
        if not answers.typed:
            answers = Answers({name: str(getattr(row, name) or "") for name in FIELDS})
        return _shown(answers, maker=row.workshop, row=row, seen=seen)


def _form(workshop: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        return _shown(answers, maker=session.get(Workshop, workshop) or no_such(), row=None, seen=None)


def _shown(answers: Answers, **shown: Any) -> Response:
    return page_with("console/bureau/product.html", answers, categories=_categories(), packings=list(Packing), **shown)


def _subject(product: int) -> tuple[str, str]:
    return Product.__tablename__, str(product)


def _categories() -> dict[str, str]:
    """Name of each food category by its code."""
    return {code: one.name for code, one in counter().rules.limits.categories.items()}
