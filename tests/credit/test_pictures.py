"""Pictures of zones and honours: two people, both languages, and away at once when somebody says so."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import pictures
from zuofang.credit.models import Picture
from zuofang.credit.queries.pictures import is_public, pictures_of_zones
from zuofang.storage.acts import Office, Refused

DIGEST = "ab" * 16


def drawing(**changed: object) -> Picture:
    told = {"zone_id": 1, "digest": DIGEST, "width": 1600, "height": 900, "sent_bytes": 99, "alt": "一口陶锅",
            "alt_en": "A clay pot", "credit": "自绘"}  # fmt: skip
    return Picture(**{**told, **changed})


@pytest.fixture
def zone(office: Office) -> Office:
    with office.writing("counter") as desk:
        scene.build(desk)
    return office


def public(office: Office) -> bool:
    with office.database.read.connect() as connection:
        shown = pictures_of_zones(connection, [1])
        assert is_public(connection, DIGEST) is bool(shown)
    return bool(shown)


def do(office: Office, who: str, act: object, *more: str) -> None:
    with office.writing(who) as desk:
        act(desk, desk.session.query(Picture).one(), *more, WHY)  # type: ignore[operator]


def test_a_picture_goes_the_way_of_two_people_and_back(zone: Office) -> None:
    with zone.writing("manager") as desk:
        pictures.propose(desk, drawing(), WHY)
    assert not public(zone)
    with pytest.raises(Refused, match="提交人不能审核"):
        do(zone, "manager", pictures.approve)
    do(zone, "editor", pictures.approve)
    assert public(zone)
    do(zone, "editor", pictures.undo_approval)
    assert not public(zone)
    do(zone, "editor", pictures.approve)
    do(zone, "manager", pictures.withdraw, "画面里有人")
    assert not public(zone)
    do(zone, "editor", pictures.restore)
    with pytest.raises(Refused, match="提交人不能审核"):
        do(zone, "editor", pictures.approve)
    do(zone, "manager", pictures.withdraw, "画面里有人")
    do(zone, "editor", pictures.destroy)
    with Session(zone.database.read) as session:
        assert session.query(Picture).count() == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"alt": " "}, "用中文说明"),
        ({"alt_en": ""}, "用英文说明"),
        ({"credit": ""}, "谁拍的"),
        ({"alt": "联系 13800138000"}, "个人信息"),
        ({"zone_id": 7}, "属于登记的"),
        ({"honour_id": 1, "zone_id": None}, "属于登记的"),
        ({"alt": "长" * 201}, "最多 200"),
    ],
)
def test_a_picture_without_its_texts_is_refused(zone: Office, changed: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said), zone.writing("manager") as desk:
        pictures.propose(desk, drawing(**changed), WHY)


def test_the_same_picture_does_not_hang_twice(zone: Office) -> None:
    for name in ("manager", "other"):
        with replace(zone).writing(name) as desk:
            if name == "manager":
                pictures.propose(desk, drawing(), WHY)
            else:
                with pytest.raises(Refused, match="已经有了"):
                    pictures.propose(desk, drawing(), WHY)
