"""Sessions: a password begins one, a second factor opens it, and it ends everywhere the moment its row is gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from zuofang.rules.sentences import say
from zuofang.storage.accounts import factors, passwords, throttle
from zuofang.storage.accounts.models import (
    Account,
    AccountState,
    Grant,
    Passkey,
    RecoveryCode,
    Role,
    ScopeKind,
    SignIn,
)
from zuofang.storage.accounts.terms import FRESH, FRESH_FORM, HALF_WAY, IDLE, LONGEST_SESSION, NOTED_EVERY
from zuofang.storage.acts import Desk, Office, Refused

WRONG = say("登录名或密码不对。")
BY_PERSON = "本人"


@dataclass(frozen=True, slots=True)
class Held:
    """A role held in a place."""

    role: Role
    kind: ScopeKind
    key: str


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is asking: the account of a session, what it may do, and when it last proved itself."""

    digest: bytes
    account: int
    name: str
    person: str
    held: tuple[Held, ...]
    started_at: datetime
    seen_at: datetime
    proved_at: datetime | None
    by_passkey: bool
    has_totp: bool
    passkeys: int
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(one.role for one in self.held))

    @property
    def has_second(self) -> bool:
        """Whether the account has any second factor yet."""
        return self.has_totp or self.passkeys > 0

    def fresh(self, now: datetime, *, sending: bool) -> bool:
        """Whether the last second factor is recent enough for an act that matters."""
        return self.proved_at is not None and now - self.proved_at < (FRESH_FORM if sending else FRESH)


_GUEST = (
    select(
        SignIn.digest, Account.id, Account.name, Account.person, SignIn.started_at, SignIn.seen_at, SignIn.proved_at,
        SignIn.by_passkey, Account.totp.is_not(None).label("has_totp"), Grant.role, Grant.scope_kind, Grant.scope_key,
        select(Passkey.id).where(Passkey.account_id == Account.id).exists().label("passkeys"),
    )
    .join(Account, Account.id == SignIn.account_id)
    .outerjoin(Grant, Grant.account_id == Account.id)
    .where(Account.state == AccountState.active, SignIn.digest == bindparam("digest"))
)  # fmt: skip


def guest(connection: Connection, secret: str, now: datetime) -> Guest | None:
    """Who holds this cookie, in one statement; nobody where the session ended, here or on another worker."""
    rows = connection.execute(_GUEST, {"digest": factors.digest(secret)}).all()
    if not rows or _over(rows[0].started_at, rows[0].seen_at, rows[0].proved_at, now):
        return None
    one = rows[0]
    held = tuple(Held(row.role, row.scope_kind, row.scope_key) for row in rows if row.role is not None)
    return Guest(
        one.digest, one.id, one.name, one.person, held, one.started_at, one.seen_at, one.proved_at, one.by_passkey,
        one.has_totp, int(one.passkeys),
    )  # fmt: skip


def _over(started_at: datetime, seen_at: datetime, proved_at: datetime | None, now: datetime) -> bool:
    half_way = proved_at is None and now - started_at > HALF_WAY
    return half_way or now - started_at > LONGEST_SESSION or now - seen_at > IDLE


def note_seen(office: Office, who: Guest) -> None:
    """Note that a session is in use, at most once a minute."""
    if office.clock() - who.seen_at < NOTED_EVERY:
        return
    with office.writing(who.name) as desk:
        row = desk.session.get(SignIn, who.digest)
        if row is not None:  # one that ended meanwhile does not come back
            row.seen_at = desk.now


def begin(office: Office, name: str, password: str, address: str, browser: str | None) -> str:
    """Begin a session with a password; answers the secret of its cookie. It opens nothing before a second factor.

    Raises:
        Refused: name or password are wrong, or too much was tried.
    """
    name = name.strip().lower()
    with office.writing(name) as desk:
        tries = throttle.count(desk, throttle.password_buckets(desk, name, address, browser))
        account = desk.session.scalars(select(Account).filter_by(name=name)).one_or_none()
        kept = account.password if account and account.state is AccountState.active else None
    if not passwords.matches(kept, password):
        raise Refused(WRONG)
    with office.writing(name) as desk:
        account = desk.session.scalars(select(Account).filter_by(name=name)).one()
        if account.password != kept or account.state is not AccountState.active:
            raise Refused(WRONG)  # changed while we compared
        throttle.take_back(desk, tries)
        return start(desk, account)


def start(desk: Desk, account: Account) -> str:
    """Begin a session of an account whose password was right."""
    secret = factors.new_secret()
    desk.session.execute(delete(SignIn).where(SignIn.seen_at < desk.now - LONGEST_SESSION))
    desk.session.add(
        SignIn(digest=factors.digest(secret), account_id=account.id, started_at=desk.now, seen_at=desk.now)
    )
    return secret


def prove_by_code(office: Office, who: Guest, typed: str) -> str:
    """Prove a session with a code of the generator or a recovery code; answers the secret that replaces its cookie's.

    A code is good once: its half-minute is noted, or the recovery code struck out, in the transaction that accepts it.

    Raises:
        Refused: the code is wrong or used, or too much was tried.
    """
    with office.writing(who.name) as desk:
        tries = throttle.count(desk, throttle.second_buckets(desk, who.account))
    with office.writing(who.name) as desk:
        account = desk.session.get_one(Account, who.account, with_for_update=True)
        step = _step(desk, account, typed)
        if step is not None:
            account.totp_step = step
        elif not _strike_out(desk, account, typed):
            raise Refused(say("验证码不对，或者已经用过。请等应用里换出下一个再输。"))
        throttle.take_back(desk, tries)
        return proved(desk, who, "code" if step is not None else "recovery code")


def _step(desk: Desk, account: Account, typed: str) -> int | None:
    if account.totp is None:
        return None
    return factors.unseal(desk.keys, account.id, account.totp).step(typed, desk.now, account.totp_step)


def _strike_out(desk: Desk, account: Account, typed: str) -> bool:
    row = desk.session.get(RecoveryCode, factors.recovery_digest(desk.keys, account.id, typed))
    if row is None:
        return False
    desk.session.delete(row)
    desk.record("account.recovery_used", account, BY_PERSON)
    return True


def proved(desk: Desk, who: Guest, factor: str) -> str:
    """Note that a second factor was right, and change the secret of the session, so that an older one is worth nothing.

    Raises:
        Refused: the session ended meanwhile.
    """
    row = desk.session.get(SignIn, who.digest, with_for_update=True)
    if row is None:
        raise Refused(say("登录已经结束，请重新登录。"))
    secret = factors.new_secret()
    desk.session.delete(row)
    opened = SignIn(
        digest=factors.digest(secret), account_id=who.account, started_at=row.started_at, seen_at=desk.now,
        proved_at=desk.now, by_passkey=factor == "passkey",
    )  # fmt: skip
    desk.session.add(opened)
    act = "account.sign_in" if who.proved_at is None else "account.prove"
    desk.record(act, ("account", str(who.account)), BY_PERSON, factor=factor)
    return secret


def sign_out(office: Office, who: Guest) -> None:
    """End this session."""
    with office.writing(who.name) as desk:
        desk.session.execute(delete(SignIn).filter_by(digest=who.digest))
        desk.record("account.sign_out", ("account", str(who.account)), BY_PERSON)
