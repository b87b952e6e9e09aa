"""What people hand in. No column of these tables says in clear who somebody is or what they wrote.

Days are kept, never the second: whoever reads the tables cannot lay them beside another log and find a person.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.reporting.law.matters import ReportKind, Standing
from zuofang.storage.base import Base, stored
from zuofang.storage.types import Digest, Id


class Role(StrEnum):
    """Who can open what: 办案人员 the matter, 身份保管员 the person, 财务 the account a reward is paid to."""

    case = "case"
    identity = "identity"
    payout = "payout"


class Proof(StrEnum):
    """What came with a report to show that no machine poured it in: computed work, patience, or neither."""

    worked = "worked"
    waited = "waited"


class LetterKind(StrEnum):
    """来件（首次陈述、补充、撤回、申领奖励）和本局的回复."""

    statement = "statement"
    addition = "addition"
    withdrawal = "withdrawal"
    claim = "claim"
    reply = "reply"

    @property
    def is_ours(self) -> bool:
        """Whether the bureau wrote it."""
        return self is LetterKind.reply


class Report(Base):
    """One complaint or one report, as it was handed in: what finds it, what opens it, and what may be known of it.

    A text that is both becomes two rows with two receipts; nothing joins them but evidence they share.
    """

    __tablename__ = "report"

    id: Mapped[Id]
    locator: Mapped[str] = mapped_column(
        String(5), unique=True, comment="查询编号, first group of the receipt; no secret"
    )
    kind: Mapped[ReportKind] = mapped_column(stored(ReportKind))
    standing: Mapped[Standing] = mapped_column(stored(Standing))
    proof: Mapped[Proof] = mapped_column(stored(Proof))
    received_on: Mapped[date] = mapped_column(index=True, comment="day in China; the minute stands under seal")
    salt: Mapped[bytes] = mapped_column(LargeBinary(16), comment="of this receipt alone")
    secret: Mapped[Digest] = mapped_column(comment="Argon2id of the secret half of the receipt")
    token: Mapped[Digest] = mapped_column(
        unique=True, comment="digest of the form it came from; makes a retry the same report"
    )
    fingerprint: Mapped[Digest] = mapped_column(
        comment="keyed digest of what was handed in, to tell a retry from a second thought"
    )
    reporter_key: Mapped[bytes] = mapped_column(
        LargeBinary(1216), comment="public key derived from the receipt; seals replies"
    )
    case_key: Mapped[bytes] = mapped_column(
        LargeBinary(1216), comment="public key of this report; seals what the person writes"
    )
    commitment: Mapped[Digest] = mapped_column(comment="what the acknowledgement signs: time and content, both hidden")
    opening: Mapped[bytes] = mapped_column(LargeBinary, comment="what opens the commitment, sealed to the receipt")
    language: Mapped[str] = mapped_column(String(10), comment="zh or en: the language to answer in")
    withdrawn_on: Mapped[date | None]
    closed_on: Mapped[date | None] = mapped_column(comment="day on which its case was closed; starts the retention")
    erased_on: Mapped[date | None] = mapped_column(comment="day on which its keys and contents were destroyed")
    journalled: Mapped[bool] = mapped_column(default=False, index=True, comment="whether the journal took note of it")

    letters: Mapped[list[ReportLetter]] = relationship(back_populates="report", order_by="ReportLetter.id")
    secrets: Mapped[list[ReportSecret]] = relationship(back_populates="report")


class ReportLetter(Base):
    """One letter of a report: the person's are sealed to the key of the report, ours to the key of the receipt."""

    __tablename__ = "report_letter"

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    kind: Mapped[LetterKind] = mapped_column(stored(LetterKind))
    sent_on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(LargeBinary, comment="HPKE; its context names report and kind")
    copy: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="what we wrote, sealed to the key of the report, so that case officers can read it again"
    )
    token: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, comment="digest of the form it came from")
    journalled: Mapped[bool] = mapped_column(default=False, index=True, comment="whether the journal took note of it")

    report: Mapped[Report] = relationship(back_populates="letters")


class ReportSecret(Base):
    """What of a report only one role can open: the key of the report, the person, or the account."""

    __tablename__ = "report_secret"
    __table_args__ = (UniqueConstraint("report_id", "role"),)

    id: Mapped[Id]
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    role: Mapped[Role] = mapped_column(stored(Role))
    key: Mapped[str] = mapped_column(String(16), index=True, comment="short name of the public key it is sealed to")
    sealed: Mapped[bytes] = mapped_column(LargeBinary)

    report: Mapped[Report] = relationship(back_populates="secrets")
