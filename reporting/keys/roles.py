"""The keys of the roles: each is a file that opens with the passphrase of a holder, or both halves of the recovery.

A file keeps every version; the newest seals. Whoever takes the file learns nothing without a passphrase, and the two
people of the recovery learn nothing without each other.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from zuofang.reporting.keys.letterbox import RECOVERY, add_public_key, public_keys, write_lines
from zuofang.reporting.models import Role
from zuofang.reporting.sealing import OpeningKey, WillNotOpen, close, name_of, open_closed, seal
from zuofang.storage.keys import NoKeys, unreadable

SHORTEST = 12
"""Characters of a passphrase; it protects against who has stolen the file and can try without end."""
SALT_BYTES = 16
CHECK_BYTES = 4


class WrongPassphrase(NoKeys):
    """The passphrase opens no version for this holder."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What it costs to try a passphrase: KiB of memory, and how often they are gone through."""

    memory: int
    passes: int


COST = Cost(128 * 1024, 3)
"""Of a new lock. Each says its own, so that a dearer one can stand beside it; the first ones said none and had this."""


@dataclass(frozen=True, slots=True)
class Version:
    """One key pair of a role: its short name, who may open it, and the way back."""

    name: str
    recovery: str
    """The private half sealed to the recovery key, in hexadecimal."""
    holders: dict[str, dict[str, str]] = field(default_factory=dict)
    """By holder: the salt of the passphrase, what trying it costs, and the private half closed under it."""


@dataclass(frozen=True, slots=True)
class RoleKeys:
    """The opened keys of one role, by short name."""

    role: Role
    keys: dict[str, OpeningKey]

    def open(self, name: str, sealed: bytes, context: str) -> bytes:
        """Open what was sealed to the key called ``name``.

        Raises:
            WillNotOpen: this role has no such key, or the seal does not fit.
        """
        if name not in self.keys:
            raise WillNotOpen(f"sealed to {name}, which is no key of {self.role}")
        return self.keys[name].open(sealed, context)


def role_file(keys: Path, role: Role) -> Path:
    """Where the private keys of a role lie; the public process needs no access to it."""
    return keys / "roles" / f"{role}.key"


def new_recovery(keys: Path) -> tuple[str, str]:
    """Make the recovery key; answers its two halves, which are kept on paper by two people and nowhere else.

    Raises:
        NoKeys: there is one already.
    """
    if public_keys(keys, RECOVERY):
        raise NoKeys("there is a recovery key already; its two halves are with the people who keep them")
    key = OpeningKey.generate()
    one = secrets.token_bytes(len(key.seed))
    other = bytes(a ^ b for a, b in zip(one, key.seed, strict=True))
    add_public_key(keys, RECOVERY, key.public)
    return half_text(one), half_text(other)


def join_recovery(keys: Path, one: str, other: str) -> OpeningKey:
    """The recovery key from its two halves.

    Raises:
        NoKeys: a half was mistyped, or they do not belong together.
    """
    halves = [read_half(text) for text in (one, other)]
    key = OpeningKey(bytes(a ^ b for a, b in zip(*halves, strict=True)))
    if key.public not in public_keys(keys, RECOVERY):
        raise NoKeys("these two halves do not make the recovery key of this installation")
    return key


def half_text(half: bytes) -> str:
    """A half as it is printed: base 32 in groups of five, with a check at its end."""
    text = base64.b32encode(half + hashlib.sha256(half).digest()[:CHECK_BYTES]).decode()
    return " ".join(text[start : start + 5] for start in range(0, len(text), 5))


def read_half(text: str) -> bytes:
    """A half as it was typed.

    Raises:
        NoKeys: it was mistyped.
    """
    try:
        packed = base64.b32decode("".join(text.split()).upper())
    except binascii.Error:
        raise NoKeys("a half of the recovery key is letters and the digits 2 to 7; it was mistyped") from None
    half, check = packed[:-CHECK_BYTES], packed[-CHECK_BYTES:]
    if not hmac.compare_digest(hashlib.sha256(half).digest()[:CHECK_BYTES], check):
        raise NoKeys("a half of the recovery key was mistyped: its check does not fit")
    return half


def add_role_key(keys: Path, role: Role, holder: str, passphrase: str, cost: Cost = COST) -> OpeningKey:
    """Make the first or a newer key of a role; from now on the letter box seals to it.

    Raises:
        NoKeys: there is no recovery key yet, the passphrase is too short, or the holder opens another role.
    """
    _refuse_second(keys, role, holder)
    key = OpeningKey.generate()
    recovery = public_keys(keys, RECOVERY)
    if not recovery:
        raise NoKeys("make the recovery key first: zuofang keys recovery")
    sealed = seal(recovery[-1], key.seed, _context(role)).hex()
    version = Version(name_of(key.public), sealed, {holder: _lock(key, role, passphrase, cost)})
    _write(keys, role, [*read_versions(keys, role), version])
    add_public_key(keys, role, key.public)
    return key


