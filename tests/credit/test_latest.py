"""What was published in the last week, on the front page, while it is public."""

from datetime import date

import pytest
from tests import scene
from tests.credit import filed

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord
from zuofang.credit.queries.latest import Latest, latest
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office

RULES = read_rules()


def read(office: Office, on: date = filed.TODAY) -> Latest:
    with office.database.read.connect() as connection:
        return latest(connection, on, RULES)


@pytest.fixture
def town(office: Office) -> Office:
    with office.writing("officer") as desk:
        scene.build(desk)
    return office


def test_what_was_published_this_week_is_told_until_the_week_is_over(town: Office) -> None:
    key = filed.filed(town, 1, filed.LISTED, title="列入严重违法失信名单")
    assert [(one.key, one.title) for one in read(town).lines] == [(key, "列入严重违法失信名单")]
    assert read(town, date(2026, 11, 26)).count == 1
    assert read(town, date(2026, 11, 27)).count == 0


def test_what_was_withdrawn_or_never_published_is_not_told(town: Office) -> None:
    key = filed.filed(town, 1, filed.LISTED)
    filed.filed(town, 1, filed.FINE, published=False)
    with town.writing("officer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, key), "有误", "测试")
    assert read(town).lines == ()
