"""Processing zones with their units, laboratories and accreditations; a zone may have several rows, one per unit."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import delete, insert, select

from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.acts.zones import TAKEN
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Merged, Target, Wish, merge
from zuofang.traceability.importing.work import Work, standing
from zuofang.traceability.models import Accreditation, AccreditedItem, Laboratory, Zone, ZoneUnit

COLUMNS = (
    must(
        "name", "加工区名称", "集中加工区名称", "加工区", "所属加工区",
        about="Name of the zone.", clean=cells.words(200),
    ),
    may(
        "slug", "网址名", "网址标识",
        about="The zone's part of its address, for ever; needed for a new zone.", clean=cells.slug,
    ),
    must("district_code", "区划代码", "行政区划代码", about="Division by GB/T 2260, six digits.", clean=cells.district),
    must("address", "地址", "加工区地址", "详细地址", about="Address of the zone.", clean=cells.words(200)),
    may("manager", "管理机构", "管理单位", "运营单位", about="Managing body.", clean=cells.words(200)),
    may("phone", "联系电话", "电话", "管理机构电话", about="Telephone of the managing body.", clean=cells.words(100)),
    may("area", "建筑面积", "建筑面积(平方米)", "面积", about="Floor area in square metres.", clean=cells.amount),
    may("brand", "品牌", "统一品牌", "区域品牌", about="Brand of the zone.", clean=cells.words(200)),
    may("story", "简介", "加工区简介", "介绍", about="Story of the zone, plain text.", clean=cells.words(4000)),
    may("unit", "单元号", "单元编号", "单元", about="Number of one unit; one row per unit.", clean=cells.number(30)),
    may("cameras", "监控点位", "监控点位数", "摄像头数", about="Monitoring points in the unit.", clean=cells.whole),
    may("laboratory", "检验室名称", "检验室", "检验机构", about="Laboratory of the zone.", clean=cells.words(200)),
    may(
        "accreditation", "资质认定证书编号", "资质认定编号", "cma编号",
        about="Certificate of 资质认定 of that laboratory.", clean=cells.number(),
    ),
    may("accredited_since", "资质认定有效期起", about="First day of the accreditation.", clean=cells.day),
    may("accredited_until", "资质认定有效期止", "资质认定有效期至", about="Last day of it.", clean=cells.day),
    may(
        "accredited_items", "资质认定项目", "认定项目", "检验能力范围",
        about="Items it covers, separated by 、 or ；.", clean=cells.several,
    ),
)  # fmt: skip


def keep_laboratory(_found: Found[Any], changes: dict[str, Any]) -> Sentence | None:
    """A certificate of 资质认定 stays with the laboratory that won it."""
    return say("这个证书编号属于另一个检验机构。") if "laboratory_id" in changes else None


ZONES = Target(Zone, ("slug",), "slug")
UNITS = Target(ZoneUnit, ("zone_id", "number"), "unit", part=True)
LABORATORIES = Target(Laboratory, ("zone_id", "name"), "laboratory", part=True)
ACCREDITATIONS = Target(Accreditation, ("number",), "accreditation", part=True, guard=keep_laboratory)
OF_ZONE = ("name", "address", "manager", "phone", "area", "brand", "story")


def take(work: Work, rows: list[Row]) -> None:
    """Bring zones, units, laboratories and accreditations to what the rows say."""
    slugs = _slugs(work, rows)
    merged = merge(work, ZONES, [_zone(row, slug) for row, slug in slugs.items()])
    zones = {row: merged.ids[slug,] for row, slug in slugs.items()}
    _units(work, zones)
    laboratories = _laboratories(work, zones)
    _accreditations(work, laboratories)
    work.touch("zone", (zone for row, zone in zones.items() if row.changed != "unchanged"))


def _zone(row: Row, slug: str) -> Wish:
    stated = {name: row.cells[name] for name in OF_ZONE if name in row.cells}
    return Wish(row, (slug,), stated, {"district_code": row.cells["district_code"]})


def _slugs(work: Work, rows: list[Row]) -> dict[Row, str]:
    """The slug of every row's zone: as stated, or that of the zone of this name in this district."""
    districts, slugs = _known(work, rows)
    for row in rows:
        name, district, slug = row.cells["name"], row.cells["district_code"], row.cells.get("slug")
        registered = slugs.get((district, name))
        if slug is None and registered is None:
            work.refuse(row, "slug", say("新的加工区要有网址名，例如 qingxi-luwei。"))
        elif slug in TAKEN:
            work.refuse(row, "slug", say("这个网址名已经另有用处，请换一个。"))
        elif slug is not None and districts.get(slug, district) != district:
            work.refuse(row, "slug", say("这个网址名属于另一个县（市、区）的加工区。"))
        elif slug is not None and registered not in (None, slug):
            work.refuse(row, "slug", say("这个加工区的网址名是 %(slug)s，不能改。", slug=registered))
        else:
            row.cells["slug"] = slug or registered
            slugs[district, name], districts[row.cells["slug"]] = row.cells["slug"], district
    return {row: row.cells["slug"] for row in standing(rows)}


