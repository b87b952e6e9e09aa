"""What the desks call roles, places and states, and what every act is called; each room has words of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.answers import Answers
from zuofang.site.console.bureau.words import BUREAU_ACTS, BUREAU_DONE
from zuofang.site.console.campaigns.words import CAMPAIGN_ACTS, CAMPAIGN_DONE, CAMPAIGN_WORDS
from zuofang.site.console.entrance.words import ENTRANCE_DONE
from zuofang.site.console.laboratory.words import LABORATORY_DONE
from zuofang.site.console.office.words import OFFICE_ACTS, OFFICE_DONE
from zuofang.site.console.owner.words import OWNER_ACTS, OWNER_DONE
from zuofang.site.console.records.words import RECORD_ACTS, RECORD_DONE, RECORD_WORDS
from zuofang.site.console.reports.words import REPORT_ACTS, REPORT_DONE, REPORT_WORDS
from zuofang.site.console.sampling.words import SAMPLING_ACTS, SAMPLING_DONE
from zuofang.site.console.zone.words import ZONE_ACTS, ZONE_DONE, ZONE_WORDS
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
    **RECORD_WORDS,
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


DONE: dict[str, Sentence] = {
    **ENTRANCE_DONE,
    **LABORATORY_DONE,
    **OWNER_DONE,
    **ZONE_DONE,
    **RECORD_DONE,
    **CAMPAIGN_DONE,
    **SAMPLING_DONE,
    **BUREAU_DONE,
    **REPORT_DONE,
    **OFFICE_DONE,
}
"""What was done, said on the page that follows an act."""
IMPORT = "import."
ACT_WORDS: dict[str, Sentence] = {
    "errand.ask": say("提出后台工作"),
    "errand.stop": say("停下后台工作"),
    "errand.again": say("重新开始后台工作"),
    **RECORD_ACTS,
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
