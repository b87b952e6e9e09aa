"""Tiles of the operator's map server under the map of zones."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from style_guide import parse
from tests.conftest import NOON

from zuofang.site.map_tiles import MOST, SPAN, tiles_of
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import zones
from zuofang.traceability.models import Zone

TILES = "https://tiles.example.cn/{z}/{x}/{y}.png"
BOUNDS = "119.2,28.6,119.9,29.0"


@given(st.integers(-179, 178), st.integers(-84, 83), st.floats(0.01, 1), st.floats(0.01, 1))
def test_tiles_cover_the_map_without_a_gap_and_are_few(west: int, south: int, wide: float, high: float) -> None:
    bounds = f"{west},{south},{west + round(wide, 6):f},{south + round(high, 6):f}"
    ground = tiles_of(Settings(map_tiles=TILES, map_bounds=bounds))
    assert ground is not None
    assert 1 <= len(ground.tiles) <= MOST
    assert min(one.x for one in ground.tiles) <= 0
    assert min(one.y for one in ground.tiles) <= 0
    assert max(one.x + one.width for one in ground.tiles) >= SPAN - 1
    assert max(one.y + one.height for one in ground.tiles) >= SPAN - 1
    assert len({(one.x, one.y) for one in ground.tiles}) == len(ground.tiles)


def test_a_known_place_lies_in_its_tile() -> None:
    # The worked example of the tile scheme: 139.7006793 east, 35.6590699 north is 18/232798/103246.
    ground = tiles_of(Settings(map_tiles=TILES, map_bounds="139.700678,35.659069,139.700680,35.659071"))
    assert ground is not None
    assert [one.href for one in ground.tiles] == ["https://tiles.example.cn/18/232798/103246.png"]


def images(page: Element) -> list[str]:
    return [one.get("href", "") for one in page.iter("image")]


@pytest.mark.parametrize(("tiles", "shown"), [("", False), (TILES, True)])
def test_another_host_is_asked_for_pictures_only_where_the_operator_names_one(
    sqlite: Database, keys: Keys, key_folder: Path, tmp_path: Path, tiles: str, shown: bool
) -> None:
    with Office(sqlite, keys, clock=lambda: NOON).writing("officer") as desk:
        zones.found_zone(desk, Zone(slug="a", name="甲", district_code="339901", address="x", map_x=1, map_y=1), "测试")
    (tmp_path / "keys").symlink_to(key_folder)
    settings = Settings(data=tmp_path, map_tiles=tiles, map_bounds=BOUNDS if tiles else "")
    site = open_public_site(settings, clock=lambda: NOON)
    reader = site.test_client()
    answer, home, promise = reader.get("/zones/"), reader.get("/"), reader.get("/security").text
    site.extensions["zuofang.window"].database.dispose()
    assert any(one.startswith("https://tiles.example.cn/") for one in images(parse(answer.text))) == shown
    assert ("img-src 'self' https://tiles.example.cn;" in answer.headers["Content-Security-Policy"]) == shown
    assert ("tiles.example.cn 提供" in answer.text) == shown
    assert ("tiles.example.cn" in promise) == shown
    assert "tiles.example.cn" not in home.headers["Content-Security-Policy"]
