"""What the desks call what zones put forward."""

from __future__ import annotations

from enum import StrEnum

from zuofang.credit.models import PictureState, ProposalKind, ProposalState
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.models import ApplicationState
from zuofang.traceability.queries.zone_checks import CheckKind

ZONE_WORDS: dict[type[StrEnum], dict[StrEnum, Sentence]] = {
    ProposalKind: {
        ProposalKind.words: say("品牌故事"),
        ProposalKind.standard: say("建设标准"),
        ProposalKind.unit_cameras: say("单元的监控点位"),
        ProposalKind.step: say("验收经过"),
        ProposalKind.subsidy: say("收到的补贴"),
        ProposalKind.camera_hours: say("摄像头在线时长"),
        ProposalKind.live: say("阳光车间的实时画面"),
    },
    ProposalState: {
        ProposalState.proposed: say("等待审核"),
        ProposalState.done: say("已公开"),
        ProposalState.sent_back: say("已退回"),
        ProposalState.taken_back: say("自己收回了"),
        ProposalState.undone: say("公开以后撤销了"),
    },
    PictureState: {
        PictureState.proposed: say("等待审核"),
        PictureState.shown: say("已公开"),
        PictureState.withdrawn: say("已撤下"),
    },
    ApplicationState: {
        ApplicationState.waiting: say("等待决定"),
        ApplicationState.admitted: say("已进驻"),
        ApplicationState.turned_down: say("没有同意"),
        ApplicationState.taken_back: say("自己收回了"),
    },
}
CHECKS: dict[CheckKind, Sentence] = {
    CheckKind.papers: say("证照"),
    CheckKind.cameras: say("监控"),
    CheckKind.facility: say("设施"),
}
"""What is to be looked after in a zone."""
ZONE_ACTS: dict[str, Sentence] = {
    "application.enter": say("已登记入驻申请"),
    "application.take_back": say("已收回入驻申请"),
    "application.admit": say("已同意进驻"),
    "application.undo_admission": say("已撤销进驻"),
    "application.turn_down": say("已不同意进驻"),
    "application.reopen": say("已入驻申请重新等待决定"),
    "proposal.put": say("已提交加工区内容"),
    "proposal.take_back": say("已收回提交"),
    "proposal.approve": say("已同意公开"),
    "proposal.send_back": say("已退回提交"),
    "proposal.undo": say("已撤销公开"),
    "picture.propose": say("已提交图片"),
    "picture.approve": say("已公开图片"),
    "picture.undo_approval": say("已撤销公开图片"),
    "picture.withdraw": say("已撤下图片"),
    "picture.restore": say("已重新提交图片"),
    "zone.admit": say("已登记进驻"),
    "zone.undo_admission": say("已撤销进驻登记"),
    "zone.leave": say("已登记离开"),
    "zone.undo_leave": say("已撤销离开登记"),
}
"""Acts of the journal about zones."""
ZONE_DONE = {
    "zone_put": say("已提交，等监管部门的人看过才公开。"),
    "zone_back": say("已收回。"),
    "zone_picture_gone": say("图片已撤下，公开页面上没有了。"),
    "zone_application": say("申请已登记。"),
    "zone_member": say("已办理。"),
    "zone_done": say("已公开。"),
    "zone_sent_back": say("已退回，提交的人会看到原因。"),
    "zone_undone": say("已撤销，公开页面恢复原来的内容。"),
}
"""What was done, said on the page that follows."""
