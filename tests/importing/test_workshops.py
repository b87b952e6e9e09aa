"""Operators: matched by what names them, never across districts, and no identity number left anywhere."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.importing.tables import CREDIT_CODE, IDENTITY, WORKSHOP, ZONE, Bureau, reasons

from zuofang.rules.identifiers import identity_check, mask_identity
from zuofang.storage.acts import Office
from zuofang.storage.base import Base
from zuofang.storage.outbox import OutboxItem
from zuofang.traceability.acts import zones
from zuofang.traceability.models import Certificate, CertificateEvent, OperatorKind, Tenancy, Workshop, ZoneUnit

OTHER = {**WORKSHOP, "食品小作坊名称": "南河老磨坊", "登记证编号": "ZF2", "生产加工地址": "清溪县南河镇2号"}


def everything_written(office: Office, folder: Path) -> bytes:
    """Every byte of every file of the installation, and every value of every table."""
    files = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "table.csv")
    with office.database.read.connect() as connection:
        tables = [connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in Base.metadata.tables]
    return files + repr(tables).encode()


def test_a_workshop_is_entered_with_its_certificate(bureau: Bureau) -> None:
    row = {
        **WORKSHOP,
        "统一社会信用代码": CREDIT_CODE,
        "品种明细": "酱卤肉制品",
        "有效期止": "2028.2.29",
        "联系电话": "未记载",
    }
    bureau.took("workshops", row)
    [workshop], [paper] = bureau.rows(Workshop), bureau.rows(Certificate)
    assert (workshop.name, workshop.operator, workshop.phone) == ("北溪陈记卤味作坊", "陈小满", None)
    assert (workshop.province, workshop.district_code, workshop.kind) == ("33", "339901", OperatorKind.workshop)
    assert (paper.number, paper.kind, str(paper.since), str(paper.until)) == (
        "ZF33990100012", "zj_workshop", "2025-03-01", "2028-02-29",
    )  # fmt: skip


def test_the_same_file_twice_changes_nothing(bureau: Bureau) -> None:
    rows = [{**WORKSHOP, "身份证号": IDENTITY}, OTHER]
    bureau.took("workshops", *rows)
    before = bureau.count(OutboxItem)
    report = bureau.take("workshops", *rows)
    assert report.as_json() == {"rows": 2, "created": 0, "updated": 0, "unchanged": 2, "unmatched": 0, "refused": []}
    assert (len(bureau.entries()), bureau.count(OutboxItem)) == (1, before)


def test_a_table_that_lets_a_certificate_run_longer_renews_it_and_other_products_change_it(bureau: Bureau) -> None:
    first = {**WORKSHOP, "有效期止": "2027-02-28", "品种明细": "酱卤肉制品"}
    bureau.took("workshops", first)
    assert bureau.rows(CertificateEvent) == []
    for _ in range(2):
        bureau.took("workshops", {**first, "有效期止": "2030-02-28", "品种明细": "酱卤肉制品、豆制品"})
    told = [(one.kind.value, one.before, one.after) for one in bureau.rows(CertificateEvent)]
    assert told == [
        ("renewed", "2027-02-28", "2030-02-28"), ("changed", "酱卤肉制品", "酱卤肉制品、豆制品"),
    ]  # fmt: skip
    refused = bureau.take("workshops", {**first, "有效期止": "2031-02-28"}, {**first, "有效期止": "2032-02-28"})
    assert (len(refused.refused), bureau.count(CertificateEvent)) == (1, 2)


def test_a_change_is_told_to_the_journal_old_and_new_and_to_the_pages(bureau: Bureau) -> None:
    bureau.took("workshops", {**WORKSHOP, "联系电话": "0570-0000001"})
    report = bureau.take("workshops", {**WORKSHOP, "联系电话": "0570-0000009"})
    assert (report.updated, report.unchanged) == (1, 0)
    entry = bureau.entries()[-1]
    assert (entry.act, entry.who, entry.subject_key) == ("import.workshops", "tester", report.sha256)
    key = bureau.rows(Workshop)[0].id
    assert json.loads(entry.facts)["changes"] == {f"workshop/{key}": {"phone": ["0570-0000001", "0570-0000009"]}}
    touched = {(item.subject_kind, item.subject_key) for item in bureau.rows(OutboxItem) if item.seq == entry.seq}
    assert ("workshop", str(key)) in touched


def test_a_blank_leaves_what_is_known_and_none_takes_it_away(bureau: Bureau) -> None:
    bureau.took("workshops", {**WORKSHOP, "联系电话": "0570-0000001"})
    assert bureau.take("workshops", {**WORKSHOP, "联系电话": "未记载"}).unchanged == 1
    assert bureau.rows(Workshop)[0].phone == "0570-0000001"
    assert bureau.take("workshops", {**WORKSHOP, "联系电话": "无"}).updated == 1
    assert bureau.rows(Workshop)[0].phone is None


def test_one_refused_row_keeps_all_rows_out(bureau: Bureau) -> None:
    report = bureau.take("workshops", OTHER, {**WORKSHOP, "统一社会信用代码": "92339901MA2AB12C35"})
    assert (report.rows, report.created) == (2, 0)
    assert reasons(report) == ["3 统一社会信用代码 统一社会信用代码不对：应为 18 位，并且校验码相符。"]
    assert (bureau.count(Workshop), bureau.count(Certificate), bureau.entries()) == (0, 0, [])


def test_a_dry_run_says_what_would_be_and_keeps_nothing(bureau: Bureau) -> None:
    report = bureau.take("workshops", WORKSHOP, OTHER, dry_run=True)
    assert (report.created, report.refused, report.written) == (2, [], False)
    assert (bureau.count(Workshop), bureau.entries()) == (0, [])


def test_a_renewed_certificate_joins_the_workshop_it_belongs_to(bureau: Bureau) -> None:
    bureau.took("workshops", WORKSHOP)
    report = bureau.take("workshops", {**WORKSHOP, "登记证编号": "ZF-NEW", "发证日期": "2026-03-01"})
    assert (report.created, report.updated) == (0, 1)
    assert (bureau.count(Workshop), bureau.count(Certificate)) == (1, 2)


def test_a_credit_code_finds_a_workshop_that_moved_and_was_renamed(bureau: Bureau) -> None:
    bureau.took("workshops", {**WORKSHOP, "统一社会信用代码": CREDIT_CODE})
    moved = {**OTHER, "统一社会信用代码": CREDIT_CODE}
    bureau.took("workshops", moved)
    assert [one.name for one in bureau.rows(Workshop)] == ["南河老磨坊"]
    assert bureau.take("workshops", moved).unchanged == 1


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ({**OTHER, "登记证编号": WORKSHOP["登记证编号"], "区划代码": "339902"}, "登记在另一个县"),
        ({**WORKSHOP, "登记证编号": "ZF9", "区划代码": "339902"}, "同名同址"),
        ({**OTHER, "登记证编号": WORKSHOP["登记证编号"]}, "名称和地址都不同"),
        ({**OTHER, "统一社会信用代码": CREDIT_CODE, "区划代码": "339902"}, "登记在另一个县"),
    ],
)
def test_what_does_not_agree_is_refused_and_nothing_is_merged(
    bureau: Bureau, row: dict[str, str], refusal: str
) -> None:
    bureau.took("workshops", {**WORKSHOP, "统一社会信用代码": CREDIT_CODE})
    report = bureau.take("workshops", row)
    assert refusal in reasons(report)[0]
    assert bureau.count(Workshop) == 1


def test_a_row_between_two_workshops_is_refused(bureau: Bureau) -> None:
    bureau.took("workshops", WORKSHOP, {**OTHER, "统一社会信用代码": CREDIT_CODE})
    report = bureau.take("workshops", {**WORKSHOP, "统一社会信用代码": CREDIT_CODE})
    assert reasons(report) == ["2 登记证编号 登记证编号和统一社会信用代码属于两家不同的作坊。"]


def test_rows_of_one_file_that_contradict_each_other_are_refused(bureau: Bureau) -> None:
    report = bureau.take("workshops", WORKSHOP, {**WORKSHOP, "经营者姓名": "陈大满"})
    assert reasons(report) == ["3 经营者姓名 与第 2 行说的不一样。"]
    report = bureau.take("workshops", WORKSHOP, WORKSHOP)
    assert (report.created, report.unchanged) == (1, 1)


def test_the_district_is_stated_or_follows_from_zone_issuer_or_credit_code(bureau: Bureau) -> None:
    bare = {name: value for name, value in WORKSHOP.items() if name != "区划代码"}
    assert "区划代码" in reasons(bureau.take("workshops", bare))[0]
    assert bureau.take("workshops", {**bare, "统一社会信用代码": CREDIT_CODE}, dry_run=True).created == 1
    bureau.took("zones", ZONE)
    bureau.took("workshops", {**bare, "所属加工区": "清溪卤味加工区", "单元号": "A-01"})
    assert bureau.rows(Workshop)[0].district_code == "339901"
    report = bureau.take("workshops", {**OTHER, "所属加工区": "清溪卤味加工区", "单元号": "A-02", "区划代码": "339902"})
    assert "区划代码与所属加工区的不同" in reasons(report)[0]


def test_a_workshop_moves_into_its_unit_once(bureau: Bureau) -> None:
    bureau.took("zones", ZONE)
    housed = {**WORKSHOP, "所属加工区": "清溪卤味加工区", "单元号": "A-01", "进驻日期": "2025-04-01"}
    bureau.took("workshops", housed)
    assert bureau.take("workshops", housed).unchanged == 1
    assert (bureau.count(Tenancy), bureau.count(ZoneUnit)) == (1, 1)
    taken = bureau.take("workshops", {**OTHER, "所属加工区": "清溪卤味加工区", "单元号": "A-01"})
    assert "已有别的作坊" in reasons(taken)[0]
    elsewhere = bureau.take("workshops", {**housed, "单元号": "A-02"})
    assert "另一个单元" in reasons(elsewhere)[0]
    early = bureau.take(
        "workshops", {**OTHER, "所属加工区": "清溪卤味加工区", "单元号": "B-1", "进驻日期": "2024-01-01"}
    )
    assert "没有有效的登记证" in reasons(early)[0]


def test_a_file_from_before_a_workshop_left_does_not_bring_it_back(bureau: Bureau) -> None:
    bureau.took("zones", ZONE)
    housed = {**WORKSHOP, "所属加工区": "清溪卤味加工区", "单元号": "A-01", "进驻日期": "2025-04-01"}
    bureau.took("workshops", housed)
    with bureau.office.writing("desk") as desk:
        zones.leave(desk, desk.session.get_one(Tenancy, bureau.rows(Tenancy)[0].id), date(2026, 10, 1), "搬走")
    assert bureau.take("workshops", housed).unchanged == 1
    assert bureau.take("workshops", {**housed, "进驻日期": "2026-11-01"}).updated == 1
    assert bureau.count(Tenancy) == 2


def test_a_zone_nobody_registered_is_unmatched(bureau: Bureau) -> None:
    report = bureau.take("workshops", {**WORKSHOP, "所属加工区": "没有的加工区", "单元号": "1"})
    assert (report.unmatched, len(report.refused)) == (1, 1)


def test_a_certificate_does_not_end_before_it_begins(bureau: Bureau) -> None:
    report = bureau.take("workshops", {**WORKSHOP, "有效期止": "2024-01-01"})
    assert "有效期止早于有效期起" in reasons(report)[0]
    bureau.took("workshops", WORKSHOP)
    report = bureau.take("workshops", {**WORKSHOP, "有效期止": "2024-01-01"})
    assert "有效期止早于有效期起" in reasons(report)[0]
    assert "有效期起" in reasons(bureau.take("workshops", {**OTHER, "发证日期": ""}))[0]


def test_an_identity_number_is_kept_as_a_keyed_digest_alone(
    bureau: Bureau, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = {**WORKSHOP, "身份证号": IDENTITY, "品种明细": f"酱卤肉，负责人{IDENTITY}"}
    report = bureau.take("workshops", told)
    assert report.created == 1
    assert bureau.rows(Workshop)[0].identity == bureau.office.keys.blind(IDENTITY)
    assert bureau.rows(Certificate)[0].scope == f"酱卤肉，负责人{mask_identity(IDENTITY)}"
    written = everything_written(bureau.office, tmp_path) + repr(report).encode() + caplog.text.encode()
    assert IDENTITY.encode() not in written
    assert IDENTITY[6:14].encode() not in written


def test_an_identity_number_is_not_repeated_when_its_row_is_refused(bureau: Bureau, tmp_path: Path) -> None:
    wrong = IDENTITY[:17] + ("1" if IDENTITY[17] != "1" else "2")
    bureau.took("workshops", {**WORKSHOP, "身份证号": IDENTITY})
    report = bureau.take(
        "workshops", {**OTHER, "身份证号": IDENTITY}, {**OTHER, "身份证号": wrong}, {**OTHER, "登记证编号": IDENTITY},
        {**OTHER, "发证日期": wrong}, {**OTHER, "统一社会信用代码": IDENTITY},
    )  # fmt: skip
    assert len(report.refused) == 5
    assert "已登记在“北溪陈记卤味作坊”名下" in "".join(reasons(report))
    told = json.dumps(report.as_json(), ensure_ascii=False) + repr(report)
    for number in (IDENTITY, wrong):
        assert number not in told
        assert number[10:] not in told


def test_an_identity_number_in_the_name_of_the_file_is_masked(bureau: Bureau) -> None:
    bureau.file = bureau.file.with_name(f"{IDENTITY}.csv")
    bureau.took("workshops", WORKSHOP)
    assert IDENTITY not in bureau.entries()[0].why


def test_two_people_keep_two_numbers(bureau: Bureau) -> None:
    body = "33990119920925002"
    bureau.took("workshops", {**WORKSHOP, "身份证号": IDENTITY}, {**OTHER, "身份证号": body + identity_check(body)})
    assert len({one.identity for one in bureau.rows(Workshop)}) == 2


def test_what_the_place_forbids_is_refused_and_what_is_in_doubt_is_taken_in_and_told(bureau: Bureau) -> None:
    ningbo = {**WORKSHOP, "区划代码": "330206", "品种明细": "卤味、年糕"}
    (refusal,) = reasons(bureau.take("workshops", {**ningbo, "品种明细": "年糕、果冻"}))
    assert "“果冻”不能登记：宁波市禁止" in refusal
    report = bureau.take("workshops", ningbo)
    assert (report.created, [(one.row, one.column) for one in report.to_check]) == (1, [(2, "品种明细")])
    product = {"登记证编号": WORKSHOP["登记证编号"], "食品类别": "糕点", "包装形式": "散装"}
    (refusal,) = reasons(bureau.take("products", {**product, "产品名称": "果冻"}))
    assert "不能登记" in refusal
