"""Passkeys (WebAuthn): what a device is asked to sign, and whether it did. The library checks, we keep the rest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from zuofang.rules.sentences import say
from zuofang.storage.accounts.models import Account, Challenge, Passkey
from zuofang.storage.accounts.sessions import BY_PERSON, Guest, proved
from zuofang.storage.accounts.terms import CHALLENGE
from zuofang.storage.acts import Desk, Refused

CHALLENGE_BYTES = 32
NOT_GOOD = say("这把通行密钥没有通过验证，请再试一次。")


@dataclass(frozen=True, slots=True)
class Party:
    """Who asks the device: our name, host and origin, from the settings alone."""

    name: str
    host: str
    origin: str


def ask_to_add(desk: Desk, who: Guest, party: Party) -> str:
    """What a device is asked in order to make a passkey, as JSON."""
    known = desk.session.scalars(select(Passkey.credential).filter_by(account_id=who.account))
    options = generate_registration_options(
        rp_id=party.host, rp_name=party.name, user_name=who.name, user_display_name=who.person,
        user_id=f"zuofang {who.account}".encode(), challenge=_challenge(desk, who),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return options_to_json(options)


def add(desk: Desk, who: Guest, party: Party, answer: dict[str, Any], label: str) -> Passkey:
    """Enter the passkey that a device has made. Its opposite is :func:`remove`.

    Raises:
        Refused: the answer is not for us, not for this session, or was given before.
    """
    challenge = _spend(desk, who)
    try:
        made = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=party.host, expected_origin=party.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Refused(NOT_GOOD) from None
    if desk.session.scalars(select(Passkey).filter_by(credential=made.credential_id)).first():
        raise Refused(say("这把通行密钥已经登记。"))
    row = Passkey(
        account_id=who.account, credential=made.credential_id, public_key=made.credential_public_key,
        uses=made.sign_count, label=label, added_at=desk.now,
    )  # fmt: skip
    desk.session.add(row)
    desk.record("account.passkey", ("account", str(who.account)), BY_PERSON)
    return row


def label_of(sent: dict[str, Any]) -> str:
    """What a person calls the device, taken out of what it sent; the kind of thing it is where nothing was said."""
    told = "".join(sign for sign in str(sent.pop("label", "")) if sign.isprintable())  # no database keeps the others
    return told.strip()[:60] or str(say("通行密钥"))


def remove(desk: Desk, who: Guest, key: int) -> None:
    """Take one of one's own passkeys out, unless nothing else would prove the account.

    Raises:
        Refused: there is none of this number, or it is the last factor.
    """
    account = desk.session.get_one(Account, who.account)
    row = next((one for one in account.passkeys if one.id == key), None)
    if row is None:
        raise Refused(say("您没有这把通行密钥。"))
    if account.totp is None and len(account.passkeys) == 1:
        raise Refused(say("这是您唯一的第二道验证，先添上另一种再删。"))
    account.passkeys.remove(row)
    desk.session.delete(row)
    desk.record("account.passkey_removed", account, BY_PERSON)


def ask_to_prove(desk: Desk, who: Guest, party: Party) -> str:
    """What a device is asked in order to prove that its owner is here, as JSON."""
    known = desk.session.scalars(select(Passkey.credential).filter_by(account_id=who.account))
    options = generate_authentication_options(
        rp_id=party.host, challenge=_challenge(desk, who), user_verification=UserVerificationRequirement.REQUIRED,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )  # fmt: skip
    return options_to_json(options)


def prove(desk: Desk, who: Guest, party: Party, answer: dict[str, Any]) -> str:
    """Prove a session with a passkey; answers the secret that replaces the one of its cookie.

    Raises:
        Refused: the answer is not of a passkey of this account, or was given before.
    """
    challenge, row = _spend(desk, who), _asserted(desk, who, answer)
    try:
        found = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=party.host, expected_origin=party.origin,
            credential_public_key=row.public_key, credential_current_sign_count=row.uses,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise Refused(NOT_GOOD) from None
    row.uses = found.new_sign_count
    return proved(desk, who, "passkey")


def _asserted(desk: Desk, who: Guest, answer: dict[str, Any]) -> Passkey:
    try:
        credential = base64url_to_bytes(str(answer["rawId"]))
    except (ValueError, KeyError):
        raise Refused(NOT_GOOD) from None
    row = desk.session.scalars(select(Passkey).filter_by(credential=credential, account_id=who.account)).one_or_none()
    if row is None:
        raise Refused(NOT_GOOD)
    return row


def _challenge(desk: Desk, who: Guest) -> bytes:
    """A fresh challenge for this session; the ones it had before are forgotten."""
    old = (Challenge.session == who.digest) | (Challenge.at < desk.now - CHALLENGE)
    desk.session.execute(delete(Challenge).where(old))
    row = Challenge(challenge=secrets.token_bytes(CHALLENGE_BYTES), session=who.digest, at=desk.now)
    desk.session.add(row)
    return row.challenge


def _spend(desk: Desk, who: Guest) -> bytes:
    """The challenge of this session, which is worth nothing from now on."""
    statement = select(Challenge).where(Challenge.session == who.digest, Challenge.at >= desk.now - CHALLENGE)
    row = desk.session.scalars(statement.with_for_update()).one_or_none()
    if row is None:
        raise Refused(say("等得太久，或者这次验证已经用过。请再试一次。"))
    desk.session.delete(row)
    desk.session.flush()
    return row.challenge
