"""What the regulator found and what may become public: values without a database, one class per kind of record.

A record says what was decided or found and when. Whether it may be shown on a day, and for how long, is never written
in it: :func:`zuofang.credit.publication.publication` computes that from the record and the texts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self

from zuofang.credit.events import Event


class Kind(StrEnum):
    """Kinds of administrative penalty (行政处罚的种类, APL Art 9). Closing a place (取缔) is none of them."""

    warning = "警告"
    criticism = "通报批评"
    fine = "罚款"
    gains_confiscated = "没收违法所得"
    goods_confiscated = "没收非法财物"
    permit_suspended = "暂扣许可证件"
    downgraded = "降低资质等级"
    permit_revoked = "吊销许可证件"
    licence_revoked = "吊销营业执照"
    restricted = "限制开展生产经营活动"
    shut_down = "责令停产停业"
    closed = "责令关闭"
    barred = "限制从业"
    other = "法律、行政法规规定的其他行政处罚"


class Tier(StrEnum):
    """How the sum was set within the bureau's discretion (裁量幅度)."""

    mitigated = "减轻"
    lighter = "从轻"
    ordinary = "一般"
    heavier = "从重"


class Procedure(StrEnum):
    """By which procedure the decision was made."""

    ordinary = "普通程序"
    summary = "简易程序"


class Party(StrEnum):
    """Who was penalised: the trader, or a natural person responsible for the trader's breach."""

    trader = "经营主体"
    person = "责任人员"


class Field(StrEnum):
    """Whether the breach is one of food safety, which sets the term (PUB Art 14)."""

    food = "食品安全"
    general = "其他领域"


class Province(StrEnum):
    """Where the party is registered, seen from the deciding bureau."""

    same = "本省登记"
    other = "外省登记"


class Ground(StrEnum):
    """Grounds for the serious-violation list that a food workshop can meet (SVL Art 5, 10, 11)."""

    no_permit = "未依法取得食品生产经营许可从事食品生产经营"
    forbidden_material = "使用非食品原料、添加食品添加剂以外的化学物质等"
    over_limit = "致病性微生物、农药残留、兽药残留、重金属等超过限量或者使用超过保质期的原料等"
    grave_danger = "其他严重危害人体健康和生命安全的食品安全违法行为"
    false_application = "隐瞒情况或者提供虚假材料取得许可"
    permit_traded = "涂改、倒卖、出租、出售许可证件"
    obstruction = "拒绝、阻碍、干扰监督检查"
    refuses_to_perform = "有履行能力但拒不履行行政处罚决定"


class Level(StrEnum):
    """Rank of the deciding bureau; below the province the next higher one must consent to a listing (SVL Art 22)."""

    county = "县级"
    city = "设区的市级"
    province = "省级"


class Outcome(StrEnum):
    """Conclusion of a test."""

    passed = "合格"
    failed = "不合格"


class Result(StrEnum):
    """Result of an inspection (监督检查结果)."""

    conforming = "符合"
    largely_conforming = "基本符合"
    not_conforming = "不符合"


class Dispute(StrEnum):
    """What an objection to a sample is directed at (异议, SAMP Art 37)."""

    sampling = "抽样过程"
    authenticity = "样品真实性"
    method = "检验方法"
    standard = "标准适用"


class RecallLevel(StrEnum):
    """Level of a recall by the danger of the food (RECALL Art 13)."""

    first = "一级"
    second = "二级"
    third = "三级"

    @property
    def number(self) -> int:
        """1 is the gravest."""
        return list(RecallLevel).index(self) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(ABC):
    """What all records share: the day they were published on, if they were, and what happened to them since."""

    published_on: date | None = None
    events: tuple[Event, ...] = ()

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on",)

    def __post_init__(self) -> None:
        if self.published_on is not None and self.published_on < self.made_on:
            raise ValueError(f"published on {self.published_on}, before it was made on {self.made_on}")
        if any(event.on < self.made_on for event in self.events):
            raise ValueError(f"an event lies before the record was made on {self.made_on}")

    @property
    @abstractmethod
    def made_on(self) -> date:
        """The day of the decision or finding: it chooses the texts the record is judged by."""

    def as_of(self, on: date) -> Self:
        """Return the record as the bureau knew it on the day ``on``: later facts and events are not yet there."""
        unknown: dict[str, Any] = {name: None for name in self.dated_facts if _is_later(getattr(self, name), on)}
        events = tuple(e.as_of(on) for e in sorted(self.events, key=lambda e: e.on) if e.on <= on)
        if not unknown and events == self.events:
            return self  # most records, most of the time
        return replace(self, events=events, **unknown)


def _is_later(day: date | None, on: date) -> bool:
    return day is not None and day > on


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty(Record):
    """An administrative penalty decision (行政处罚决定).

    ``fine`` and ``confiscated`` are in yuan. ``tier`` is None where the decision's tier was never recorded. A
    restriction (停产停业、限制从业…) ends on ``restricted_until``; None means that its end is not known. ``pushed_on``
    is the day the decision reached the province of registration, ``repair_told_on`` the day the letter on credit
    repair was handed over, which goes with the decision (两书同达). ``performed_on`` is the day the party had done what
    the decision demands, ``rectified_on`` the day the breach and its harm were removed.
    """

    decided_on: date
    kinds: frozenset[Kind]
    fine: Decimal | None = None
    confiscated: Decimal | None = None
    tier: Tier | None = None
    party: Party = Party.trader
    field: Field = Field.food
    procedure: Procedure = Procedure.ordinary
    province: Province = Province.same
    pushed_on: date | None = None
    repair_told_on: date | None = None
    restricted_until: date | None = None
    performed_on: date | None = None
    rectified_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = (
        "published_on", "pushed_on", "repair_told_on", "performed_on", "rectified_on",
    )  # fmt: skip

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if not self.kinds:
            raise ValueError("a penalty decision has at least one kind of penalty")
        if (Kind.fine in self.kinds) != (self.fine is not None and self.fine > 0):
            raise ValueError("a fine has a sum above zero, and only a fine has one")

    @property
    def made_on(self) -> date:
        """The day of the decision."""
        return self.decided_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Record):
    """An entry in the serious-violation list (列入严重违法失信名单).

    ``consent_on`` is the day the next higher bureau consented. ``no_intent`` is set where the party proved that it
    acted without intent (没有主观故意). ``restricted_until`` is the end of a legal restriction beside the listing, None
    where there is none.
    """

    listed_on: date
    grounds: tuple[Ground, ...]
    level: Level = Level.county
    consent_on: date | None = None
    no_intent: bool = False
    province: Province = Province.same
    pushed_on: date | None = None
    restricted_until: date | None = None
    performed_on: date | None = None
    rectified_on: date | None = None

    dated_facts: ClassVar[tuple[str, ...]] = ("published_on", "consent_on", "pushed_on", "performed_on", "rectified_on")

    def __post_init__(self) -> None:
        Record.__post_init__(self)
        if not self.grounds:
            raise ValueError("a listing names at least one ground")

    @property
    def made_on(self) -> date:
        """The day of the listing decision."""
        return self.listed_on
