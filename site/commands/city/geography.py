"""The city of 清溪 and its neighbours. The codes are in use nowhere in GB/T 2260, and the places exist nowhere.

Three counties beyond the border of the province joined the city's register by an agreement between bureaux; so the
register holds the papers of four provinces, each with its own name and term.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.storage.acts import Desk
from zuofang.traceability.acts import districts

WHY = "示例城市：录入行政区划"
FOUNDED = date(2014, 1, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A county or district: towns and streets that addresses are made of, and ``stands`` where stalls may trade."""

    code: str
    name: str
    towns: tuple[str, ...]
    streets: tuple[str, ...]
    stands: tuple[str, ...]
    bureau: str

    @property
    def province(self) -> str:
        """The two digits of its province."""
        return self.code[:2]


CITY_CODE, CITY_NAME = "339900", "清溪市"
CITY_BUREAU = "清溪市市场监督管理局"
CITY_OUTLINE = (
    "M60 300C90 150 200 60 330 90S520 40 640 120S850 150 930 260S1040 470 1000 620S960 860 820 900S620 980 480 940"
    "S280 960 210 830S40 700 30 540S30 400 60 300Z"
    "M150 128C200 280 300 330 380 350S540 330 600 360S740 520 800 600"
    "C840 560 930 580 940 650S880 750 830 720S780 640 800 600"
)
"""The border of the city, and the river that runs through it into the lake."""
CITY_GOVERNMENT = "清溪市人民政府"
FOOD_OFFICE = "清溪市食品安全委员会办公室"

EAST = Place(
    "339902", "溪东区", ("北溪镇", "渡口街道", "柳堤街道", "石栏街道"),
    ("河埠路", "豆腐巷", "打铁弄", "廊桥东路", "菜场前街", "樟树弄"),
    ("廊桥夜市", "北溪镇菜市场东门", "柳堤早市"), "清溪市溪东区市场监督管理局",
)  # fmt: skip
WEST = Place(
    "339903", "溪西区", ("西坡镇", "梧桐里街道", "钟楼街道", "水碓街道"),
    ("油车弄", "碓房路", "梧桐里", "染坊路", "廊桥西路", "竹器巷"),
    ("钟楼步行街南段", "梧桐里菜市场北侧"), "清溪市溪西区市场监督管理局",
)  # fmt: skip
YUNLING = Place(
    "339921", "云岭县", ("云门镇", "上岭乡", "碓头镇", "雾溪乡"),
    ("岭脚街", "晒谷场路", "云门老街", "梯田路", "茶亭路"),
    ("云门镇汽车站广场", "碓头镇集市"), "云岭县市场监督管理局",
)  # fmt: skip
LUHU = Place(
    "339922", "鹭湖县", ("鹭洲镇", "荷塘镇", "湖口街道", "芦花乡"),
    ("湖滨路", "饼行街", "桂花巷", "荷塘东路", "船埠弄"),
    ("鹭洲码头夜市", "湖口早市"), "鹭湖县市场监督管理局",
)  # fmt: skip
QINGHE = Place(
    "339981", "青禾市", ("禾丰镇", "酒垆镇", "稻香街道", "三塘镇"),
    ("酒坊弄", "米行街", "三塘路", "稻香路", "井头巷"),
    ("稻香早市", "三塘镇集贸市场西侧"), "青禾市市场监督管理局",
)  # fmt: skip
SHIQIAO = Place("329981", "石桥市", ("五孔镇", "桥南街道"), ("桥南路", "五孔街", "运河弄"), (), "石桥市市场监督管理局")
CHAPING = Place("359922", "茶坪县", ("隔溪乡", "茶坪镇"), ("廊桥下", "隔溪路", "茶行街"), (), "茶坪县市场监督管理局")
ZHUYUAN = Place("369921", "竹源县", ("竹源镇", "笋坞乡"), ("竹源大道", "笋坞路", "祠堂前"), (), "竹源县市场监督管理局")

HOME = (EAST, WEST, YUNLING, LUHU, QINGHE)
NEIGHBOURS = (SHIQIAO, CHAPING, ZHUYUAN)
PLACES = (*HOME, *NEIGHBOURS)


def name_districts(desk: Desk) -> None:
    """Enter what the codes mean."""
    for code, name in ((CITY_CODE, CITY_NAME), *((place.code, place.name) for place in PLACES)):
        districts.enter(desk, code, name, FOUNDED, WHY)
