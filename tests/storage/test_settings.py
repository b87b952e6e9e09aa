"""Settings are read once, from the environment before the file, and refused where they cannot be right."""

from dataclasses import fields
from pathlib import Path

import pytest

from zuofang.storage.settings import BadSetting, Settings, read_settings


def read(tmp_path: Path, file: str = "", **environment: str) -> Settings:
    if file:
        (tmp_path / "zuofang.toml").write_text(file, encoding="utf-8")
    return read_settings({"ZUOFANG_DATA": str(tmp_path), **environment})


def test_without_a_word_every_setting_has_its_default() -> None:
    assert read_settings({}) == Settings()


def test_the_file_in_the_data_folder_is_read(tmp_path: Path) -> None:
    settings = read(tmp_path, 'site_name = "清溪作坊"\nprovince = 43\ndevelopment = true')
    assert (settings.site_name, settings.province, settings.development) == ("清溪作坊", "43", True)
    assert settings.data == tmp_path


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    settings = read(tmp_path, 'bureau = "甲"\ndevelopment = true', ZUOFANG_BUREAU="乙", ZUOFANG_DEVELOPMENT="no")
    assert (settings.bureau, settings.development) == ("乙", False)


@pytest.mark.parametrize("url", ["zf.example.cn", "ftp://zf.example.cn", "https://", "https://zf.example.cn/codes", ""])
def test_a_base_url_is_a_scheme_and_a_host_and_nothing_more(url: str) -> None:
    with pytest.raises(BadSetting, match="base_url"):
        Settings(base_url=url)


@pytest.mark.parametrize("url", ["https://zf.example.cn", "https://ZF.EXAMPLE.CN/", "http://127.0.0.1:8000"])
def test_a_good_base_url_is_taken(url: str) -> None:
    assert Settings(base_url=url).host in ("zf.example.cn", "127.0.0.1")


@pytest.mark.parametrize("province", ["", "3", "333", "浙江"])
def test_a_province_is_two_digits(province: str) -> None:
    with pytest.raises(BadSetting, match="province"):
        Settings(province=province)


@pytest.mark.parametrize("name", ["site_name", "bureau"])
def test_a_name_that_stands_on_every_page_is_not_empty(name: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings(**{name: " "})  # type: ignore[arg-type]


def test_only_the_two_databases_are_taken(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="postgresql"):
        Settings(database_url="mysql://x/y")
    assert Settings(data=tmp_path).database == f"sqlite:///{tmp_path / 'zuofang.db'}"
    assert Settings(database_url="postgresql+psycopg://x/y").database == "postgresql+psycopg://x/y"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("nonsense = 1", "no setting 'nonsense'"),
        ("province = ", "zuofang.toml"),
        ('development = "perhaps"', "true or false"),
        ('data = "elsewhere"', "ZUOFANG_DATA"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_in_words(tmp_path: Path, file: str, words: str) -> None:
    with pytest.raises(BadSetting, match=words):
        read(tmp_path, file)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zuofang.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match=r"zuofang\.toml"):
        read(tmp_path)


def test_every_setting_says_what_it_is_for() -> None:
    assert all(setting.metadata.get("about") for setting in fields(Settings))


@pytest.mark.parametrize("outline", ['"/><script>', "M0 0<", "M" * 4001])
def test_an_outline_is_path_data_and_nothing_else(outline: str) -> None:
    with pytest.raises(BadSetting, match="map_outline"):
        Settings(map_outline=outline)


BOUNDS = "119.2,28.6,119.9,29.0"
TILES = "https://tiles.example.cn/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("tiles", "bounds"),
    [
        ("http://tiles.example.cn/{z}/{x}/{y}.png", BOUNDS),
        ("https://tiles.example.cn/{z}/{x}.png", BOUNDS),
        ("https://tiles.example.cn/{z}/{x}/{y}{0}.png", BOUNDS),
        ("https://a; script-src */{z}/{x}/{y}", BOUNDS),
        (TILES, ""),
        (TILES, "119.9,28.6,119.2,29.0"),
        (TILES, "119.2,28.6,119.9,91"),
        (TILES, "nan,28.6,119.9,29.0"),
    ],
)
def test_tiles_need_a_server_and_a_part_of_the_world(tiles: str, bounds: str) -> None:
    with pytest.raises(BadSetting, match="map_"):
        Settings(map_tiles=tiles, map_bounds=bounds)


def test_the_part_of_the_world_is_read_as_it_is_written() -> None:
    assert Settings(map_tiles=TILES, map_bounds=BOUNDS).bounds == (119.2, 28.6, 119.9, 29.0)