def _known(work: Work, rows: list[Row]) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Districts of zones by slug, and slugs by district and name."""
    statement = select(Zone.slug, Zone.district_code, Zone.name)
    named = work.find(statement, Zone.name.expression, (row.cells["name"] for row in rows))
    addressed = work.find(statement, Zone.slug.expression, (row.cells["slug"] for row in rows if row.cells.get("slug")))
    zones = [*named, *addressed]
    return {one.slug: one.district_code for one in zones}, {(one.district_code, one.name): one.slug for one in zones}


def _units(work: Work, zones: dict[Row, int]) -> None:
    wishes = [
        Wish(row, (zone, row.cells["unit"]), {name: row.cells[name] for name in ("cameras",) if name in row.cells})
        for row, zone in zones.items()
        if row.cells.get("unit")
    ]
    merge(work, UNITS, wishes)


def _laboratories(work: Work, zones: dict[Row, int]) -> dict[Row, int]:
    named = {row: (zone, row.cells["laboratory"]) for row, zone in zones.items() if row.cells.get("laboratory")}
    merged = merge(work, LABORATORIES, [Wish(row, key, {}) for row, key in named.items()])
    work.touch("laboratory", merged.created)
    return {row: merged.ids[key] for row, key in named.items()}


def _accreditations(work: Work, laboratories: dict[Row, int]) -> None:
    wishes = []
    for row, laboratory in laboratories.items():
        if not row.cells.get("accreditation"):
            continue
        since, until = row.cells.get("accredited_since"), row.cells.get("accredited_until")
        if since is None or until is None or until < since:
            work.refuse(row, "accredited_until", say("资质认定要有起止日期，并且止不早于起。"))
            continue
        stated = {"laboratory_id": laboratory, "since": since, "until": until}
        wishes.append(Wish(row, (row.cells["accreditation"],), stated))
    merged = merge(work, ACCREDITATIONS, wishes)
    _items(work, wishes, merged)
    work.touch("laboratory", (laboratories[wish.row] for wish in wishes if wish.row.changed != "unchanged"))


def _items(work: Work, wishes: list[Wish], merged: Merged) -> None:
    """Bring the scope of every accreditation to the items its rows state, and tell the journal both."""
    wanted: dict[int, set[str]] = defaultdict(set)
    speakers: dict[int, list[Row]] = defaultdict(list)
    for wish in wishes:
        if (items := wish.row.cells.get("accredited_items")) is not None and not wish.row.refused:
            wanted[merged.ids[wish.key]] |= set(items)
            speakers[merged.ids[wish.key]].append(wish.row)
    stored: dict[int, set[str]] = defaultdict(set)
    statement = select(AccreditedItem.accreditation_id, AccreditedItem.item)
    for key, item in work.find(statement, AccreditedItem.accreditation_id.expression, wanted):
        stored[key].add(item)
    for key, items in wanted.items():
        if items != stored[key]:
            _rescope(work, key, stored[key], items)
            for row in speakers[key]:
                row.changed = row.changed if row.changed == "created" else "updated"


def _rescope(work: Work, key: int, before: set[str], after: set[str]) -> None:
    gone = delete(AccreditedItem).where(AccreditedItem.accreditation_id == key, AccreditedItem.item.in_(before - after))
    work.connection.execute(gone)
    if added := [{"accreditation_id": key, "item": item} for item in sorted(after - before)]:
        work.connection.execute(insert(AccreditedItem), added)
    work.changes.setdefault(f"accreditation/{key}", {})["items"] = [sorted(before), sorted(after)]


KIND = Kind("zones", "加工区", COLUMNS, take, by_county=False)
