"""The wall of brands and what stands behind an honour. On both databases."""

from datetime import date
from decimal import Decimal

import pytest
from statements import counted
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import brands, honours
from zuofang.credit.models import (
    Bearer,
    BearerRole,
    Evaluation,
    Honour,
    HonourKind,
    Outlet,
    OutletKind,
)
from zuofang.credit.queries import HonourState
from zuofang.credit.queries.brands import (
    BrandFilter,
    BrandPage,
    brand_facets,
    brand_page,
    brand_wall,
    outlets_of,
)
from zuofang.storage.acts import Office, Refused
from zuofang.traceability.queries.paging import ROWS, After

TODAY = date(2026, 11, 20)


def honour(kind: HonourKind, **more: object) -> Honour:
    told = {"title": kind.value, "granted_by": "市局", "since": date(2025, 1, 1), "workshop_id": 1}
    return Honour(**{**told, "kind": kind, **more})


@pytest.fixture
def wall(office: Office) -> Office:
    """Five honours in every state, one of them of a zone, with all that stands behind the heritage."""
    with office.writing("officer") as desk:
        scene.build(desk)
        heritage = honours.grant(desk, honour(HonourKind.heritage, title="老卤制作技艺"), WHY)
        honours.grant(desk, honour(HonourKind.five_s, until=date(2026, 11, 19)), WHY)
        honours.grant(desk, honour(HonourKind.model_workshop, since=date(2026, 12, 1)), WHY)
        lost = honours.grant(desk, honour(HonourKind.fine_workshop), WHY)
        honours.withdraw(desk, lost, date(2026, 11, 1), "抽检不合格", WHY)
        honours.grant(desk, honour(HonourKind.brand, workshop_id=None, zone_id=1, title="北溪卤"), WHY)
        for name, role in (("甲师傅", BearerRole.bearer), ("乙徒弟", BearerRole.apprentice)):
            brands.enter_bearer(desk, Bearer(honour_id=heritage.id, name=name, role=role, since=TODAY), WHY)
        score = {"evaluated_on": date(2024, 12, 1), "evaluated_by": "市局", "form": "评分表", "passed": True}
        honours.evaluate(
            desk, Evaluation(kind=HonourKind.fine_workshop, workshop_id=1, score=Decimal("93.50"), **score), WHY
        )
        shop = Outlet(workshop_id=1, kind=OutletKind.shop, name="门店", place="菜市街 1 号", since=date(2025, 1, 1))
        brands.open_outlet(desk, shop, WHY)
    return office


def page(office: Office, key: int) -> BrandPage | None:
    with office.database.read.connect() as connection:
        return brand_page(connection, key, TODAY)


def test_the_wall_shows_every_state_and_can_be_narrowed(wall: Office) -> None:
    with wall.database.read.connect() as connection:
        found = brand_wall(connection, BrandFilter(), None, TODAY).rows
        assert [line.state.value for line in found] == ["in_force", "withdrawn", "not_begun", "ended", "in_force"]
        assert [line.holder for line in found][:2] == ["清溪卤味加工区", "北溪陈记卤味作坊"]
        lost = brand_wall(connection, BrandFilter(state=HonourState.withdrawn), None, TODAY).rows
        assert [line.withdrawn_why for line in lost] == ["抽检不合格"]
        named = brand_wall(connection, BrandFilter(name="卤味加工"), None, TODAY).rows
        assert [line.zone for line in named] == ["qingxi"]
        facets = brand_facets(connection, BrandFilter(kind=HonourKind.five_s), TODAY)
        assert facets.total == 1
        assert {one.value: one.count for one in facets.kind}["heritage"] == 1
        assert {one.value: one.count for one in facets.state} == {"ended": 1}


