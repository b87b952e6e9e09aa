"""Invented documents that look like real ones: names as workshops have them, dishes, places, items, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from zuofang.search.engines import Doc
from zuofang.search.language import squeeze
from zuofang.search.wanted import NAMES_END

TOWNS = ("顾山镇", "后塍镇", "青溪镇", "云台乡", "长泾镇", "北溪镇", "石佛街道", "东湖乡", "桃林镇", "白鹤镇")
COUNTIES = ("清溪县", "云岭县", "江澄市", "石塘区")
FAMILIES = "陈钟仇单沈何吕章谢盛祝翁解任华柏尹"
GIVEN = ("小满", "大年", "春生", "桂花", "知夏", "立秋", "阿毛", "金凤", "永康", "长乐", "明远", "玉堂")
DISHES = (
    "卤味",
    "豆腐",
    "米糕",
    "酱鸭",
    "桂花糕",
    "干菜饼",
    "腊肠",
    "麻糍",
    "年糕",
    "油条",
    "绿豆饼",
    "臭鳜鱼",
    "白切羊肉",
)
ENDINGS = ("作坊", "食品加工作坊", "食品小作坊", "加工坊", "食品经营部", "小吃店")
ITEMS = ("脱氢乙酸及其钠盐", "甜蜜素", "菌落总数", "苯并[a]芘", "铝的残留量", "山梨酸及其钾盐", "过氧化值", "柠檬黄")
BREACHES = ("使用超过保质期的原料", "超范围使用食品添加剂", "未建立进货查验记录", "未按规定标注生产日期")


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented record: what a person may know of it, and the document it makes."""

    name: str
    address: str
    dish: str
    number: str
    doc: Doc


def invented(many: int, seed: int = 7) -> Iterator[Invented]:
    """As many invented records, always the same ones."""
    chance = Random(seed)
    for key in range(1, many + 1):
        yield _one(key, chance)


def _one(key: int, chance: Random) -> Invented:
    town, county, dish = chance.choice(TOWNS), chance.choice(COUNTIES), chance.choice(DISHES)
    name = f"{county}{town}{_owner(chance)}{dish}{chance.choice(ENDINGS)}"
    address = f"{county}{town}桥头路 {chance.randint(1, 300)} 号"
    made_on = date(2024, 1, 1) + timedelta(days=chance.randint(0, 1050))
    sample = chance.random() < 0.6
    said, facets = _sample(chance) if sample else _penalty(chance)
    number = f"SBJ{made_on:%y}3399{key:06}" if sample else f"清市监罚〔{made_on.year}〕{key} 号"
    facets |= {"kind": ["sample" if sample else "penalty"], "year": [str(made_on.year)], "district": [county]}
    names = "\n".join(map(squeeze, (name, dish, address)))
    rest = "\n".join(map(squeeze, (number, *said)))
    return Invented(name, address, dish, number, Doc(key, made_on, facets, f"{names}{NAMES_END}{rest}"))


def _owner(chance: Random) -> str:
    return (
        f"{chance.choice('老小阿')}{chance.choice(FAMILIES)}"
        if chance.random() < 0.5
        else (chance.choice(FAMILIES) + chance.choice(GIVEN))
    )


def _sample(chance: Random) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    items = chance.sample(ITEMS, chance.randint(1, 2))
    facets = {"outcome": [chance.choice(("合格", "不合格"))], "item": items}
    return tuple(f"{item} {chance.randint(1, 900) / 100} g/kg" for item in items), facets


def _penalty(chance: Random) -> tuple[tuple[str, ...], dict[str, list[str]]]:
    breach = chance.choice(BREACHES)
    return (breach, f"罚款 {chance.randint(1, 90) * 100} 元"), {"violation": [breach], "outcome": ["罚款"]}
