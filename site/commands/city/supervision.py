"""The rounds of the regulator: nearly every workshop is inspected and sampled within a year, most of them in order."""

from __future__ import annotations

from collections.abc import Iterable

from zuofang.credit.records import Result
from zuofang.site.commands.city.agenda import Agenda
from zuofang.site.commands.city.chance import chance, share
from zuofang.site.commands.city.findings import CLEAN, Found, inspected, passed, plan
from zuofang.site.commands.city.workshops import Maker

FIRST_NUMBER = 500
PASSED_OVER = 14
"""One workshop in so many was not inspected; sampling left out twice as many."""
ROUND, BEGINNING = 230, 12
"""Days within which the round is gone, and before today on which it ended."""
LARGELY = 5


def plan_supervision(agenda: Agenda, makers: Iterable[Maker]) -> None:
    """Put an inspection and a sample of most workshops on the agenda."""
    number = FIRST_NUMBER
    for maker in makers:
        throws = chance("supervision", maker.workshop.name, maker.workshop.address)
        rounds = []
        if not share(throws, PASSED_OVER):
            result = Result.largely_conforming if share(throws, LARGELY) else Result.conforming
            said = "检查 38 项，2 项当场改正。" if result is Result.largely_conforming else "检查 38 项，全部符合。"
            rounds.append(Found(_day(throws.random()), inspected(result), "日常监督检查", said))
        if not share(throws, PASSED_OVER // 2):
            rounds.append(Found(_day(throws.random()), passed, "", "", 9, items=CLEAN))
        for found in rounds:
            number += 1
            if found.made_on(agenda.today) > maker.since:
                plan(agenda, maker, found, number)


def _day(share_of_round: float) -> int:
    return BEGINNING + int(ROUND * share_of_round)
