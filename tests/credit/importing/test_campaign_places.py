"""Places of a campaign by a table: matched, taken in, sorted, and never sorted anew behind the desk's back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests.credit.importing.offices import ADDRESS, NAME, NUMBER, CreditOffice
from tests.credit.test_campaigns import campaign
from tests.importing.tables import reasons
from tests.scene import WHY

from zuofang.credit.acts import campaigns as acts
from zuofang.credit.models import Campaign, CampaignPlace, Triage

ROW = {"方案文号": "清食安办〔2026〕3号", "名称": NAME, "地址": "北溪镇", "登记证编号": NUMBER}
SORTED = {**ROW, "分类": "规范", "分类日期": "2026-11-12", "理由": "缺防鼠设施", "整改期限": "2026-12-01"}
STALL = {**ROW, "名称": "渡口卤味摊", "地址": "清溪县南渡乡渡口", "登记证编号": "/"}


@pytest.fixture
def begun(credit: CreditOffice) -> CreditOffice:
    with credit.office.writing("officer") as desk:
        acts.begin(desk, campaign(category=None), WHY)
    return credit


def places(credit: CreditOffice) -> list[tuple[int | None, str, str, Triage | None, str | None]]:
    with Session(credit.office.database.read) as session:
        rows = session.query(CampaignPlace).order_by(CampaignPlace.id)
        return [(one.workshop_id, one.address, one.town, one.triage, one.triaged_by) for one in rows]


def test_a_table_takes_places_in_and_sorts_them_once(begun: CreditOffice) -> None:
    begun.took("campaign-places", SORTED, STALL)
    assert places(begun) == [
        (1, ADDRESS, "北溪镇", Triage.regulate, "tester"), (None, "清溪县南渡乡渡口", "南渡乡", None, None),
    ]  # fmt: skip
    assert begun.take("campaign-places", SORTED, STALL).unchanged == 2
    begun.took("campaign-places", {**STALL, **{key: SORTED[key] for key in ("分类", "分类日期", "理由", "整改期限")}})
    assert places(begun)[1][3:] == (Triage.regulate, "tester")
    again = begun.take("campaign-places", {**SORTED, "分类": "淘汰"})
    assert "已经分类；要改先撤销" in reasons(again)[0]
    assert places(begun)[0][3] is Triage.regulate


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**SORTED, "方案文号": "清食安办〔2026〕9号"}, "没有登记这个文号"),
        ({**SORTED, "分类日期": "/"}, "要写分类的日期和理由"),
        ({**SORTED, "整改期限": "/"}, "要写最后期限"),
        ({**SORTED, "分类日期": "2026-11-30"}, "还没有到"),
        ({**STALL, "地址": "/"}, "请填地址"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_and_nothing_is_taken_in(
    begun: CreditOffice, row: dict[str, str], reason: str
) -> None:
    assert reason in reasons(begun.take("campaign-places", STALL, row))[0]
    assert places(begun) == []


def test_a_closed_campaign_takes_nothing_in(begun: CreditOffice) -> None:
    with begun.office.writing("officer") as desk:
        desk.session.query(Campaign).one().closed_on = date(2026, 11, 19)
        desk.record("tests", ("tests", "1"), WHY)
    assert "已经结束" in reasons(begun.take("campaign-places", STALL))[0]
