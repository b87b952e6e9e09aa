"""What a credit file tells a reader: values that may all be shown, as they stood on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.facts import speaks_against
from zuofang.credit.grade import Grade
from zuofang.credit.models import CaseKind, LinkKind, RecordKind, Revisit
from zuofang.credit.publication import Publication
from zuofang.credit.queries.evaluations import EvaluationLine
from zuofang.credit.queries.honours import HonourView
from zuofang.credit.records import Record
from zuofang.rules.sentences import Sentence
from zuofang.traceability.models import RestrictionKind


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A certificate (登记证) of the workshop."""

    number: str
    issuer: str | None
    since: date
    until: date | None
    revoked_on: date | None


class RegistrationStep(StrEnum):
    """What happened to a certificate: 发证、变更、延续、吊销、注销、恢复、到期; ended where it is not known which."""

    issued = "issued"
    changed = "changed"
    renewed = "renewed"
    revoked = "revoked"
    cancelled = "cancelled"
    ended = "ended"
    reinstated = "reinstated"
    expired = "expired"


@dataclass(frozen=True, slots=True)
class RegistrationLine:
    """One thing that happened to a certificate: a renewal with its last days, a change with its new 品种明细."""

    on: date
    step: RegistrationStep
    number: str
    issuer: str | None = None
    before: date | None = None
    after: date | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order that holds on the day asked about and today; one that was lifted is no longer told (RestrictionKind)."""

    kind: RestrictionKind
    since: date
    until: date | None
    ground: str
    article: str
    document: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a record said until ``on``, when it was put right."""

    on: date
    title: str
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The workshop's own words."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """An objection or a request for re-inspection; ``granted`` is empty until it is decided."""

    kind: CaseKind
    filed_on: date
    decided_on: date | None
    granted: bool | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a supervisory sample, exactly as the bureau printed it; ``judgement`` is a word of conformity."""

    name: str
    result: str
    limit: str
    judgement: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Another record of the same file that this one led to or came from; only one that is told itself is named.

    ``later`` says that the other came after this one.
    """

    kind: LinkKind
    later: bool
    key: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A look-back visit that was made to the place of a closure; ``key`` is the new record where that is told."""

    on: date
    found: Revisit
    words: str | None
    key: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A record that may be shown, as it stood on the day asked about."""

    key: int
    kind: RecordKind
    record: Record
    publication: Publication
    title: str
    content: str
    document: str | None
    authority: str | None
    corrections: tuple[Correction, ...]
    replies: tuple[Reply, ...]
    disputes: tuple[Dispute, ...]
    items: tuple[Item, ...]
    ties: tuple[Tie, ...] = ()
    visits: tuple[Visit, ...] = ()

    @property
    def speaks_against(self) -> bool:
        """Whether it tells of something found wrong."""
        return speaks_against(self.record)


@dataclass(frozen=True, slots=True)
class Gone:
    """What is left to say of a record that was once shown: since when it is gone, why, and by which article."""

    on: date
    why: Sentence
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFile:
    """A credit file as it stood on the day ``on``, looked at on the day ``today``.

    ``grades`` is empty where nothing can be graded, and where a record that counted on that day has left public view
    since: the letter would tell what the register no longer may.
    """

    workshop: int
    name: str
    on: date
    today: date
    papers: tuple[PaperLine, ...]
    registrations: tuple[RegistrationLine, ...]
    orders: tuple[OrderLine, ...]
    told: tuple[Told, ...]
    gone: tuple[Gone, ...]
    honours: tuple[HonourView, ...]
    evaluations: tuple[EvaluationLine, ...]
    grades: tuple[Grade, ...]
    grade_withheld: bool

    @property
    def findings(self) -> int:
        """How many findings against the workshop are shown."""
        return sum(told.speaks_against for told in self.told)

    @property
    def expires(self) -> bool:
        """Whether the page holds anything that must leave caches and search engines when its term ends."""
        return bool(self.told or self.gone or self.orders) or self.on != self.today
