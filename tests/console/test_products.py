"""Products at the desk of the register: entered, changed and struck out, with the contents of their labels."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, words
from tests.scene import Scene

from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import Product

NEW = {
    "name": "卤鸭掌", "category": "braised-meat", "packing": "prepacked", "ingredients": "鸭掌、酱油",
    "allergens": "大豆", "shelf_life_days": "7", "storage": "冷藏",
}  # fmt: skip


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A workshop with one product, of which a batch was made."""
    with writer.writing("tests") as desk:
        return scene.build(desk)


@pytest.fixture
def officer(staff: Staff, ground: Scene) -> Browser:
    """A browser of an officer of the county."""
    return staff.at(Role.officer, ScopeKind.district, ground.workshop.district_code)


@pytest.fixture
def listing(ground: Scene) -> str:
    """The address of what the workshop makes."""
    return f"/register/{ground.workshop.id}/products"


def made(office: Office, name: str = NEW["name"]) -> Product:
    """The product of this name as it is stored."""
    with Session(office.database.read) as session:
        return session.scalars(select(Product).filter_by(name=name)).one()


def test_a_product_is_entered_changed_and_struck_out(officer: Browser, listing: str, writer: Office) -> None:
    assert officer.submit(f"{listing}/new", NEW).headers["Location"].startswith(listing)
    row = made(writer)
    assert (row.ingredients, row.shelf_life_days, row.specification) == ("鸭掌、酱油", 7, "")
    page = f"/register/products/{row.id}"
    assert officer.submit(page, {"ingredients": "鸭掌、酱油、八角"}).status_code == 303
    assert (made(writer).ingredients, made(writer).storage) == ("鸭掌、酱油、八角", "冷藏")
    with Session(writer.database.read) as session:
        changed = session.scalars(select(JournalEntry.facts).filter_by(act="product.change")).one()
    assert "八角" in changed
    assert officer.submit(page, action=f"{page}/strike-out").status_code == 303
    assert "卤鸭掌" not in words(officer.get(listing))


def test_a_product_of_which_batches_were_made_stays(officer: Browser, ground: Scene) -> None:
    page = f"/register/products/{ground.product.id}"
    answer = officer.submit(page, action=f"{page}/strike-out")
    assert (answer.status_code, "已经有批次" in words(answer)) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "请填产品名称"),
        ({"name": "酱牛肉", "specification": "200 克"}, "已经有同名"),
        ({"category": "没有这类"}, "请从所列的选项中选"),
        ({"shelf_life_days": "七天"}, "整数"),
        ({"ingredients": "11010519491231002X"}, "身份证号"),
    ],
)
def test_what_cannot_be_a_product_is_refused_and_stays_typed(
    officer: Browser, listing: str, wrong: dict[str, str], said: str
) -> None:
    answer = officer.submit(f"{listing}/new", {**NEW, **wrong})
    assert (answer.status_code, said in words(answer)) == (422, True), words(answer)
    assert "鸭掌、酱油" in answer.text or "ingredients" in wrong


def test_a_name_taken_by_another_product_is_refused_in_a_change(
    officer: Browser, listing: str, ground: Scene, writer: Office
) -> None:
    officer.submit(f"{listing}/new", NEW)
    taken = {"name": ground.product.name, "specification": ground.product.specification}
    answer = officer.submit(f"/register/products/{made(writer).id}", taken)
    assert (answer.status_code, "已经有同名" in words(answer)) == (422, True)


def test_products_are_the_business_of_the_own_county(staff: Staff, listing: str, ground: Scene) -> None:
    elsewhere = staff.at(Role.officer, ScopeKind.district, "339902")
    for path in (listing, f"{listing}/new", f"/register/products/{ground.product.id}"):
        assert elsewhere.get(path).status_code == 403
