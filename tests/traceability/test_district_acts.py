"""A code means one place at a time, and what was recorded in error is taken back."""

from datetime import date

import pytest

from zuofang.storage.acts import Office, Refused
from zuofang.traceability.acts import districts
from zuofang.traceability.queries.districts import district_names


def names(office: Office, on: date) -> dict[str, str]:
    with office.database.read.connect() as connection:
        return district_names(connection, ["339921"], on)


def test_a_code_loses_its_name_when_the_division_is_dissolved_and_gets_it_back(office: Office) -> None:
    with office.writing("officer") as desk:
        key = districts.enter(desk, "339921", "云岭县", date(2014, 1, 1), "设县").id
        districts.dissolve(desk, key, date(2020, 12, 31), "撤县设区")
    assert names(office, date(2020, 12, 31)) == {"339921": "云岭县"}
    assert names(office, date(2021, 1, 1)) == {}
    with office.writing("officer") as desk:
        districts.restore(desk, key, "录错了")
    assert names(office, date(2021, 1, 1)) == {"339921": "云岭县"}


def test_a_division_does_not_end_before_it_begins(office: Office) -> None:
    with office.writing("officer") as desk:
        key = districts.enter(desk, "339921", "云岭县", date(2014, 1, 1), "设县").id
        with pytest.raises(Refused, match="早于"):
            districts.dissolve(desk, key, date(2013, 12, 31), "撤县")
