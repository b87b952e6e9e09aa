"""The fourth question of a label: what is public about the workshop today, counted and never a word more."""

from datetime import date

import pytest
from sqlalchemy import event
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import records
from zuofang.credit.card import CreditCard, credit_card, is_same_food
from zuofang.credit.models import CreditRecord
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office
from zuofang.traceability.verdict import FailedSample

TODAY = date(2026, 11, 20)


def card(office: Office, on: date = TODAY) -> CreditCard:
    with office.database.read.connect() as connection:
        return credit_card(connection, 1, on, read_rules())


@pytest.fixture
def workshop(office: Office) -> int:
    with office.writing("officer") as desk:
        return scene.build(desk).workshop.id


def test_a_finding_counts_from_its_publication_to_the_end_of_its_term(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE, published=False)
    assert card(office).findings == ()
    filed.daily.run(office)
    assert [line.title for line in card(office).findings] == ["使用超过保质期的原料"]
    last = filed.read(office, key).last_day
    assert last is not None
    assert len(card(office, last).findings) == 1
    assert card(office, last.replace(year=last.year + 1)).findings == ()


def test_good_results_are_no_findings(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, filed.PASSED, title="酱牛肉")
    filed.filed(office, workshop, filed.INSPECTED, title="日常监督检查")
    assert card(office).findings == ()


def test_a_withdrawn_record_is_off_the_card_at_once(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE)
    with office.writing("officer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, key), "公示有误", WHY)
    assert card(office).findings == ()


def test_a_listing_tells_since_when(office: Office, workshop: int) -> None:
    assert card(office).listed_since is None
    filed.filed(office, workshop, filed.LISTED, title="列入严重违法失信名单")
    assert card(office).listed_since == date(2026, 9, 1)


def test_a_failed_sample_speaks_of_its_own_product_alone(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, filed.FAILED, title="酱牛肉（散装）", items=(filed.FAULTY,))
    told = card(office)
    assert told.failed_samples("酱牛肉") == (FailedSample(TODAY, "防腐剂混合使用", "清市监〔2026〕12号"),)
    assert told.failed_samples("酱牛肉干") == ()
    assert told.failed_samples("牛肉") == ()


@pytest.mark.parametrize(
    ("printed", "product", "same"),
    [
        ("酱牛肉", "酱牛肉", True),
        ("酱 牛肉(散装)", "酱牛肉", True),
        ("酱牛肉干", "酱牛肉", False),
        ("牛肉", "酱牛肉", False),
        ("", "", False),
    ],
)
def test_the_same_food_bears_the_same_name(printed: str, product: str, same: bool) -> None:
    assert is_same_food(printed, product) is same


def test_the_card_needs_one_statement_however_much_is_on_file(office: Office, workshop: int) -> None:
    for _ in range(3):
        filed.filed(office, workshop, filed.FINE)
        filed.filed(office, workshop, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    seen: list[str] = []
    event.listen(office.database.read, "before_cursor_execute", lambda *given: seen.append(given[2]))
    assert len(card(office).findings) == 6
    assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1


def test_nobody_has_no_card(office: Office) -> None:
    assert card(office) == CreditCard((), ())
