"""Places of a campaign (专项整治的摸底表): taken in, and sorted where the table says how; what is sorted stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import select

from zuofang.credit.acts.campaigns import Sorted, misfit
from zuofang.credit.importing.entering import register_for
from zuofang.credit.importing.matching import Known, decide
from zuofang.credit.importing.party_columns import PARTY, party_of
from zuofang.credit.importing.printed import check, printed, shown
from zuofang.credit.models import Campaign, CampaignPlace, Triage
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.work import Work, standing
from zuofang.traceability.queries.districts import district_names
from zuofang.traceability.towns import town_of

SORTS = {
    "提升": Triage.upgrade, "提升类": Triage.upgrade, "规范": Triage.regulate, "规范类": Triage.regulate,
    "淘汰": Triage.phase_out, "淘汰类": Triage.phase_out, "取缔": Triage.phase_out,
}  # fmt: skip
COLUMNS = (
    must(
        "document", "方案文号", "专项整治文号", "整治方案文号",
        about="Number of the document under which the campaign was entered at the desk.", clean=cells.number(),
    ),
    *PARTY,
    may(
        "town", "乡镇", "乡镇街道", "街道", "所在乡镇",
        about="Town; else read from the address.", clean=cells.words(100),
    ),
    may("triage", "分类", "整治分类", "处理意见", about="提升, 规范 or 淘汰.", clean=cells.choice(SORTS)),
    may("triaged_on", "分类日期", "认定时间", about="Day of sorting; needed with 分类.", clean=cells.day),
    printed("reason", "分类理由", "理由", "存在问题", about="Why; needed with 分类. Masked.", limit=500),
    may(
        "put_right_by", "整改期限", "关停期限", "最后期限",
        about="Last day to put right or to shut; not for 提升.", clean=cells.day,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Meant:
    """A campaign that rows speak of; ``since`` is its first day."""

    id: int
    since: date
    district_code: str
    closed: bool


def _sorted_already(found: Found[Any], changes: dict[str, Any]) -> Sentence | None:
    if found.triage is not None and changes.keys() - {"town"}:
        return say("这一家已经分类；要改先撤销。")
    return None


TARGET = Target(CampaignPlace, ("campaign_id", "name", "address"), "name", guard=_sorted_already)


def take(work: Work, rows: list[Row]) -> None:
    """Bring the places of campaigns to what the rows say."""
    known = _campaigns(work, rows)
    register = register_for(work, [party_of(work, row) for row in rows])
    counties = district_names(work.connection, {one.district_code for one in known.values()}, work.today)
    wishes = []
    for row in rows:
        campaign = known.get(row.cells["document"])
        if campaign is None:
            work.unmatched(row, "document", say("没有登记这个文号的专项整治。"))
        elif not work.is_mine(row, "document", campaign.district_code):
            continue
        elif campaign.closed:
            work.refuse(row, "document", say("这次专项整治已经结束；要改先重新开启。"))
        else:
            match = decide((party_of(work, row),), register)
            if match.workshop is not None and not work.is_mine(row, "name", match.workshop.district):
                continue
            wishes.append((campaign, row, match.workshop))
            if match.workshop is None and match.candidates:
                meant = (one.name for one in match.candidates if work.covers(one.district))
                check(work, row, "name", match.reason, meant)
    made = [_wish(work, *one, counties.get(one[0].district_code, "")) for one in wishes]
    _sign(work, [one for one in made if one is not None])
    merge(work, TARGET, [one for one in made if one is not None])


def _sign(work: Work, wishes: list[Wish]) -> None:
    """Say who sorts a place, where nobody sorted it before."""
    columns = CampaignPlace.campaign_id, CampaignPlace.name, CampaignPlace.address
    statement = select(*columns).where(CampaignPlace.triage.is_not(None))
    found = work.find(statement, CampaignPlace.campaign_id.expression, (one.key[0] for one in wishes))
    settled = {tuple(one) for one in found}
    for one in wishes:
        if "triage" in one.stated and one.key not in settled:
            one.stated["triaged_by"] = work.desk.who


def _campaigns(work: Work, rows: Iterable[Row]) -> dict[str, _Meant]:
    statement = select(Campaign.document, Campaign.id, Campaign.since, Campaign.district_code, Campaign.closed_on)
    found = work.find(statement, Campaign.document.expression, (row.cells["document"] for row in rows))
    return {one.document: _Meant(one.id, one.since, one.district_code, one.closed_on is not None) for one in found}


def _wish(work: Work, campaign: _Meant, row: Row, workshop: Known | None, county: str) -> Wish | None:
    """What a row says of a place; nothing where it is refused."""
    name, address = shown(work, row, "name"), shown(work, row, "address")
    if workshop is not None:
        name, address = workshop.name, workshop.address
    if not address:
        work.refuse(row, "address", say("请填地址。"))
        return None
    told = _told(work, campaign, row)
    if row not in standing([row]):
        return None
    stated: dict[str, Any] = {} if told is None else {
        "triage": told.triage, "triaged_on": told.on, "reason": told.reason, "put_right_by": told.put_right_by,
    }  # fmt: skip
    if town := row.cells.get("town"):
        stated["town"] = town
    fresh = {"workshop_id": workshop.id if workshop else None, "town": town_of(address, county)}
    return Wish(row, (campaign.id, name, address), stated, fresh)


def _told(work: Work, campaign: _Meant, row: Row) -> Sorted | None:
    """How a row sorts its place; it is refused where days and words do not fit."""
    said, reason = row.cells, shown(work, row, "reason")
    triage, on = said.get("triage"), said.get("triaged_on")
    if triage is None:
        return None
    if on is None or not reason:
        work.refuse(row, "triage", say("写了分类，要写分类的日期和理由。"))
        return None
    told = Sorted(triage, on, reason, said.get("put_right_by"))
    if (wrong := misfit(told, campaign.since, work.today)) is not None:
        work.refuse(row, "triage", wrong)
        return None
    return told


KIND = Kind("campaign-places", "专项整治的主体", COLUMNS, take)
