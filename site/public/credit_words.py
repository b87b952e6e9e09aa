"""The words of the credit file: kinds of record, of penalty, grounds, results, and what a record says line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import reduce
from typing import Any

from zuofang.credit.events import Change
from zuofang.credit.findings import (
    Closure,
    Handling,
    HonourExit,
    Inspection,
    Recall,
    RepairFraud,
    Sample,
    Sort,
    Suspension,
)
from zuofang.credit.measures import Called, Interview, Rectification
from zuofang.credit.models import CaseKind, LinkKind, RecordKind, Revisit
from zuofang.credit.queries.told import Dispute, RegistrationStep, Tie, Visit
from zuofang.credit.records import (
    Ground,
    Kind,
    Level,
    Listing,
    Outcome,
    Party,
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
    Party: {Party.trader: say("经营主体"), Party.person: say("责任人员")},
    Sort: {
        Sort.routine: say("日常监督检查"),
        Sort.unannounced: say("飞行检查"),
        Sort.system: say("体系检查"),
        Sort.drawn: say("双随机检查"),
    },
    Handling: {
        Handling.passed: say("通过"),
        Handling.corrected: say("当场改正"),
        Handling.rectify: say("书面限期整改"),
        Handling.investigate: say("立案调查"),
        Handling.stop: say("立即停止食品生产经营活动"),
    },
    Called: {Called.one: say("个别约谈"), Called.trade: say("行业约谈")},
    Revisit: {Revisit.quiet: say("没有恢复经营"), Revisit.resurged: say("又在经营，已另行处理")},
    RegistrationStep: {
        RegistrationStep.issued: say("发给登记证"),
        RegistrationStep.changed: say("变更登记证"),
        RegistrationStep.renewed: say("延续登记证"),
        RegistrationStep.revoked: say("吊销或者撤销登记证"),
        RegistrationStep.cancelled: say("注销登记证"),
        RegistrationStep.ended: say("吊销或者注销登记证"),
        RegistrationStep.reinstated: say("恢复登记证"),
        RegistrationStep.expired: say("登记证到期"),
    },
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
            return list(_inspection(record))
        case Interview():
            return list(_interview(record))
        case Rectification():
            return list(_rectification(record))
        case _:
            return list(_notice(record))


def _penalty(record: Penalty) -> Iterator[Row]:
    yield say("决定日期"), record.decided_on
    yield say("处罚种类"), listed(CREDIT_WORDS[Kind][kind] for kind in Kind if kind in record.kinds)
    if record.fine is not None:
        yield say("罚款金额"), say("%(sum)s 元", sum=record.fine)
    if record.confiscated is not None:
        yield say("没收金额"), say("%(sum)s 元", sum=record.confiscated)
    yield say("裁量幅度"), CREDIT_WORDS[Tier][record.tier] if record.tier else Blank.not_recorded
    if record.restricted_until is not None:
        yield say("限制至"), record.restricted_until
    yield say("程序"), CREDIT_WORDS[Procedure][record.procedure]
    if record.party is Party.person:
        yield say("处罚对象"), CREDIT_WORDS[Party][record.party]
    yield say("信用修复告知书"), _letter(record)
    yield say("履行完毕"), or_blank(record.performed_on)
    yield say("改正完成"), or_blank(record.rectified_on)


def _letter(record: Penalty) -> Sentence | Blank:
    """The letter on credit repair, which goes with the decision (两书同达)."""
    if record.repair_told_on is None:
        return Blank.not_recorded
    return say("%(day)s与决定书一并送达", day=record.repair_told_on)


def _inspection(record: Inspection) -> Iterator[Row]:
    yield say("检查日期"), record.found_on
    yield say("检查方式"), CREDIT_WORDS[Sort][record.sort]
    if record.items is not None and record.faults is not None:
        told = {"items": record.items, "faults": record.faults}
        yield say("检查内容"), say("检查 %(items)s 项，%(faults)s 项不符合", **told)
    yield say("检查结果"), CREDIT_WORDS[Result][record.result]
    yield say("结果处理"), CREDIT_WORDS[Handling][record.handling] if record.handling else Blank.not_recorded
    if record.rectify_by is not None:
        yield say("整改期限"), record.rectify_by


def _interview(record: Interview) -> Iterator[Row]:
    yield say("约谈日期"), record.held_on
    yield say("约谈方式"), CREDIT_WORDS[Called][record.called]
    if record.called is Called.trade:
        yield say("约谈的行业"), say("%(place)s的%(trade)s", place=record.place, trade=record.trade)
    yield say("约谈事由"), record.ground
    yield say("是否到场"), say("到场") if record.attended else say("没有到场")
    yield say("承诺的整改"), or_blank(record.promised, Blank.none)
    if record.promised:
        yield say("承诺期限"), or_blank(record.promised_until)
        yield say("兑现"), say("%(day)s核实已经兑现", day=record.kept_on) if record.kept_on else say("尚未核实")


def _rectification(record: Rectification) -> Iterator[Row]:
    yield say("责令日期"), record.ordered_on
    yield say("改正要求"), record.demands
    yield say("法律依据"), or_blank(record.basis)
    yield say("整改期限"), or_blank(record.due_on)
    yield say("作坊报告完成"), record.done_on or say("尚未报告")
    yield say("复查"), say("%(day)s复查合格", day=record.accepted_on) if record.accepted_on else say("尚未复查合格")


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


def tie_words(tie: Tie) -> Sentence:
    """What another record is to this one."""
    match tie.kind, tie.later:
        case LinkKind.led_to, True:
            return say("后续处理")
        case LinkKind.led_to, False:
            return say("起因")
        case LinkKind.rechecked, True:
            return say("复查")
        case LinkKind.rechecked, False:
            return say("复查的是")
        case LinkKind.resampled, True:
            return say("整改后跟踪抽检")
        case _:
            return say("跟踪抽检的是")


def visit_words(visit: Visit) -> Sentence:
    """What a look-back visit found."""
    return say("%(day)s：%(found)s", day=visit.on, found=CREDIT_WORDS[Revisit][visit.found])


def dispute_words(dispute: Dispute) -> Sentence:
    """What became of an objection or a request for re-inspection."""
    told = {"kind": CREDIT_WORDS[CaseKind][dispute.kind], "filed": dispute.filed_on}
    if dispute.decided_on is None:
        return say("%(kind)s：%(filed)s提出，尚未作出决定。", **told)
    if dispute.granted:
        return say("%(kind)s：%(filed)s提出，%(decided)s成立。", **told, decided=dispute.decided_on)
    return say("%(kind)s：%(filed)s提出，%(decided)s不成立。", **told, decided=dispute.decided_on)


WORDS: Mapping[str, Any] = {
    "rows_of": rows_of, "dispute_words": dispute_words, "tie_words": tie_words, "visit_words": visit_words,
    "marks": MARKS, "schemes": SCHEMES,
}  # fmt: skip
"""What the templates of the credit file say things with."""
