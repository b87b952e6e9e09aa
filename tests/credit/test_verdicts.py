"""The verdict over many batches: the same as the label of each would say."""

from datetime import UTC, date, datetime

import pytest
from statements import counted
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import records
from zuofang.credit.card import credit_card
from zuofang.credit.models import CreditRecord
from zuofang.credit.queries.verdicts import batch_verdicts
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import batches, operators, recalls
from zuofang.traceability.models import Batch, Conclusion, RestrictionKind, Workshop
from zuofang.traceability.queries.label import label_file
from zuofang.traceability.verdict import Answer, answer

TODAY = date(2026, 11, 20)
RULES = read_rules()


def verdicts(office: Office) -> dict[int, Answer]:
    with office.database.read.connect() as connection:
        return batch_verdicts(connection, [1, 2, 3], TODAY, RULES)


def by_label(office: Office, key: int) -> Answer:
    """What the label page of a batch says, its label being plain."""
    with office.database.read.connect() as connection:
        file = label_file(connection, key)
        assert file is not None
        card = credit_card(connection, file.workshop_id, TODAY, RULES)
    failed = card.failed_samples(file.product)
    return answer(file.facts(1, 0, failed_samples=failed, listed_since=card.listed_since), TODAY, RULES)


@pytest.fixture
def three(office: Office) -> Office:
    """A released batch, a failed one, and one of which nothing is known."""
    with office.writing("lab") as desk:
        made = scene.released(desk)
        failed = batches.open_batch(desk, made.product, "2", date(2026, 11, 12), WHY)
        made.batch = failed
        scene.sheet(desk, made, Conclusion.failed, number="2")
        batches.open_batch(desk, made.product, "3", date(2026, 11, 13), WHY)
    return office


def recalled(desk: Desk) -> None:
    batch = desk.session.get_one(Batch, 1)
    recalls.recall(desk, batch, 1, "异物", datetime(2026, 11, 18, tzinfo=UTC), WHY)


def restricted(desk: Desk) -> None:
    workshop = desk.session.get_one(Workshop, 1)
    operators.restrict(desk, workshop, RestrictionKind.suspended, date(2026, 11, 1), WHY, ground="x", article="y")


def test_every_batch_has_the_verdict_of_its_label(three: Office) -> None:
    filed.filed(three, 1, filed.LISTED, title="列入严重违法失信名单")
    sample = filed.filed(three, 1, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    filed.filed(three, 1, filed.FINE)
    for change in (None, recalled, restricted):
        if change is not None:
            with three.writing("officer") as desk:
                change(desk)
        found = verdicts(three)
        assert set(found) == {1, 2, 3}
        for key, told in found.items():
            assert told == by_label(three, key)
    assert any("抽检不合格" in str(reason.sentence) for reason in found[1].reasons)
    with three.writing("officer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, sample), "公示有误", WHY)
    assert verdicts(three)[1] == by_label(three, 1)
    assert not any("抽检不合格" in str(reason.sentence) for reason in verdicts(three)[1].reasons)


def test_of_two_sheets_of_one_day_the_later_entry_counts(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
        scene.sheet(desk, made, Conclusion.failed, number="1")
        scene.sheet(desk, made, Conclusion.passed, number="2")
        batches.release(desk, made.batch, WHY)
    assert verdicts(office)[1].verdict == "released"
    assert verdicts(office)[1] == by_label(office, 1)


def test_the_statements_do_not_grow_with_the_batches(three: Office) -> None:
    filed.filed(three, 1, filed.LISTED, title="列入严重违法失信名单")
    sent = []
    for keys in ([1], [1, 2, 3]):
        with counted(three.database) as seen, three.database.read.connect() as connection:
            batch_verdicts(connection, keys, TODAY, RULES)
        sent.append(len(seen))
    assert sent[0] == sent[1] <= 10
