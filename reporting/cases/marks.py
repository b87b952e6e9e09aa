"""Keyed digests of what a person gave under seal, made by the custodian: equal for equal persons, else useless.

A plain digest of an identity number or a telephone would be no secret, because all of them can be tried.
"""

from __future__ import annotations

import hmac
import unicodedata

from zuofang.reporting.cases.models import MarkField
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import Role
from zuofang.reporting.sealing import WillNotOpen

DOMAIN = b"zuofang report mark 1\n"
CHINA_PREFIX = "86"
MOBILE_DIGITS = 11


def mark_key(custodian: RoleKeys) -> bytes:
    """The key of the digests, drawn from the first key of the custodians, so that a rotation does not change it.

    Raises:
        WillNotOpen: the keys are another role's.
    """
    if custodian.role is not Role.identity:
        raise WillNotOpen("only custodians of identities make the digests that recognise a person")
    first = next(iter(custodian.keys.values()))
    return hmac.digest(first.seed, DOMAIN, "sha256")


def marks(key: bytes, person: dict[str, str]) -> dict[MarkField, bytes]:
    """The digests of one person: ``name``, ``phone``, ``address`` and ``identity`` as they were given under seal."""
    address = _plain(person.get("address", ""))
    told = {
        MarkField.identity_number: _plain(person.get("identity", "")).upper(),
        MarkField.phone: _phone(person.get("phone", "")),
        MarkField.address: address,
        MarkField.name_and_address: f"{_plain(person.get('name', ''))}\n{address}" if address else "",
    }
    return {field: _digest(key, field, value) for field, value in told.items() if value}


def _digest(key: bytes, field: MarkField, value: str) -> bytes:
    return hmac.digest(key, DOMAIN + field.value.encode() + b"\n" + value.encode(), "sha256")


def _plain(text: str) -> str:
    """The text without what people write differently: widths, spaces, signs between."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if sign.isalnum())


def _phone(text: str) -> str:
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isdigit())
    longer = len(digits) > MOBILE_DIGITS and digits.startswith(CHINA_PREFIX)
    return digits[len(CHINA_PREFIX) :] if longer else digits
