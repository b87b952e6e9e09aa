"""The words of the desk of records: their states, the days that become known, how they hang together."""

from __future__ import annotations

from enum import StrEnum

from zuofang.credit.models import LinkKind, Outside, PartyRole, RecordKind, RecordState
from zuofang.credit.publication import Standing
from zuofang.credit.records import Dispute
from zuofang.rules.sentences import Sentence, say

RECORD_WORDS: dict[type[StrEnum], dict[StrEnum, Sentence]] = {
    RecordState: {
        RecordState.entered: say("已登记，未提交"),
        RecordState.proposed: say("待审核"),
        RecordState.approved: say("已审核"),
        RecordState.returned: say("已退回"),
    },
    Outside: {
        Outside.unlicensed: say("无证，名录里没有这一家"),
        Outside.unknown: say("查不到这一家"),
        Outside.elsewhere: say("归别的机关，已移送"),
    },
    Standing: {
        Standing.not_yet: say("还没有作出"),
        Standing.unsettled: say("规则库没有当时的规定，由法制人员判断"),
        Standing.never: say("依法不予公示"),
        Standing.due: say("待公示"),
        Standing.public: say("公示中"),
        Standing.stayed: say("停止执行，暂不显示"),
        Standing.expired: say("公示期满"),
        Standing.repaired: say("信用修复，提前停止公示"),
        Standing.ended: say("事由已经结束"),
        Standing.withdrawn: say("已撤回"),
    },
    Dispute: {
        Dispute.sampling: say("抽样过程"),
        Dispute.authenticity: say("样品真实性"),
        Dispute.method: say("检验方法"),
        Dispute.standard: say("标准适用"),
    },
    PartyRole: {
        PartyRole.party: say("当事人"),
        PartyRole.producer: say("标称生产者"),
        PartyRole.principal: say("委托方"),
        PartyRole.distributor: say("经销者"),
        PartyRole.sampled: say("被抽样单位"),
    },
}
RECORD_ACTS: dict[str, Sentence] = {
    "record.enter": say("登记记录"),
    "record.propose": say("提交审核"),
    "record.undo_proposal": say("撤回送审"),
    "record.send_back": say("退回修改"),
    "record.approve": say("审核通过"),
    "record.undo_approval": say("撤销审核决定"),
    "record.publish": say("开始公示"),
    "record.take_down": say("公示结束"),
    "record.put_up_again": say("恢复公示"),
    "record.event": say("记录有了变化"),
    "record.undo_event": say("撤销变化"),
    "record.reply": say("作坊陈述"),
    "record.take_back_reply": say("收回陈述"),
    "record.match": say("认定属于哪一家"),
    "record.set_outside": say("认定不属于登记的作坊"),
    "record.undo_outside": say("撤销认定"),
    "record.remove": say("删除登记错的记录"),
    "record.learn": say("记下日期"),
    "record.unlearn": say("撤销日期"),
    "record.link": say("与前面的记录关联"),
    "record.unlink": say("解除关联"),
    "look_back.plan": say("安排回头看"),
    "look_back.call_off": say("取消回头看"),
    "look_back.visit": say("回头看"),
    "look_back.undo_visit": say("撤销回头看的记录"),
}
"""Acts of the journal that are done at this desk, or by the clock to what was decided here."""
RECORD_DONE: dict[str, Sentence] = {
    "entered": say("已登记，请看一遍再提交审核。"),
    "propose": say("已提交，等另一个人审核。"),
    "undo_proposal": say("提交已撤回。"),
    "approve": say("审核通过；到期由系统公示。"),
    "undo_approval": say("审核已撤销。"),
    "send_back": say("已退回，理由写在经过里。"),
    "withdraw_record": say("已撤回公示，所有页面同时撤下内容。"),
    "undo_withdrawal": say("撤回已取消。"),
    "correct": say("已更正，原来的文字留在记录里。"),
    "removed": say("已删除，日志里留着它原来的样子。"),
    "match": say("已认定。"),
    "unmatch": say("认定已撤销，记录回到这里等着认。"),
    "learn": say("日期已记下，期限随之重新计算。"),
    "unlearn": say("日期已撤销。"),
    "tie": say("已关联。"),
    "untie": say("关联已解除。"),
    "case": say("申请已登记。"),
    "accept": say("已受理，办理期限从今天起算。"),
    "turned_away": say("已记为不予受理。"),
    "undo_acceptance": say("受理已撤销。"),
    "extend": say("办理期限已延长。"),
    "undo_extension": say("延长已撤销。"),
    "settle": say("决定已作出，并写入记录。"),
    "undo_decision": say("决定已撤销，记录恢复原状。"),
    "case_done": say("已办结。"),
    "undo_case_done": say("办结已撤销。"),
    "case_back": say("申请已撤销。"),
    "visit": say("回头看已安排。"),
    "visit_off": say("这次安排已取消。"),
    "visit_noted": say("看到的已记下。"),
    "visit_undone": say("已撤销，重新安排。"),
    "called_in": say("约谈已记入每一家的档案，等另一个人审核。"),
    "called_off": say("整次约谈已从档案里删除。"),
}
"""What was done, said on the page that follows."""
DAYS: dict[str, Sentence] = {
    "accepted_on": say("复查合格"),
    "completed_on": say("召回完成"),
    "consent_on": say("上一级机关同意列入"),
    "convicted_on": say("判决生效"),
    "disposal_began_on": say("核查处置开始"),
    "disposal_ended_on": say("核查处置完成"),
    "done_on": say("作坊报告改正完成"),
    "kept_on": say("核实承诺已经兑现"),
    "lifted_on": say("措施解除"),
    "performed_on": say("履行完毕"),
    "pushed_on": say("推送至登记地"),
    "rectified_on": say("改正完成，危害消除"),
    "repair_told_on": say("信用修复告知书送达（两书同达）"),
    "returned_on": say("退回本局"),
    "served_on": say("结论送达当事人"),
}
POLICE_ACCEPTED = say("公安机关立案")
TIES: dict[LinkKind, tuple[Sentence, Sentence]] = {
    LinkKind.led_to: (say("由它引起"), say("引起了它")),
    LinkKind.rechecked: (say("复查的是它"), say("它是复查")),
    LinkKind.resampled: (say("跟踪抽检的是它"), say("它是跟踪抽检")),
}
"""What is said of the other record: where it came earlier, and where it follows."""


def day_word(fact: str, kind: RecordKind | None = None) -> Sentence:
    """What a day that becomes known is called."""
    if kind is RecordKind.referral and fact == "accepted_on":
        return POLICE_ACCEPTED
    return DAYS[fact]


def tie_word(kind: LinkKind, follows: bool) -> Sentence:
    """How another record hangs together with this one."""
    return TIES[kind][follows]
