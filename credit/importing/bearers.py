"""Bearers and apprentices of heritage crafts (非遗代表性传承人、学徒); the honour they belong to must be on record."""

from __future__ import annotations

from sqlalchemy import func, select

from zuofang.credit.models import Bearer, BearerRole, Honour, HonourKind
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.work import Work, standing
from zuofang.traceability.models import Workshop, Zone

ROLES = {
    "传承人": BearerRole.bearer, "代表性传承人": BearerRole.bearer, "学徒": BearerRole.apprentice,
    "徒弟": BearerRole.apprentice, **{role.value: role for role in BearerRole},
}  # fmt: skip
COLUMNS = (
    must(
        "holder", "项目保护单位", "单位名称", "作坊名称",
        about="Workshop or zone that holds the honour.", clean=cells.words(200),
    ),
    must("title", "荣誉名称", "项目名称", about="Title of the honour, as on record.", clean=cells.words(200)),
    must("name", "姓名", about="As the authority published it, or with consent.", clean=cells.words(200)),
    must("role", "身份", about="传承人 or 学徒.", clean=cells.choice(ROLES)),
    must("since", "认定日期", "拜师日期", about="First day.", clean=cells.day),
    may("until", "结束日期", about="Last day, where it is over.", clean=cells.last_day),
)  # fmt: skip
BEARERS = Target(Bearer, ("honour_id", "name", "since"), "name")


def take(work: Work, rows: list[Row]) -> None:
    """Bring bearers and apprentices to what the rows say."""
    for row in rows:
        if (until := row.cells.get("until")) is not None and until < row.cells["since"]:
            work.refuse(row, "until", say("结束的日期早于开始的日期。"))
    honours = _honours(work, standing(rows))
    merge(work, BEARERS, [_wish(row, key) for row, key in honours.items()])
    work.touch("honour", (key for row, key in honours.items() if row.changed != "unchanged"))


def _honours(work: Work, rows: list[Row]) -> dict[Row, int]:
    """The heritage honour of every row, by its title and its holder."""
    holder = func.coalesce(Workshop.name, Zone.name)
    district = func.coalesce(Workshop.district_code, Zone.district_code)
    statement = (
        select(Honour.id, Honour.title, holder.label("holder"), district.label("district"))
        .outerjoin(Workshop, Workshop.id == Honour.workshop_id)
        .outerjoin(Zone, Zone.id == Honour.zone_id)
        .where(Honour.kind == HonourKind.heritage)
    )
    found = work.find(statement, Honour.title.expression, (row.cells["title"] for row in rows))
    known = {(one.holder, one.title): one for one in found}
    matched = {}
    for row in rows:
        honour = known.get((row.cells["holder"], row.cells["title"]))
        if honour is None:
            work.unmatched(row, "title", say("没有登记这个单位的这项非物质文化遗产。"))
        elif work.is_mine(row, "title", honour.district):
            matched[row] = honour.id
    return matched


def _wish(row: Row, honour: int) -> Wish:
    said = row.cells
    return Wish(
        row, (honour, said["name"], said["since"]), {key: said[key] for key in ("role", "until") if key in said}
    )


KIND = Kind("bearers", "传承人", COLUMNS, take)
