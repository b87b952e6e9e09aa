"""The tables of cases: steps with their days, keyed digests that recognise a person, rewards and their payment.

No column says who somebody is or what they wrote, and none keeps a moment: days are all there is, so that nobody can
lay these tables beside another log. No table of what is public points here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.reporting.law.matters import NoticeKind, Origin, ReportKind, Standing, StopCause, What
from zuofang.storage.base import Base, stored
from zuofang.storage.types import Amount, Digest, Id, Name


class MarkField(StrEnum):
    """By what a person is recognised: 证件号码、电话、姓名与地址、地址."""

    identity_number = "identity_number"
    phone = "phone"
    name_and_address = "name_and_address"
    address = "address"


class AskKind(StrEnum):
    """批准一步、代为告知、比对来件人、调解所需的联系方式: what a case officer asks of somebody else."""

    approval = "approval"
    notice = "notice"
    recognition = "recognition"
    mediation = "mediation"


class ReportCase(Base):
    """One complaint or one report at the desks; its number is random and tells nothing."""

    __tablename__ = "report_case"
    __table_args__ = (
        UniqueConstraint("report_id", "kind"),
        CheckConstraint("joined_id IS NULL OR joined_id <> id", name="not_joined_to_itself"),
    )

    id: Mapped[Id]
    number: Mapped[str] = mapped_column(String(9), unique=True, comment="办理编号, random")
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"))
    kind: Mapped[ReportKind] = mapped_column(stored(ReportKind))
    origin: Mapped[Origin] = mapped_column(stored(Origin))
    standing: Mapped[Standing] = mapped_column(stored(Standing))
    received_on: Mapped[date] = mapped_column(index=True, comment="day from which its first term is counted")
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True, comment="who it is about")
    place: Mapped[str] = mapped_column(String(6), comment="division code of the place of the act")
    food: Mapped[bool] = mapped_column(comment="it concerns food (食品安全法 第一百一十五条)")
    unlicensed: Mapped[bool] = mapped_column(comment="无证无照经营 (无证无照经营查处办法 第九条)")
    small: Mapped[bool] = mapped_column(comment="about one of the small kinds that a province has its own rule for")
    platform_number: Mapped[str | None] = mapped_column(
        String(40), unique=True, comment="number on the national 12315 platform"
    )
    joined_id: Mapped[int | None] = mapped_column(ForeignKey("report_case.id"), comment="the case that it is part of")
    outcome: Mapped[str | None] = mapped_column(Text, comment="what was decided, as JSON, for the reward alone")
    finished: Mapped[bool] = mapped_column(index=True, comment="copy: nothing more is to be done")

    steps: Mapped[list[ReportStep]] = relationship(back_populates="case", order_by="ReportStep.id")
    marks: Mapped[list[ReportMark]] = relationship(back_populates="case", order_by="ReportMark.id")
    reward: Mapped[ReportReward | None] = relationship(back_populates="case")
    asks: Mapped[list[ReportAsk]] = relationship(back_populates="case", order_by="ReportAsk.id")


class ReportStep(Base):
    """One thing that happened to a case on a day; a step taken back stays, marked."""

    __tablename__ = "report_step"
    __table_args__ = (CheckConstraint("approved_by IS NULL OR approved_by <> done_by", name="four_eyes"),)

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("report_case.id"), index=True)
    what: Mapped[What] = mapped_column(stored(What))
    on: Mapped[date]
    cause: Mapped[StopCause | None] = mapped_column(stored(StopCause), comment="why days stop counting")
    until: Mapped[date | None] = mapped_column(comment="day fixed by a collective discussion")
    notice: Mapped[NoticeKind | None] = mapped_column(stored(NoticeKind), comment="what was told")
    detail: Mapped[Name] = mapped_column(String(200), comment="ground, officer or receiving authority")
    done_by: Mapped[str] = mapped_column(String(100))
    approved_by: Mapped[str | None] = mapped_column(String(100), comment="head of the bureau who approved it")
    undone: Mapped[bool] = mapped_column(comment="taken back")

    case: Mapped[ReportCase] = relationship(back_populates="steps")


class ReportMark(Base):
    """A keyed digest of something a person gave under seal: equal for equal persons, useless without the key."""

    __tablename__ = "report_mark"
    __table_args__ = (UniqueConstraint("case_id", "field"),)

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("report_case.id"))
    field: Mapped[MarkField] = mapped_column(stored(MarkField))
    digest: Mapped[Digest] = mapped_column(
        LargeBinary(32), index=True, comment="HMAC-SHA-256 under a key that only custodians hold"
    )

    case: Mapped[ReportCase] = relationship(back_populates="marks")


class ReportAsk(Base):
    """What the officer of a case asks of another person: to approve a step, or, of the custodian, to reach the sender.

    What the custodian may hand over for a mediation stands here under the seal of the report and nowhere else.
    """

    __tablename__ = "report_ask"
    __table_args__ = (
        CheckConstraint("answered_by IS NULL OR answered_by <> asked_by", name="four_eyes"),
        CheckConstraint("(answered_by IS NULL) = (answered_on IS NULL)", name="answer"),
        CheckConstraint("(answered_by IS NULL) = (granted IS NULL)", name="granted"),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("report_case.id"), index=True)
    kind: Mapped[AskKind] = mapped_column(stored(AskKind), index=True)
    what: Mapped[What | None] = mapped_column(stored(What), comment="the step that is to be approved")
    until: Mapped[date | None] = mapped_column(comment="day fixed by a collective discussion")
    detail: Mapped[Name] = mapped_column(String(200), comment="receiving authority of a hand-over")
    notice: Mapped[NoticeKind | None] = mapped_column(stored(NoticeKind), comment="what the sender is to be told")
    asked_by: Mapped[str] = mapped_column(String(100))
    asked_on: Mapped[date]
    why: Mapped[str] = mapped_column(String(1000), comment="reason, without personal data")
    answered_by: Mapped[str | None] = mapped_column(String(100))
    answered_on: Mapped[date | None]
    granted: Mapped[bool | None] = mapped_column(comment="whether it was done; empty while it waits")
    answer: Mapped[str] = mapped_column(String(1000), comment="words of whoever answered, without personal data")
    sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="how to reach the complainant for a mediation, sealed to the key of the report"
    )

    case: Mapped[ReportCase] = relationship(back_populates="asks")


class ReportReward(Base):
    """What is to be paid for a report: proposed by one person, approved by another."""

    __tablename__ = "report_reward"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> proposed_by", name="four_eyes"),
        CheckConstraint("(approved_by IS NULL) = (approved_on IS NULL)", name="approval"),
        CheckConstraint("claimed_on IS NULL OR told_on IS NOT NULL", name="told_before_claimed"),
    )

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("report_case.id"), unique=True)
    facts: Mapped[str] = mapped_column(Text, comment="what bears on it, as JSON; never who it is")
    amount: Mapped[Decimal] = mapped_column(Amount(), comment="yuan, as computed under the text of the report's day")
    grade: Mapped[int]
    proposed_by: Mapped[str] = mapped_column(String(100))
    proposed_on: Mapped[date]
    approved_by: Mapped[str | None] = mapped_column(String(100))
    approved_on: Mapped[date | None]
    told_on: Mapped[date | None] = mapped_column(comment="day on which the decision was told; the claim runs from it")
    longer: Mapped[int] = mapped_column(comment="working days by which the claim was extended")
    claimed_on: Mapped[date | None]
    given_up_on: Mapped[date | None] = mapped_column(comment="the last day to claim it had passed")

    case: Mapped[ReportCase] = relationship(back_populates="reward")
    payment: Mapped[RewardPayment | None] = relationship(back_populates="reward")


class RewardPayment(Base):
    """The payment of a reward; there can be no second row for one reward, whoever tries at the same moment."""

    __tablename__ = "reward_payment"

    reward_id: Mapped[int] = mapped_column(ForeignKey("report_reward.id"), primary_key=True, autoincrement=False)
    paid_on: Mapped[date] = mapped_column(index=True)
    paid_by: Mapped[str] = mapped_column(String(100))
    amount: Mapped[Decimal] = mapped_column(Amount(), comment="yuan")

    reward: Mapped[ReportReward] = relationship(back_populates="payment")
