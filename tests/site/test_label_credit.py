"""The fourth card of the label page and what the credit room adds to the verdict."""

import pytest
from flask.testing import FlaskClient
from tests import scene
from tests.credit import filed
from tests.scene import WHY
from tests.site.test_label import put_on_shelf

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord
from zuofang.storage.acts import Office


@pytest.fixture
def code(writer: Office) -> str:
    with writer.writing("lab") as desk:
        return put_on_shelf(desk, scene.released(desk)).code


def told(reader: FlaskClient, code: str, language: str = "zh") -> str:
    return reader.get(f"/t/{code}?lang={language}").get_data(as_text=True)


def test_findings_are_counted_and_the_card_leads_to_the_credit_file(
    reader: FlaskClient, writer: Office, code: str
) -> None:
    filed.filed(writer, 1, filed.FINE)
    page = told(reader, code)
    assert "公示中的查处记录1条，最近一条2026年11月20日公示。" in page
    assert "没有公示中的查处记录" not in page
    assert 'href="/workshops/1/credit' in page
    assert "已放行" in page, "a fine alone says nothing of this batch"


def test_a_failed_sample_of_the_product_and_a_listing_ask_for_care(
    reader: FlaskClient, writer: Office, code: str
) -> None:
    filed.filed(writer, 1, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    page = told(reader, code)
    assert "请留意" in page
    assert "同一产品防腐剂混合使用抽检不合格，2026年11月20日公布。" in page
    filed.filed(writer, 1, filed.LISTED, title="列入严重违法失信名单")
    assert "列入严重违法失信名单" in told(reader, code)
    assert "list" in told(reader, code, "en")


def test_a_withdrawal_reaches_the_very_next_answer(reader: FlaskClient, writer: Office, code: str) -> None:
    key = filed.filed(writer, 1, filed.FINE)
    assert "查处记录1条" in told(reader, code)
    with writer.writing("officer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, key), "公示有误", WHY)
    assert "没有公示中的查处记录；没有记录不等于没有问题。" in told(reader, code)
