"""The words of the credit file: kinds of record, of penalty, grounds, results, and what a record says line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import reduce

from zuofang.credit.events import Change
from zuofang.credit.findings import Closure, HonourExit, Inspection, Recall, RepairFraud, Sample, Suspension
from zuofang.credit.models import CaseKind, RecordKind
from zuofang.credit.queries.told import Dispute
from zuofang.credit.records import (
    Ground,
    Kind,
    Level,
    Listing,
    Outcome,
    Penalty,
    Procedure,
    RecallLevel,
    Record,
    Result,
    Tier,
)
from zuofang.rules.sentences import Sentence, say
from zuofang.site.blanks import Blank, or_blank
from zuofang.traceability.conformity import Outcome as Judgement

CREDIT_WORDS: Mapping[type[StrEnum], Mapping[str, Sentence]] = {
    RecordKind: {
        RecordKind.penalty: say("行政处罚"),
        RecordKind.listing: say("严重违法失信名单"),
        RecordKind.sample: say("监督抽检"),
        RecordKind.inspection: say("监督检查"),
        RecordKind.suspension: say("暂停生产经营的措施"),
        RecordKind.closure: say("场所关闭"),
        RecordKind.recall: say("食品召回"),
        RecordKind.honour_exit: say("退出荣誉"),
        RecordKind.repair_fraud: say("信用修复弄虚作假"),
        RecordKind.interview: say("约谈"),
        RecordKind.referral: say("移送公安机关"),
        RecordKind.rectification: say("整改"),
    },
    Kind: {
        Kind.warning: say("警告"),
        Kind.criticism: say("通报批评"),
        Kind.fine: say("罚款"),
        Kind.gains_confiscated: say("没收违法所得"),
        Kind.goods_confiscated: say("没收非法财物"),
        Kind.permit_suspended: say("暂扣许可证件"),
        Kind.downgraded: say("降低资质等级"),
        Kind.permit_revoked: say("吊销许可证件"),
        Kind.licence_revoked: say("吊销营业执照"),
        Kind.restricted: say("限制开展生产经营活动"),
        Kind.shut_down: say("责令停产停业"),
        Kind.closed: say("责令关闭"),
        Kind.barred: say("限制从业"),
        Kind.other: say("法律、行政法规规定的其他行政处罚"),
    },
    Tier: {
        Tier.mitigated: say("减轻"),
        Tier.lighter: say("从轻"),
        Tier.ordinary: say("一般"),
        Tier.heavier: say("从重"),
    },
    Ground: {
        Ground.no_permit: say("未依法取得食品生产经营许可从事食品生产经营"),
        Ground.forbidden_material: say("使用非食品原料、添加食品添加剂以外的化学物质等"),
        Ground.over_limit: say("致病性微生物、农药残留、兽药残留、重金属等超过限量或者使用超过保质期的原料等"),
        Ground.grave_danger: say("其他严重危害人体健康和生命安全的食品安全违法行为"),
        Ground.false_application: say("隐瞒情况或者提供虚假材料取得许可"),
        Ground.permit_traded: say("涂改、倒卖、出租、出售许可证件"),
        Ground.obstruction: say("拒绝、阻碍、干扰监督检查"),
        Ground.refuses_to_perform: say("有履行能力但拒不履行行政处罚决定"),
    },
    Outcome: {Outcome.passed: say("合格"), Outcome.failed: say("不合格")},
    Result: {
        Result.conforming: say("符合"),
        Result.largely_conforming: say("基本符合"),
        Result.not_conforming: say("不符合"),
    },
    RecallLevel: {
        RecallLevel.first: say("一级"),
        RecallLevel.second: say("二级"),
        RecallLevel.third: say("三级"),
    },
    CaseKind: {
        CaseKind.repair: say("信用修复申请"),
        CaseKind.objection: say("异议"),
        CaseKind.reinspection: say("复检申请"),
    },
    Change: {
        Change.changed: say("变更"),
        Change.annulled: say("撤销"),
        Change.unlawful: say("确认违法"),
        Change.void: say("确认无效"),
    },
    Procedure: {Procedure.ordinary: say("普通程序"), Procedure.summary: say("简易程序")},
    Level: {Level.county: say("县级"), Level.city: say("设区的市级"), Level.province: say("省级")},
}

SCHEMES: Mapping[str, Sentence] = {"risk": say("风险等级"), "credit": say("信用等级")}

MARKS: Mapping[str, str] = {
    Judgement.conforms: "passed",
    Judgement.fails: "failed",
    Judgement.measured_only: "measured",
}
"""The mark of the test table for a word of conformity; every other one is undecided."""

Row = tuple[Sentence, object]
"""A label and its value, as a fact row shows them."""


def listed(words: Iterable[Sentence]) -> Sentence:
    """Words one after the other, with the comma of the reader's language."""
    return reduce(lambda first, second: say("%(first)s、%(second)s", first=first, second=second), words)


