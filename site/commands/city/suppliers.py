"""Raw materials and who sells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Supplier:
    """A seller of raw materials; ``licence`` is empty for farmers, who give a certificate of their produce instead."""

    name: str
    address: str
    contact: str
    licence: str | None


@dataclass(frozen=True, slots=True)
class Material:
    """A raw material as it is delivered; ``keeps`` counts days until its best-before day, where one is stated."""

    specification: str
    quantity: int
    unit: str
    supplier: Supplier
    keeps: int | None


MEAT = Supplier("清溪冷鲜肉品配送中心", "清溪市溪东区石栏街道冷链路 3 号", "0570-0711003", "JY13399020000037")
POULTRY = Supplier("北溪禽业专业合作社", "清溪市溪东区北溪镇鸭埠村", "0570-0711018", None)
GROCER = Supplier("渡口调味品批发部", "清溪市溪东区渡口街道河埠路 45 号", "0570-0711045", "JY13399020000152")
GRAIN = Supplier("禾丰粮油购销有限公司", "青禾市禾丰镇米行街 12 号", "0570-0714012", "JY13399810000026")
RICE = Supplier("云岭稻米专业合作社", "云岭县碓头镇梯田路 7 号", "0570-0712007", None)
FLOUR = Supplier("三塘面粉经营部", "青禾市三塘镇三塘路 88 号", "0570-0714088", "JY13399810000113")
SWEET = Supplier("鹭洲糖果辅料行", "鹭湖县鹭洲镇饼行街 40 号", "0570-0713040", "JY13399220000064")
SEED = Supplier("溪西油料专业合作社", "清溪市溪西区西坡镇油菜垄", "0570-0715016", None)
STARTER = Supplier("酒垆曲房", "青禾市酒垆镇井头巷 5 号", "0570-0714005", "JY13399810000208")
FARM = Supplier("雾溪茶豆专业合作社", "云岭县雾溪乡茶亭路 9 号", "0570-0712009", None)

MATERIALS: Mapping[str, Material] = MappingProxyType({
    "牛腱": Material("冷冻，25 千克/箱", 200, "千克", MEAT, 365),
    "猪蹄": Material("冷鲜", 120, "千克", MEAT, 5),
    "猪肝": Material("冷鲜", 60, "千克", MEAT, 3),
    "白条鸭": Material("冷鲜，每只约 2 千克", 180, "千克", POULTRY, 5),
    "鸡爪": Material("冷冻，10 千克/箱", 200, "千克", POULTRY, 365),
    "鸭胗": Material("冷冻，10 千克/箱", 150, "千克", POULTRY, 365),
    "酱油": Material("20 升/桶", 10, "桶", GROCER, 540),
    "食用盐": Material("25 千克/袋", 8, "袋", GROCER, None),
    "白砂糖": Material("50 千克/袋", 6, "袋", GROCER, None),
    "香辛料": Material("混合，5 千克/袋", 12, "袋", GROCER, 365),
    "早籼米": Material("25 千克/袋", 80, "袋", RICE, 180),
    "晚粳米": Material("25 千克/袋", 60, "袋", RICE, 180),
    "糯米": Material("25 千克/袋", 50, "袋", GRAIN, 180),
    "黄豆": Material("50 千克/袋", 40, "袋", FARM, 365),
    "绿豆": Material("25 千克/袋", 20, "袋", GRAIN, 365),
    "小麦粉": Material("25 千克/袋", 60, "袋", FLOUR, 365),
    "番薯淀粉": Material("25 千克/袋", 40, "袋", GRAIN, 540),
    "番薯": Material("散装", 2000, "千克", GRAIN, None),
    "高粱": Material("50 千克/袋", 60, "袋", GRAIN, 365),
    "酒曲": Material("10 千克/箱", 10, "箱", STARTER, 365),
    "红曲": Material("10 千克/箱", 8, "箱", STARTER, 365),
    "芝麻": Material("25 千克/袋", 20, "袋", GRAIN, 365),
    "菜籽油": Material("20 升/桶", 15, "桶", GRAIN, 540),
    "糖桂花": Material("5 千克/罐", 6, "罐", SWEET, 365),
    "核桃仁": Material("10 千克/箱", 10, "箱", SWEET, 270),
    "油菜籽": Material("散装", 3000, "千克", SEED, None),
    "油茶籽": Material("散装", 1500, "千克", SEED, None),
    "花生仁": Material("50 千克/袋", 40, "袋", SEED, 240),
    "茶鲜叶": Material("一芽一叶，当日采", 180, "千克", FARM, None),
})  # fmt: skip
