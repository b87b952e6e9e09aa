"""Whose a row is, where it may be of a workshop or of a zone. Who is not registered is told, never made."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from zuofang.credit.importing.entering import register_for
from zuofang.credit.importing.matching import Match, decide
from zuofang.credit.importing.party_columns import party_of
from zuofang.credit.models import HonourKind
from zuofang.rules.sentences import say
from zuofang.storage.base import Base
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.work import Work
from zuofang.traceability.importing.zone_names import zones_of

HOLDERS = {"作坊": "workshop", "小作坊": "workshop", "食品小作坊": "workshop", "加工区": "zone"}

HOLDER = may(
    "holder", "荣誉主体", "主体类型",
    about="作坊 or 加工区; else 加工区 for 示范加工区, and 作坊 for all others.", clean=cells.choice(HOLDERS),
)  # fmt: skip


def bring(
    work: Work, rows: list[Row], model: type[Base], key: tuple[str, str, str], wish: Callable[[Row, int], Wish]
) -> None:
    """Bring the things of workshops and of zones to what the rows say.

    ``key`` names one thing of a holder: its kind, its name, under which a refusal is told, and its first day.
    """
    _, name, _ = key
    of_zones = [row for row in rows if is_of_zone(row)]
    holders = {
        "workshop": workshops_of(work, [row for row in rows if row not in set(of_zones)]),
        "zone": zones_of(work, of_zones),
    }
    for kind, found in holders.items():
        target = Target(model, (f"{kind}_id", *key), name)
        merge(work, target, [wish(row, holder) for row, holder in found.items()])
        work.touch(kind, (holder for row, holder in found.items() if row.changed != "unchanged"))


def is_of_zone(row: Row) -> bool:
    """Whether a row speaks of a zone; where it does not say, a model zone is one and all else is a workshop's."""
    holder = row.cells.get("holder")
    return holder == "zone" or (holder is None and row.cells.get("kind") is HonourKind.model_zone)


def workshops_of(work: Work, rows: Iterable[Row]) -> dict[Row, int]:
    """The workshop of every row; a row whose workshop is not certain is left for a person."""
    parties = {row: party_of(work, row) for row in rows}
    register = register_for(work, parties.values())
    found = {}
    for row, party in parties.items():
        match = decide((party,), register)
        if match.workshop is None:
            _refuse(work, row, match)
        elif work.is_mine(row, "name", match.workshop.district):
            found[row] = match.workshop.id
    return found


def _refuse(work: Work, row: Row, match: Match) -> None:
    candidates = [one for one in match.candidates if work.covers(one.district)]
    if not candidates:
        work.unmatched(row, "name", match.reason)
        return
    people = "；".join(f"{one.name}，{one.address}" for one in candidates)
    work.unmatched(row, "name", say("%(reason)s可能是：%(people)s。", reason=match.reason, people=people))
