"""Honours (名特优、5S、示范、非物质文化遗产、品牌) of operators and zones. An unknown holder is refused."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from zuofang.credit.importing.entering import register_for
from zuofang.credit.importing.matching import Match, decide
from zuofang.credit.importing.party_columns import PARTY, party_of
from zuofang.credit.models import Honour, HonourKind
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.work import Work, not_ahead, standing
from zuofang.traceability.models import Zone

KINDS = {
    "名特优": HonourKind.fine_workshop, "名特优小作坊": HonourKind.fine_workshop,
    "名特优作坊": HonourKind.fine_workshop,
    "5s": HonourKind.five_s, "5s现场管理": HonourKind.five_s, "5s现场管理达标": HonourKind.five_s,
    "示范单位": HonourKind.model_workshop, "示范作坊": HonourKind.model_workshop,
    "示范小作坊": HonourKind.model_workshop,
    "示范加工区": HonourKind.model_zone, "示范园区": HonourKind.model_zone, "非遗": HonourKind.heritage,
    "非物质文化遗产": HonourKind.heritage, "地方品牌": HonourKind.brand, "品牌": HonourKind.brand,
    "地方特色品牌": HonourKind.brand,
}  # fmt: skip
HOLDERS = {"作坊": "workshop", "小作坊": "workshop", "食品小作坊": "workshop", "加工区": "zone"}

HOLDER = may(
    "holder", "荣誉主体", "主体类型",
    about="作坊 or 加工区; else 加工区 for 示范加工区, and 作坊 for all others.", clean=cells.choice(HOLDERS),
)  # fmt: skip

COLUMNS = (
    *PARTY,
    HOLDER,
    must(
        "kind", "荣誉类别", "荣誉种类", "荣誉类型",
        about="名特优, 5S, 示范作坊, 示范加工区, 非遗 or 地方品牌.", clean=cells.choice(KINDS),
    ),
    must("title", "荣誉名称", about="Title in full.", clean=cells.words(200)),
    must("granted_by", "授予机关", "认定机关", "授予单位", "认定单位", about="Who granted it.", clean=cells.words(200)),
    may("document", "认定文号", "授予文号", "文号", about="Document that grants it.", clean=cells.number()),
    must("since", "有效期起", "认定日期", "授予日期", about="First day.", clean=cells.day),
    may("until", "有效期止", "有效期至", about="Last day, or 长期.", clean=cells.last_day),
)  # fmt: skip

OF_WORKSHOP = Target(Honour, ("workshop_id", "kind", "title", "since"), "title")
OF_ZONE = Target(Honour, ("zone_id", "kind", "title", "since"), "title")
STATED = ("granted_by", "document", "until")


def take(work: Work, rows: list[Row]) -> None:
    """Bring honours to what the rows say."""
    for row in rows:
        _check_days(work, row)
    rows = standing(rows)
    of_zones = [row for row in rows if is_of_zone(row)]
    zones = zones_of(work, of_zones)
    workshops = workshops_of(work, [row for row in rows if row not in set(of_zones)])
    merge(work, OF_WORKSHOP, [_wish(row, key) for row, key in workshops.items()])
    merge(work, OF_ZONE, [_wish(row, key) for row, key in zones.items()])
    work.touch("workshop", (key for row, key in workshops.items() if row.changed != "unchanged"))
    work.touch("zone", (key for row, key in zones.items() if row.changed != "unchanged"))


def _check_days(work: Work, row: Row) -> None:
    not_ahead(work, row, "since")
    if (until := row.cells.get("until")) is not None and until < row.cells["since"]:
        work.refuse(row, "until", say("有效期止早于有效期起。"))


def is_of_zone(row: Row) -> bool:
    """Whether a row speaks of a zone; where it does not say, a model zone is one and all else is a workshop's."""
    holder = row.cells.get("holder")
    return holder == "zone" or (holder is None and row.cells.get("kind") is HonourKind.model_zone)


def _wish(row: Row, holder: int) -> Wish:
    said = row.cells
    return Wish(
        row, (holder, said["kind"], said["title"], said["since"]), {key: said[key] for key in STATED if key in said}
    )


def workshops_of(work: Work, rows: Iterable[Row]) -> dict[Row, int]:
    """The workshop of every row; a row whose workshop is not certain is left for a person."""
    parties = {row: party_of(work, row) for row in rows}
    register = register_for(work, parties.values())
    found = {}
    for row, party in parties.items():
        match = decide((party,), register)
        if match.workshop is None:
            _refuse(work, row, match)
        else:
            found[row] = match.workshop.id
    return found


def _refuse(work: Work, row: Row, match: Match) -> None:
    if not match.candidates:
        work.unmatched(row, "name", match.reason)
        return
    people = "；".join(f"{one.name}，{one.address}" for one in match.candidates)
    work.unmatched(row, "name", say("%(reason)s可能是：%(people)s。", reason=match.reason, people=people))


def zones_of(work: Work, rows: list[Row]) -> dict[Row, int]:
    """The zone of every row by its name, in the row's county where it states one."""
    statement = select(Zone.name, Zone.district_code, Zone.id)
    known = list(work.find(statement, Zone.name.expression, (row.cells["name"] for row in rows)))
    found = {}
    for row in rows:
        district = row.cells.get("district_code")
        fitting = [one.id for one in known if one.name == row.cells["name"] and district in (None, one.district_code)]
        if len(fitting) == 1:
            found[row] = fitting[0]
        else:
            work.unmatched(row, "name", say("没有登记这个加工区，或者有几个同名的。"))
    return found


KIND = Kind("honours", "荣誉", COLUMNS, take)
