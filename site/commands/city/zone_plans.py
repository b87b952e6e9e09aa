"""Plans of six processing zones, from the one that is a model for others to the one that is still being built.

All days are counted back from today.
"""

from __future__ import annotations

from dataclasses import dataclass

from zuofang.site.commands.city import brands
from zuofang.site.commands.city.brands import Brand
from zuofang.site.commands.city.geography import EAST, LUHU, QINGHE, WEST, YUNLING, Place
from zuofang.site.commands.city.standards import Finding
from zuofang.traceability.models import StandardState, ZoneStepKind


@dataclass(frozen=True, slots=True)
class Accredited:
    """A certificate of 资质认定: its number, and how many days before or after today it begins and ends."""

    number: str
    since: int
    until: int
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZonePlan:
    """One zone as it is founded: what it is, who works there, how far it has come, and what is not in order."""

    slug: str
    name: str
    place: Place
    street: str
    manager: str
    phone: str
    area: int | None
    at: tuple[int, int]
    brand: Brand
    trades: tuple[str, ...]
    units: int
    tenants: int
    steps: tuple[tuple[ZoneStepKind, int], ...]
    accredited: tuple[Accredited, ...] = ()
    laboratory: str | None = None
    short_of_cameras: int = 0
    findings: tuple[Finding, ...] = ()


MICROBES = ("菌落总数", "大肠菌群", "沙门氏菌", "金黄色葡萄球菌", "单核细胞增生李斯特氏菌")
MEAT_ITEMS = (
    *MICROBES,
    "亚硝酸盐",
    "山梨酸",
    "苯甲酸",
    "脱氢乙酸",
    "日落黄",
    "诱惑红",
    "柠檬黄",
    "胭脂红",
    "苯并[a]芘",
    "铅",
    "镉",
)
GRAIN_ITEMS = ("铅", "二氧化硫", "脱氢乙酸", "山梨酸", "苯甲酸", "柠檬黄", "日落黄", "铝的残留量")
PASTRY_ITEMS = (
    *MICROBES, "霉菌", "酸价", "过氧化值", "铅", "铝的残留量", "脱氢乙酸", "山梨酸", "甜蜜素", "柠檬黄", "日落黄",
)  # fmt: skip
OIL_ITEMS = ("酸价", "过氧化值", "黄曲霉毒素B1", "苯并[a]芘", "铅", "溶剂残留量")

APPLIED, BUILT, REVIEWED, ACCEPTED, CONFIRMED = ZoneStepKind
_MET, NOT_MET, NOT_RECORDED, NOT_YET_READ = StandardState
YEAR = 365

