"""Buyers of the city: schools, canteens, supermarkets, markets and others, none of which exists."""

from __future__ import annotations

from dataclasses import dataclass

from zuofang.site.commands.city.geography import EAST, LUHU, QINGHE, SHIQIAO, WEST, YUNLING, ZHUYUAN, Place
from zuofang.traceability.models import ReceiverKind


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who buys; name, address and telephone stay inside."""

    kind: ReceiverKind
    name: str
    place: Place
    street: str
    contact: str


SCHOOL, CANTEEN, SUPERMARKET = ReceiverKind.school, ReceiverKind.canteen, ReceiverKind.supermarket
MARKET, SHOP, RESTAURANT = ReceiverKind.market, ReceiverKind.shop, ReceiverKind.restaurant
WHOLESALER, OTHER = ReceiverKind.wholesaler, ReceiverKind.other

RECEIVERS = (
    Receiver(SCHOOL, "北溪镇中心小学", EAST, "北溪镇学堂路 1 号", "0570-0810001"),
    Receiver(SCHOOL, "溪东区柳堤实验学校", EAST, "柳堤街道柳堤路 20 号", "0570-0810002"),
    Receiver(SCHOOL, "水碓初级中学", WEST, "水碓街道碓房路 30 号", "0570-0810003"),
    Receiver(SCHOOL, "云门中学", YUNLING, "云门镇岭脚街 2 号", "0570-0810004"),
    Receiver(SCHOOL, "鹭洲镇幼儿园", LUHU, "鹭洲镇桂花巷 6 号", "0570-0810005"),
    Receiver(SCHOOL, "青禾市三塘中学", QINGHE, "三塘镇三塘路 15 号", "0570-0810006"),
    Receiver(CANTEEN, "清溪市中医院职工食堂", EAST, "石栏街道廊桥东路 88 号", "0570-0820001"),
    Receiver(CANTEEN, "溪西纺织园职工食堂", WEST, "西坡镇园区大道 5 号", "0570-0820002"),
    Receiver(CANTEEN, "青禾市敬老院", QINGHE, "禾丰镇稻香路 41 号", "0570-0820003"),
    Receiver(SUPERMARKET, "百禾超市柳堤店", EAST, "柳堤街道菜场前街 3 号", "0570-0830001"),
    Receiver(SUPERMARKET, "百禾超市钟楼店", WEST, "钟楼街道廊桥西路 18 号", "0570-0830002"),
    Receiver(SUPERMARKET, "湖口生活超市", LUHU, "湖口街道湖滨路 9 号", "0570-0830003"),
    Receiver(SUPERMARKET, "五孔惠民超市", SHIQIAO, "五孔镇五孔街 77 号", "0570-0830004"),
    Receiver(MARKET, "北溪农贸市场", EAST, "北溪镇菜场前街 1 号", "0570-0840001"),
    Receiver(MARKET, "梧桐里菜市场", WEST, "梧桐里街道梧桐里 60 号", "0570-0840002"),
    Receiver(MARKET, "云门农贸市场", YUNLING, "云门镇云门老街 12 号", "0570-0840003"),
    Receiver(MARKET, "鹭洲水产副食市场", LUHU, "鹭洲镇船埠弄 2 号", "0570-0840004"),
    Receiver(MARKET, "稻香综合市场", QINGHE, "稻香街道稻香路 8 号", "0570-0840005"),
    Receiver(SHOP, "廊桥土特产店", EAST, "渡口街道河埠路 27 号", "0570-0850001"),
    Receiver(SHOP, "鹭洲游客中心特产柜", LUHU, "鹭洲镇湖滨路 1 号", "0570-0850002"),
    Receiver(SHOP, "竹源山货行", ZHUYUAN, "竹源镇竹源大道 33 号", "0570-0850003"),
    Receiver(RESTAURANT, "溪边小酌饭店", EAST, "渡口街道河埠路 8 号", "0570-0860001"),
    Receiver(RESTAURANT, "云岭农家饭庄", YUNLING, "碓头镇梯田路 1 号", "0570-0860002"),
    Receiver(RESTAURANT, "荷塘人家酒楼", LUHU, "荷塘镇荷塘东路 16 号", "0570-0860003"),
    Receiver(WHOLESALER, "清溪副食品批发中心", WEST, "西坡镇物流路 2 号", "0570-0870001"),
    Receiver(WHOLESALER, "三塘粮油批发市场", QINGHE, "三塘镇米行街 4 号", "0570-0870002"),
    Receiver(OTHER, "清溪市妇女儿童活动中心", EAST, "石栏街道樟树弄 10 号", "0570-0880001"),
)
