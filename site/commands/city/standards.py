"""What was found in each zone about each thing that the plans ask of it, with the paper that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from zuofang.site.commands.city.days import ago
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import zones as acts
from zuofang.traceability.models import StandardState, Zone

WHY = "示例城市：逐项核对建设标准"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one standard so many days ago; ``evidence`` may have a place for the year."""

    standard: str
    state: StandardState
    found: str | None = None
    evidence: str | None = None
    days_ago: int | None = None


MET: Mapping[str, str] = MappingProxyType({
    "monitoring": "公共场所和全部单元接入监控平台，夜班一人值守",
    "cold_store": "冷冻库一间、冷藏库两间，温度自动记录",
    "fire": "消防设施年度检测合格",
    "waste": "污水纳管，油烟经净化后排放",
    "distance": "最近的污染源在 60 米以外",
    "separation": "宿舍和食堂设在加工区围墙外",
    "laboratory": "检验室 86 平方米，微生物室独立",
    "laboratory_items": "合成色素、苯并[a]芘、微生物均可自检",
    "tester": "专职检验员 2 人",
    "management": "设管理办公室，制度 14 项上墙",
    "safety_manager": "食品安全总监 1 人、管理员 2 人",
    "papers": "进驻作坊营业执照和登记证齐全",
    "brand": "统一标识、统一周转箱、统一配送",
})  # fmt: skip
"""What a zone that is in order shows, where nothing else is told of it."""


def find_standards(
    desk: Desk, zone: Zone, told: Iterable[Finding], measured: Mapping[str, str], today: date, days_ago: int
) -> None:
    """Go through every standard of the rules: what is told of this zone, else what was measured, else in order."""
    usual, special = {**MET, **measured}, {finding.standard: finding for finding in told}
    for standard in desk.rules.registers.standards:
        finding = special.get(standard) or Finding(
            standard, StandardState.met, usual[standard], f"{zone.name}现场核查表（%(year)s）", days_ago
        )
        _record(desk, zone, finding, today)


def _record(desk: Desk, zone: Zone, finding: Finding, today: date) -> None:
    on = None if finding.days_ago is None else ago(today, finding.days_ago)
    evidence = finding.evidence and finding.evidence % {"year": on.year if on else today.year}
    acts.find_standard(
        desk, zone, finding.standard, finding.state, WHY, found=finding.found, evidence=evidence, on=on
    )  # fmt: skip