PLANS = (
    ZonePlan(
        "beixi-luwei", "北溪卤味集中加工区", EAST, "北溪镇园区路 8 号", "清溪北溪食品加工区管理有限公司",
        "0570-0100801", 3280, (668, 402), brands.POT, ("braised", "smoked"), 16, 14,
        ((APPLIED, 4 * YEAR), (BUILT, 4 * YEAR - 160), (REVIEWED, 4 * YEAR - 205), (ACCEPTED, 4 * YEAR - 240),
         (CONFIRMED, YEAR + 30)),
        (Accredited("263399020001", -2 * YEAR, 4 * YEAR, MEAT_ITEMS),), "北溪卤味集中加工区检验室",
    ),
    ZonePlan(
        "yunling-mifen", "云岭米粉年糕集中加工区", YUNLING, "碓头镇水碓路 21 号", "云岭县碓头镇资产经营有限公司",
        "0570-0200210", 2460, (238, 228), brands.PESTLE, ("rice",), 14, 12,
        ((APPLIED, 3 * YEAR + 80), (BUILT, 3 * YEAR - 90), (REVIEWED, 3 * YEAR - 120), (ACCEPTED, 3 * YEAR - 150)),
        (Accredited("203399210007", -6 * YEAR - 37, -38, GRAIN_ITEMS),), "云岭米粉年糕集中加工区检验室",
        short_of_cameras=2,
        findings=(
            Finding("laboratory_items", NOT_MET, "资质认定证书已到期，复查评审尚未完成", "碓管检〔%(year)s〕7 号", 30),
            Finding("cameras", NOT_MET, "14 个单元中 2 个监控点位不足 4 个", "云岭市监查〔%(year)s〕31 号", 64),
        ),
    ),
    ZonePlan(
        "luhu-gaodian", "鹭湖糕点集中加工区", LUHU, "鹭洲镇饼行街 1 号", "鹭湖鹭洲点心产业发展有限公司", "0570-0300019",
        2150, (842, 640), brands.BLOSSOM, ("pastry",), 14, 12,
        ((APPLIED, 3 * YEAR), (BUILT, 2 * YEAR + 210), (REVIEWED, 2 * YEAR + 150), (ACCEPTED, 2 * YEAR + 110),
         (CONFIRMED, YEAR - 40)),
        (Accredited("243399220003", -YEAR - 200, 4 * YEAR + 160, PASTRY_ITEMS),), "鹭湖糕点集中加工区检验室",
        findings=(Finding("waste", NOT_RECORDED),),
    ),
    ZonePlan(
        "qinghe-jiufang", "青禾酒坊集中加工区", QINGHE, "酒垆镇北坡路 66 号", "青禾市酒垆镇集体经济合作总社",
        "0570-0400066", 2040, (560, 780), brands.JAR, ("baijiu", "rice-wine"), 12, 10,
        ((APPLIED, 2 * YEAR + 60), (BUILT, YEAR + 190), (REVIEWED, YEAR + 120), (ACCEPTED, YEAR + 75)),
        laboratory="青禾酒坊集中加工区检验室",
        findings=(
            Finding("laboratory_items", NOT_MET, "未取得资质认定，苯并[a]芘尚不能检", "青酒管〔%(year)s〕3 号", 88),
            Finding("cold_store", NOT_RECORDED),
            Finding("fire", NOT_YET_READ, None, "青禾市消防验收意见书（扫描件，待录入）", 140),
        ),
    ),
    ZonePlan(
        "xixi-youfang", "溪西油坊集中加工区", WEST, "水碓街道油车弄 99 号", "溪西水碓粮油加工区管理有限公司",
        "0570-0500099", 2380, (420, 478), brands.WHEEL, ("oil",), 12, 10,
        ((APPLIED, 3 * YEAR - 20), (BUILT, 2 * YEAR + 120), (REVIEWED, 2 * YEAR + 60), (ACCEPTED, 2 * YEAR + 25)),
        (Accredited("243399030002", -YEAR - 300, 4 * YEAR + 60, OIL_ITEMS),), "溪西油坊集中加工区检验室",
        findings=(Finding("distance", NOT_YET_READ, None, "溪西区环境影响登记表（扫描件，待录入）", 210),),
    ),
    ZonePlan(
        "wuxi-doucha", "雾溪豆茶集中加工区", YUNLING, "雾溪乡茶亭路 2 号", "云岭县雾溪乡股份经济合作社", "0570-0600002",
        None, (120, 520), brands.LEAF, ("soy", "tea"), 12, 4,
        ((APPLIED, YEAR - 20), (BUILT, 48)),
        findings=(
            Finding("floor_area", NOT_YET_READ, None, "房产测绘报告（扫描件，待录入）", 44),
            Finding("units", NOT_MET, "已进驻 4 家", "雾合社〔%(year)s〕2 号", 40),
            Finding("monitoring", NOT_MET, "公共场所监控已通，值班人员未到位", "雾合社〔%(year)s〕2 号", 40),
            Finding("laboratory", NOT_MET, "检验室未建成，委托市检验检测中心", "雾合社〔%(year)s〕2 号", 40),
            Finding("laboratory_items", NOT_MET, "检验室尚未建成", "雾合社〔%(year)s〕2 号", 40),
            Finding("tester", NOT_RECORDED),
            Finding("fire", NOT_RECORDED),
            Finding("waste", NOT_YET_READ, None, "污水处理站竣工资料（扫描件，待录入）", 44),
            Finding("safety_manager", NOT_RECORDED),
        ),
    ),
)  # fmt: skip
