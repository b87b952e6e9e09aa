"""What stands behind a label, as plain values: the answers to the four questions before they are put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zuofang.rules.calendar import china_day
from zuofang.traceability.models import BatchState, LabelKind, OperatorKind, Packing
from zuofang.traceability.verdict import (
    CertificateFacts,
    FailedSample,
    LabelFacts,
    RecallFacts,
    RestrictionFacts,
    ScanFacts,
    TestFacts,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A release test as the label page may speak of it; ``items`` is empty where the figures may not be published."""

    facts: TestFacts
    items: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """The zone and unit in which the batch was made; ``accepted_on`` is empty until the zone was accepted (验收)."""

    slug: str
    zone: str
    brand: str | None
    unit: str
    accepted_on: date | None


@dataclass(frozen=True, slots=True)
class Material:
    """A raw material of the batch, as the workshop recorded it."""

    name: str
    lot: str
    received_on: date
    supplier: str


@dataclass(frozen=True, slots=True)
class Range:
    """Labels from ``first`` to ``last`` (0 to 0: the batch code), printed or revoked; ``note`` is the reason.

    What was printed has the ``key_version`` that minted it.
    """

    kind: LabelKind | None
    first: int
    last: int
    copies: int = 0
    note: str = ""
    key_version: int | None = None

    def holds(self, serial: int) -> bool:
        """Whether the label with this serial (0 for the batch code) is one of them."""
        return self.first <= serial <= self.last


@dataclass(frozen=True, slots=True)
class LabelFile:
    """Everything known of a batch that its label page may show."""

    batch_id: int
    lot: str
    made_on: date
    best_before: date | None
    state: BatchState
    decided_at: datetime | None
    block_reason: str | None
    product: str
    specification: str
    category: str
    packing: Packing
    net_content: str | None
    ingredients: str | None
    shelf_life_days: int | None
    storage: str | None
    standard: str | None
    allergens: str | None
    workshop_id: int
    workshop: str
    kind: OperatorKind
    province: str
    district_code: str
    address: str
    phone: str | None
    place: Place | None
    certificates: tuple[CertificateFacts, ...]
    restrictions: tuple[RestrictionFacts, ...]
    sheets: tuple[Sheet, ...]
    recalls: tuple[RecallFacts, ...]
    materials: tuple[Material, ...]
    runs: tuple[Range, ...]
    revoked: tuple[Range, ...]

    def issued(self, serial: int, key_version: int) -> bool:
        """Whether a label with this serial (0 for the batch code) was ever printed, minted with that key.

        A key that was replaced because somebody may have a copy of it vouches for nothing printed later.
        """
        return any(run.holds(serial) and run.key_version == key_version for run in self.runs)

    def labels(self, serial: int) -> int:
        """How many printed labels carry the code with this serial."""
        return 1 if serial else sum(run.copies for run in self.runs if run.kind is LabelKind.batch)

    def facts(
        self,
        serial: int,
        scans: int,
        *,
        failed_samples: tuple[FailedSample, ...] = (),
        listed_since: date | None = None,
    ) -> LabelFacts:
        """The facts for the verdict over one code.

        ``scans`` counts the earlier ones; what the regulator found comes from the credit room.
        """
        revoked = next((one.note for one in self.revoked if one.holds(serial)), None)
        return LabelFacts(
            made_on=self.made_on,
            best_before=self.best_before,
            state=self.state,
            decided_on=None if self.decided_at is None else china_day(self.decided_at),
            block_reason=self.block_reason,
            tests=tuple(sheet.facts for sheet in self.sheets),
            recalls=self.recalls,
            certificates=self.certificates,
            restrictions=self.restrictions,
            failed_samples=failed_samples,
            listed_since=listed_since,
            label_revoked=revoked,
            scans=ScanFacts(scans, self.labels(serial), is_item=serial > 0),
        )
