"""Signed acknowledgements: proof that something was handed in, which by itself tells neither when nor what.

What is signed is a commitment to time and content. Who holds the acknowledgement can show it to anybody; who also
shows its opening (time, digest of the content, a random number) proves these too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DOMAIN = b"zuofang acknowledgement 1\n"
COMMITMENT, SIGNATURE, BLIND = 32, 64, 16
NAME_LENGTH = 8
SPACE = re.compile(r"\s+")
WHOLE = re.compile(r"ZF1\.([0-9a-f]{8})\.([A-Za-z0-9_-]{128})")


@dataclass(frozen=True, slots=True)
class Opening:
    """What proves time and content: the minute (UTC), the SHA-256 of the content, and the number that hides both."""

    minute: datetime
    content: bytes
    blind: bytes

    @property
    def commitment(self) -> bytes:
        """The 32 bytes that are signed."""
        told = f"{self.minute.astimezone(UTC):%Y-%m-%dT%H:%MZ}\n".encode()
        return hashlib.sha256(DOMAIN + told + self.content + self.blind).digest()


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A commitment and its signature."""

    key: str
    commitment: bytes
    signature: bytes

    @property
    def text(self) -> str:
        """As it is printed: ``ZF1.key.…``, 141 characters."""
        packed = base64.urlsafe_b64encode(self.commitment + self.signature).decode()
        return f"ZF1.{self.key}.{packed}"


def opening(at: datetime, content: bytes) -> Opening:
    """A new opening for a content handed in at a moment."""
    minute = at.astimezone(UTC).replace(second=0, microsecond=0)
    return Opening(minute, hashlib.sha256(content).digest(), secrets.token_bytes(BLIND))


def sign(key: Ed25519PrivateKey, commitment: bytes) -> Acknowledgement:
    """Acknowledge a commitment."""
    name = key_name(key.public_key().public_bytes_raw())
    return Acknowledgement(name, commitment, key.sign(DOMAIN + commitment))


def read(text: str) -> Acknowledgement | None:
    """An acknowledgement as it was copied, with the line breaks a printer put in; none where it is not one."""
    found = WHOLE.fullmatch(SPACE.sub("", text)) if len(text) < 1000 else None
    if found is None:
        return None
    try:
        packed = base64.urlsafe_b64decode(found[2])
    except binascii.Error:
        return None
    return Acknowledgement(found[1], packed[:COMMITMENT], packed[COMMITMENT:])


def is_genuine(acknowledgement: Acknowledgement, publics: list[bytes]) -> bool:
    """Whether one of our keys signed it."""
    for public in publics:
        if key_name(public) == acknowledgement.key:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(
                    acknowledgement.signature, DOMAIN + acknowledgement.commitment
                )
            except InvalidSignature:
                continue
            return True
    return False


def key_name(public: bytes) -> str:
    """The short name of a signing key."""
    return hashlib.sha256(public).hexdigest()[:NAME_LENGTH]
