"""Secret keys on disk: two sign, the journal and the answer sheets of ``/verify/``; the others mint codes and blind.

Key files are made readable by their owner alone. A key is never replaced, only followed by a newer one, so that what an
older key signed or minted stays valid.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import Sentence, say

JOURNAL, ANSWERS, LABELS, IDENTITY = "journal.key", "answers.key", "labels.key", "identity.key"
DAYS = "made.txt"
"""Which key was made on which day; no secret."""
KEY_BYTES = 32
MAX_VERSIONS = 32
"""A label code has five bits for the version of its key."""


class NoKeys(Exception):
    """The keys of this installation are missing or cannot be read.

    ``told`` says which and what to do: a sentence where pages say it too, plain words where a command alone does.
    """

    def __init__(self, told: Sentence | str) -> None:
        super().__init__(str(told))
        self.told = told


def unreadable(path: Path) -> NoKeys:
    """A file of keys that is there and gives none."""
    return NoKeys(say("%(file)s 读不出来；请用另存的密钥恢复它。", file=f"{path}"))


def damaged(path: Path) -> NoKeys:
    """A file of keys in which something else stands."""
    return NoKeys(say("%(file)s 坏了；请用另存的密钥恢复它。", file=f"{path}"))


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key that signs: the head of the journal, or answer sheets."""

    private: Ed25519PrivateKey

    @property
    def name(self) -> str:
        """A short name of the key: the first hexadecimal digits of the digest of its public half."""
        return key_name(self.private.public_key().public_bytes_raw())

    def sign(self, content: bytes) -> bytes:
        """Sign; 64 bytes of Ed25519."""
        return self.private.sign(content)


@dataclass(frozen=True, slots=True)
class Verifier:
    """Every public key that ever signed for one purpose, by short name."""

    known: dict[str, bytes]

    def accepts(self, name: str, content: bytes, signature: bytes) -> bool:
        """Whether ``signature`` over ``content`` was made by the key called ``name``."""
        if name not in self.known:
            return False
        try:
            Ed25519PublicKey.from_public_bytes(self.known[name]).verify(signature, content)
        except InvalidSignature:
            return False
        return True


def key_name(public: bytes) -> str:
    """The short name of a public key."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class AnswerKeys:
    """What the public site signs answer sheets with, and what confirms the older ones; it signs nothing else."""

    signing: SigningKey
    verifier: Verifier


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one installation as the writing side owns them; the public site reads those of labels and answers.

    ``labels`` maps a version (0–31) to a secret of 32 bytes, of which the highest mints; ``identity`` blinds identity
    numbers so that the same person is recognised without the number being kept.
    """

    journal: SigningKey
    verifier: Verifier
    labels: dict[int, bytes]
    identity: bytes

    def blind(self, identity_number: str) -> bytes:
        """A keyed digest of an identity number: equal for equal numbers, useless without the key."""
        return hmac.digest(self.identity, b"zuofang identity 1\n" + identity_number.upper().encode(), "sha256")


def note_made(folder: Path, file: Path, *names: str) -> None:
    """Note the day on which keys were made, which is that of their file; names and days are noted alone."""
    day = china_day(datetime.fromtimestamp(file.stat().st_mtime, UTC))
    with os.fdopen(os.open(folder / DAYS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as days:
        days.writelines(f"{name} {day.isoformat()}\n" for name in names)


def made_on(folder: Path) -> dict[str, date]:
    """The day on which each key was made, by its name; of older installations not every day is known."""
    try:
        lines = (folder / DAYS).read_text(encoding="ascii", errors="replace").split("\n")
    except FileNotFoundError:
        return {}
    found = {}
    for name, _, day in (line.partition(" ") for line in lines):
        with suppress(ValueError):  # a line that was cut short tells nothing
            found[name] = date.fromisoformat(day)
    return found


def label_key_name(version: int) -> str:
    """What a version of the secret label key is called; nothing of the secret stands in it."""
    return f"label-{version}"


def new_keys(folder: Path) -> Keys:
    """Make the first keys of an installation; keys that exist stay as they are."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder):
        for name in (JOURNAL, ANSWERS):
            if not (folder / name).exists():
                _write(folder / name, [_new_signing_key()])
                note_made(folder, folder / name, _signing(folder / name)[0].name)
        for name in (LABELS, IDENTITY):
            if not (folder / name).exists():
                _write(folder / name, [secrets.token_bytes(32)])
                note_made(folder, folder / name, label_key_name(0) if name == LABELS else IDENTITY)
        return read_keys(folder)


def rotate_keys(folder: Path) -> Keys:
    """Add a new key of each signature and a new label key; the older ones go on verifying."""
    with _alone(folder):
        labels = _read(folder / LABELS)
        if len(labels) >= MAX_VERSIONS:
            raise NoKeys(f"all {MAX_VERSIONS} versions of the label key are in use; a new code format is needed")
        _write(folder / LABELS, [*labels, secrets.token_bytes(32)])
        for name in (JOURNAL, ANSWERS):
            _write(folder / name, [*_read(folder / name), _new_signing_key()])
        made = (_signing(folder / name)[0].name for name in (JOURNAL, ANSWERS))
        note_made(folder, folder / LABELS, label_key_name(len(labels)), *made)
        return read_keys(folder)


def read_keys(folder: Path) -> Keys:
    """Read every key of an installation.

    Raises:
        NoKeys: there are none, or a file is damaged.
    """
    journal, verifier = _signing(folder / JOURNAL)
    return Keys(journal, verifier, read_label_keys(folder), _read(folder / IDENTITY)[-1])


def read_answer_keys(folder: Path) -> AnswerKeys:
    """Read the keys of answer sheets alone.

    Raises:
        NoKeys: there are none, or the file is damaged.
    """
    return AnswerKeys(*_signing(folder / ANSWERS))


def read_label_keys(folder: Path) -> dict[int, bytes]:
    """Read the label keys alone: version → secret of 32 bytes.

    Raises:
        NoKeys: there are none, or the file is damaged.
    """
    return dict(enumerate(_read(folder / LABELS)))


def _new_signing_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _signing(path: Path) -> tuple[SigningKey, Verifier]:
    """The newest key of a file, and what confirms the signatures of every key in it."""
    private = [Ed25519PrivateKey.from_private_bytes(secret) for secret in _read(path)]
    public = [key.public_key().public_bytes_raw() for key in private]
    return SigningKey(private[-1]), Verifier({key_name(key): key for key in public})


def _read(path: Path) -> list[bytes]:
    try:
        found = [bytes.fromhex(line) for line in path.read_text(encoding="ascii").split()]
    except FileNotFoundError:
        raise NoKeys(say("没有 %(file)s；请运行：zuofang init", file=f"{path}")) from None
    except PermissionError:
        raise NoKeys(say("这个账号不能读 %(file)s；请用它的主人的账号运行。", file=f"{path}")) from None
    except (OSError, ValueError) as failure:
        raise unreadable(path) from failure
    if not found or any(len(secret) != KEY_BYTES for secret in found):
        raise damaged(path)
    return found


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder of keys: two commands that add a key at once would lose one that may have signed already."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, keys: list[bytes]) -> None:
    """Put the whole file in place at once, so that a killed command leaves the old keys or the new ones."""
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write("".join(secret.hex() + "\n" for secret in keys))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
