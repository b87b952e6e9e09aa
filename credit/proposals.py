"""What can be put forward about a zone, each kind with its facts; a value here is written as JSON by the codec."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zuofang.credit.codec import load
from zuofang.credit.models.proposals import ProposalKind, ZoneProposal
from zuofang.traceability.models import StandardState, ZoneStepKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody wants the page of a zone to say."""


@dataclass(frozen=True, slots=True)
class Words(Facts):
    """Brand and story in both languages; a paragraph ends with a line of its own."""

    brand: str
    story: str
    brand_en: str = ""
    story_en: str = ""


@dataclass(frozen=True, slots=True)
class Found(Facts):
    """What was found about one standard, by which document, on which day."""

    standard: str
    state: StandardState
    found: str | None = None
    evidence: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitCameras(Facts):
    """How many cameras a unit has, by which document, counted on which day."""

    unit: int
    cameras: int | None = None
    on: date | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Step(Facts):
    """A step to acceptance that was taken."""

    kind: ZoneStepKind
    on: date
    by: str | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Paid(Facts):
    """Public money that the zone received, in yuan."""

    on: date
    amount: Decimal
    purpose: str
    payer: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class CameraHours(Facts):
    """How long the cameras of the zone ran in the month that begins on ``month``."""

    month: date
    owed: int
    online: int


@dataclass(frozen=True, slots=True)
class Live(Facts):
    """Where the live pictures of the zone are shown; empty where they no longer are."""

    address: str = ""


@dataclass(frozen=True, slots=True)
class Row(Facts):
    """The number of the row that was made."""

    key: int


KINDS: dict[ProposalKind, type[Facts]] = {
    ProposalKind.words: Words,
    ProposalKind.standard: Found,
    ProposalKind.unit_cameras: UnitCameras,
    ProposalKind.step: Step,
    ProposalKind.subsidy: Paid,
    ProposalKind.camera_hours: CameraHours,
    ProposalKind.live: Live,
}


def facts_of(row: ZoneProposal) -> Facts:
    """What a proposal asks for."""
    return load(KINDS[row.kind], row.facts)


def thing_of(facts: Facts) -> object:
    """What a proposal changes, so that an older one is not undone under a newer one."""
    match facts:
        case Found(standard=standard):
            return standard
        case UnitCameras(unit=unit):
            return unit
        case Words() | Live():
            return None
        case _:
            return facts
