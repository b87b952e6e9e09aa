"""Names of administrative divisions (行政区划) on a day; a code without a name keeps its digits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

from zuofang.traceability.models import District

_NAMES = select(District.code, District.name).where(
    District.code.in_(bindparam("codes", expanding=True)),
    District.since <= bindparam("on"),
    or_(District.until.is_(None), District.until >= bindparam("on")),
)


def district_names(connection: Connection, codes: Iterable[str | None], on: date) -> dict[str, str]:
    """The name of each code as it was called on that day. One statement; a code without a name is left out."""
    wanted = sorted({code for code in codes if code})
    return {row.code: row.name for row in connection.execute(_NAMES, {"codes": wanted, "on": on})}


def county_codes(connection: Connection, on: date) -> dict[str, str]:
    """Counties and districts in force on a day by name; a name that two of them share decides nothing."""
    in_force = District.since <= on, or_(District.until.is_(None), District.until >= on)
    found = list(connection.execute(select(District.name, District.code).where(*in_force)))
    names = Counter(name for name, _ in found)
    return {name: code for name, code in found if names[name] == 1 and not code.endswith("00")}
