"""What the public process owns: it can seal and acknowledge, and open nothing.

``keys/letterbox`` holds a secret that makes form tokens and receipts, the key that signs acknowledgements, and the
public halves of the roles. None of them opens a report.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zuofang.reporting.models import Role
from zuofang.reporting.sealing import PUBLIC_BYTES
from zuofang.storage.keys import damaged, key_name, note_made, unreadable

FORMS, ACKNOWLEDGEMENTS = "forms.key", "acknowledgements.key"
SECRET_BYTES = 32
RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class LetterboxKeys:
    """All the letter box owns; ``seals`` is the newest public key of each role."""

    forms: bytes = field(repr=False)
    acknowledgements: Ed25519PrivateKey
    known: list[bytes]
    """Every public key that ever signed an acknowledgement."""
    seals: dict[Role, bytes]


def letterbox(keys: Path) -> Path:
    """The folder of the letter box within the key folder of an installation."""
    return keys / "letterbox"


def new_letterbox(keys: Path) -> None:
    """Make what the letter box needs beside the roles; what exists stays."""
    folder = letterbox(keys)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (folder / FORMS).exists():
        write_lines(folder / FORMS, [secrets.token_hex(SECRET_BYTES)])
    if not (folder / ACKNOWLEDGEMENTS).exists():
        key = Ed25519PrivateKey.generate()
        write_lines(folder / ACKNOWLEDGEMENTS, [key.private_bytes_raw().hex()])
        note_made(keys, folder / ACKNOWLEDGEMENTS, key_name(key.public_key().public_bytes_raw()))


def read_letterbox(keys: Path) -> LetterboxKeys | None:
    """The keys of the letter box; none where a role has no key yet, so that nothing can be sealed to it.

    Raises:
        NoKeys: a file is damaged.
    """
    folder = letterbox(keys)
    seals = {role: found[-1] for role in Role if (found := public_keys(keys, role))}
    if len(seals) < len(Role) or not (folder / FORMS).exists():
        return None
    signing = [Ed25519PrivateKey.from_private_bytes(line) for line in _secrets(folder / ACKNOWLEDGEMENTS)]
    known = [key.public_key().public_bytes_raw() for key in signing]
    return LetterboxKeys(_secrets(folder / FORMS)[-1], signing[-1], known, seals)


def public_keys(keys: Path, role: str) -> list[bytes]:
    """Every public key of a role or of the recovery, oldest first; none before the first was made.

    Raises:
        NoKeys: the file is damaged.
    """
    path = letterbox(keys) / f"{role}.pub"
    if not path.exists():
        return []
    return _read(path, PUBLIC_BYTES)


def add_public_key(keys: Path, role: str, public: bytes) -> None:
    """Let the letter box seal to a new public key from now on."""
    known = public_keys(keys, role)
    path = letterbox(keys) / f"{role}.pub"
    write_lines(path, [key.hex() for key in (*known, public)])
    note_made(keys, path, key_name(public))


def write_lines(path: Path, lines: list[str]) -> None:
    """Put a whole file for its owner alone in place at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write("".join(line + "\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _secrets(path: Path) -> list[bytes]:
    return _read(path, SECRET_BYTES)


def _read(path: Path, size: int) -> list[bytes]:
    try:
        found = [bytes.fromhex(line) for line in path.read_text(encoding="ascii").split()]
    except (OSError, ValueError) as failure:
        raise unreadable(path) from failure
    if not found or any(len(one) != size for one in found):
        raise damaged(path)
    return found
