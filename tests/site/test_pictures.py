"""Pictures on public pages: in sizes, said in both languages, kept for ever, gone at once."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from style_guide import parse, told
from tests import scene
from tests.scene import WHY
from tests.storage.test_pictures import photograph

from zuofang.credit.acts import pictures
from zuofang.credit.models import Picture
from zuofang.storage.acts import Office
from zuofang.storage.pictures import shelf


@pytest.fixture
def hung(writer: Office, tmp_path: Path) -> Picture:
    made = shelf.put(tmp_path / "pictures", photograph(size=(600, 900)))
    with writer.writing("manager") as desk:
        scene.build(desk)
        row = Picture(zone_id=1, digest=made.digest, width=made.width, height=made.height, sent_bytes=1, alt="一口陶锅",
                      alt_en="A clay pot", credit="自绘")  # fmt: skip
        pictures.propose(desk, row, WHY)
    return row


def test_a_picture_stands_on_the_page_only_when_it_was_approved(
    reader: FlaskClient, writer: Office, hung: Picture
) -> None:
    address = f"/pictures/{hung.digest}-480.avif"
    assert reader.get(address).status_code == 404
    assert hung.digest not in told(reader.get("/zones/qingxi"))
    with writer.writing("editor") as desk:
        pictures.approve(desk, desk.session.get_one(Picture, hung.id), WHY)
    for page in ("/zones/qingxi", "/zones/", "/"):
        image = parse(told(reader.get(f"{page}?lang=en"))).find(".//picture/img")
        assert image is not None
        assert (image.get("alt"), image.get("width"), image.get("height")) == ("A clay pot", "900", "600")
    answer = reader.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/avif")
    assert {"public", "immutable", "max-age=31536000"} <= set(answer.headers["Cache-Control"].split(", "))
    with writer.writing("editor") as desk:
        pictures.withdraw(desk, desk.session.get_one(Picture, hung.id), "画面里有人", WHY)
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize("name", ["x-480.avif", f"{'ab' * 16}-480.svg", f"{'ab' * 16}-480.avif", "..%2f..%2fkeys"])
def test_no_other_name_leads_to_a_file(reader: FlaskClient, hung: Picture, name: str) -> None:
    assert reader.get(f"/pictures/{name}").status_code == 404
