"""The clocks of complaints and reports against a second implementation, on random histories.

The everyday run takes 600 histories; ``HISTORIES=100000`` runs the full comparison.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.reporting.law.matter_histories import as_matter, random_history
from tests.reporting.law.second_matter_clock import answer

from zuofang.reporting.law.clocks import duties
from zuofang.reporting.law.matters import Matter
from zuofang.rules.book import read_rules

HISTORIES = int(os.environ.get("HISTORIES", "600"))
CHUNKS = 10
RULES = read_rules()


def engine(matter: Matter, on: date) -> list[Any]:
    return [
        (str(duty.task), duty.since, duty.due.day, duty.due.provisional, duty.done_on, duty.stopped)
        for duty in duties(matter, on, RULES)
    ]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_clocks_and_a_second_implementation_agree_on_every_history(chunk: int) -> None:
    for number in range(chunk, HISTORIES, CHUNKS):
        random = Random(number)
        history = random_history(random)
        matter = as_matter(history)
        seen = history["received"] + timedelta(days=random.randint(0, 400))
        days = {seen, *(day for day, _, _ in history["events"])}
        for on in sorted(days):
            assert engine(matter, on) == answer(history, on), (number, on, history)
        for due in {line[2] for line in engine(matter, seen)}:
            for on in (due, due + timedelta(days=1)):
                assert engine(matter, on) == answer(history, on), (number, on, history)
