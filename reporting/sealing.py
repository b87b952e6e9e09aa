"""Sealing: what one key closes only its other half opens, and only in the place it was closed for.

HPKE (RFC 9180) with the hybrid of ML-KEM-768 and X25519, so that what is copied today stays shut to the computers of
tomorrow. The context of a seal names report and purpose; a seal that was moved to another row does not open.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
VERSION = b"\x01"
"""First byte of every seal, so that a later suite can be told from this one."""
MLKEM_SEED, MLKEM_PUBLIC = 64, 1184
SEED_BYTES = MLKEM_SEED + 32
PUBLIC_BYTES = MLKEM_PUBLIC + 32
NONCE_BYTES = 12


class WillNotOpen(Exception):
    """A seal that this key does not open, or that was damaged or moved."""


@dataclass(frozen=True)
class OpeningKey:
    """The private half of a key pair: a seed of 96 bytes from which both of its parts are made."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> OpeningKey:
        """A new key."""
        return cls(secrets.token_bytes(SEED_BYTES))

    @cached_property
    def _parts(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        lattice, curve = self.seed[:MLKEM_SEED], self.seed[MLKEM_SEED:]
        return MLKEM768PrivateKey.from_seed_bytes(lattice), X25519PrivateKey.from_private_bytes(curve)

    @cached_property
    def public(self) -> bytes:
        """The public half, 1,216 bytes."""
        lattice, curve = self._parts
        return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, sealed: bytes, context: str) -> bytes:
        """What was sealed to this key for this context.

        Raises:
            WillNotOpen: it was sealed to another key or for another context, or is damaged.
        """
        if not sealed.startswith(VERSION):
            raise WillNotOpen("a seal of an unknown version")
        try:
            return SUITE.decrypt(sealed[1:], MLKEM768X25519PrivateKey(*self._parts), info=_info(context))
        except InvalidTag:
            raise WillNotOpen(context) from None


def seal(public: bytes, content: bytes, context: str) -> bytes:
    """Seal to a public key for one context; costs 1,137 bytes."""
    lattice, curve = public[:MLKEM_PUBLIC], public[MLKEM_PUBLIC:]
    key = MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(lattice), X25519PublicKey.from_public_bytes(curve)
    )
    return VERSION + SUITE.encrypt(content, key, info=_info(context))


def name_of(public: bytes) -> str:
    """The short name of a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


def close(key: bytes, content: bytes, context: str) -> bytes:
    """Encrypt under a symmetric key of 32 bytes, for one context (AES-256-GCM with a random nonce)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, content, _info(context))


def open_closed(key: bytes, closed: bytes, context: str) -> bytes:
    """What :func:`close` encrypted.

    Raises:
        WillNotOpen: another key, another context, or damage.
    """
    nonce, content = closed[1 : 1 + NONCE_BYTES], closed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, content, _info(context))
    except (InvalidTag, ValueError):
        raise WillNotOpen(context) from None


def _info(context: str) -> bytes:
    return f"zuofang report 1\n{context}".encode()
