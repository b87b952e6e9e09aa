"""Form tokens: what stands in place of a session, because no page of ours sets a cookie.

A token is a random number, the second it was given out, and a keyed digest of both. It says that we made the form, and
when; as it is used up with the report itself, a form counts once. The server remembers nothing of a form until then.
Its number is also the challenge of the computed work, and the root of the keys under which finished uploads wait.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from zuofang.reporting.sealing import WillNotOpen, close, open_closed

NUMBER_BYTES, MINUTE_BYTES, MAC_BYTES = 16, 5, 16
TOKEN = re.compile(r"[A-Za-z0-9_-]{50}")
WORK = re.compile(r"[0-9]{1,15}")
LIFE = 4 * 3600
"""Seconds for which a form may stay open; a later one is given back with everything that was typed."""
RETRY = 3600
"""Seconds after its life in which a form that was received may still ask for the same receipt."""

PASSAGE_LIFE = 1800
"""Seconds for which a page that was opened with a receipt can act."""
LONGEST_PASSAGE = 300


@dataclass(frozen=True, slots=True)
class FormToken:
    """One form that we gave out."""

    number: bytes = field(repr=False)
    given: int
    """Second since 1970 at which it was made."""

    def text(self, key: bytes) -> str:
        """As it stands in the hidden field."""
        body = self.number + self.given.to_bytes(MINUTE_BYTES)
        return base64.urlsafe_b64encode(body + _mac(key, body)).decode().rstrip("=")

    def age(self, now: datetime) -> float:
        """Seconds since it was given out."""
        return now.timestamp() - self.given

    def is_expired(self, now: datetime) -> bool:
        """Whether it was open for too long."""
        return not -60 <= self.age(now) <= LIFE

    def digest(self, purpose: str) -> bytes:
        """What the database keeps of a form that was used for a purpose."""
        return hashlib.sha256(b"zuofang form 1\n" + purpose.encode() + b"\n" + self.number).digest()

    def file_key(self, ticket: bytes) -> bytes:
        """The key of one upload of this form; known to nobody who does not hold the form."""
        return HKDFExpand(SHA256(), 32, b"zuofang upload 1\n" + ticket).derive(hashlib.sha256(self.number).digest())


def new_form(now: datetime) -> FormToken:
    """A form for somebody who asks for one."""
    return FormToken(secrets.token_bytes(NUMBER_BYTES), int(now.timestamp()))


def read_form(key: bytes, text: str) -> FormToken | None:
    """The token of a form, whatever its age; none where we never gave it out."""
    if not TOKEN.fullmatch(text):
        return None
    try:
        packed = base64.urlsafe_b64decode(text + "==")
    except binascii.Error:
        return None
    body, mac = packed[:-MAC_BYTES], packed[-MAC_BYTES:]
    if (
        not hmac.compare_digest(_mac(key, body), mac)
        or FormToken(body[:NUMBER_BYTES], int.from_bytes(body[NUMBER_BYTES:])).text(key) != text
    ):
        return None
    return FormToken(body[:NUMBER_BYTES], int.from_bytes(body[NUMBER_BYTES:]))


def is_worked(token: str, answer: str, bits: int) -> bool:
    """Whether a number makes the SHA-256 of token and number begin with so many zero bits."""
    if not WORK.fullmatch(answer):
        return False
    digest = hashlib.sha256(f"{token}:{answer}".encode("ascii", "replace")).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, b"zuofang form token 1\n" + body, "sha256")[:MAC_BYTES]


def give_passage(key: bytes, receipt: str, now: datetime) -> str:
    """What stands in a page in place of a receipt that was shown once: it opens for us alone and not for long."""
    told = f"{int(now.timestamp()) + PASSAGE_LIFE} {receipt}".encode()
    return base64.urlsafe_b64encode(close(_passage_key(key), told, "passage")).decode()


def read_passage(key: bytes, text: str, now: datetime) -> str | None:
    """The receipt behind a passage; none where it is not ours or too old."""
    if len(text) > LONGEST_PASSAGE:
        return None
    try:
        told = open_closed(_passage_key(key), base64.urlsafe_b64decode(text.encode("ascii", "replace")), "passage")
    except (binascii.Error, WillNotOpen):
        return None
    until, _, receipt = told.decode().partition(" ")
    return receipt if now.timestamp() <= int(until) else None


def _passage_key(key: bytes) -> bytes:
    return HKDFExpand(SHA256(), 32, b"zuofang passage 1\n").derive(key)
