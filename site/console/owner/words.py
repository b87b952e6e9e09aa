"""The words of the desk of an owner: what can be asked for, acts of the journal, what was done."""

from __future__ import annotations

from zuofang.credit.records import Dispute
from zuofang.credit.remedies import REPAIR, SECOND_TEST, Remedy
from zuofang.rules.sentences import Sentence, say

ASKED: dict[str, Sentence] = {SECOND_TEST: say("复检：用备份样品再检一次"), REPAIR: say("信用修复：提前停止公示")}
"""What can be asked for about a record; objections are named by what they are directed at."""
OBJECTIONS: dict[Dispute, Sentence] = {
    Dispute.sampling: say("异议：抽样过程不对"),
    Dispute.authenticity: say("异议：样品不是我做的"),
    Dispute.method: say("异议：检验方法不对"),
    Dispute.standard: say("异议：用错了标准"),
}
OWNER_ACTS: dict[str, Sentence] = {
    "honour.apply": say("已申请复评"),
    "case.file": say("已登记申请"),
    "case.take_back": say("已撤销申请"),
    "case.accept": say("已受理"),
    "case.undo_acceptance": say("已撤销受理"),
    "case.turn_away": say("已不予受理"),
    "case.extend": say("已延长办理期限"),
    "case.undo_extension": say("已撤销延长"),
    "case.decide": say("已作出决定"),
    "case.undo_decision": say("已撤销决定"),
    "case.done": say("已办结"),
    "case.undo_done": say("已撤销办结"),
    "material.receive": say("已登记进货"),
    "material.add_picture": say("已放入凭证照片"),
    "material.take_picture_away": say("已删去凭证照片"),
    "board.see": say("已登记公开栏"),
    "commitment.sign": say("已签订承诺"),
}
"""Acts of the journal that are done at this desk, or about what is asked for there."""
OWNER_DONE: dict[str, Sentence] = {
    "batch": say("这一批已登记，请送检验室。"),
    "material": say("进货已登记。"),
    "photo": say("照片已放好。"),
    "photo_gone": say("照片已删去。"),
    "board": say("公开栏已登记。"),
    "commitment": say("承诺已签订。"),
    "reply": say("您的话已放在记录旁边。"),
    "reply_back": say("陈述已收回。"),
    "put_right": say("已报告改正完成，等监管部门复查。"),
    "not_put_right": say("报告已撤回。"),
    "honour_asked": say("复评申请已提出，等现场复评。"),
    "honour_unasked": say("复评申请已收回。"),
}
"""What was done, said on the page that follows."""


def asked_word(one: Remedy) -> Sentence:
    """What it is called to ask for this."""
    return OBJECTIONS[one.about] if one.about else ASKED[one.name]