def open_role(keys: Path, role: Role, holder: str, passphrase: str) -> RoleKeys:
    """Every key of a role that this holder can open.

    Raises:
        WrongPassphrase: none of them.
        NoKeys: the role has no key.
    """
    opened = {}
    for version in read_versions(keys, role):
        if holder in version.holders:
            seed = _unlock(version.holders[holder], role, passphrase)
            opened[version.name] = OpeningKey(seed)
    if not opened:
        raise WrongPassphrase(f"{holder} holds no key of {role}")
    return RoleKeys(role, opened)


def share(keys: Path, opened: RoleKeys, holder: str, passphrase: str) -> None:
    """Let another person hold the opened keys of a role too.

    Raises:
        NoKeys: that person opens another role.
    """
    _refuse_second(keys, opened.role, holder)
    versions = read_versions(keys, opened.role)
    for version in versions:
        if version.name in opened.keys:
            version.holders[holder] = _lock(opened.keys[version.name], opened.role, passphrase, COST)
    _write(keys, opened.role, versions)


def withdraw(keys: Path, role: Role, holder: str) -> None:
    """Take a holder out; rotate the role afterwards, because a copy of the file may still be with them.

    Raises:
        NoKeys: nobody else could open a key that this holder opens.
    """
    versions = read_versions(keys, role)
    for version in versions:
        version.holders.pop(holder, None)
        if not version.holders:
            raise NoKeys(f"{holder} is the last holder of a key of {role}; share it first")
    _write(keys, role, versions)


def recover(keys: Path, role: Role, recovery: OpeningKey, holder: str, passphrase: str) -> RoleKeys:
    """Give every key of a role to a holder by way of the recovery key.

    Raises:
        NoKeys: the role has no key, or its file was sealed to another recovery key.
    """
    try:
        opened = RoleKeys(
            role,
            {
                version.name: OpeningKey(recovery.open(bytes.fromhex(version.recovery), _context(role)))
                for version in read_versions(keys, role)
            },
        )
    except WillNotOpen:
        raise NoKeys(f"the keys of {role} were sealed to another recovery key") from None
    share(keys, opened, holder, passphrase)
    return opened


def forget_versions(keys: Path, role: Role, names: set[str]) -> None:
    """Destroy versions of a role to which nothing is sealed any more."""
    _write(keys, role, [version for version in read_versions(keys, role) if version.name not in names])


def read_versions(keys: Path, role: Role) -> list[Version]:
    """The versions of a role, oldest first; none before the first was made.

    Raises:
        NoKeys: the file is damaged.
    """
    path = role_file(keys, role)
    if not path.exists():
        return []
    try:
        return [Version(**json.loads(line)) for line in path.read_text(encoding="ascii").splitlines()]
    except (OSError, ValueError, TypeError) as failure:
        raise unreadable(path) from failure


def _refuse_second(keys: Path, role: Role, holder: str) -> None:
    for other in set(Role) - {role}:
        if any(holder in version.holders for version in read_versions(keys, other)):
            raise NoKeys(f"{holder} holds keys of {other}; nobody holds those of {role} too")


def _write(keys: Path, role: Role, versions: list[Version]) -> None:
    write_lines(role_file(keys, role), [json.dumps(asdict(version)) for version in versions])


def _lock(key: OpeningKey, role: Role, passphrase: str, cost: Cost) -> dict[str, str]:
    if len(passphrase) < SHORTEST:
        raise NoKeys(f"a passphrase needs at least {SHORTEST} characters")
    salt = secrets.token_bytes(SALT_BYTES)
    closed = close(_stretch(passphrase, salt, cost), key.seed, _context(role))
    return {"salt": salt.hex(), "memory": f"{cost.memory}", "passes": f"{cost.passes}", "closed": closed.hex()}


def _unlock(locked: dict[str, str], role: Role, passphrase: str) -> bytes:
    cost = Cost(int(locked.get("memory", COST.memory)), int(locked.get("passes", COST.passes)))
    key = _stretch(passphrase, bytes.fromhex(locked["salt"]), cost)
    try:
        return open_closed(key, bytes.fromhex(locked["closed"]), _context(role))
    except WillNotOpen:
        raise WrongPassphrase("the passphrase is wrong") from None


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    hasher = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=1, memory_cost=cost.memory)
    return hasher.derive(passphrase.encode())


def _context(role: Role) -> str:
    return f"role {role}"
