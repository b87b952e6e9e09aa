"""Names of invented people, shops and papers, and numbers that reach nobody."""

from __future__ import annotations

from random import Random

from zuofang.rules.identifiers import CREDIT_ALPHABET, credit_check
from zuofang.site.commands.city.geography import Place
from zuofang.traceability.models import OperatorKind

SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪曾周叶徐苏江吕章潘余童詹方程汪邵季麻柳阮蓝雷钟"
GIVEN = (
    "小满", "立春", "谷雨", "秋分", "腊梅", "春妹", "阿根", "水生", "木兰", "金花", "小荷", "月娥", "月英", "桂香",
    "荷花", "梅英", "松柏", "长庚", "阿福", "阿土", "有田", "满仓", "宝珠", "巧云", "细妹", "大顺", "小河", "福来",
    "建华", "志强", "卫东", "国平", "丽娟", "秀兰", "文斌", "海燕", "晓峰", "雅琴", "永康", "思远", "佳宁", "子安",
)  # fmt: skip

SHOP_WORDS = ("阿婆", "老井", "廊桥", "渡口", "三代", "石臼", "水碓", "半亩", "溪边", "老灶", "竹篓", "青石", "晒场")
STALL_FOODS = ("豆腐脑", "葱油饼", "馄饨", "糯米饭", "炒粉干", "烤番薯", "桂花藕", "萝卜丝饼", "甜酒酿", "麦饼")
CATERING_FOODS = ("小面馆", "馄饨店", "米粉店", "早餐店", "饺子馆", "快餐店", "豆浆店", "拌面店", "粥铺")
STALL_HOURS = ("5:30—9:30", "6:00—10:00", "16:00—21:00", "17:00—23:00", "17:30—22:30")

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PAPER_CODES = {OperatorKind.workshop: "ZF", OperatorKind.small_catering: "XC", OperatorKind.stall: "TF"}
"""How the example numbers its papers; real numbers follow the province's own pattern."""


def person(throws: Random) -> str:
    """Surname and given name."""
    return throws.choice(SURNAMES) + throws.choice(GIVEN)


def telephone(throws: Random) -> str:
    """A number that cannot be dialled: no exchange begins with 0."""
    return f"0570-0{throws.randrange(10**6):06d}"


def shop_name(throws: Random, operator: str, town: str, trade: str) -> str:
    """A workshop named after its owner, its place, or something that stands in its yard."""
    place, word = short(town), throws.choice(SHOP_WORDS)
    return throws.choice(
        (
            f"{place}{operator[0]}记{trade}作坊",
            f"{place}{word}{trade}坊",
            f"{operator[1:]}{trade}作坊",
            f"{word}{trade}坊",
        )
    )


def eatery(throws: Random, town: str) -> str:
    """A small restaurant named after its town and its yard."""
    return f"{short(town)}{throws.choice(SHOP_WORDS)}{throws.choice(CATERING_FOODS)}"


def short(town: str) -> str:
    """A town as people call it."""
    return town.removesuffix("镇").removesuffix("乡").removesuffix("街道")


def address(throws: Random, place: Place, town: str) -> str:
    """A street and a number in a town of a county."""
    return f"{place.name}{town}{throws.choice(place.streets)} {throws.randrange(1, 180)} 号"


def credit_code(place: Place, serial: int) -> str:
    """A credit code of an individual business whose check characters are right, for a number nobody was given."""
    body = "MA" + "".join(CREDIT_ALPHABET[serial // 31**power % 31] for power in range(5, -1, -1))
    code = f"92{place.code}{body}{_organisation_check(body)}"
    return code + credit_check(code)


def _organisation_check(body: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def certificate_number(kind: OperatorKind, place: Place, serial: int) -> str:
    """Kind, county and a running number."""
    return f"{PAPER_CODES[kind]}{place.code}{serial:05d}"
