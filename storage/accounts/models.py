"""Accounts of the people at the desks, what they may do and where, how they prove it, and their sessions."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from zuofang.storage.base import Base, stored
from zuofang.storage.types import Digest, Id, Moment, Name, UtcDateTime


class Role(StrEnum):
    """检验室、加工区管理、作坊经营者、执法人员、审核人员、办案人员、身份保管、财务、编辑、管理员."""

    laboratory = "laboratory"
    zone_manager = "zone_manager"
    owner = "owner"
    officer = "officer"
    reviewer = "reviewer"
    case_officer = "case_officer"
    custodian = "custodian"
    finance = "finance"
    editor = "editor"
    administrator = "administrator"


class ScopeKind(StrEnum):
    """How far a grant reaches: the whole city, a district (by the beginning of its code), one zone, one workshop."""

    city = "city"
    district = "district"
    zone = "zone"
    workshop = "workshop"


class AccountState(StrEnum):
    """Invited and not come yet, at work, or shut."""

    invited = "invited"
    active = "active"
    shut = "shut"


class Account(Base):
    """One person at the desks. The journal calls them by ``name``, never by the name of the person."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("state <> 'active' OR password IS NOT NULL", name="secret"),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True, comment="what is typed at sign-in, in lower case")
    person: Mapped[Name] = mapped_column(String(200), comment="name of the person, inside only")
    state: Mapped[AccountState] = mapped_column(stored(AccountState))
    password: Mapped[str | None] = mapped_column(String(200), comment="Argon2id, with its salt and cost")
    totp: Mapped[bytes | None] = mapped_column(LargeBinary(80), comment="seed of the code generator, sealed")
    totp_step: Mapped[int] = mapped_column(default=0, comment="last half-minute whose code was accepted")
    created_at: Mapped[Moment]

    grants: Mapped[list[Grant]] = relationship(back_populates="account", order_by="Grant.id")
    passkeys: Mapped[list[Passkey]] = relationship(back_populates="account", order_by="Passkey.id")


class Grant(Base):
    """One role of one account in one place."""

    __tablename__ = "account_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope_kind", "scope_key"),)

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(stored(Role))
    scope_kind: Mapped[ScopeKind] = mapped_column(stored(ScopeKind))
    scope_key: Mapped[str] = mapped_column(
        String(20), default="", comment="beginning of the district's code, or number of the zone or workshop"
    )

    account: Mapped[Account] = relationship(back_populates="grants")


class Passkey(Base):
    """A passkey (WebAuthn credential) of an account; its private half never leaves the person's device."""

    __tablename__ = "account_passkey"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2000))
    uses: Mapped[int] = mapped_column(comment="counter of the device at its last use")
    label: Mapped[str] = mapped_column(String(60), comment="what the person calls the device")
    added_at: Mapped[Moment]

    account: Mapped[Account] = relationship(back_populates="passkeys")


class RecoveryCode(Base):
    """A code for the day on which the phone is lost; struck out when used."""

    __tablename__ = "account_recovery_code"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, comment="keyed digest of the code")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)


class Invitation(Base):
    """A link by which a person takes up an account, or sets its password anew; good once and for a while."""

    __tablename__ = "account_invitation"

    digest: Mapped[Digest] = mapped_column(primary_key=True, comment="digest of the secret in the link")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    ends_at: Mapped[Moment]


class SignIn(Base):
    """A session at the desks. It is read at every request, so that it ends everywhere when its row is gone."""

    __tablename__ = "account_session"

    digest: Mapped[Digest] = mapped_column(primary_key=True, comment="digest of the secret in the cookie")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    started_at: Mapped[Moment]
    seen_at: Mapped[Moment] = mapped_column(comment="last request, to the minute")
    proved_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime(), comment="last second factor; empty while only the password was given"
    )
    by_passkey: Mapped[bool] = mapped_column(default=False, comment="whether a passkey was that factor")

    account: Mapped[Account] = relationship()


class Attempt(Base):
    """A try that has not succeeded, counted for a while under digests that name nobody without the key."""

    __tablename__ = "account_attempt"
    __table_args__ = (Index("ix_account_attempt_bucket_at", "bucket", "at"),)

    id: Mapped[Id]
    bucket: Mapped[Digest] = mapped_column(comment="keyed digest of what is being tried and from where")
    at: Mapped[Moment]


class Challenge(Base):
    """A random challenge given to a passkey; answered once, or forgotten."""

    __tablename__ = "account_challenge"

    challenge: Mapped[Digest] = mapped_column(primary_key=True)
    session: Mapped[Digest] = mapped_column(comment="digest of the session that asked")
    at: Mapped[Moment]


class SpentForm(Base):
    """The number of a form whose act was done, so that sending it again does nothing."""

    __tablename__ = "spent_form"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    at: Mapped[Moment]
