"""A month of a city, day by day and through the desks alone: from a workshop registered to a reward paid.

The day is the test's own; each night the clock runs as the timer lets it run. A citizen reports on the public site, the
owner answers on a phone, and the repair is granted a year later, when the law allows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.journeys import test_report_desk as reporting
from tests.journeys.bureau import Bureau, opened
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.traceability.acts import districts
from zuofang.traceability.models import Workshop, Zone

pytestmark = pytest.mark.browser
NUMBER = "ZF33990100021"
ZONES = (
    "加工区名称,网址名,区划代码,地址,管理机构,单元号,监控点位,检验室名称,资质认定证书编号,资质认定有效期起,"
    "资质认定有效期止,资质认定项目\n"
    "青石卤味加工区,qingshi,339901,清溪县青石路 1 号,青石园区管理处,B-01,4,青石检验室,2025110009Z,2025-01-01,"
    "2030-12-31,"
    "菌落总数、大肠菌群、山梨酸及其钾盐、亚硝酸盐\n"
)
TENANT = (
    "食品小作坊名称,登记证编号,生产加工地址,区划代码,所属加工区,单元号,进驻日期\n"
    f"青石何记卤味坊,{NUMBER},清溪县青石路 1 号 B-01,339901,青石卤味加工区,B-01,2026-11-20\n"
)
PRODUCT = (
    "登记证编号,产品名称,规格,食品类别,包装形式,净含量,配料表,保质期,贮存条件,产品标准代号\n"
    f"{NUMBER},酱牛肉,200克,酱卤牛肉,预包装,200克,牛肉、酱油、食用盐,15天,0–4℃冷藏,DBS33/3009\n"
)


@pytest.fixture
def bureau(browser: Browser, migrated_file: Path, tmp_path: Path) -> Iterator[Bureau]:
    """An empty installation."""
    with opened(browser, migrated_file, tmp_path) as bureau:
        yield bureau


def test_a_month_of_a_city_goes_through_the_desks_alone(bureau: Bureau) -> None:
    open_house(bureau)
    fault, order = inspect_and_order(bureau)
    withdraw_and_put_back(bureau, fault)
    sheet = take_sample(bureau)
    case = report(bureau)
    follow_the_order(bureau, order)
    failed = sample_and_dispute(bureau, sheet)
    reward(bureau, *case)
    penalty = penalise_and_repair(bureau, failed)
    bureau.day(date(2027, 12, 24))
    assert bureau.record(penalty).taken_down_on is not None, "the repair ended its publication"
    assert bureau.record(order).published_on is not None


def withdraw_and_put_back(bureau: Bureau, record: int) -> None:
    """A record is taken back from the public with a reason, and the withdrawal taken back."""
    reviewer = bureau.seat("shenhe")
    reviewer.to(f"/records/{record}")
    reviewer.open("/withdraw")
    reviewer.fill(withdraw_reason="当事人名称写错")
    reviewer.press(f"/records/{record}/withdraw", "已撤回公示")
    reviewer.press(f"/records/{record}/undo-withdrawal", "撤回已取消")
    public(bureau, record)


def open_house(bureau: Bureau) -> None:
    """Day 1: a zone comes in by table, a workshop is registered, its first batch is tested and printed."""
    with bureau.office.writing("installation") as desk:
        districts.enter(desk, "339901", "清溪县", date(2020, 1, 1), WHY)
    bureau.hire("zhifa", Role.officer)
    bureau.hire("shenhe", Role.reviewer)
    officer = bureau.seat("zhifa")
    officer.bring("zones", "zones.csv", ZONES)
    officer.to("/register/new")
    officer.fill(
        name="青石何记卤味坊", address="清溪县青石路 1 号 B-01", number=NUMBER, scope="酱卤肉制品", phone="0570-0000021"
    )
    officer.press("/register/new", "已登记，并发给登记证")
    officer.bring("workshops", "workshops.csv", TENANT)
    officer.bring("products", "products.csv", PRODUCT)
    with Session(bureau.office.database.read) as session:
        workshop, zone = session.scalars(select(Workshop.id)).one(), session.scalars(select(Zone.id)).one()
    bureau.hire("zuofang", Role.owner, ScopeKind.workshop, workshop)
    bureau.hire("jianyan", Role.laboratory, ScopeKind.zone, zone)
    owner, bench = bureau.seat("zuofang"), bureau.seat("jianyan")
    owner.to(f"/mine/{workshop}/batch")
    owner.fill(lot="20261120-1", made_on="2026-11-20")
    owner.press(f"/mine/{workshop}/batch", "这一批已登记")
    bench.to("/laboratory/batches/1/sheet")
    bench.page.locator("tr:has-text('山梨酸') input").fill("未检出")
    bench.press("/laboratory/batches/1/sheet", "检验单已登记")
    bench.press("/laboratory/batches/1/release", "这一批已放行")
    bench.open("/laboratory/batches/1/labels")
    bench.fill(copies="3", kind="item")
    bench.press("/laboratory/batches/1/labels", "标签已印好")


def approved(bureau: Bureau, record: int) -> None:
    """Put a record forward and approve it by another person; what may be public now is published by the night."""
    officer, reviewer = bureau.seat("zhifa"), bureau.seat("shenhe")
    officer.to(f"/records/{record}")
    officer.press(f"/records/{record}/propose", "已提交")
    reviewer.to(f"/records/{record}")
    reviewer.press(f"/records/{record}/approve", "审核通过")
    daily.run(bureau.office)


def public(bureau: Bureau, record: int) -> None:
    """The record is public, and its page at the desk says so."""
    reviewer = bureau.seat("shenhe")
    reviewer.to(f"/records/{record}")
    expect(reviewer.page.locator("main")).to_contain_text("公示中")


def inspect_and_order(bureau: Bureau) -> tuple[int, int]:
    """Monday: an inspection, from it an order to rectify, which is found done by the end of the week."""
    bureau.day(date(2026, 11, 23))
    officer = bureau.seat("zhifa")
    officer.to(f"/records/new/inspection?whose={NUMBER}")
    officer.fill(result="largely_conforming", handling="rectify", rectify_by="2026-11-30", title="日常检查")
    officer.fill(content="冷藏温度漏记两天。")
    officer.press("/records/new/inspection", "已登记")
    fault = bureau.newest()
    officer.page.click("text=据此责令改正")
    officer.fill(
        basis="食品生产经营监督检查管理办法第三十二条", demands="补记温度", due_on="2026-11-30", title="限期改正"
    )
    officer.fill(content="责令补记冷藏温度。")
    officer.press("/records/new/rectification", "已登记")
    order = bureau.newest()
    for record in (fault, order):
        approved(bureau, record)
        public(bureau, record)
    return fault, order


def follow_the_order(bureau: Bureau, order: int) -> None:
    """The end of the week: the owner says on a phone that it is done, and the officer finds it so."""
    bureau.day(date(2026, 11, 27))
    owner, officer = bureau.seat("zuofang"), bureau.seat("zhifa")
    owner.to("/")
    owner.page.click("text=限期改正")
    owner.press(f"/records/{order}/done", "已报告改正完成")
    officer.to(f"/records/{order}")
    officer.open("/learn")
    officer.fill(fact="accepted_on")
    officer.press("/learn", "日期已记下")


def report(bureau: Bureau) -> tuple[str, str]:
    """A citizen reports without a name and is asked something. Answers the page of the case and the receipt."""
    bureau.day(date(2026, 11, 25))
    for name, role in (("banan", Role.case_officer), ("fuhe", Role.case_officer), ("caiwu", Role.finance)):
        bureau.hire(name, role)
    phone = bureau.citizen()
    receipt = reporting.hand_in(phone, "zh")
    officer = bureau.seat("banan").page
    case = reporting.open_case(officer, bureau.desks, "zh")
    reporting.talk(officer, phone, receipt, case, "zh")
    return case, receipt


def reward(bureau: Bureau, case: str, receipt: str) -> None:
    """The case is filed and decided, and the reporter is rewarded by receipt, without a name at the case desk."""
    bureau.day(date(2026, 12, 11))
    officer, head, finance = (bureau.seat(name).page for name in ("banan", "fuhe", "caiwu"))
    officer.goto(case)
    reporting.decide(officer, head, case)
    number = reporting.reward(officer, head)
    reporting.claim(bureau.citizen(), receipt, "zh")
    finance.goto(f"{bureau.desks.address}/payments?lang=zh")
    reporting.pay(finance, number)


def take_sample(bureau: Bureau) -> str:
    """Tuesday: a sample is taken, and brought to the laboratory on the same day. Answers the page of its sheet."""
    bureau.day(date(2026, 11, 24))
    officer = bureau.seat("zhifa")
    officer.to(f"/sampling/new?whose={NUMBER}")
    officer.fill(
        number="XC26339901001", basis="2026年食品小作坊监督抽检计划", product="酱牛肉", quantity="8 袋，1.6 千克"
    )
    officer.fill(spare="4 袋，0.8 千克", first_officer="李监管", second_officer="王监管", laboratory="市食品检验所")
    officer.press("/sampling/new", "抽样单已登记")
    officer.to("/")
    officer.page.click("text=酱牛肉")
    officer.press("/deliver", "样品送达的日期已记下")
    return "/sampling/1"


def sample_and_dispute(bureau: Bureau, sheet: str) -> int:
    """Two weeks: the sample fails, its result is served, a second test is asked for and turned out the same."""
    bureau.day(date(2026, 12, 4))
    officer = bureau.seat("zhifa")
    officer.to(sheet)
    officer.page.click("text=登记检验结果")
    officer.fill(outcome="failed", item0="山梨酸及其钾盐", result0="0.3", limit0="≤0.075", unit0="g/kg")
    officer.fill(served_on="2026-12-04")
    officer.press("/records/new/sample", "已登记")
    failed = bureau.newest()
    approved(bureau, failed)
    assert bureau.record(failed).published_on is None, "it can still be disputed"
    bureau.day(date(2026, 12, 8))
    owner, officer, reviewer = (bureau.seat(name) for name in ("zuofang", "zhifa", "shenhe"))
    owner.to("/")
    owner.page.click("text=酱牛肉")
    owner.open("/ask")
    owner.fill(asked="reinspection", words="请求用备份样品复检。")
    owner.press(f"/records/{failed}/ask", "申请已登记")
    officer.to(f"/records/{failed}")
    officer.press("/accept", "已受理")
    reviewer.to(f"/records/{failed}")
    reviewer.page.locator("form[action*='/decide']:has-text('不予') button").click()
    expect(reviewer.page.locator("body")).to_contain_text("决定已作出")
    return failed


def penalise_and_repair(bureau: Bureau, failed: int) -> int:
    """A penalty follows the sample; too early a repair is refused with its article, in time it is granted."""
    bureau.day(date(2026, 12, 18))
    public(bureau, failed)
    officer = bureau.seat("zhifa")
    officer.to(f"/records/{failed}")
    officer.page.click("text=据此处罚")
    officer.fill(kinds="fine", fine="3000", tier="ordinary", title="超限量使用食品添加剂", content="罚款 3000 元。")
    officer.press("/records/new/penalty", "已登记")
    penalty = bureau.newest()
    approved(bureau, penalty)
    public(bureau, penalty)
    officer.to("/calendar?days=365")
    expect(officer.page.locator("main")).to_contain_text("可以修复")
    officer.to(f"/records/{penalty}")
    officer.open("/repair")
    officer.fill(words="已经缴款和改正。")
    officer.press(f"/records/{penalty}/repair", "第")
    expect(officer.page.locator("#words")).to_have_value("已经缴款和改正。")
    bureau.day(date(2027, 12, 20))
    officer, reviewer = bureau.seat("zhifa"), bureau.seat("shenhe")
    for fact in ("performed_on", "rectified_on"):
        officer.to(f"/records/{penalty}")
        officer.open("/learn")
        officer.fill(fact=fact)
        officer.press("/learn", "日期已记下")
    officer.open("/repair")
    officer.fill(words="已经缴款和改正。")
    officer.press(f"/records/{penalty}/repair", "申请已登记")
    officer.press("/accept", "已受理")
    reviewer.to(f"/records/{penalty}")
    reviewer.page.locator("form[action*='/decide']:has-text('准予') button").click()
    expect(reviewer.page.locator("body")).to_contain_text("决定已作出")
    return penalty
