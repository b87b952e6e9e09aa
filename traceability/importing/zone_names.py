"""Which zone a row speaks of: by its name, in the row's county where it states one."""

from __future__ import annotations

from sqlalchemy import select

from zuofang.rules.sentences import say
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.work import Work
from zuofang.traceability.models import Zone


def zones_of(work: Work, rows: list[Row]) -> dict[Row, int]:
    """The zone of every row that names one which is registered once; the others are told as unmatched."""
    statement = select(Zone.name, Zone.district_code, Zone.id)
    known = list(work.find(statement, Zone.name.expression, (row.cells["name"] for row in rows)))
    found = {}
    for row in rows:
        district = row.cells.get("district_code")
        fitting = [one for one in known if one.name == row.cells["name"] and district in (None, one.district_code)]
        if len(fitting) != 1:
            work.unmatched(row, "name", say("没有登记这个加工区，或者有几个同名的。"))
        elif work.is_mine(row, "name", fitting[0].district_code):
            found[row] = fitting[0].id
    return found
