"""The pages about the site itself, and what machines ask for."""

from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from style_guide import StyleGuide, parse, text_of
from tests import scene
from tests.conftest import NOON

from zuofang.site.rendering import BilingualFlask
from zuofang.site.window import NAME as WINDOW
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.settings import BadSetting, Settings

TEXTS = ("/about", "/privacy", "/accessibility", "/security")


def test_every_text_stands_in_both_languages(reader: FlaskClient) -> None:
    for address, language in product(TEXTS, ("zh", "en")):
        answer = reader.get(f"{address}?lang={language}")
        assert answer.status_code == 200
        main = parse(answer.text).find(".//main")
        assert (language == "en") == ("。" not in text_of(main)), address
        assert reader.post(address).status_code == 405


def test_every_page_leads_to_the_texts(reader: FlaskClient) -> None:
    links = {link.get("href") for link in parse(reader.get("/").text).iter("a")}
    assert set(TEXTS) <= links


def test_the_contacts_of_the_settings_are_shown(key_folder: Path, tmp_path: Path, sqlite: Database) -> None:
    (tmp_path / "keys").symlink_to(key_folder)
    settings = Settings(data=tmp_path, contact="清溪县清溪镇人民路 1 号", security_contact="mailto:safe@zf.example.cn")
    app = open_public_site(settings, clock=lambda: NOON)
    app.test_client_class = StyleGuide
    reader = app.test_client()
    assert "人民路 1 号" in reader.get("/about").text
    assert "safe@zf.example.cn" in reader.get("/security").text
    assert "Contact: mailto:safe@zf.example.cn\n" in reader.get("/.well-known/security.txt").text


@pytest.mark.parametrize("contact", ["javascript:alert(1)", "safe@zf.example.cn", "http://zf.example.cn"])
def test_a_security_contact_that_is_no_address_is_refused(contact: str) -> None:
    with pytest.raises(BadSetting):
        Settings(security_contact=contact)


def test_security_txt_has_what_the_standard_asks_for(reader: FlaskClient) -> None:
    answer = reader.get("/.well-known/security.txt")
    assert answer.mimetype == "text/plain"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "https://zf.example.cn/security"
    assert fields["Expires"] == "2027-05-19T00:00:00Z"
    assert fields["Canonical"] == "https://zf.example.cn/.well-known/security.txt"


def test_the_sitemap_names_pages_that_exist(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        scene.build(desk)
    answer = reader.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    found = [place.text or "" for place in ElementTree.fromstring(answer.data).iter() if place.tag.endswith("loc")]
    paths = [place.removeprefix("https://zf.example.cn") for place in found]
    assert {"/", "/zones/qingxi", "/workshops/1"} <= set(paths)
    for path in paths:
        assert reader.get(path).status_code == 200, path


def test_the_process_is_alive_whatever_the_data(public_site: BilingualFlask, reader: FlaskClient) -> None:
    del public_site.extensions[WINDOW]
    answer = reader.get("/healthz")
    assert (answer.status_code, answer.text, answer.headers["Cache-Control"]) == (200, "ok\n", "no-store")


def test_readiness_names_what_is_not_in_order(
    reader: FlaskClient, public_site: BilingualFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (reader.get("/readyz").status_code, reader.get("/readyz").text) == (200, "ready\n")
    with public_site.extensions[WINDOW].database.write.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert reader.get("/readyz").text == "not ready: schema\n"
    with public_site.extensions[WINDOW].database.write.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    answer = reader.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready: schema\n")
    monkeypatch.setattr("zuofang.site.public.health.ROOM", 2**80)
    assert "not ready: disk\n" in reader.get("/readyz").text
