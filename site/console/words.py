"""The words of the desks for roles, places and states."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from zuofang.credit.models import Outside, PartyRole, RecordState
from zuofang.credit.publication import Standing
from zuofang.credit.records import Dispute
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.answers import Answers
from zuofang.site.console.bureau.words import BUREAU_ACTS
from zuofang.site.console.campaigns.words import CAMPAIGN_ACTS, CAMPAIGN_WORDS
from zuofang.site.console.office.words import OFFICE_ACTS
from zuofang.site.console.owner.words import OWNER_ACTS
from zuofang.site.console.reports.words import REPORT_ACTS, REPORT_WORDS
from zuofang.site.console.sampling.words import SAMPLING_ACTS
from zuofang.site.console.zone.words import ZONE_ACTS, ZONE_WORDS
from zuofang.site.folding import FoldingEnvironment
from zuofang.site.public.words import ACTS
from zuofang.storage.accounts.models import AccountState, Role, ScopeKind
from zuofang.storage.editions import EditionState

WORDS: dict[type[StrEnum], dict[StrEnum, Sentence]] = {
    Role: {
        Role.laboratory: say("检验室"),
        Role.zone_manager: say("加工区管理"),
        Role.owner: say("作坊经营者"),
        Role.officer: say("执法人员"),
        Role.reviewer: say("审核人员"),
        Role.case_officer: say("举报办案"),
        Role.custodian: say("身份保管"),
        Role.finance: say("奖金财务"),
        Role.editor: say("编辑"),
        Role.administrator: say("管理员"),
    },
    ScopeKind: {
        ScopeKind.city: say("全市"),
        ScopeKind.district: say("县区"),
        ScopeKind.zone: say("加工区"),
        ScopeKind.workshop: say("作坊"),
    },
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
    **REPORT_WORDS,
    **ZONE_WORDS,
    **CAMPAIGN_WORDS,
    EditionState: {
        EditionState.proposed: say("等另一个人决定"),
        EditionState.adopted: say("已采用"),
        EditionState.sent_back: say("已退回"),
        EditionState.withdrawn: say("已撤回"),
        EditionState.undone: say("已撤销采用"),
    },
    AccountState: {
        AccountState.invited: say("已邀请，未启用"),
        AccountState.active: say("在用"),
        AccountState.shut: say("已停用"),
    },
}


def console_word(value: StrEnum) -> Sentence:
    """The word for a member of one of our enumerations."""
    return WORDS[type(value)][value]


IMPORT = "import."
ACT_WORDS: dict[str, Sentence] = {
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
    "errand.ask": say("提出后台工作"),
    "errand.stop": say("停下后台工作"),
    "errand.again": say("重新开始后台工作"),
    **BUREAU_ACTS,
    **OWNER_ACTS,
    **ZONE_ACTS,
    **CAMPAIGN_ACTS,
    **SAMPLING_ACTS,
    **OFFICE_ACTS,
    **REPORT_ACTS,
    "edition.propose": say("提出设置"),
    "edition.withdraw": say("撤回设置的提议"),
    "edition.send_back": say("退回设置的提议"),
    "edition.adopt": say("采用设置"),
    "edition.undo_adoption": say("撤销采用设置"),
    "account.open": say("已开账号"),
    "account.invite": say("已出邀请链接"),
    "account.take_up": say("已启用账号"),
    "account.generator": say("已设置验证码"),
    "account.grant": say("已授予角色"),
    "account.take_away": say("已收回角色"),
    "account.shut": say("已停用账号"),
    "account.reopen": say("已重新启用账号"),
    "account.sign_in": say("登录"),
    "account.sign_out": say("已退出登录"),
    "account.password": say("已更改密码"),
    "account.passkey": say("已登记通行密钥"),
}


def act_word(act: str) -> Sentence:
    """What an act of the journal is called at the desks; one without a word of its own by its name."""
    if act.startswith(IMPORT):
        return say("导入表格（%(kind)s）", kind=act.removeprefix(IMPORT))
    return ACT_WORDS.get(act) or ACTS.get(act) or Sentence("%(act)s", {"act": act})


def mistakes_in(environment: FoldingEnvironment) -> Callable[..., list[tuple[str, str]]]:
    """What is wrong with a form, for the error summary: field and sentence in the language of the environment.

    ``shown`` are the fields that stand on the page, where not all of them do: the others lead to its beginning.
    """

    def mistakes(answers: Answers, shown: Collection[str] | None = None) -> list[tuple[str, str]]:
        said = environment.filters["sentence"]
        there = answers.errors if shown is None else shown
        return [(name if name and name in there else "main", said(one)) for name, one in answers.errors.items()]

    return mistakes


def mistake_in(environment: FoldingEnvironment) -> Callable[[Answers, str], str | None]:
    """What is wrong with one field."""

    def mistake(answers: Answers, name: str) -> str | None:
        sentence = answers.errors.get(name)
        return None if sentence is None else str(environment.filters["sentence"](sentence))

    return mistake
