"""The tables of the credit room."""

from zuofang.credit.models.brands import Bearer, BearerRole, Outlet, OutletKind
from zuofang.credit.models.campaigns import Campaign, CampaignPlace, CampaignVisit, SeenAgain, Triage
from zuofang.credit.models.grades import Reckoning, WorkshopGrade
from zuofang.credit.models.honours import Evaluation, EvaluationPart, Honour, HonourKind
from zuofang.credit.models.links import CreditLink, LinkKind, LookBack, Outside, Revisit, SetAside
from zuofang.credit.models.pictures import Picture, PictureState
from zuofang.credit.models.proposals import ProposalKind, ProposalState, ZoneProposal
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
from zuofang.credit.models.sampling import SamplingSheet

__all__ = [
    "Bearer",
    "BearerRole",
    "Campaign",
    "CampaignPlace",
    "CampaignVisit",
    "CaseKind",
    "CreditCase",
    "CreditEvent",
    "CreditLink",
    "CreditParty",
    "CreditRecord",
    "CreditReply",
    "CreditVersion",
    "Evaluation",
    "EvaluationPart",
    "Honour",
    "HonourKind",
    "LinkKind",
    "LookBack",
    "Outlet",
    "OutletKind",
    "Outside",
    "PartyRole",
    "Picture",
    "PictureState",
    "ProposalKind",
    "ProposalState",
    "Reckoning",
    "RecordKind",
    "RecordState",
    "Revisit",
    "SampleItem",
    "SamplingSheet",
    "SeenAgain",
    "SetAside",
    "Triage",
    "WorkshopGrade",
    "ZoneProposal",
]
