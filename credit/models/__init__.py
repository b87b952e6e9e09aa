"""The tables of the credit room."""

from zuofang.credit.models.honours import Honour, HonourKind
from zuofang.credit.models.records import (
    CaseKind,
    CreditCase,
    CreditEvent,
    CreditRecord,
    CreditReply,
    CreditVersion,
    RecordKind,
    RecordState,
    SampleItem,
)

__all__ = [
    "CaseKind",
    "CreditCase",
    "CreditEvent",
    "CreditRecord",
    "CreditReply",
    "CreditVersion",
    "Honour",
    "HonourKind",
    "RecordKind",
    "RecordState",
    "SampleItem",
]