def test_the_wall_goes_on_page_after_page_without_gap(wall: Office) -> None:
    with wall.writing("officer") as desk:
        for number in range(ROWS):
            honours.grant(desk, honour(HonourKind.brand, title=f"品牌{number}"), WHY)
    with wall.database.read.connect() as connection:
        first = brand_wall(connection, BrandFilter(), None, TODAY)
        assert first.after is not None
        rest = brand_wall(connection, BrandFilter(), After.read(first.after), TODAY)
    assert (len(first.rows), len(rest.rows), rest.after) == (ROWS, 5, None)
    assert len({line.key for line in (*first.rows, *rest.rows)}) == ROWS + 5


def test_an_honour_opens_its_evaluation_its_bearers_and_where_it_is_sold(wall: Office) -> None:
    heritage, fine = page(wall, 1), page(wall, 4)
    assert heritage is not None
    assert fine is not None
    assert [(one.name, one.role.value) for one in heritage.bearers] == [("甲师傅", "bearer"), ("乙徒弟", "apprentice")]
    assert [one.name for one in heritage.outlets] == ["门店"]
    assert heritage.evaluations == ()
    assert str(fine.evaluations[0].score) == "93.50"
    assert page(wall, 99) is None


def test_an_exit_is_public_when_its_record_is(wall: Office) -> None:
    with wall.writing("officer") as desk:
        leaving = honours.grant(desk, honour(HonourKind.five_s, title="5S 新"), WHY)
        record = honours.leave(desk, leaving, TODAY, "复评不合格", WHY)
        key, exit_record = leaving.id, record.id
    assert page(wall, key).exit_public is False  # type: ignore[union-attr]
    from zuofang.credit.acts import records
    from zuofang.credit.models import CreditRecord

    with wall.writing("reviewer") as desk:
        approved = desk.session.get_one(CreditRecord, exit_record)
        records.approve(desk, approved, WHY)
        records.publish(desk, approved, TODAY, WHY)
    assert page(wall, key).exit_public is True  # type: ignore[union-attr]


def test_each_act_has_its_opposite(wall: Office) -> None:
    with wall.writing("officer") as desk:
        shop, bearer = desk.session.get_one(Outlet, 1), desk.session.get_one(Bearer, 1)
        brands.close_outlet(desk, shop, date(2026, 11, 1), WHY)
        brands.leave_bearer(desk, bearer, TODAY, WHY)
    with wall.database.read.connect() as connection:
        assert outlets_of(connection, TODAY, workshop=1) == ()
    with wall.writing("officer") as desk:
        brands.close_outlet(desk, desk.session.get_one(Outlet, 1), None, WHY)
        brands.strike_out_bearer(desk, desk.session.get_one(Bearer, 2), WHY)
    found = page(wall, 1)
    assert found is not None
    assert [(one.name, one.until) for one in found.bearers] == [("甲师傅", TODAY)]
    assert len(found.outlets) == 1
    with wall.writing("officer") as desk:
        brands.strike_out_outlet(desk, desk.session.get_one(Outlet, 1), WHY)
    assert page(wall, 1).outlets == ()  # type: ignore[union-attr]


def test_what_cannot_be_is_refused(wall: Office) -> None:
    fair = Outlet(workshop_id=1, kind=OutletKind.fair, name="x", place="x", since=TODAY)
    backwards = Outlet(workshop_id=1, kind=OutletKind.shop, name="x", place="x", since=TODAY, until=date(2026, 1, 1))
    for outlet in (fair, backwards):
        with pytest.raises(Refused), wall.writing("officer") as desk:
            brands.open_outlet(desk, outlet, WHY)
    learner = Bearer(honour_id=2, name="x", role=BearerRole.apprentice, since=TODAY)
    with pytest.raises(Refused), wall.writing("officer") as desk:
        brands.enter_bearer(desk, learner, WHY)


def test_the_statements_do_not_grow(wall: Office) -> None:
    with wall.database.read.connect() as connection, counted(wall.database) as seen:
        brand_wall(connection, BrandFilter(), None, TODAY)
        brand_facets(connection, BrandFilter(), TODAY)
        brand_page(connection, 1, TODAY)
    assert len(seen) == 11
