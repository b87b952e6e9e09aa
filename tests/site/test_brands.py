"""``/brands/`` and the badge that others may show."""

from datetime import date
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from style_guide import parse, text_of, told
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import honours
from zuofang.credit.models import Honour, HonourKind
from zuofang.storage.acts import Office

TITLE = "清溪市<名特优>食品作坊&老字号传承示范单位"


@pytest.fixture
def held(writer: Office) -> int:
    with writer.writing("officer") as desk:
        scene.build(desk)
        honour = Honour(
            kind=HonourKind.fine_workshop, title=TITLE, workshop_id=1, granted_by="市局", since=date(2025, 1, 1)
        )
        return honours.grant(desk, honour, WHY).id


def drawn(reader: FlaskClient, held: int) -> str:
    answer = reader.get(f"/brands/{held}/badge.svg")
    assert answer.mimetype == "image/svg+xml"
    return " ".join(ElementTree.fromstring(told(answer)).itertext())


def test_the_wall_leads_to_the_page_of_an_honour(reader: FlaskClient, held: int) -> None:
    wall = parse(told(reader.get("/brands/?kind=fine_workshop&lang=en")))
    assert any(link.get("href") == f"/brands/{held}?lang=en" for link in wall.iter("a"))
    page = text_of(parse(told(reader.get(f"/brands/{held}"))))
    assert "没有现场评价的记录" in page
    assert (
        f'<a href="https://zf.example.cn/brands/{held}"><img src="https://zf.example.cn/brands/{held}/badge.svg"'
        in page
    )
    assert reader.get("/brands/99").status_code == reader.get("/brands/99/badge.svg").status_code == 404
    assert reader.get("/brands/?kind=nonsense").status_code == 400
    assert reader.get("/brands/?district=990000").status_code == 400


def test_the_badge_is_a_picture_without_script_that_others_may_load(reader: FlaskClient, held: int) -> None:
    answer = reader.get(f"/brands/{held}/badge.svg")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "script" not in told(answer)
    assert "…" in drawn(reader, held), "a long title is cut"


def test_the_badge_says_so_when_the_honour_is_lost_and_when_it_is_given_back(
    reader: FlaskClient, writer: Office, held: int
) -> None:
    assert "有效" in drawn(reader, held)
    with writer.writing("officer") as desk:
        honours.withdraw(desk, desk.session.get_one(Honour, held), date(2026, 11, 1), "抽检不合格", WHY)
    assert "已撤销" in drawn(reader, held)
    assert "抽检不合格" in text_of(parse(told(reader.get(f"/brands/{held}"))))
    with writer.writing("officer") as desk:
        honours.restore(desk, desk.session.get_one(Honour, held), WHY)
    assert "已撤销" not in drawn(reader, held)


def test_the_page_of_the_holder_leads_to_the_honour(reader: FlaskClient, held: int) -> None:
    page = parse(told(reader.get("/workshops/1")))
    assert any(link.get("href") == f"/brands/{held}" for link in page.iter("a"))
