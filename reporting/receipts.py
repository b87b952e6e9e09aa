"""Receipts: ``LLLL-SSSS-SSSS-SSSS-SSSS``, a locator that is no secret and a secret of 80 bits.

They are the 身份代码 and the 举报密码 of the rules on rewards: who knows both is the person, without a name. The secret
is never stored. It follows from the form it was handed in with and a key of this installation, so a form that is sent
again by a poor connection gets the same receipt; the form's number is kept as a digest only.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zuofang.reporting.sealing import SEED_BYTES, OpeningKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""
LOOK_ALIKES = str.maketrans("ILO", "110")
LOCATOR_LENGTH, SECRET_LENGTH, GROUP = 4, 16, 4
SECRET_BYTES = 10
"""80 bits."""
SALT_BYTES = 16
MEMORY = 19 * 1024
"""KiB of one look-up; with two passes the least that OWASP advises, and enough for 80 random bits."""
PASSES = 2
NOBODY = bytes(SALT_BYTES)
"""Salt of the work that is done for a locator nobody has."""
SPACE = re.compile(r"[\s\-_–—－.·]+")
IN_TEXT = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4,5}(?:[ \-–—－]?[0-9A-Za-z]{4}){4}(?![0-9A-Za-z])")
HIDDEN = "████"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person keeps."""

    locator: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        """Grouped for reading aloud."""
        return "-".join((self.locator, *_groups(self.secret)))

    @property
    def secret_text(self) -> str:
        """The secret half, grouped."""
        return "-".join(_groups(self.secret))


def new_locator(length: int = LOCATOR_LENGTH) -> str:
    """A random locator; the database says whether it is free."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def secret_of(key: bytes, form: bytes, kind: str) -> str:
    """The secret for a form: the same for the same form, and nobody's guess without the key."""
    bits = int.from_bytes(
        hmac.digest(key, b"zuofang receipt 1\n" + kind.encode() + b"\n" + form, "sha256")[:SECRET_BYTES]
    )
    return "".join(ALPHABET[bits >> shift & 31] for shift in range(75, -1, -5))


def read_receipt(typed: str) -> Receipt | None:
    """A receipt as a person types it, in any case, with any spaces or hyphens; none where it cannot be one."""
    if len(typed) > 100:
        return None
    plain = SPACE.sub("", typed).upper().translate(LOOK_ALIKES)
    if len(plain) not in (LOCATOR_LENGTH + SECRET_LENGTH, LOCATOR_LENGTH + 1 + SECRET_LENGTH):
        return None
    if not set(plain) <= set(ALPHABET):
        return None
    return Receipt(plain[:-SECRET_LENGTH], plain[-SECRET_LENGTH:])


def digest_of(secret: str, salt: bytes) -> bytes:
    """What is kept of a secret, by a salt of its own."""
    return Argon2id(salt=salt, length=32, iterations=PASSES, lanes=1, memory_cost=MEMORY).derive(secret.encode())


def matches(secret: str, salt: bytes | None, kept: bytes | None) -> bool:
    """Whether a secret is the one that was kept; the same work is done where nothing was."""
    found = digest_of(secret, salt or NOBODY)
    return hmac.compare_digest(found, kept or bytes(32)) and kept is not None


def reading_key(secret: str, salt: bytes) -> OpeningKey:
    """The key that opens our replies; it exists only while the person's receipt is at hand."""
    derived = HKDF(SHA256(), SEED_BYTES, salt, b"zuofang receipt reading key 1")
    return OpeningKey(derived.derive(secret.encode()))


def masked(text: str) -> str:
    """A text without the receipts that people paste into it by mistake."""
    return IN_TEXT.sub(lambda found: HIDDEN if _is_receipt(found[0]) else found[0], text)


def _is_receipt(found: str) -> bool:
    """A run of letters and digits that can be a receipt and does not look like words or a plain number."""
    read = read_receipt(found)
    mixed = any(sign.isdigit() for sign in found) and any(sign.isalpha() for sign in found)
    return read is not None and mixed


def _groups(text: str) -> list[str]:
    return [text[start : start + GROUP] for start in range(0, len(text), GROUP)]
