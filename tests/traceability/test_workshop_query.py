"""The register and the page of an operator."""

from datetime import date
from itertools import count

import pytest
from statements import counted
from tests import scene
from tests.scene import WHY

from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import operators
from zuofang.traceability.models import District, OperatorKind, RestrictionKind, Workshop
from zuofang.traceability.queries.certificates import CertificateState
from zuofang.traceability.queries.paging import ROWS, After, BadFilter, Facet, Page
from zuofang.traceability.queries.workshop import Unit, WorkshopPage, workshop_page
from zuofang.traceability.queries.workshops import WorkshopFilter, WorkshopLine, workshop_facets, workshop_list

TODAY = date(2026, 11, 20)
NUMBERS = count(1)


def register(desk: Desk, name: str, kind: OperatorKind = OperatorKind.workshop, district: str = "339901") -> Workshop:
    workshop = Workshop(kind=kind, name=name, province="33", district_code=district, address=f"{next(NUMBERS)} 号")
    return operators.register(desk, workshop, WHY)


def certify(
    desk: Desk, workshop: Workshop, since: date, until: date | None = None, revoked: date | None = None
) -> None:
    paper = operators.issue_certificate(desk, workshop, f"ZF{next(NUMBERS)}", since, WHY, until=until)
    if revoked:
        operators.revoke_certificate(desk, paper.id, revoked, WHY)


def every_state(desk: Desk) -> None:
    """One workshop for each state of a certificate, named after it."""
    certify(desk, register(desk, "in_force"), date(2026, 11, 20), until=TODAY)
    certify(desk, register(desk, "expired"), date(2025, 1, 1), until=date(2026, 11, 19))
    certify(desk, register(desk, "revoked"), date(2025, 1, 1), until=date(2026, 1, 1), revoked=date(2025, 6, 1))
    certify(desk, register(desk, "not_begun"), date(2026, 11, 21))
    register(desk, "none")


def listed(office: Office, wanted: WorkshopFilter, after: After | None = None) -> Page[WorkshopLine]:
    with office.database.read.connect() as connection:
        return workshop_list(connection, wanted, after, TODAY)


def names(office: Office, wanted: WorkshopFilter) -> list[str]:
    return [line.name for line in listed(office, wanted).rows]


def read(office: Office, workshop: int) -> WorkshopPage:
    with office.database.read.connect() as connection:
        found = workshop_page(connection, workshop, TODAY, read_rules())
    assert found is not None
    return found


@pytest.mark.parametrize("state", CertificateState)
def test_the_state_of_a_certificate_is_the_same_in_the_list_and_in_the_filter(
    office: Office, state: CertificateState
) -> None:
    with office.writing("officer") as desk:
        every_state(desk)
    page = listed(office, WorkshopFilter(certificate=state))
    assert [(line.name, line.certificate) for line in page.rows] == [(state.value, state)]


def test_facets_count_what_each_value_would_leave(office: Office) -> None:
    with office.writing("officer") as desk:
        desk.session.add(District(code="339901", name="清溪县", since=date(2000, 1, 1)))
        made = scene.build(desk)
        register(desk, "码头早餐摊", OperatorKind.stall, "339902")
        certify(desk, register(desk, "桥头小餐饮", OperatorKind.small_catering), date(2026, 1, 1))
    with office.database.read.connect() as connection:
        facets = workshop_facets(connection, WorkshopFilter(certificate=CertificateState.in_force), TODAY, read_rules())
    assert facets.kind == (Facet("small_catering", "small_catering", 1), Facet("workshop", "workshop", 1))
    assert facets.certificate == (Facet("in_force", "in_force", 2), Facet("none", "none", 1))
    assert facets.district == (Facet("339901", "清溪县", 2),)
    assert facets.zone == (Facet(made.zone.slug, made.zone.name, 1),)
    assert facets.category == (Facet("braised_meat", "酱卤肉制品", 1),)


