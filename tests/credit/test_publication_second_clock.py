"""The engine against a second clock, on random histories.

The everyday run takes 1,500 histories; ``HISTORIES=100000`` runs the full comparison.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.credit.cases import rules
from tests.credit.histories import as_record, random_history
from tests.credit.second_clock import answer

from zuofang.credit.publication import publication
from zuofang.credit.records import Record

HISTORIES = int(os.environ.get("HISTORIES", "1500"))
CHUNKS = 10


def engine(record: Record, on: date) -> dict[str, Any]:
    found = publication(record, on, rules)
    return {
        "standing": str(found.standing),
        "due": found.due and found.due.day,
        "last": found.last_day,
        "repair": found.repair_from,
        "down": found.take_down_by and found.take_down_by.day,
        "provisional": found.provisional,
    }


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_engine_and_a_second_clock_agree_on_every_history(chunk: int) -> None:
    for number in range(chunk, HISTORIES, CHUNKS):
        random = Random(number)
        history = random_history(random)
        record = as_record(history)
        on = history["made"] + timedelta(days=random.randint(-5, 1800))
        first = engine(record, on)
        assert first == answer(history, on), (number, on, history)
        for boundary in {first["last"], first["repair"], history["made"] + timedelta(days=random.randint(0, 200))} - {
            None
        }:
            for day in (boundary, boundary + timedelta(days=1)):
                assert engine(record, day) == answer(history, day), (number, day, history)
