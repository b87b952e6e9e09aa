"""What every public page behind the label owes: both languages, calm refusals, and nothing of a stranger's making."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import product

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from style_guide import parse, text_of
from tests import scene
from tests.scene import WHY

from zuofang.site.rendering import BilingualFlask
from zuofang.site.window import NAME as WINDOW
from zuofang.storage.acts import Desk, Office
from zuofang.traceability import page_log
from zuofang.traceability.acts import batches, operators, recalls, zones
from zuofang.traceability.models import MaterialReceipt, RestrictionKind, StandardState, Workshop, ZoneStepKind

LISTS = ("/", "/batches/", "/workshops/", "/zones/")
PAGES = (*LISTS, "/batches/1", "/workshops/1", "/zones/qingxi")
LANGUAGES = ("zh", "en")
HOSTILE = "<script>alert('\"')</script>&amp;{{7*7}}%s"
OURS = ("未记载", "出厂检验", "没有", "结果为", "作坊的", "合格", "年", "原料", "批")
"""Words of the site that no English page may leave standing where the records themselves are Latin."""

KEYS = ("0", "-1", "01", "1.0", "x", "2147483648", "9" * 400, "٣", "1%20", "1'--", "%00", "%FF")
SLUGS = ("A", "-", "a--b", "a" * 61, "清溪", "..", "a_b", "%2e%2e")
REFUSED = {
    "/workshops/": (
        "kind=x", "certificate=valid", "district=000000", "district='", "zone=nowhere", "category=x", "after=x",
        "after=-1", "after=99999999999", f"q={'长' * 61}", "q=%00", "kind=%FF",
    ),
    "/batches/": (
        "state=x", "category=x", "district=1", "zone=nowhere", "workshop=7", "workshop=x", "workshop=99999999999",
        "after=2026-11-10", "after=2026-13-01.1", "after=.", f"q={'长' * 61}",
    ),
}  # fmt: skip


@pytest.fixture
def city(writer: Office) -> Callable[[str], None]:
    """Fills the site with one of everything, all of it called by one name."""

    def build(name: str) -> None:
        with writer.writing("officer") as desk:
            full(desk, name)
        page_log.follow_all(writer.database)

    return build


def full(desk: Desk, name: str) -> None:
    """A batch that has been through everything, made by a workshop with this name."""
    made = scene.released(desk)
    made.workshop.name = made.zone.name = made.zone.story = made.product.name = made.laboratory.name = name
    receipt = MaterialReceipt(
        workshop_id=made.workshop.id, name=name, lot=name, quantity=50, unit="千克", received_on=date(2026, 11, 9),
        supplier=name,
    )  # fmt: skip
    batches.receive_material(desk, receipt, WHY)
    batches.open_batch(desk, made.product, "2", date(2026, 11, 12), WHY, materials=[receipt])
    recall = recalls.recall(desk, made.batch, 2, name, datetime(2026, 11, 18, 20, 0, tzinfo=UTC), WHY)
    recalls.announce(desk, recall, date(2026, 11, 19), WHY)
    order = {"ground": name, "article": name, "document": name}
    operators.restrict(desk, made.workshop, RestrictionKind.rectifying, date(2026, 11, 1), WHY, **order)
    zones.find_standard(desk, made.zone, "cameras", StandardState.met, WHY, found=name, evidence=name)
    zones.take_step(desk, made.zone, ZoneStepKind.accepted, date(2025, 6, 1), WHY, by=name, report=name)


def test_every_page_speaks_both_languages(reader: FlaskClient, city: Callable[[str], None]) -> None:
    city("北溪陈记卤味作坊")
    for address, language in product(PAGES, LANGUAGES):
        answer = reader.get(f"{address}?lang={language}")
        assert answer.status_code == 200
        assert answer.headers["Content-Language"] == {"zh": "zh-Hans", "en": "en"}[language]
        assert answer.headers["Cache-Control"] == "no-cache"


def test_every_list_has_an_empty_state(reader: FlaskClient) -> None:
    for address, language in product(LISTS, LANGUAGES):
        assert reader.get(f"{address}?lang={language}").status_code == 200


def test_an_english_page_leaves_nothing_of_ours_in_chinese(reader: FlaskClient, city: Callable[[str], None]) -> None:
    city("Ascii Foods")
    for address in PAGES:
        text = text_of(parse(reader.get(f"{address}?lang=en").text).find(".//main"))
        assert not [word for word in OURS if word in text], address


def test_names_of_strangers_are_text(reader: FlaskClient, city: Callable[[str], None]) -> None:
    city(HOSTILE)
    for address, language in product(PAGES, LANGUAGES):
        text = reader.get(f"{address}?lang={language}").text
        assert "<script" not in text
        assert HOSTILE in text_of(parse(text))


def test_what_is_not_there_is_not_found(reader: FlaskClient) -> None:
    for address in ("/batches/7", "/workshops/7", "/zones/nowhere"):
        answer = reader.get(address)
        assert answer.status_code == 404, address
        assert "没有这一页" in answer.text


def test_an_impossible_name_of_a_thing_never_reaches_a_view(public_site: BilingualFlask, reader: FlaskClient) -> None:
    del public_site.extensions[WINDOW]  # a view that ran would find no window to look through, and fail
    addresses = [f"/{kind}/{key}" for key in KEYS for kind in ("batches", "workshops")]
    for address in (*addresses, *(f"/zones/{slug}" for slug in SLUGS)):
        assert reader.get(address).status_code in (400, 404), address


def test_pages_are_only_read(reader: FlaskClient) -> None:
    for address, method in product(PAGES, ("post", "put", "delete", "patch")):
        answer = getattr(reader, method)(address)
        assert answer.status_code == 405, (method, address)
        assert "GET" in answer.headers["Allow"]


def test_a_filter_that_names_nothing_is_refused_in_a_sentence(reader: FlaskClient) -> None:
    for path, queries in REFUSED.items():
        for query in queries:
            answer = reader.get(f"{path}?{query}")
            assert answer.status_code == 400, query
            assert "这个请求读不懂" in answer.text


def test_words_that_messengers_hang_on_an_address_do_no_harm(reader: FlaskClient) -> None:
    for path in LISTS:
        assert reader.get(f"{path}?from=singlemessage&isappinstalled=0&utm_source=x").status_code == 200


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    path=st.sampled_from(["/workshops/", "/batches/"]),
    names=st.dictionaries(
        st.sampled_from(["q", "kind", "state", "zone", "district", "category", "workshop", "certificate", "after"]),
        st.text(max_size=70),
        max_size=4,
    ),
)
def test_no_filter_whatsoever_fails(reader: FlaskClient, path: str, names: dict[str, str]) -> None:
    query = {name: text.encode("utf-8", "replace").decode() for name, text in names.items()}
    assert reader.get(path, query_string=query).status_code in (200, 400)


def test_a_page_that_has_not_changed_is_not_sent_again(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        made = scene.released(desk)
    etag = reader.get("/workshops/1").headers["ETag"]
    assert reader.get("/workshops/1", headers={"If-None-Match": etag}).status_code == 304
    with writer.writing("officer") as desk:
        workshop = desk.session.get_one(Workshop, made.workshop.id)
        operators.restrict(
            desk, workshop, RestrictionKind.closed, date(2026, 11, 1), WHY, ground="无证", article="第十条"
        )
    assert reader.get("/workshops/1", headers={"If-None-Match": etag}).status_code == 200
