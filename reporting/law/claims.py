"""What a reward is computed from: what came of the report, and who asks; plain values without a rule in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zuofang.credit.reasons import Reason
from zuofang.credit.records import Kind

NOTHING = Decimal(0)


class RewardField(StrEnum):
    """食品、药品、特种设备、工业产品质量安全；区域性系统性风险、社会影响大的其他领域、移送的犯罪 (REW21 Art 3)."""

    food = "food"
    drug = "drug"
    special_equipment = "special_equipment"
    industrial_product = "industrial_product"
    systemic_risk = "systemic_risk"
    social_effect = "social_effect"
    crime = "crime"
    other = "other"


class Exclusion(StrEnum):
    """不予奖励的人：市场监管人员、负有监督或者报告职责的人、被侵权人及其代理人和利害关系人、违法行为人、受同业委托有偿举报的人."""

    staff = "staff"
    duty_to_report = "duty_to_report"
    injured_party = "injured_party"
    wrongdoer = "wrongdoer"
    paid_by_rival = "paid_by_rival"
    other = "other"


class Match(StrEnum):
    """How far what was said agrees with what was found: 完全相符、基本相符、不符."""

    full = "full"
    basic = "basic"
    none = "none"


class Evidence(StrEnum):
    """What came with it: 直接证据、相关证据、没有证据."""

    direct = "direct"
    related = "related"
    none = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a report; sums in yuan. ``place`` is the division code of the bureau.

    ``goods_value`` is the 货值金额, ``citizen`` says that a citizen was penalised and not a trader.
    """

    place: str
    closed_on: date | None = None
    verified: bool = True
    kinds: frozenset[Kind] = frozenset()
    fine: Decimal = NOTHING
    confiscated: Decimal = NOTHING
    goods_value: Decimal = NOTHING
    crime: bool = False
    especially_serious: bool = False
    citizen: bool = False
    field: RewardField = RewardField.food

    @property
    def taken(self) -> Decimal:
        """罚没款: the fine and what was confiscated in money."""
        return self.fine + self.confiscated


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody who reported, and what bears on their reward; joint signers are one claim.

    ``order`` is the place among the reports of the same day, ``clue`` what they brought: one clue is rewarded once.
    ``percent`` is the rate chosen where the text leaves a range, ``factor`` the raise asked for an insider.
    """

    reported_on: date
    order: int = 0
    clue: str = ""
    natural_person: bool = True
    insider: bool = False
    real_name: bool = True
    relation_ended_on: date | None = None
    exclusion: Exclusion | None = None
    definite: bool = True
    known_before: bool = False
    rewarded_before: bool = False
    detailed: bool = True
    match: Match = Match.full
    evidence: Evidence = Evidence.direct
    percent: Decimal | None = None
    factor: Decimal | None = None
    finance_consents: bool = False
    applied_on: date | None = None


class RewardState(StrEnum):
    """应当奖励、不予奖励、条件尚未具备、规则未填入而不能判断."""

    due = "due"
    refused = "refused"
    pending = "pending"
    unknown = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """What is due and why, in yuan to the cent; everything below ``state`` is zero or empty unless it is due."""

    state: RewardState
    reasons: tuple[Reason, ...]
    grade: int | None = None
    base: Decimal = NOTHING
    percent: Decimal = NOTHING
    floor: Decimal = NOTHING
    factor: Decimal = Decimal(1)
    cap: Decimal = NOTHING
    amount: Decimal = NOTHING
    consult_finance: bool = field(default=False)
