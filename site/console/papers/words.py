"""What the papers that are entered by hand are called, and which of them is offered where."""

from __future__ import annotations

from zuofang.credit.models import RecordKind
from zuofang.rules.sentences import Sentence, say

FOR_AN_OPERATOR: tuple[tuple[str, Sentence], ...] = (
    ("inspection", say("登记检查")),
    ("sample", say("登记抽检")),
    ("penalty", say("登记处罚")),
    ("rectification", say("登记责令改正")),
    ("interview", say("登记个别约谈")),
)
"""The papers that are opened from the page of an operator, with its number filled in."""
PAPERS: tuple[tuple[str, Sentence], ...] = (
    ("sample", say("登记抽检")),
    ("penalty", say("登记处罚")),
    ("rectification", say("登记责令改正")),
    ("interview", say("登记个别约谈")),
    ("meeting", say("登记行业约谈")),
    ("closure", say("登记取缔")),
)
"""The papers that can be entered by hand, beside the record of an inspection."""
FOLLOW_UPS: tuple[tuple[str, Sentence, frozenset[RecordKind]], ...] = (
    ("rectification", say("据此责令改正"), frozenset({RecordKind.inspection, RecordKind.sample})),
    ("penalty", say("据此处罚"), frozenset({RecordKind.inspection, RecordKind.sample})),
    ("interview", say("据此约谈"), frozenset({RecordKind.inspection, RecordKind.sample, RecordKind.penalty})),
    ("sample", say("登记跟踪抽检"), frozenset({RecordKind.sample, RecordKind.rectification})),
    ("inspection", say("登记复查"), frozenset({RecordKind.rectification, RecordKind.inspection})),
)
"""The papers that usually follow a record: their form, and after which kinds of record it is offered."""


def follow_ups(kind: RecordKind) -> list[tuple[str, Sentence]]:
    """The papers that usually follow a record of a kind."""
    return [(form, text) for form, text, after in FOLLOW_UPS if kind in after]
