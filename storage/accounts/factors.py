"""Secrets that are shown once or typed from a device: one-time codes (TOTP, RFC 6238), recovery codes, link secrets."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from zuofang.storage.keys import Keys

SEED_BYTES = 20
DIGITS, STEP = 6, 30
"""What every authenticator app makes: six digits, anew each half-minute."""
SLACK = (0, -1, 1)
"""Half-minutes by which a phone's clock may differ."""
NONCE = 12
RECOVERY_CODES = 8
Unsealable = InvalidTag
"""What was sealed was tampered with, or belongs to another account."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Generator:
    """The code generator of one account."""

    seed: bytes

    @property
    def typed(self) -> str:
        """The seed as it is typed into an app, in groups of four."""
        text = base64.b32encode(self.seed).decode()
        return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))

    def address(self, account: str, site: str) -> str:
        """The address that an app reads from a QR code."""
        secret = base64.b32encode(self.seed).decode()
        return f"otpauth://totp/{quote(site)}:{quote(account)}?secret={secret}&issuer={quote(site)}"

    def code(self, at: datetime) -> str:
        """The code of this moment."""
        return self._code(step_of(at))

    def step(self, typed: str, at: datetime, after: int) -> int | None:
        """The half-minute whose code was typed, if it is about now and later than the last one accepted."""
        digits = re.sub(r"\s", "", typed)
        if re.fullmatch(r"[0-9]{6}", digits) is None:
            return None
        steps = (step_of(at) + slack for slack in SLACK)
        return next((step for step in steps if step > after and hmac.compare_digest(self._code(step), digits)), None)

    def _code(self, step: int) -> str:
        return TOTP(self.seed, DIGITS, SHA1(), STEP).generate(step * STEP).decode()  # noqa: S303 - RFC 6238's own


def step_of(at: datetime) -> int:
    """The half-minute of a moment, counted from 1970."""
    return int(at.timestamp()) // STEP


def new_generator() -> Generator:
    """A generator with a fresh seed of 160 bits."""
    return Generator(secrets.token_bytes(SEED_BYTES))


def seal(keys: Keys, account: int, generator: Generator) -> bytes:
    """The seed as it is kept: sealed with a key outside the database, and to this account."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_sealing(keys)).encrypt(nonce, generator.seed, _place(account))


def unseal(keys: Keys, account: int, kept: bytes) -> Generator:
    """The generator that was sealed for this account."""
    return Generator(AESGCM(_sealing(keys)).decrypt(kept[:NONCE], kept[NONCE:], _place(account)))


def _sealing(keys: Keys) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"zuofang totp 1").derive(keys.identity)


def _place(account: int) -> bytes:
    return f"account.totp {account}".encode()


def new_recovery_code() -> str:
    """A recovery code of 80 bits, in groups that can be read aloud."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(4 * _GROUP))
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def recovery_digest(keys: Keys, account: int, typed: str) -> bytes:
    """The keyed digest of a recovery code, however it was typed."""
    plain = re.sub(r"[\s-]", "", typed).upper().translate(str.maketrans("OIL", "011"))
    return keyed(keys, f"recovery {account} {plain}")


def keyed(keys: Keys, text: str) -> bytes:
    """A digest that is useless to whoever has the database without the keys."""
    return hmac.digest(keys.identity, b"zuofang accounts 1\n" + text.encode(), "sha256")


def new_secret() -> str:
    """A secret of 256 bits for a cookie or a link."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is kept of a secret of 256 bits."""
    return hashlib.sha256(secret.encode()).digest()
