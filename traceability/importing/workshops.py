"""Operators of the three small kinds with their certificates and, inside a zone, their units.

A row is matched by certificate number, then credit code, then name and address within one district; never across
districts, and never where these disagree. The identity number is checked, blinded and forgotten.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.papers import bring_papers
from zuofang.traceability.importing.registry import Entry, Registry, blinded, district_of
from zuofang.traceability.importing.tenancies import KnownZone, bring_tenancies, match_zones
from zuofang.traceability.importing.work import Work, not_ahead, standing
from zuofang.traceability.models import OperatorKind, Workshop

KINDS = {
    "食品小作坊": OperatorKind.workshop, "食品摊贩": OperatorKind.stall, "小餐饮": OperatorKind.small_catering,
    "小作坊": OperatorKind.workshop, "摊贩": OperatorKind.stall, "小摊贩": OperatorKind.stall,
    "小餐饮店": OperatorKind.small_catering, "食品加工小作坊": OperatorKind.workshop,
    **{kind.value: kind for kind in OperatorKind},
}  # fmt: skip

COLUMNS = (
    must(
        "name", "食品小作坊名称", "小作坊名称", "作坊名称", "经营者名称", "单位名称", "字号名称", "名称",
        about="Name as on the certificate.", clean=cells.words(200),
    ),
    may(
        "kind", "类别", "主体类别", "三小类别",
        about="食品小作坊 (default), 食品摊贩 or 小餐饮.", clean=cells.choice(KINDS),
    ),
    must(
        "certificate", "登记证编号", "核准证编号", "登记卡编号", "登记证号", "证书编号", "许可证编号",
        about="Number of the certificate.", clean=cells.certificate_number,
    ),
    may(
        "operator", "经营者姓名", "经营者", "业主姓名", "负责人", "法定代表人",
        about="Operator's name as on the certificate; public.", clean=cells.words(200),
    ),
    may(
        "credit_code", "统一社会信用代码", "社会信用代码", "信用代码",
        about="Credit code (GB 32100), checked.", clean=cells.credit_code,
    ),
    may(
        "identity", "身份证号", "身份证号码", "公民身份号码", "经营者身份证号", "经营者身份证号码", "身份证件号码",
        about="Checked, kept only as a keyed digest, never shown.", clean=cells.identity, personal=True,
    ),
    must(
        "address", "生产加工地址", "生产加工场所", "生产加工场所地址", "经营场所", "加工地址", "经营地址", "地址",
        about="Where it produces.", clean=cells.words(200),
    ),
    may(
        "district_code", "区划代码", "行政区划代码",
        about="Division by GB/T 2260; else that of the zone, of the issuer's name, of the credit code.",
        clean=cells.district,
    ),
    may("phone", "联系电话", "联系方式", "电话", about="The contact on the label; public.", clean=cells.words(100)),
    may("permitted_place", "经营地点", "划定地点", about="Stalls: where they may trade.", clean=cells.words(200)),
    may("permitted_hours", "经营时间", "划定时段", about="Stalls: when they may trade.", clean=cells.words(100)),
    may(
        "scope", "品种明细", "食品品种", "生产加工品种", "生产加工食品品种", "经营范围", "许可品种",
        about="品种明细 of the certificate.", clean=cells.words(4000),
    ),
    may("issued_on", "发证日期", "签发日期", "登记日期", about="Day of issue.", clean=cells.day),
    may("since", "有效期起", "有效期自", "有效期开始", about="First day; else the day of issue.", clean=cells.day),
    may(
        "until", "有效期止", "有效期至", "有效期截止", "有效期限至",
        about="Last day, or 长期; else by the term of the province.", clean=cells.last_day,
    ),
    may("issuer", "发证机关", "发证单位", "登记机关", about="Authority that issued it.", clean=cells.words(200)),
    may(
        "zone", "所属加工区", "加工区", "集中加工区", "加工区名称",
        about="Name of the zone it works in.", clean=cells.words(200),
    ),
    may("unit", "单元号", "单元编号", "单元", about="Its unit there; needed with the zone.", clean=cells.number(30)),
    may("entered_on", "进驻日期", "入驻日期", about="First day in the unit; else of the certificate.", clean=cells.day),
)  # fmt: skip

WORKSHOPS = Target(Workshop, ("id",), "name", private=frozenset({"identity"}))
PUBLIC = ("name", "operator", "credit_code", "address", "phone", "permitted_place", "permitted_hours")


def take(work: Work, rows: list[Row]) -> None:
    """Bring workshops, certificates and tenancies to what the rows say."""
    for row in rows:
        not_ahead(work, row, "issued_on", "entered_on")
    zones = match_zones(work, standing(rows))
    entries = _match(work, standing(rows), zones)
    _register(work, entries)
    merge(work, WORKSHOPS, [Wish(row, (entry.id,), _stated(work, row)) for row, entry in entries.items()])
    terms = bring_papers(work, {row: entries[row] for row in standing(entries)})
    bring_tenancies(work, {row: entries[row].id for row in standing(terms)}, zones, terms)
    work.touch("workshop", (entry.id for row, entry in entries.items() if row.changed != "unchanged"))


def _match(work: Work, rows: list[Row], zones: dict[Row, KnownZone]) -> dict[Row, Entry]:
    registry = work.remember("registry", Registry)
    registry.read(work, rows)
    found = {}
    for row in rows:
        district = district_of(work, row, zones[row].district if row in zones else None)
        entry = None if row.refused else registry.match(work, row, district)
        if entry is not None:
            found[row] = entry
    return found


def _register(work: Work, entries: dict[Row, Entry]) -> None:
    """Enter the operators that are new, each as its first row says."""
    fresh: dict[Entry, Row] = {}
    for row, entry in entries.items():
        if entry.id == 0:
            row.changed = "created" if fresh.setdefault(entry, row) is row else row.changed
    if not fresh:
        return
    rows = [_newcomer(entry) | _stated(work, row) for entry, row in fresh.items()]
    blank = dict.fromkeys(name for row in rows for name in row)
    statement = insert(Workshop).returning(Workshop.id, sort_by_parameter_order=True)
    ids = work.connection.execute(statement, [blank | row for row in rows]).scalars()
    for entry, key in zip(fresh, ids, strict=True):
        entry.id = key


def _newcomer(entry: Entry) -> dict[str, Any]:
    return {"kind": entry.kind, "province": entry.district[:2], "district_code": entry.district}


def _stated(work: Work, row: Row) -> dict[str, Any]:
    stated = {name: row.cells[name] for name in PUBLIC if name in row.cells}
    if row.cells.get("kind") is not None:
        stated["kind"] = row.cells["kind"]
    if (digest := blinded(work, row)) is not None:
        stated["identity"] = digest
    return stated


KIND = Kind("workshops", "食品小作坊", COLUMNS, take)
