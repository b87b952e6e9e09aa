"""Inspections, the serious-violation list, honours; and the examples that show every kind."""

import json

import pytest
from tests.credit.importing.offices import ADDRESS, HONOUR, INSPECTION, LISTING, NAME, CreditOffice, doubts
from tests.credit.test_campaigns import campaign
from tests.importing.tables import EXAMPLES, IDENTITY, WHO, reasons

from zuofang.credit.acts import campaigns
from zuofang.credit.file import value_of
from zuofang.credit.importing.kinds import KINDS
from zuofang.credit.importing.serious_list import read_grounds
from zuofang.credit.models import CreditEvent, CreditRecord, Honour
from zuofang.credit.records import Ground, Listing
from zuofang.site.commands.importing import KINDS as ALL_KINDS
from zuofang.storage.acts import Office
from zuofang.traceability.importing.cells import BadCell
from zuofang.traceability.importing.engine import run


def test_an_inspection_keeps_what_was_looked_at_and_what_follows(credit: CreditOffice) -> None:
    credit.took(
        "inspections",
        {**INSPECTION, "检查类型": "飞行", "发现问题": "记录漏记", "检查结果": "基本符合", "结果处理": "书面限期整改"},
    )
    record = credit.only()
    assert (record.title, record.workshop_id, record.made_on.isoformat()) == ("飞行检查：基本符合", 1, "2026-03-11")
    assert record.content == "检查类型：飞行检查\n发现问题：记录漏记\n检查结果：基本符合\n结果处理：书面限期整改"


@pytest.mark.parametrize("number", [IDENTITY, f"{IDENTITY[:10]}****{IDENTITY[-4:]}"])
def test_an_identity_number_in_the_cell_of_the_certificate_is_not_kept(credit: CreditOffice, number: str) -> None:
    report = credit.take(
        "inspections", {**INSPECTION, "登记证编号": number, "联系人": "陈小满", "联系方式": "13800000000"}
    )
    assert report.refused == []
    assert (credit.only().workshop_id, credit.leaked()) == (None, [])
    assert "陈小满" not in credit.only().content


def test_the_same_inspection_is_entered_once(credit: CreditOffice) -> None:
    credit.took("inspections", INSPECTION, {**INSPECTION, "检查日期": "2026-04-11"})
    report = credit.take("inspections", INSPECTION)
    assert (report.unchanged, credit.count(CreditRecord)) == (1, 2)
    assert "与当时说的不同" in reasons(credit.take("inspections", {**INSPECTION, "检查结果": "不符合"}))[0]


@pytest.mark.parametrize(
    ("cell", "grounds"),
    [
        ("拒绝、阻碍、干扰监督检查", (Ground.obstruction,)),
        ("未依法取得食品生产经营许可从事食品生产经营；使用超过保质期的原料", (Ground.no_permit, Ground.over_limit)),
        ("有履行能力但拒不履行行政处罚决定", (Ground.refuses_to_perform,)),
        ("第五条第（二）项", (Ground.forbidden_material,)),
        *((ground.value, (ground,)) for ground in Ground),
    ],
)
def test_grounds_are_read_in_the_words_of_the_measure(cell: str, grounds: tuple[Ground, ...]) -> None:
    assert read_grounds(cell) == grounds


def test_a_ground_that_is_not_clear_is_refused() -> None:
    with pytest.raises(BadCell):
        read_grounds("情节严重")


def test_a_listing_has_its_consent_and_its_removal_and_no_term_of_its_own(credit: CreditOffice) -> None:
    told = {"上级同意日期": "2026-03-10", "上级同意文号": "1号", "列入期限至": "2099-01-01", "移出日期": "2026-10-02"}
    credit.took("serious-list", {**LISTING, **told})
    assert "2099" not in credit.only().content + credit.only().facts
    (event,) = credit.rows(CreditEvent)
    assert (event.kind, event.on.isoformat()) == ("Delisted", "2026-10-02")
    with credit.office.writing("reader") as desk:
        value = value_of(desk.session.get_one(CreditRecord, 1))
    assert isinstance(value, Listing)
    assert (value.consent_on is not None, len(value.events)) == (True, 1)


@pytest.mark.parametrize("change", [{"移出日期": "2026-03-01"}, {"上级同意日期": "2026-03-21"}])
def test_days_that_cannot_follow_each_other_are_refused(credit: CreditOffice, change: dict[str, str]) -> None:
    assert len(credit.take("serious-list", {**LISTING, **change}).refused) == 1


def test_an_honour_goes_to_its_holder_once_and_may_be_prolonged(credit: CreditOffice) -> None:
    credit.took("honours", HONOUR)
    assert credit.take("honours", HONOUR).unchanged == 1
    report = credit.take("honours", {**HONOUR, "有效期止": "2029-12-31"})
    assert report.updated == 1
    (honour,) = credit.rows(Honour)
    assert (honour.workshop_id, honour.until.isoformat()) == (1, "2029-12-31")


def test_an_honour_of_somebody_unknown_is_refused_with_who_may_be_meant(credit: CreditOffice) -> None:
    report = credit.take("honours", {**HONOUR, "地址": "清溪县城关镇1号"})
    assert report.unmatched == 1
    assert f"可能是：{NAME}，{ADDRESS}。" in reasons(report)[0]
    assert len(credit.take("honours", {**HONOUR, "荣誉类别": "示范加工区"}).refused) == 1


def test_every_kind_has_an_example_that_goes_in_and_then_changes_nothing(office: Office) -> None:
    with office.writing("officer") as desk:
        campaigns.begin(desk, campaign(), WHO)
    for again in (False, True):
        for name, kind in ALL_KINDS.items():
            report = run(office, kind, EXAMPLES / f"{name}.csv", WHO, False)
            assert report.refused == []
            assert (report.created == 0) is again
            assert name not in KINDS or not again or doubts(report) == []


def test_the_report_as_json_names_what_a_person_must_look_at(credit: CreditOffice) -> None:
    report = credit.take("inspections", {**INSPECTION, "登记证编号": "", "地址": "别处"})
    told = json.loads(json.dumps(report.as_json()))
    assert told["to_check"] == [{
        "row": 2, "column": "名称", "reason": "有同名的单位，但地址不同或者没有写。",
        "candidates": [f"{NAME}，{ADDRESS}"],
    }]  # fmt: skip
