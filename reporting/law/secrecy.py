"""Who may learn what of a matter (R121 Art 37, FSL Art 115): the one table that every page, export and letter obeys."""

from __future__ import annotations

from enum import StrEnum

from zuofang.credit.reasons import Reason, Step, because
from zuofang.reporting.law.matters import ReportKind
from zuofang.rules.sentences import say
from zuofang.rules.texts import Texts


class Reader(StrEnum):
    """举报人或投诉人本人、被举报人（被投诉人）、承办人、身份保管员、财务、无关人员、公众."""

    sender = "sender"
    reported = "reported"
    case_officer = "case_officer"
    custodian = "custodian"
    finance = "finance"
    unconcerned = "unconcerned"
    public = "public"


class Topic(StrEnum):
    """来件人的身份、办理情况、来件内容、收款账户、调解所必需的事实."""

    person = "person"
    handling = "handling"
    content = "content"
    account = "account"
    mediation = "mediation"


PERMITTED: dict[ReportKind, dict[Topic, frozenset[Reader]]] = {
    ReportKind.report: {
        Topic.person: frozenset({Reader.sender, Reader.custodian}),
        Topic.handling: frozenset({Reader.sender, Reader.case_officer}),
        Topic.content: frozenset({Reader.case_officer}),
        Topic.account: frozenset({Reader.finance}),
        Topic.mediation: frozenset(),
    },
    ReportKind.complaint: {
        Topic.person: frozenset({Reader.sender, Reader.custodian, Reader.case_officer, Reader.reported}),
        Topic.handling: frozenset({Reader.sender, Reader.case_officer, Reader.reported}),
        Topic.content: frozenset({Reader.case_officer}),
        Topic.account: frozenset({Reader.finance}),
        Topic.mediation: frozenset({Reader.sender, Reader.case_officer, Reader.reported}),
    },
}
"""A complaint is a dispute between two who know each other; of a report the other side learns nothing at all.

The content of neither is given back, not even to its sender: whoever holds a stolen receipt must not gain by it.
"""


def may_learn(reader: Reader, topic: Topic, kind: ReportKind) -> bool:
    """Whether this reader may be told this."""
    return reader in PERMITTED[kind][topic]


def why_secret(texts: Texts) -> Reason:
    """The sentence that is given to whoever asks and may not be told."""
    rule = texts("report.confidentiality")
    return because(rule, Step.scope, say("举报人的信息和举报的办理情况依法保密"))
