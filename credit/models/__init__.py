"""The tables of the credit room."""

from zuofang.credit.models.grades import Reckoning, WorkshopGrade
from zuofang.credit.models.honours import Honour, HonourKind
from zuofang.credit.models.records import (
    CaseKind,
    CreditCase,
    CreditEvent,
    CreditParty,
    CreditRecord,
    CreditReply,
    CreditVersion,
    PartyRole,
    RecordKind,
    RecordState,
    SampleItem,
)

__all__ = [
    "CaseKind",
    "CreditCase",
    "CreditEvent",
    "CreditParty",
    "CreditRecord",
    "CreditReply",
    "CreditVersion",
    "Honour",
    "HonourKind",
    "PartyRole",
    "Reckoning",
    "RecordKind",
    "RecordState",
    "SampleItem",
    "WorkshopGrade",
]
