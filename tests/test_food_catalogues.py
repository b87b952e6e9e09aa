"""What the small kinds may not make, and what they alone may make, place by place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from zuofang.rules.book import SHIPPED, read_rules
from zuofang.rules.food_catalogues import FoodCatalogues, read_food_catalogues
from zuofang.rules.tables import RuleFileError

DAY = date(2026, 11, 20)
LISTED = "fuan,350981,福安市,workshop,permitted,米粉;豆腐;线面,,,福安市食品小作坊品种目录,2021-06-01,,SD\n"
NINGBO, FUAN, QINGXI = "330206", "350981", "339901"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> FoodCatalogues:
    """The shipped lists, and one of a county of Fujian."""
    path: Path = tmp_path_factory.mktemp("rules") / "food_catalogues.csv"
    path.write_text((SHIPPED / path.name).read_text(encoding="utf-8") + LISTED, encoding="utf-8")
    return read_food_catalogues(path)


@pytest.mark.parametrize(
    ("foods", "district", "kind", "told"),
    [
        ("豆腐、豆干", QINGXI, "workshop", []),
        ("", NINGBO, "workshop", []),
        ("豆腐、保健食品", QINGXI, "stall", [(True, "保健食品")]),
        ("纯牛乳制品，果冻", NINGBO, "workshop", [(True, "纯牛乳制品"), (True, "果冻")]),
        ("豆乳制品", NINGBO, "workshop", []),
        ("果冻", NINGBO, "stall", []),
        ("果冻", QINGXI, "workshop", [(True, "果冻")]),
        ("婴幼儿米粉", QINGXI, "workshop", [(True, "婴幼儿米粉")]),
        ("豆乳制品", QINGXI, "workshop", []),
        ("果冻", FUAN, "workshop", [(False, "果冻")]),
        ("酱卤肉制品", NINGBO, "workshop", [(False, "酱卤肉制品")]),
        ("手工线面；豆腐", FUAN, "workshop", []),
        ("豆腐；腊肉", FUAN, "workshop", [(False, "腊肉")]),
        ("腊肉", FUAN, "stall", []),
    ],
)
def test_a_list_speaks_of_its_foods_in_its_place_to_its_kinds(
    lists: FoodCatalogues, foods: str, district: str, kind: str, told: list[tuple[bool, str]]
) -> None:
    found = lists.remarks(foods, district, kind, DAY)
    assert [(one.final, one.sentence.values["food"]) for one in found] == told


def test_a_list_binds_from_its_first_day_and_names_its_source(lists: FoodCatalogues) -> None:
    assert lists.remarks("腊肉", FUAN, "workshop", date(2021, 5, 31)) == ()
    (remark,) = lists.remarks("腊肉", FUAN, "workshop", date(2021, 6, 1))
    assert str(remark.sentence) == "“腊肉”不在当地的品种目录里（福安市食品小作坊品种目录）。"


def test_what_two_texts_forbid_is_told_once_with_both(lists: FoodCatalogues) -> None:
    (remark,) = lists.remarks("罐头", NINGBO, "workshop", DAY)
    assert "宁波市禁止" in str(remark.sentence)
    assert "浙江省" in str(remark.sentence)


def test_only_what_is_forbidden_outright_stops_a_product() -> None:
    rules = read_rules().foods
    assert "禁止生产加工" in str(rules.banned("果冻", NINGBO, "workshop", DAY))
    assert rules.banned("酱卤肉制品", NINGBO, "workshop", DAY) is None


@pytest.mark.parametrize(
    "line",
    [
        LISTED + LISTED,
        LISTED.replace("米粉;豆腐;线面", ""),
        LISTED.replace("permitted,米粉;豆腐;线面,,", "permitted,米粉,,现场制售"),
        LISTED.replace("permitted", "conditional"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    head = (SHIPPED / "food_catalogues.csv").read_text(encoding="utf-8").partition("\n")[0]
    path = tmp_path / "food_catalogues.csv"
    path.write_text(f"{head}\n{line}", encoding="utf-8")
    with pytest.raises(RuleFileError, match=rf":{line.count(chr(10)) + 1}:"):
        read_food_catalogues(path)
