"""Copies of grades: made for all, made again for one, right after any interruption, and told when they are wrong."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit import copies, daily
from zuofang.credit.acts import records
from zuofang.credit.audit import disagreements
from zuofang.credit.copies import refresh
from zuofang.credit.models import CreditRecord, Reckoning, WorkshopGrade
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.traceability.acts import operators
from zuofang.traceability.models import OperatorKind, Product, Workshop

RULES = read_rules()
TODAY = date(2026, 11, 20)


class Killed(BaseException):
    """Stands for the end of the process."""


def letters(database: Database) -> dict[tuple[int, str], str]:
    with Session(database.read) as session:
        rows = session.execute(select(WorkshopGrade.workshop_id, WorkshopGrade.scheme, WorkshopGrade.letter))
        return {(workshop, scheme): letter for workshop, scheme, letter in rows}


@pytest.fixture
def three(office: Office) -> list[int]:
    """Three workshops; the first with a certificate, a product and a zone, all of them with a certificate."""
    with office.writing("officer") as desk:
        first = scene.build(desk).workshop.id
        others = [_another(desk, number) for number in (1, 2)]
    return [first, *others]


def _another(desk: scene.Desk, number: int) -> int:
    workshop = operators.register(
        desk,
        Workshop(
            kind=OperatorKind.workshop, name=f"南坪第{number}糕点作坊", province="33", district_code="339901",
            address=f"清溪县南坪村{number}号",
        ),
        WHY,
    )  # fmt: skip
    operators.issue_certificate(desk, workshop, f"ZF3399019{number}", date(2025, 3, 1), WHY)
    return workshop.id


def test_every_workshop_is_graded_once_and_a_second_run_writes_nothing(office: Office, three: list[int]) -> None:
    assert refresh(office.database, TODAY, RULES).graded == 3
    assert letters(office.database)[three[0], "risk"] == "A"
    assert refresh(office.database, TODAY, RULES) == copies.Refreshed()
    assert list(disagreements(office.database, RULES)) == []


def test_an_act_about_one_workshop_has_that_one_graded_again(office: Office, three: list[int]) -> None:
    daily.run(office)
    filed.filed(office, three[1], filed.LISTED, published=False)
    assert daily.run(office).graded == 1
    assert letters(office.database)[three[1], "risk"] == "D"


def test_a_new_product_counts_for_its_workshop(office: Office, three: list[int]) -> None:
    refresh(office.database, TODAY, RULES)
    with office.writing("officer") as desk:
        workshop = desk.session.get_one(Workshop, three[2])
        made = Product(workshop=workshop, name="糯米酒", category="fermented-wine", packing="prepacked")
        operators.add_product(desk, made, WHY)
    assert refresh(office.database, TODAY, RULES).graded == 1
    with Session(office.database.read) as session:
        assert session.get_one(WorkshopGrade, (three[2], "risk")).score == 20


def test_a_record_that_moves_to_another_file_changes_both(office: Office, three: list[int]) -> None:
    key = filed.filed(office, three[1], filed.LISTED)
    with office.writing("officer") as desk:
        records.match(desk, desk.session.get_one(CreditRecord, key), three[2], WHY)
    assert refresh(office.database, TODAY, RULES).graded == 2
    found = letters(office.database)
    assert (found[three[1], "risk"], found[three[2], "risk"]) == ("A", "D")


def test_a_grade_is_made_again_on_the_day_it_may_turn(office: Office, three: list[int]) -> None:
    filed.filed(office, three[1], filed.FINE)
    with Session(office.database.read) as session:
        turns = session.get_one(Reckoning, three[1]).again_on
    assert turns is not None
    assert refresh(office.database, date.fromordinal(turns.toordinal() - 1), RULES).graded == 0
    assert refresh(office.database, turns, RULES).graded >= 1


def test_a_replaced_rule_file_has_everything_computed_again_and_takes_down_what_it_no_longer_allows(
    office: Office, three: list[int]
) -> None:
    key = filed.filed(office, three[0], filed.FINE)
    with Session(office.database.write) as session:
        session.execute(update(CreditRecord).values(last_day=date(2030, 1, 1), look_again_on=date(2030, 1, 2)))
        session.execute(update(Reckoning).values(rules="other"))
        session.commit()
    done = daily.run(filed.at(office, date(2029, 10, 12)))
    assert (done.graded >= 3, done.taken_down) == (True, 0)
    assert filed.read(office, key).last_day == date(2029, 10, 12)
    with Session(office.database.write) as session:
        session.execute(update(CreditRecord).values(look_again_on=date(2030, 1, 2)))
        session.execute(update(Reckoning).values(rules="other"))
        session.commit()
    assert daily.run(filed.at(office, date(2029, 10, 13))).taken_down == 1


def test_a_replaced_rule_file_reaches_records_that_belong_to_no_workshop(office: Office, three: list[int]) -> None:
    key = filed.filed(office, three[0], filed.FINE)
    with Session(office.database.write) as session:
        session.execute(update(CreditRecord).values(workshop_id=None, look_again_on=date(2030, 1, 2)))
        session.execute(update(Reckoning).values(rules="other"))
        session.commit()
    later = filed.at(office, date(2029, 10, 13))
    assert daily.run(later).taken_down == 1
    assert filed.read(office, key).taken_down_on == date(2029, 10, 13)
    assert daily.run(later).looked_at == 0


def test_a_run_killed_between_two_transactions_is_finished_by_the_next(
    office: Office, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "BATCH", 1)

    def end(_what: str, share: float) -> None:
        if share > 0.5:
            raise Killed

    with pytest.raises(Killed):
        refresh(office.database, TODAY, RULES, tell=end)
    with Session(office.database.read) as session:
        assert session.scalar(select(func.count()).select_from(Reckoning)) == 2
    assert refresh(office.database, TODAY, RULES).graded == 1
    assert len(letters(office.database)) == 6
    assert list(disagreements(office.database, RULES)) == []


def test_a_grade_changed_behind_our_back_is_told(office: Office, three: list[int]) -> None:
    refresh(office.database, TODAY, RULES)
    with Session(office.database.write) as session:
        session.execute(update(WorkshopGrade).where(WorkshopGrade.scheme == "risk").values(letter="D"))
        session.commit()
    found = list(disagreements(office.database, RULES))
    assert [one.workshop for one in found] == sorted(three)
    assert str(found[0]) == f"workshop {min(three)}: risk is kept as D (0) and computed as A (0)"


def test_several_processes_give_the_same_answer(sqlite: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    with Office(sqlite, keys).writing("officer") as desk:
        batches = [[_another(desk, number)] for number in (1, 2, 3)]
    monkeypatch.setattr(copies, "MANY", 1)
    alone = list(copies.reckonings(sqlite, batches, TODAY, RULES, 1))
    assert list(copies.reckonings(sqlite, batches, TODAY, RULES, 2)) == alone


def test_copies_wait_for_acts_to_be_followed(office: Office, three: list[int]) -> None:
    assert copies.behind(office.database)
    refresh(office.database, TODAY, replace(RULES))
    assert not copies.behind(office.database)
