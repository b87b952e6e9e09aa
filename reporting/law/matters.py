"""A matter (投诉 or 举报) and what happened to it, as the clocks, the notices and the secrecy rules read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zuofang.rules.calendar import Span


class ReportKind(StrEnum):
    """投诉（请调解我的消费争议）、举报（请查处违法行为），市场监督管理投诉举报处理办法 第三条."""

    complaint = "complaint"
    report = "report"


class Standing(StrEnum):
    """匿名、实名、内部举报人; a complaint always has a name (第十条)."""

    anonymous = "anonymous"
    named = "named"
    insider = "insider"


class Origin(StrEnum):
    """来件, or a clue found while a complaint was handled (投诉中发现的线索, 第二十七条)."""

    letter = "letter"
    clue = "clue"


class What(StrEnum):
    """What can happen to a matter; the first group to both kinds, then to complaints, then to reports.

    管辖争议、协商一致、报请指定、确定管辖、移交、暂停计时、恢复计时、延长期限、告知、并案、撤回；
    受理、不予受理、达成调解协议、终止调解；有新事实的再次举报、立案、不予立案、处罚决定、送达、结案.
    """

    disputed = "disputed"
    agreed = "agreed"
    referred = "referred"
    assigned = "assigned"
    handed_over = "handed_over"
    stopped = "stopped"
    resumed = "resumed"
    extended = "extended"
    told = "told"
    joined = "joined"
    withdrawn = "withdrawn"
    accepted = "accepted"
    rejected = "rejected"
    settled = "settled"
    terminated = "terminated"
    renewed = "renewed"
    filed = "filed"
    not_filed = "not_filed"
    decided = "decided"
    served = "served"
    closed = "closed"


class StopCause(StrEnum):
    """Why days do not count; the value is the word of the article (PROC Art 18, 64; R121 Art 22)."""

    testing = "检测"
    inspection = "检验"
    quarantine = "检疫"
    appraisal = "鉴定"
    recognition = "辨认"
    discrimination = "鉴别"
    suspension = "中止"
    hearing = "听证"
    announcement = "公告"
    refund = "责令退款"


class NoticeKind(StrEnum):
    """受理告知、不予受理告知、终止调解告知、是否立案告知、处理结果告知、移交告知、奖励告知."""

    acceptance = "acceptance"
    rejection = "rejection"
    termination = "termination"
    filing = "filing"
    result = "result"
    hand_over = "hand_over"
    reward = "reward"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on a day.

    ``cause`` says why days stop counting or count again, ``until`` the day that a collective discussion fixed,
    ``notice`` what was told, ``detail`` the ground, the approver or the receiving authority.
    """

    what: What
    on: date
    cause: StopCause | None = None
    until: date | None = None
    notice: NoticeKind | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One complaint or report; ``place`` is the division code of the bureau that handles it."""

    kind: ReportKind
    received_on: date
    standing: Standing = Standing.named
    origin: Origin = Origin.letter
    food: bool = True
    unlicensed: bool = False
    workshop: bool = True
    place: str = ""
    reward_due: bool = False
    happened: tuple[Happening, ...] = ()

    def as_of(self, on: date) -> Matter:
        """The matter as it stood at the end of the day ``on``."""
        return replace(self, happened=tuple(one for one in self.happened if one.on <= on))

    def all(self, *kinds: What) -> Iterator[Happening]:
        """Every happening of these kinds, in order."""
        return (one for one in self.happened if one.what in kinds)

    def first(self, *kinds: What) -> date | None:
        """The day of the first happening of these kinds."""
        return next((one.on for one in self.all(*kinds)), None)

    def told_on(self, kind: NoticeKind) -> date | None:
        """The day on which a notice was given."""
        return next((one.on for one in self.all(What.told) if one.notice is kind), None)

    def stops(self) -> Iterator[tuple[StopCause, date, date | None]]:
        """Every stop with its cause, its first day and, once it ended, its last day."""
        for place, one in enumerate(self.happened):
            if one.what is What.stopped and one.cause is not None:
                rest = self.happened[place + 1 :]
                ends = (later.on for later in rest if later.what is What.resumed and later.cause is one.cause)
                yield one.cause, one.on, next(ends, None)

    def left_out(self, causes: tuple[str, ...], through: date) -> tuple[Span, ...]:
        """The days that do not count for these causes; a stop that still runs is taken to last ``through`` that day."""
        spans = (Span(since, min(until or through, through)) for cause, since, until in self.stops() if cause in causes)
        return tuple(span for span in spans if span.since < span.until)

    def stopped_since(self, causes: tuple[str, ...]) -> date | None:
        """The first day of the oldest stop for these causes that still runs."""
        return min((since for cause, since, until in self.stops() if cause in causes and until is None), default=None)
