"""The tables of what people hand in: letters under seal, their keys and their evidence."""

from zuofang.reporting.law.matters import ReportKind, Standing
from zuofang.reporting.models.evidence import EvidenceChunk, EvidenceFile, ReportEvidence
from zuofang.reporting.models.reports import (
    LetterKind,
    Proof,
    Report,
    ReportLetter,
    ReportSecret,
    Role,
)

__all__ = [
    "EvidenceChunk",
    "EvidenceFile",
    "LetterKind",
    "Proof",
    "Report",
    "ReportEvidence",
    "ReportKind",
    "ReportLetter",
    "ReportSecret",
    "Role",
    "Standing",
]