def rows_of(record: Record) -> list[Row]:
    """What a record says, line by line."""
    match record:
        case Penalty():
            return list(_penalty(record))
        case Listing():
            return list(_listing(record))
        case Sample():
            return list(_sample(record))
        case Inspection():
            return [
                (say("检查日期"), record.found_on),
                (say("检查结果"), CREDIT_WORDS[Result][record.result]),
            ]
        case _:
            return list(_notice(record))


def _penalty(record: Penalty) -> Iterator[Row]:
    yield say("决定日期"), record.decided_on
    yield say("处罚种类"), listed(CREDIT_WORDS[Kind][kind] for kind in Kind if kind in record.kinds)
    if record.fine is not None:
        yield say("罚款金额"), say("%(sum)s 元", sum=record.fine)
    if record.confiscated is not None:
        yield say("没收金额"), say("%(sum)s 元", sum=record.confiscated)
    if record.tier is not None:
        yield say("裁量幅度"), CREDIT_WORDS[Tier][record.tier]
    if record.restricted_until is not None:
        yield say("限制至"), record.restricted_until
    yield say("履行完毕"), or_blank(record.performed_on)
    yield say("改正完成"), or_blank(record.rectified_on)


def _listing(record: Listing) -> Iterator[Row]:
    yield say("列入日期"), record.listed_on
    yield say("列入事由"), listed(CREDIT_WORDS[Ground][ground] for ground in record.grounds)
    if record.restricted_until is not None:
        yield say("限制至"), record.restricted_until


def _sample(record: Sample) -> Iterator[Row]:
    yield say("检验结论"), CREDIT_WORDS[Outcome][record.final_outcome]
    yield say("初检结论日期"), record.concluded_on
    again = record.reinspection
    if again is not None:
        yield say("复检"), CREDIT_WORDS[Outcome][again.outcome] if again.outcome else say("正在复检")
    if record.final_outcome is Outcome.failed:
        yield say("核查处置"), _disposal(record)


def _disposal(record: Sample) -> Sentence | Blank:
    if record.disposal_ended_on is not None:
        return say("%(day)s完成", day=record.disposal_ended_on)
    if record.disposal_began_on is not None:
        return say("%(day)s开始，尚未完成", day=record.disposal_began_on)
    return Blank.not_recorded


def _notice(record: Record) -> Iterator[Row]:
    match record:
        case Suspension():
            yield say("决定日期"), record.ordered_on
            yield say("法律依据"), record.basis
            yield say("措施届满"), or_blank(record.ends_on)
        case Closure():
            yield say("关闭日期"), record.closed_on
            yield say("法律依据"), record.basis
        case Recall():
            yield say("召回级别"), CREDIT_WORDS[RecallLevel][record.level]
            yield say("知悉时间"), record.known_at
            yield say("完成日期"), record.completed_on or say("尚未完成")
        case HonourExit():
            yield say("退出日期"), record.left_on
            yield say("荣誉"), record.honour
            yield say("原因"), or_blank(record.why)
        case RepairFraud():
            yield say("决定日期"), record.decided_on


def dispute_words(dispute: Dispute) -> Sentence:
    """What became of an objection or a request for re-inspection."""
    told = {"kind": CREDIT_WORDS[CaseKind][dispute.kind], "filed": dispute.filed_on}
    if dispute.decided_on is None:
        return say("%(kind)s：%(filed)s提出，尚未作出决定。", **told)
    if dispute.granted:
        return say("%(kind)s：%(filed)s提出，%(decided)s成立。", **told, decided=dispute.decided_on)
    return say("%(kind)s：%(filed)s提出，%(decided)s不成立。", **told, decided=dispute.decided_on)
