"""What the workshops of the city make: label contents, what goes in, how often, and what is tested before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from zuofang.traceability.models import Packing

PREPACKED, BULK = Packing.prepacked, Packing.bulk
COLD, COOL, DRY = "0–4 ℃ 冷藏", "阴凉干燥处，避免阳光直射", "常温、干燥、通风处"
FRESH = "常温当日食用，冷藏不超过保质期"


@dataclass(frozen=True, slots=True)
class Good:
    """One kind of product. ``every`` is the usual number of days between batches, ``amount`` is made each time."""

    name: str
    category: str
    packing: Packing
    net_content: str | None
    ingredients: str | None
    shelf_life_days: int | None
    storage: str
    every: int
    amount: tuple[int, str]
    tested: tuple[str, ...]
    materials: tuple[str, ...]
    standard: str | None = None
    allergens: str | None = None
    alcohol: str | None = None
    quick: bool = False
    months: tuple[int, ...] = tuple(range(1, 13))


MICROBES = ("菌落总数", "大肠菌群")
PATHOGENS = ("沙门氏菌", "金黄色葡萄球菌")
MEAT = (*MICROBES, *PATHOGENS, "亚硝酸盐", "山梨酸", "日落黄")
GRAIN = ("铅", "脱氢乙酸", "山梨酸", "苯甲酸")
PASTRY = ("酸价", "过氧化值", *MICROBES, "霉菌", "脱氢乙酸", "山梨酸")
BAIJIU = ("甲醇", "氰化物", "酒精度", "甜蜜素", "糖精钠", "铅")
HUANGJIU = ("酒精度", "铅", "甜蜜素")
OIL = ("酸价", "过氧化值", "黄曲霉毒素B1", "苯并[a]芘", "溶剂残留量")
TEA = ("铅", "草甘膦", "水胺硫磷", "三氯杀螨醇", "联苯菊酯")
SPICED = ("酱油", "食用盐", "白砂糖", "香辛料")
PICKING = (3, 4, 5, 6, 9, 10)

BRAISED = (
    Good("酱牛肉", "braised-beef", PREPACKED, "200 克", "牛肉、饮用水、酱油、食用盐、白砂糖、香辛料", 15, COLD, 13,
         (240, "盒"), MEAT, ("牛腱", *SPICED), "GB 2726", "大豆及其制品"),
    Good("老卤鸭", "braised-meat", PREPACKED, "450 克", "鸭、饮用水、酱油、食用盐、白砂糖、橘皮、香辛料", 10, COLD, 11,
         (180, "盒"), (*MEAT, "苯并[a]芘"), ("白条鸭", *SPICED), "GB 2726", "大豆及其制品"),
    Good("卤猪蹄", "braised-meat", PREPACKED, "350 克", "猪蹄、饮用水、酱油、食用盐、冰糖、香辛料", 10, COLD, 12,
         (160, "盒"), MEAT, ("猪蹄", *SPICED), "GB 2726", "大豆及其制品"),
    Good("香卤鸡爪", "braised-meat", PREPACKED, "250 克", "鸡爪、饮用水、酱油、食用盐、白砂糖、辣椒、香辛料", 7, COLD,
         9, (300, "袋"), MEAT, ("鸡爪", *SPICED), "GB 2726", "大豆及其制品"),
    Good("卤鸭胗", "braised-offal", PREPACKED, "150 克", "鸭胗、饮用水、酱油、食用盐、白砂糖、香辛料", 15, COLD, 15,
         (220, "袋"), (*MEAT, "铅"), ("鸭胗", *SPICED), "GB 2726", "大豆及其制品"),
    Good("当日卤鸭", "braised-meat-bulk", BULK, None, "鸭、饮用水、酱油、食用盐、白砂糖、香辛料", 2, COLD, 10, (60,
         "千克"),
         ("亚硝酸盐", "日落黄"), ("白条鸭", *SPICED), quick=True),
    Good("卤猪肝", "braised-liver-bulk", BULK, None, "猪肝、饮用水、酱油、食用盐、白砂糖、香辛料", 2, COLD, 14, (35,
         "千克"),
         ("亚硝酸盐", "日落黄"), ("猪肝", *SPICED), quick=True),
)  # fmt: skip
SMOKED = (
    Good("甘蔗熏鸭", "smoked-meat-prepacked", PREPACKED, "500 克", "鸭、食用盐、白砂糖、香辛料", 20, COLD, 15, (120,
         "只"),
         (*MICROBES, *PATHOGENS, "亚硝酸盐", "苯并[a]芘"), ("白条鸭", "食用盐", "白砂糖", "香辛料"), "GB 2726"),
)  # fmt: skip
RICE = (
    Good("云岭干米粉", "rice-noodles", PREPACKED, "500 克", "早籼米、饮用水", 365, DRY, 24, (600, "袋"),
         (*GRAIN, "二氧化硫"), ("早籼米",)),
    Good("水磨年糕", "rice-cake", PREPACKED, "500 克", "晚粳米、饮用水", 60, COLD, 14, (420, "袋"), (*GRAIN,
         "二氧化硫"),
         ("晚粳米",)),
    Good("手打麻糍", "rice-cake", BULK, None, "糯米、黄豆粉、饮用水", 2, FRESH, 15, (40, "千克"), ("二氧化硫",),
         ("糯米", "黄豆"), allergens="大豆及其制品", quick=True),
    Good("鲜湿米粉", "rice-noodles", BULK, None, "早籼米、饮用水", 1, FRESH, 10, (150, "千克"), ("二氧化硫",),
         ("早籼米",),
         quick=True),
)  # fmt: skip
NOODLES = (
    Good("五孔长面", "long-noodles", PREPACKED, "500 克", "小麦粉、饮用水、食用盐", 180, DRY, 26, (320, "袋"),
         ("铅", "苯甲酸", "柠檬黄"), ("小麦粉", "食用盐"), allergens="含有麸质的谷物及其制品"),
    Good("番薯粉丝", "starch-noodles", PREPACKED, "400 克", "番薯淀粉、饮用水", 365, DRY, 30, (260, "袋"),
         ("铝的残留量",), ("番薯淀粉",)),
)  # fmt: skip
PASTRIES = (
    Good("芝麻薄酥饼", "pastry-prepacked", PREPACKED, "180 克", "小麦粉、芝麻、白砂糖、菜籽油、麦芽糖", 60, COOL, 17,
         (380, "盒"), PASTRY, ("小麦粉", "芝麻", "白砂糖", "菜籽油"), "GB 7099", "含有麸质的谷物、芝麻"),
    Good("桂花糕", "pastry-prepacked", PREPACKED, "200 克", "糯米粉、白砂糖、糖桂花、麦芽糖", 20, COOL, 14, (260, "盒"),
         PASTRY, ("糯米", "白砂糖", "糖桂花"), "GB 7099"),
    Good("鹭洲千层饼", "pastry-prepacked", PREPACKED, "250 克", "小麦粉、菜籽油、芝麻、苔菜、白砂糖、食用盐", 45, COOL,
         18,
         (320, "盒"), (*PASTRY, "铝的残留量"), ("小麦粉", "菜籽油", "芝麻"), "GB 7099", "含有麸质的谷物、芝麻"),
    Good("绿豆糕", "pastry-prepacked", PREPACKED, "160 克", "绿豆、白砂糖、芝麻油、麦芽糖", 20, COOL, 16, (240, "盒"),
         PASTRY, ("绿豆", "白砂糖"), "GB 7099", "芝麻及其制品"),
    Good("老核桃酥", "pastry-prepacked", PREPACKED, "300 克", "小麦粉、核桃仁、白砂糖、猪油、鸡蛋", 60, COOL, 19,
         (280, "盒"), PASTRY, ("小麦粉", "核桃仁", "白砂糖"), "GB 7099", "含有麸质的谷物、坚果、蛋类"),
    Good("青麦糕", "pastry-bulk", BULK, None, "糯米粉、小麦青汁、白砂糖、饮用水", 2, FRESH, 14, (30, "千克"),
         ("菌落总数",), ("糯米", "白砂糖"), allergens="含有麸质的谷物及其制品", quick=True),
)  # fmt: skip
SPIRITS = (
    Good("酒垆高粱烧", "baijiu-grain", PREPACKED, "500 毫升", "高粱、小麦、饮用水", None, COOL, 38, (500, "瓶"), BAIJIU,
         ("高粱", "酒曲"), "GB 2757", alcohol="52.0"),
    Good("谷香米烧", "baijiu-grain", PREPACKED, "500 毫升", "大米、酒曲、饮用水", None, COOL, 40, (420, "瓶"), BAIJIU,
         ("晚粳米", "酒曲"), "GB 2757", alcohol="45.0"),
    Good("山里番薯烧", "baijiu-other", PREPACKED, "500 毫升", "番薯、酒曲、饮用水", None, COOL, 46, (300, "瓶"), BAIJIU,
         ("番薯", "酒曲"), "GB 2757", alcohol="42.0"),
)  # fmt: skip
RICE_WINES = (
    Good("冬酿糯米酒", "rice-wine", PREPACKED, "750 毫升", "糯米、酒曲、饮用水", 540, COOL, 32, (360, "瓶"), HUANGJIU,
         ("糯米", "酒曲"), "GB 2758", alcohol="12.0"),
    Good("老井红曲酒", "huangjiu", PREPACKED, "500 毫升", "糯米、红曲、饮用水", 720, COOL, 36, (400, "瓶"), HUANGJIU,
         ("糯米", "红曲"), "GB 2758", alcohol="14.0"),
)  # fmt: skip
OILS = (
    Good("压榨菜籽油", "pressed-oil", PREPACKED, "1.8 升", "油菜籽", 540, COOL, 22, (200, "桶"), OIL, ("油菜籽",),
         "GB 2716"),
    Good("霜降山茶油", "pressed-oil", PREPACKED, "500 毫升", "油茶籽", 540, COOL, 34, (260, "瓶"), OIL, ("油茶籽",),
         "GB 2716"),
    Good("土榨花生油", "pressed-peanut-maize-oil", PREPACKED, "1.8 升", "花生", 540, COOL, 26, (180, "桶"), OIL,
         ("花生仁",), "GB 2716", "花生及其制品"),
    Good("小磨芝麻香油", "pressed-oil", PREPACKED, "250 毫升", "芝麻", 360, COOL, 30, (240, "瓶"), OIL, ("芝麻",),
         "GB 2716", "芝麻及其制品"),
)  # fmt: skip
SOY = (
    Good("青豆老豆腐", "tofu", BULK, None, "大豆、饮用水、盐卤", 2, FRESH, 9, (90, "千克"), ("山梨酸",), ("黄豆",),
         allergens="大豆及其制品", quick=True),
    Good("白豆干", "dried-tofu", BULK, None, "大豆、饮用水、盐卤、食用盐", 3, COLD, 13, (60, "千克"), ("山梨酸",),
         ("黄豆",),
         allergens="大豆及其制品", quick=True),
    Good("五香豆干", "seasoned-tofu", PREPACKED, "200 克", "大豆、饮用水、酱油、食用盐、香辛料、山梨酸钾", 45, COLD, 14,
         (300, "袋"), ("山梨酸", "苯甲酸", "大肠菌群", "金黄色葡萄球菌"), ("黄豆", "酱油", "香辛料"), "GB 2712",
         "大豆及其制品"),
    Good("手提腐竹", "yuba", PREPACKED, "250 克", "大豆、饮用水", 180, DRY, 22, (200, "袋"), ("二氧化硫", "铅",
         "苯甲酸"),
         ("黄豆",), "GB 2712", "大豆及其制品"),
    Good("坛子豆腐乳", "fermented-soy-ready", PREPACKED, "320 克", "大豆、饮用水、食用盐、白酒、辣椒", 365, COOL, 30,
         (260, "瓶"), ("黄曲霉毒素B1", "脱氢乙酸", "大肠菌群", "金黄色葡萄球菌"), ("黄豆", "食用盐"), "GB 2712",
         "大豆及其制品"),
)  # fmt: skip
TEAS = (
    Good("雾溪毛尖", "tea", PREPACKED, "100 克", "茶鲜叶", 540, "密封、避光、冷藏", 24, (300, "盒"), TEA, ("茶鲜叶",),
         "GB/T 14456.1", months=PICKING),
    Good("雾溪红茶", "tea", PREPACKED, "100 克", "茶鲜叶", 720, DRY, 27, (280, "盒"), TEA, ("茶鲜叶",),
         "GB/T 13738.2", months=PICKING),
)  # fmt: skip

UNFINISHED = replace(SOY[3], name="柴火腐竹", net_content=None)
"""A product whose label lacks something that it owes: nothing can be printed for it until somebody fills it in."""

TRADES: Mapping[str, tuple[Good, ...]] = MappingProxyType({
    "braised": BRAISED, "smoked": SMOKED, "rice": RICE, "noodles": NOODLES, "pastry": PASTRIES, "baijiu": SPIRITS,
    "rice-wine": RICE_WINES, "oil": OILS, "soy": SOY, "tea": TEAS,
})  # fmt: skip
TRADE_WORDS: Mapping[str, str] = MappingProxyType({
    "braised": "卤味", "smoked": "熏味", "rice": "米粉年糕", "noodles": "面", "pastry": "糕饼", "baijiu": "烧酒",
    "rice-wine": "米酒", "oil": "榨油", "soy": "豆腐", "tea": "茶",
})  # fmt: skip
"""What stands in the name of a workshop of the trade."""
