"""Acts on accounts: opening, inviting, granting and taking back, shutting; and what people do with their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import delete, select

from zuofang.rules.sentences import say
from zuofang.storage.accounts import factors, passwords
from zuofang.storage.accounts.models import (
    Account,
    AccountState,
    Grant,
    Invitation,
    Passkey,
    RecoveryCode,
    Role,
    ScopeKind,
    SignIn,
)
from zuofang.storage.accounts.terms import INVITATION
from zuofang.storage.acts import Desk, Refused

NAME = re.compile(r"[a-z][a-z0-9.-]{1,39}")
PLACES = {
    Role.laboratory: {ScopeKind.zone},
    Role.zone_manager: {ScopeKind.zone},
    Role.owner: {ScopeKind.workshop},
    Role.officer: {ScopeKind.city, ScopeKind.district},
    Role.reviewer: {ScopeKind.city, ScopeKind.district},
    Role.case_officer: {ScopeKind.city, ScopeKind.district},
}
"""How far a role may be granted; every other role is for the whole city."""
SEALED = frozenset({Role.case_officer, Role.custodian, Role.finance})
"""Roles of which one person holds at most one: what was reported, by whom, and where the money goes are known apart.
The database refuses a second one too."""


def open_account(desk: Desk, name: str, person: str, why: str) -> Account:
    """Open an account that nobody has taken up yet.

    Raises:
        Refused: the name is not one, or is taken.
    """
    if NAME.fullmatch(name) is None:
        raise Refused(say("登录名用小写字母开头，只含小写字母、数字、点和短横，2 到 40 个字符。"))
    if desk.session.scalars(select(Account).filter_by(name=name)).first():
        raise Refused(say("登录名 %(name)s 已经有人使用。", name=name))
    account = Account(name=name, person=person, state=AccountState.invited, created_at=desk.now)
    desk.session.add(account)
    desk.record("account.open", account, why, name=name)
    return account


def invite(desk: Desk, account: Account, why: str) -> str:
    """Make the link by which a person takes the account up or sets everything anew; answers its secret.

    Links made before are void. What the person had until then (password, factors, sessions) stays until it is used.

    Raises:
        Refused: the account is shut.
    """
    if account.state is AccountState.shut:
        raise Refused(say("账号 %(name)s 已停用。", name=account.name))
    secret = factors.new_secret()
    desk.session.execute(delete(Invitation).filter_by(account_id=account.id))
    desk.session.add(Invitation(digest=factors.digest(secret), account_id=account.id, ends_at=desk.now + INVITATION))
    desk.record("account.invite", account, why)
    return secret


def invited(desk: Desk, secret: str) -> Account:
    """The account a link is for.

    Raises:
        Refused: the link is used, void or too old.
    """
    void = say("这个邀请链接已经用过或者过期，请向管理员再要一个。")
    found = desk.session.get(Invitation, factors.digest(secret), with_for_update=True)
    if found is None or found.ends_at <= desk.now:
        raise Refused(void)
    account = desk.session.get_one(Account, found.account_id, with_for_update=True)
    if account.state is AccountState.shut:
        raise Refused(void)
    return account


def take_up(desk: Desk, secret: str, password: str, kept: str, why: str) -> Account:
    """Take an account up with a password; ``kept`` is its digest. Older factors, codes and sessions are void.

    Raises:
        Refused: the link is not good, or the password is too easy.
    """
    account = invited(desk, secret)
    passwords.check(password, (account.name, account.person))
    desk.session.execute(delete(Invitation).filter_by(account_id=account.id))
    for kind in (Passkey, RecoveryCode):
        desk.session.execute(delete(kind).filter_by(account_id=account.id))
    end_sessions(desk, account)
    account.password, account.totp, account.totp_step = kept, None, 0
    account.state = AccountState.active
    desk.record("account.take_up", account, why)
    return account


def change_password(desk: Desk, account: Account, password: str, kept: str, keep: bytes, why: str) -> None:
    """Change one's own password; every session but ``keep`` ends.

    Raises:
        Refused: the password is too easy.
    """
    passwords.check(password, (account.name, account.person))
    account.password = kept
    end_sessions(desk, account, keep=keep)
    desk.record("account.password", account, why)


def set_generator(desk: Desk, account: Account, generator: factors.Generator, typed: str, why: str) -> None:
    """Set the code generator, proved by a code it makes now.

    Raises:
        Refused: the code is not one of this moment.
    """
    step = generator.step(typed, desk.now, 0)
    if step is None:
        raise Refused(say("验证码不对。请看应用里现在显示的六位数字；手机的时间要准。"))
    account.totp, account.totp_step = factors.seal(desk.keys, account.id, generator), step
    desk.record("account.generator", account, why)


def new_recovery_codes(desk: Desk, account: Account, why: str) -> list[str]:
    """Make recovery codes; the ones made before are void."""
    made = [factors.new_recovery_code() for _ in range(factors.RECOVERY_CODES)]
    desk.session.execute(delete(RecoveryCode).filter_by(account_id=account.id))
    desk.session.add_all(
        RecoveryCode(digest=factors.recovery_digest(desk.keys, account.id, code), account_id=account.id)
        for code in made
    )
    desk.record("account.recovery_codes", account, why, count=len(made))
    return made


def grant(desk: Desk, account: Account, role: Role, kind: ScopeKind, key: str, why: str) -> Grant:
    """Grant a role in a place. Its opposite is :func:`take_away`.

    Raises:
        Refused: the role is not granted for such a place, is held already, or must not be held beside another.
    """
    if kind not in PLACES.get(role, {ScopeKind.city}) or bool(key) == (kind is ScopeKind.city):
        raise Refused(say("这个角色不能授予这样的范围。"))
    held = {one.role for one in account.grants}
    if role in SEALED and held & (SEALED - {role}):
        raise Refused(
            say("办案、身份保管和财务，一个人只能担任一个：谁都不能既知道举报了什么，又知道是谁、钱付到哪里。")
        )
    if any((one.role, one.scope_kind, one.scope_key) == (role, kind, key) for one in account.grants):
        raise Refused(say("账号已有这个角色。"))
    row = Grant(account=account, role=role, scope_kind=kind, scope_key=key)
    desk.session.add(row)
    desk.record("account.grant", account, why, role=role, scope_kind=kind, scope_key=key)
    return row


def take_away(desk: Desk, row: Grant, why: str) -> None:
    """Take a role back; it counts no more from the next request on."""
    account = row.account
    _keep_an_administrator(desk, account, row)
    account.grants.remove(row)
    desk.session.delete(row)
    desk.record("account.take_away", account, why, role=row.role, scope_kind=row.scope_kind, scope_key=row.scope_key)


def shut(desk: Desk, account: Account, why: str) -> None:
    """Shut an account; its sessions end at once. Its opposite is :func:`reopen`."""
    if account.state is AccountState.shut:
        raise Refused(say("账号 %(name)s 已停用。", name=account.name))
    _keep_an_administrator(desk, account, None)
    account.state = AccountState.shut
    end_sessions(desk, account)
    desk.record("account.shut", account, why)


def reopen(desk: Desk, account: Account, why: str) -> None:
    """Let a shut account be used again."""
    if account.state is not AccountState.shut:
        raise Refused(say("账号 %(name)s 没有停用。", name=account.name))
    account.state = AccountState.active if account.password else AccountState.invited
    desk.record("account.reopen", account, why)


def end_sessions(desk: Desk, account: Account, keep: bytes = b"") -> None:
    """End every session of an account but one; the act around it is what is recorded."""
    desk.session.execute(delete(SignIn).where(SignIn.account_id == account.id, SignIn.digest != keep))


def _keep_an_administrator(desk: Desk, account: Account, taken: Grant | None) -> None:
    """Refuse to take away the last administrator: nobody could let anybody in again."""
    theirs: Iterable[Grant] = account.grants if taken is None else [taken]
    if not any(one.role is Role.administrator for one in theirs):
        return
    others = (
        select(Grant.id)
        .join(Account)
        .where(Grant.role == Role.administrator, Account.state != AccountState.shut, Account.id != account.id)
    )
    if desk.session.scalars(others).first() is None:
        raise Refused(say("这是最后一个管理员，不能停用，也不能收回角色。"))
