"""The pictures of the city, drawn for it; each ``.webp`` was made from the ``.svg`` of the same name beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from zuofang.credit.acts import pictures
from zuofang.credit.models import Honour, Picture
from zuofang.site.commands.city.agenda import Shift, at_desk
from zuofang.site.commands.city.days import ago
from zuofang.storage.acts import Desk, Office
from zuofang.storage.pictures import shelf
from zuofang.traceability.models import Zone

FOLDER = Path(__file__).parent / "pictures"
CREDIT = "示例城市插画，为本站绘制"
WHY = "示例城市：录入图片"
HUNG = 1
"""Days ago on which the pictures were put forward and shown."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: its file, the slug of the zone or the title of the honour it shows, and what is to be seen on it."""

    file: str
    of: str
    alt: str
    alt_en: str


ZONES = (
    Drawing("beixi-wharf", "beixi-luwei", "河埠前一口冒着热气的陶锅，对岸是一排白墙黑瓦的房子，两条乌篷船停在水上",
            "A steaming clay pot at the river steps, white houses with dark roofs behind it and two covered boats"),
    Drawing("beixi-kitchen", "beixi-luwei", "灶台上三口卤锅冒着热气，上方挂着卤好的鸭、肉和蛋",
            "Three braising pots steam on the stove under hanging duck, meat and eggs"),
    Drawing("yunling-terraces", "yunling-mifen", "山脚下的水碓和一排排晾着的米粉，远处是梯田",
            "A water-driven pestle and rows of rice noodles hung up to dry, with terraced fields behind"),
    Drawing("yunling-ricecake", "yunling-mifen", "四只竹匾上晾着切成片的年糕",
            "Sliced rice cake drying on four bamboo trays"),
    Drawing("luhu-bridge", "luhu-gaodian", "湖上的九孔石桥，桥前的木案上排着七块梅花点心",
            "The bridge of nine arches over the lake, and seven blossom-shaped pastries on a board before it"),
    Drawing("luhu-moulds", "luhu-gaodian", "墙上挂着两排梨木糕点模，刻着梅花、鱼和寿桃，下面摆着点心",
            "Two rows of pear-wood pastry moulds on a wall, carved with blossoms, fish and peaches"),
    Drawing("qinghe-jars", "qinghe-jiufang", "山坡上三排封着红布的酒缸，后面是酒坊的房子",
            "Three rows of wine jars closed with red cloth on a slope, the winery's houses behind them"),
    Drawing("xixi-mill", "xixi-youfang", "油菜花田边的水轮油坊，前面放着一只装满菜籽的木桶和一坛油",
            "An oil mill with its wheel beside a field of rape in flower; a tub of seed and a jar of oil before it"),
    Drawing("wuxi-tea", "wuxi-doucha", "雾里的茶园，坡上有一座搭着脚手架、还在建的房子",
            "Tea gardens in the mist, and on the slope a house still under its scaffolding"),
)  # fmt: skip
HONOURS = (
    Drawing("spices", "清溪卤味制作技艺传承人工作室", "木桌上一碗老卤，四周散着八角、桂皮和红花椒",
            "A bowl of old broth on a wooden table, with star anise, cassia and red peppercorns around it"),
    Drawing("luhu-moulds", "鹭洲木模糕点制作技艺", "墙上挂着两排梨木糕点模，刻着梅花、鱼和寿桃",
            "Two rows of pear-wood pastry moulds on a wall, carved with blossoms, fish and peaches"),
    Drawing("yunling-ricecake", "云岭水碓年糕制作技艺", "四只竹匾上晾着切成片的年糕",
            "Sliced rice cake drying on four bamboo trays"),
)  # fmt: skip


def hang_pictures(office: Office, folder: Path, today: date) -> int:
    """Put all pictures forward and let another person show them; answers how many hang now."""
    quiet = replace(office, heads=None)
    with at_desk(quiet, ago(today, HUNG), Shift.bureau) as desk:
        rows = [_propose(desk, folder, one, zone_id=_zone(desk, one.of)) for one in ZONES]
        rows += [_propose(desk, folder, one, honour_id=key) for one in HONOURS if (key := _honour(desk, one.of))]
    with at_desk(office, ago(today, HUNG), Shift.review) as desk:
        for row in rows:
            pictures.approve(desk, desk.session.get_one(Picture, row.id), WHY)
    return len(rows)


def _propose(desk: Desk, folder: Path, drawing: Drawing, **of: int) -> Picture:
    content = (FOLDER / f"{drawing.file}.webp").read_bytes()
    made = shelf.put(folder, content)
    row = Picture(
        digest=made.digest, width=made.width, height=made.height, sent_bytes=len(content), alt=drawing.alt,
        alt_en=drawing.alt_en, credit=CREDIT, **of,
    )  # fmt: skip
    return pictures.propose(desk, row, WHY)


def _zone(desk: Desk, slug: str) -> int:
    return desk.session.scalars(select(Zone.id).filter_by(slug=slug)).one()


def _honour(desk: Desk, title: str) -> int | None:
    return desk.session.scalars(select(Honour.id).filter_by(title=title)).first()