def test_every_filter_narrows_the_list(office: Office) -> None:
    with office.writing("officer") as desk:
        scene.build(desk)
        register(desk, "码头早餐摊", OperatorKind.stall, "339902")
    ours = ["北溪陈记卤味作坊"]
    for wanted in (
        WorkshopFilter(name="陈记"),
        WorkshopFilter(kind=OperatorKind.workshop),
        WorkshopFilter(district="339901"),
        WorkshopFilter(zone="qingxi"),
        WorkshopFilter(category="braised_meat"),
    ):
        assert names(office, wanted) == ours
    assert names(office, WorkshopFilter(name="陈记", kind=OperatorKind.stall)) == []
    assert len(names(office, WorkshopFilter())) == 2


@pytest.mark.parametrize("part", ["%", "_", "\\", "'", "100%"])
def test_a_part_of_a_name_is_taken_as_it_is_typed(office: Office, part: str) -> None:
    with office.writing("officer") as desk:
        register(desk, "甲")
        register(desk, f"乙{part}店")
    assert names(office, WorkshopFilter(name=part)) == [f"乙{part}店"]


def test_pages_follow_one_another_without_gap_or_repetition(office: Office) -> None:
    with office.writing("officer") as desk:
        for number in range(2 * ROWS + 1):
            register(desk, f"第 {number} 家")
    seen, after, pages = [], None, 0
    while after or not pages:
        page = listed(office, WorkshopFilter(), After.read(after) if after else None)
        seen += [line.name for line in page.rows]
        after, pages = page.after, pages + 1
    assert pages == 3
    assert seen == [f"第 {number} 家" for number in range(2 * ROWS + 1)]


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "٣", "9" * 30, "2147483648"])
def test_a_cursor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadFilter):
        After.read(text)


def test_a_workshop_is_told_whole(office: Office) -> None:
    with office.writing("officer") as desk:
        desk.session.add(District(code="339901", name="清溪县", since=date(2000, 1, 1)))
        made = scene.released(desk)
        order = {"ground": "车间环境不合要求", "article": "第二十一条", "document": "清市监责改〔2026〕7号"}
        operators.restrict(desk, made.workshop, RestrictionKind.rectifying, date(2026, 11, 1), WHY, **order)
    page = read(office, made.workshop.id)
    assert (page.operator.district, page.operator.operator) == ("清溪县", "陈小满")
    assert (page.papers[0].name, page.papers[0].state) == ("食品小作坊登记证", CertificateState.in_force)
    assert page.certificate is CertificateState.in_force
    assert page.units == (Unit("qingxi", "清溪卤味加工区", "A-03", date(2025, 4, 1), None),)
    assert page.orders[0].holds
    assert [line.product for line in page.batches] == ["酱牛肉"]
    assert page.batch_total == 1


def test_a_stall_shows_where_and_when_it_may_trade_and_no_address(office: Office) -> None:
    with office.writing("officer") as desk:
        stall = register(desk, "码头早餐摊", OperatorKind.stall)
        stall.address, stall.permitted_place, stall.permitted_hours = "家住某小区 3 幢", "北溪码头广场东侧", "5:00–9:00"
    page = read(office, stall.id)
    assert (page.operator.permitted_place, page.operator.permitted_hours) == ("北溪码头广场东侧", "5:00–9:00")
    assert "某小区" not in str(page)


def test_the_statements_do_not_grow_with_the_data(office: Office) -> None:
    def sent() -> tuple[int, int]:
        with counted(office.database) as page:
            read(office, made.workshop.id)
        with counted(office.database) as register_page, office.database.read.connect() as connection:
            workshop_list(connection, WorkshopFilter(), None, TODAY)
            workshop_facets(connection, WorkshopFilter(), TODAY, read_rules())
        return len(page), len(register_page)

    with office.writing("officer") as desk:
        made = scene.build(desk)
    before = sent()
    with office.writing("officer") as desk:
        every_state(desk)
        workshop = desk.session.get_one(Workshop, made.workshop.id)
        for day in range(1, 9):
            operators.restrict(
                desk, workshop, RestrictionKind.suspended, date(2026, 1, day), WHY, ground="x", article="y"
            )
    assert sent() == before
    assert max(before) <= 15


def test_an_operator_that_does_not_exist_is_nothing(office: Office) -> None:
    with office.database.read.connect() as connection:
        assert workshop_page(connection, 2**30, TODAY, read_rules()) is None
