"""The words of campaigns (专项整治) at the desk."""

from __future__ import annotations

from enum import StrEnum

from zuofang.credit.models import SeenAgain, Triage
from zuofang.credit.queries.campaigns import Step
from zuofang.rules.sentences import Sentence, say

CAMPAIGN_WORDS: dict[type[StrEnum], dict[StrEnum, Sentence]] = {
    Triage: {Triage.upgrade: say("提升"), Triage.regulate: say("规范"), Triage.phase_out: say("淘汰")},
    SeenAgain: {
        SeenAgain.holds: say("保持合格"),
        SeenAgain.slipped: say("出现反弹"),
        SeenAgain.shut: say("没有恢复经营"),
        SeenAgain.resurged: say("又在经营（死灰复燃）"),
    },
    Step: {
        Step.unsorted: say("等待分类"),
        Step.putting_right: say("整改或者关停期内"),
        Step.look_back: say("等待回头看"),
        Step.planned: say("已安排回头看"),
        Step.done: say("已回头看"),
    },
}
CAMPAIGN_ACTS: dict[str, Sentence] = {
    "campaign.begin": say("登记专项整治"),
    "campaign.strike_out": say("删除登记错的专项整治"),
    "campaign.close": say("结束专项整治"),
    "campaign.reopen": say("重新开启专项整治"),
    "campaign.take_in": say("列入专项整治"),
    "campaign.leave_out": say("移出专项整治"),
    "campaign.triage": say("已分类"),
    "campaign.undo_triage": say("撤销分类"),
    "campaign.plan_visit": say("安排回头看"),
    "campaign.call_off_visit": say("取消回头看"),
    "campaign.visit": say("回头看"),
    "campaign.undo_visit": say("撤销回头看的记录"),
}
CAMPAIGN_DONE: dict[str, Sentence] = {
    "campaign": say("专项整治已登记，请列入要看的主体。"),
    "campaign_struck": say("专项整治已删除，日志里留着它原来的样子。"),
    "campaign_closed": say("专项整治已结束。"),
    "campaign_reopened": say("专项整治已重新开启。"),
    "taken_in": say("已列入。"),
    "left_out": say("已移出，日志里留着。"),
    "triaged": say("已分类。"),
    "untriaged": say("分类已撤销。"),
}
MEANING: dict[Triage, Sentence] = {
    Triage.upgrade: say("具备条件的：督促办证，帮它提档升级。"),
    Triage.regulate: say("条件有欠缺、愿意整改的：限期改好。"),
    Triage.phase_out: say("不具备条件的：限期关停，拒不关停的依法取缔。"),
}
"""What each sort means, in the words of the plans."""


def triage_meaning(kind: Triage) -> Sentence:
    """What it means for a place to be sorted so."""
    return MEANING[kind]
