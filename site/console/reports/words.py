"""The words of the desks for reports: kinds, steps, causes, notices, grounds, and how pressing a thing is."""

from __future__ import annotations

from enum import StrEnum

from zuofang.reporting.cases.models import AskKind
from zuofang.reporting.cases.queries import Level
from zuofang.reporting.evidence.copies import Lack
from zuofang.reporting.law.claims import Evidence, Exclusion, Match, RewardField
from zuofang.reporting.law.matters import NoticeKind, Origin, ReportKind, Standing, StopCause, What
from zuofang.reporting.models import LetterKind
from zuofang.rules.sentences import Sentence, say

REPORT_WORDS: dict[type[StrEnum], dict[StrEnum, Sentence]] = {
    ReportKind: {ReportKind.complaint: say("投诉"), ReportKind.report: say("举报")},
    Standing: {
        Standing.anonymous: say("匿名来件"),
        Standing.named: say("实名来件"),
        Standing.insider: say("内部人来件"),
    },
    Origin: {Origin.letter: say("来件"), Origin.clue: say("投诉中发现的线索")},
    What: {
        What.disputed: say("管辖有争议"),
        What.agreed: say("协商一致"),
        What.referred: say("报请指定管辖"),
        What.assigned: say("交办"),
        What.handed_over: say("移交"),
        What.stopped: say("暂停计时"),
        What.resumed: say("恢复计时"),
        What.extended: say("延长期限"),
        What.told: say("告知"),
        What.joined: say("并案"),
        What.withdrawn: say("来件人撤回"),
        What.accepted: say("受理"),
        What.rejected: say("不予受理"),
        What.settled: say("达成调解协议"),
        What.terminated: say("终止调解"),
        What.renewed: say("有新的事实，期限重新计算"),
        What.filed: say("立案"),
        What.not_filed: say("不予立案"),
        What.decided: say("作出处理决定"),
        What.served: say("送达"),
        What.closed: say("结案"),
    },
    StopCause: {one: say(one.value) for one in StopCause},
    NoticeKind: {
        NoticeKind.acceptance: say("予以受理"),
        NoticeKind.rejection: say("不予受理的理由和其他途径"),
        NoticeKind.termination: say("终止调解"),
        NoticeKind.filing: say("是否立案"),
        NoticeKind.result: say("处理结果"),
        NoticeKind.hand_over: say("已经移交，或者应当向谁提出"),
        NoticeKind.reward: say("可以申请奖励"),
    },
    LetterKind: {
        LetterKind.statement: say("来件"),
        LetterKind.addition: say("补充"),
        LetterKind.withdrawal: say("撤回来件"),
        LetterKind.claim: say("申领奖励"),
        LetterKind.reply: say("本局的回复"),
    },
    Level: {
        Level.quiet: say("期限还远"),
        Level.soon: say("提醒承办人"),
        Level.urgent: say("提醒科室负责人"),
        Level.overdue: say("逾期，报科室负责人"),
        Level.escalated: say("逾期多日，报分管局领导"),
        Level.stopped: say("暂停计时"),
    },
    AskKind: {
        AskKind.approval: say("批准"),
        AskKind.notice: say("请保管员代为告知"),
        AskKind.recognition: say("请保管员比对来件人"),
        AskKind.mediation: say("请保管员提供调解所需的联系方式"),
    },
    Lack: {
        Lack.locked: say("有密码，没有浏览副本；来件人可能把密码写在了经过里"),
        Lack.unreadable: say("读不出页面，没有浏览副本；文件可能不完整"),
        Lack.too_much: say("太大或者太复杂，没有浏览副本"),
    },
    Match: {Match.full: say("完全相符"), Match.basic: say("基本相符"), Match.none: say("不相符")},
    Evidence: {
        Evidence.direct: say("直接证据"),
        Evidence.related: say("相关证据"),
        Evidence.none: say("没有证据"),
    },
    RewardField: {
        RewardField.food: say("食品"),
        RewardField.drug: say("药品、医疗器械、化妆品"),
        RewardField.special_equipment: say("特种设备"),
        RewardField.industrial_product: say("工业产品质量安全"),
        RewardField.systemic_risk: say("区域性、系统性风险"),
        RewardField.social_effect: say("社会影响大的其他领域"),
        RewardField.crime: say("移送的犯罪"),
        RewardField.other: say("其他领域"),
    },
    Exclusion: {
        Exclusion.staff: say("市场监管部门工作人员"),
        Exclusion.duty_to_report: say("负有监督或者报告义务的人"),
        Exclusion.injured_party: say("被侵权人及其代理人、利害关系人"),
        Exclusion.wrongdoer: say("违法行为人"),
        Exclusion.paid_by_rival: say("受其他经营者委托、有偿举报的人"),
        Exclusion.other: say("其他不予奖励的人"),
    },
}
REPORT_DONE: dict[str, Sentence] = {
    "opened": say("已建档，期限从收到之日起算。"),
    "step": say("已登记这一步。"),
    "step_back": say("已撤回上一步，它留在经过里。"),
    "discard": say("已撤销这一件，来件重新等待。"),
    "asked": say("已报请批准，批准之日办理。"),
    "approved": say("已批准，这一步今天办理。"),
    "declined": say("已答复，没有批准。"),
    "ask_back": say("请求已收回。"),
    "platform": say("平台编号已登记。"),
    "platform_back": say("平台编号已删除。"),
    "clue": say("线索已另立一件举报。"),
    "joined": say("已并案。"),
    "parted": say("并案已撤销，两件各自办理。"),
    "put_away": say("钥匙已收起，打开过的都合上了。"),
    "told": say("已告知，来件人凭回执可以看到。"),
    "asked_custodian": say("已请保管员办理。"),
    "reply_sent": say("已回复，来件人凭回执可以看到。"),
    "reply_taken_back": say("回复已收回。"),
    "decided": say("决定已登记。"),
    "reward_proposed": say("奖励已提出，等另一个人批准。"),
    "reward_withdrawn": say("奖励已撤回。"),
    "reward_approved": say("奖励已批准，请告知举报人。"),
    "reward_unapproved": say("批准已撤销。"),
    "reward_told": say("已告知举报人，领取期限从今天起算。"),
    "reward_untold": say("告知已撤销。"),
    "reward_longer": say("领取期限已更改。"),
    "reward_claimed": say("申领已登记，等待财务支付。"),
    "reward_unclaimed": say("申领已撤销。"),
    "paid": say("已登记支付。"),
    "payment_back": say("支付已撤销，可以重新支付。"),
    "given_up": say("已登记视为放弃。"),
    "not_given_up": say("视为放弃已撤销。"),
    "answered": say("已答复办案人员。"),
}
"""What was done, said on the page that follows."""
REPORT_ACTS: dict[str, Sentence] = {
    **{f"report_case.{what}": word for what, word in REPORT_WORDS[What].items()},
    "report.receive": say("收到来件"),
    "report.addition": say("收到补充"),
    "report.withdrawal": say("收到撤回"),
    "report.claim": say("收到申领"),
    "report.enter": say("登记来件"),
    "report.reply": say("已回复来件人"),
    "report.take_back_reply": say("已收回回复"),
    "report.read": say("已打开来件"),
    "report.read_person": say("已打开身份"),
    "report.read_account": say("已打开账户"),
    "report.take_original": say("已取原件"),
    "report.close": say("来件办结"),
    "report.reopen": say("已来件重新打开"),
    "report.erase": say("已销毁来件"),
    "report.erase_secret": say("已销毁身份或者账户"),
    "report_case.open": say("已建档"),
    "report_case.discard": say("已撤销立错的案件"),
    "report_case.part": say("已撤销并案"),
    "report_case.take_back": say("已撤回上一步"),
    "report_case.ask": say("已请别人办"),
    "report_case.answer_ask": say("已答复请求"),
    "report_case.take_back_ask": say("已收回请求"),
    "report_case.recognise": say("已比对来件人"),
    "report_case.forget_marks": say("已删除比对摘要"),
    "report_case.enter_platform_number": say("已登记平台编号"),
    "report_case.clear_platform_number": say("已删除平台编号"),
    "report_case.propose_reward": say("已提出奖励"),
    "report_case.withdraw_reward": say("已撤回奖励"),
    "report_case.approve_reward": say("已批准奖励"),
    "report_case.undo_reward_approval": say("已撤销批准"),
    "report_case.tell_reward_decision": say("已告知奖励"),
    "report_case.untell_reward_decision": say("已撤销告知"),
    "report_case.extend_reward_claim": say("已更改申领期限"),
    "report_case.claim_reward": say("申领奖励"),
    "report_case.undo_reward_claim": say("已撤销申领"),
    "report_case.pay_reward": say("已支付奖励"),
    "report_case.take_back_payment": say("已撤销支付"),
    "report_case.give_up_reward": say("视为放弃奖励"),
    "report_case.undo_give_up_reward": say("已撤销视为放弃"),
}
"""What the acts on reports are called in the journal."""
GROUNDS: dict[str, Sentence] = {
    "not_our_duty": say("不属于本部门职责，或者本部门没有处理权限"),
    "already_handled": say("法院、仲裁机构、其他部门或者消费者组织已经受理或者处理过同一争议"),
    "not_consumption": say("不是为生活消费需要，或者不能证明有消费者权益争议"),
    "too_old": say("知道权益受损已经超过三年"),
    "no_facts": say("没有具体的投诉请求和事实依据"),
    "material_missing": say("没有提供规定的材料，或者材料虚假"),
    "impersonation": say("冒用他人名义，或者拒不核实身份"),
    "other_law": say("法律、法规、规章规定不予受理的其他情形"),
    "withdrawn": say("投诉人撤回，或者双方自行和解"),
    "no_show": say("一方无正当理由不参加或者拒绝调解"),
    "no_agreement": say("双方不能达成协议"),
    "cost_not_agreed": say("对鉴定、检测费用的承担不能达成一致"),
    "time_over": say("期限届满没有达成协议"),
    "ground_found": say("发现有不予受理的情形"),
    "party_gone": say("当事人死亡或者终止，没有承继者"),
    "other": say("其他应当终止的情形"),
}
"""Why a complaint is not accepted, or its mediation ends (R121 Art 16, 23); which of them hold is told by the text."""


def ground_word(ground: str) -> Sentence:
    """What a ground is called; one that a later text adds by its key."""
    return GROUNDS.get(ground) or Sentence("%(ground)s", {"ground": ground})


def notice_word(notice: str) -> Sentence:
    """What is told by a notice."""
    return REPORT_WORDS[NoticeKind][NoticeKind(notice)]
