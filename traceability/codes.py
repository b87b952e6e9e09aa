"""Label codes: what stands in the QR symbol and in clear beside it.

A code says which batch it belongs to and proves that we minted it; nothing is stored per label. It is written in
Crockford's base 32 (ten digits, the upper-case letters without I, L, O and U), five bits a character:

======== ============ ================ =============== ==========
kind     key version  batch            serial          tag
======== ============ ================ =============== ==========
item     1 character  6 (30 bits)      5 (25 bits)     8 (40 bits)
batch    1 character  6 (30 bits)      none            8 (40 bits)
======== ============ ================ =============== ==========

The tag is the head of a keyed digest over kind, key version, batch and serial: without the key a code can be neither
forged nor guessed from another one. Reading forgives what a hand does to a code: lower case, spaces, hyphens,
full-width characters, O for 0 and I or L for 1. U is no Crockford character and is refused.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from zuofang.rules.sentences import Sentence, say

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

LAST_KEY_VERSION = 2**5 - 1
LAST_BATCH = 2**30 - 1
LAST_SERIAL = 2**25 - 1
"""33,554,431 labels of one batch; serials begin at 1."""

ITEM_LENGTH = 20
BATCH_LENGTH = 15
GROUP = 5
"""Characters written together in the printed form."""
KEY_BYTES = 32

_VERSION, _BATCH, _SERIAL, _TAG = 1, 6, 5, 8
"""Characters of each part."""

_LONGEST_TYPED = 100
_DOMAIN = b"zuofang label code 1"
_NO_SERIAL = 0

_PYTHON_DIGITS = str.maketrans(ALPHABET, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_SEPARATORS = dict.fromkeys(map(ord, " \t\r\n\u00a0\u2002\u2003\u2009\u3000-\u2010\u2011\u2012\u2013\u2014\u2212"))
_FORGIVEN = str.maketrans("abcdefghjkmnpqrstvwxyzOoIiLl", "ABCDEFGHJKMNPQRSTVWXYZ001111")


class NotOurCode(Exception):
    """The text is no code minted by this installation; the sentence says so without telling how it was found out."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class LabelKeyring:
    """The secrets that mint and check codes: key version (0–31) → 32 bytes, and the version that mints now.

    Older versions stay in the ring, because the labels they minted are still on the shelves.
    """

    secrets: Mapping[int, bytes] = field(repr=False)
    current: int

    def __post_init__(self) -> None:
        if self.current not in self.secrets:
            raise ValueError(f"there is no label key of version {self.current}")
        for version, secret in self.secrets.items():
            if not 0 <= version <= LAST_KEY_VERSION:
                raise ValueError(f"label key version {version} does not fit into one character")
            if len(secret) != KEY_BYTES:
                raise ValueError(f"label key {version} has {len(secret)} bytes instead of {KEY_BYTES}")
        object.__setattr__(self, "secrets", MappingProxyType(dict(self.secrets)))


@dataclass(frozen=True, slots=True)
class LabelCode:
    """A code that has passed its check. ``serial`` is missing where one code stands for all packets of a batch."""

    text: str
    """Canonical form: upper case, no separators."""
    key_version: int
    batch: int
    serial: int | None

    @property
    def is_item(self) -> bool:
        """Whether the code belongs to one packet alone."""
        return self.serial is not None

    @property
    def in_groups(self) -> str:
        """The form printed in clear: groups of five characters with hyphens between them."""
        return in_groups(self.text)


def in_groups(code: str) -> str:
    """Write a canonical code in groups of five characters, as it stands on the label."""
    return "-".join(groups_of(code))


def groups_of(code: str) -> list[str]:
    """The groups of five characters in which a canonical code is read out."""
    return [code[start : start + GROUP] for start in range(0, len(code), GROUP)]


def mint(keyring: LabelKeyring, batch: int, serial: int | None = None) -> str:
    """Mint the code of one packet, or of a whole batch where no serial is given.

    Raises:
        ValueError: the batch number is not within 1…2³⁰−1 or the serial not within 1…2²⁵−1.
    """
    if serial is not None:
        return next(mint_range(keyring, batch, serial, serial))
    _check("batch", batch, LAST_BATCH)
    version = keyring.current
    return _head(version, batch) + _tag(keyring.secrets[version], version, batch, _NO_SERIAL)


def mint_range(keyring: LabelKeyring, batch: int, first: int, last: int) -> Iterator[str]:
    """Mint the item codes of the serials from ``first`` to ``last``, both inclusive.

    Raises:
        ValueError: the batch number is not within 1…2³⁰−1 or a serial not within 1…2²⁵−1.
    """
    _check("batch", batch, LAST_BATCH)
    _check("serial", first, LAST_SERIAL)
    _check("serial", last, LAST_SERIAL)
    version = keyring.current
    head, secret = _head(version, batch), keyring.secrets[version]
    return (head + _spell(serial, _SERIAL) + _tag(secret, version, batch, serial) for serial in range(first, last + 1))


def read(keyring: LabelKeyring, text: str) -> LabelCode:
    """Read a code as scanned or as typed by hand.

    Raises:
        NotOurCode: the text has not the form of a code, or its tag is not ours.
    """
    code = canonical(text)
    version, batch = _number(code[:_VERSION]), _number(code[_VERSION : _VERSION + _BATCH])
    serial = _number(code[_VERSION + _BATCH : -_TAG]) if len(code) == ITEM_LENGTH else _NO_SERIAL
    if len(code) == ITEM_LENGTH and serial == _NO_SERIAL:
        raise _not_minted_here()
    secret = keyring.secrets.get(version)
    if secret is None or not hmac.compare_digest(_tag(secret, version, batch, serial), code[-_TAG:]):
        raise _not_minted_here()
    return LabelCode(code, version, batch, serial or None)


def canonical(text: str) -> str:
    """Undo what typing by hand does to a code; says nothing yet about who minted it.

    Raises:
        NotOurCode: what remains has not the length and the characters of a code.
    """
    if len(text) > _LONGEST_TYPED:
        raise _not_a_code()
    code = text.translate(_FULL_WIDTH).translate(_SEPARATORS).translate(_FORGIVEN)
    if len(code) not in (ITEM_LENGTH, BATCH_LENGTH) or not set(code) <= set(ALPHABET):
        raise _not_a_code()
    return code


def _not_a_code() -> NotOurCode:
    return NotOurCode(
        say(
            "标签码由 %(item)d 位或 %(batch)d 位数字和大写字母组成，请对照标签再输一遍。",
            item=ITEM_LENGTH,
            batch=BATCH_LENGTH,
        )
    )


def _not_minted_here() -> NotOurCode:
    return NotOurCode(say("这不是本站签发的标签码。"))


def _check(part: str, number: int, last: int) -> None:
    if not 1 <= number <= last:
        raise ValueError(f"{part} {number} is not within 1 and {last}")


def _head(version: int, batch: int) -> str:
    return _spell(version, _VERSION) + _spell(batch, _BATCH)


def _tag(secret: bytes, version: int, batch: int, serial: int) -> str:
    kind = b"B" if serial == _NO_SERIAL else b"I"
    digest = hmac.digest(secret, _DOMAIN + kind + struct.pack(">BII", version, batch, serial), "sha256")
    return _spell(int.from_bytes(digest[:5]), _TAG)


def _spell(number: int, length: int) -> str:
    return "".join([ALPHABET[number >> shift & 31] for shift in range(5 * (length - 1), -1, -5)])


def _number(code: str) -> int:
    return int(code.translate(_PYTHON_DIGITS), 32)
