"""Whatever stands in the tables, no page and no file shows an identity number, a phone or a plate."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.credit.test_sampling_sheets import sheet
from tests.scene import WHY

from zuofang.credit.acts import honours, records, sampling
from zuofang.credit.models import CreditRecord, CreditReply, Honour, HonourKind, SampleItem
from zuofang.storage.acts import Office

SECRETS = ("32028119900307123", "13800138000", "苏B12345", "6222021234567894")
TEXT = "、".join(("身份证320281199003071234", "手机13800138000", "苏B12345", "卡号6222021234567894"))


@pytest.fixture
def careless(writer: Office) -> None:
    """A workshop whose rows were filled past every check, as an older release or a hand in the database might."""
    with writer.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
        honour = Honour(
            kind=HonourKind.fine_workshop, title="名特优", workshop_id=workshop, granted_by="局",
            since=filed.TODAY.replace(year=2025),
        )  # fmt: skip
        honours.grant(desk, honour, WHY)
    key = filed.filed(writer, workshop, filed.FAILED, items=(filed.FAULTY,))
    filed.filed(writer, workshop, filed.LISTED)
    with writer.writing("owner") as desk:
        records.reply(desk, desk.session.get_one(CreditRecord, key), "已经改正。", WHY)
    with Session(writer.database.write) as session:
        session.execute(
            update(CreditRecord).values(title=TEXT, content=TEXT, document=TEXT, authority=TEXT, party=TEXT)
        )
        session.execute(update(CreditReply).values(text=TEXT))
        session.execute(update(SampleItem).values(item=TEXT, result=TEXT, limit=TEXT))
        session.execute(update(Honour).values(title=TEXT, granted_by=TEXT, document=TEXT))
        session.commit()


PAGES = (
    "/workshops/1/credit",
    "/workshops/1/credit.json",
    "/workshops/1",
    "/workshops/",
    "/blacklist/",
    "/batches/1",
    "/",
)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_what_its_tables_should_not_hold(reader: FlaskClient, careless: None, page: str) -> None:
    answer = reader.get(page)
    assert answer.status_code == 200
    assert [secret for secret in SECRETS if secret in answer.text] == []


def test_no_page_tells_of_a_sample_whose_result_is_not_there(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        waiting = sheet(scene.build(desk).workshop.id, product="特制卤鹅", basis="暗访抽检计划")
        sampling.take(desk, waiting, WHY)
    for page in (
        *PAGES,
        "/disclosures/",
        "/disclosures/feed.atom",
        "/disclosures/feed.json",
        "/disclosures/feed.csv",
        "/open/",
    ):
        answer = reader.get(page)
        assert answer.status_code == 200, page
        told = [secret for secret in (waiting.number, "特制卤鹅", "暗访抽检计划") if secret in answer.text]
        assert told == [], page
