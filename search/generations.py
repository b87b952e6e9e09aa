"""Where an index lies on the disk: generations beside each other, of which one is current, each under a seal.

The seal lists every file with its length and digest and says how far the index has followed the documents. A reader
opens only what the seal describes; anything else counts as damaged and is built anew, and meanwhile the database
answers. An index is a copy: its folder may be deleted at any time.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

SEAL, CURRENT, SUSPECT = "seal.json", "current", "suspect"
LOCKS = re.compile(r".*(\.lock|_LOCK|LOCK)$")
GENERATION = re.compile(r"g[0-9]+")
CHUNK = 1 << 20


class Damaged(Exception):
    """The index is not what its seal says."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a generation is: made by which engine with which rules of language, how far, how many, and its files."""

    engine: str
    upto: int
    documents: int
    files: dict[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder in which the generations of an index stand."""

    folder: Path

    @property
    def current(self) -> Path | None:
        """The folder of the current generation, if there is one."""
        link = self.folder / CURRENT
        try:
            return link.resolve() if link.is_symlink() and link.exists() else None
        except OSError:
            return None

    def begin(self) -> Path:
        """An empty folder for the next generation."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        taken = [int(path.name[1:]) for path in self._generations()]
        made = self.folder / f"g{max(taken, default=0) + 1:06}"
        made.mkdir(mode=0o750)
        return made

    def begin_from(self, generation: Path) -> Path:
        """A folder for the next generation that holds the files of another; nothing is copied.

        An engine only ever adds, removes and replaces files, so what it does there leaves the other one as it was.
        """
        made = self.begin()
        for path in generation.iterdir():
            if not LOCKS.fullmatch(path.name):
                os.link(path, made / path.name)
        return made

    def switch(self, generation: Path) -> None:
        """Make a sealed generation the current one, atomically, and throw all others away."""
        link, new = self.folder / CURRENT, self.folder / f"{CURRENT}.new"
        for stray in (new, link):
            if stray.is_dir() and not stray.is_symlink():  # a copy of the folder in which no links were left
                shutil.rmtree(stray)
        new.unlink(missing_ok=True)
        new.symlink_to(generation.name)
        os.replace(new, link)
        _force(self.folder)
        self.clear_suspicion()
        for other in self._generations():
            if other.name != generation.name:
                shutil.rmtree(other, ignore_errors=True)

    def _generations(self) -> list[Path]:
        return [path for path in self.folder.glob("g[0-9]*") if GENERATION.fullmatch(path.name)]

    def discard(self) -> None:
        """Take the index away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def suspect(self) -> None:
        """Leave word that the index was found damaged, where this process may write there."""
        try:
            (self.folder / SUSPECT).touch()
        except OSError:
            return

    @property
    def suspected(self) -> bool:
        """Whether a reader found it damaged."""
        return (self.folder / SUSPECT).exists()

    def clear_suspicion(self) -> None:
        """Forget what readers said of an older generation."""
        (self.folder / SUSPECT).unlink(missing_ok=True)

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Be the one writer of this index, or learn that somebody else is."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        with (self.folder / "writer.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def seal(generation: Path, engine: str, upto: int, documents: int) -> Seal:
    """Force the files of a generation to disk and write what they are; files sealed before are not read again."""
    known = _known(generation)
    files: dict[str, tuple[int, str]] = {}
    for path in sorted(generation.iterdir()):
        if path.name.startswith(SEAL) or LOCKS.fullmatch(path.name):
            continue
        size, digest = known.get(path.name, (-1, ""))
        if size != path.stat().st_size or path.suffix in (".json", ".toc"):
            size, digest = path.stat().st_size, digest_of(path)
            _force(path)
        files[path.name] = size, digest
    made = Seal(engine, upto, documents, files)
    new = generation / f"{SEAL}.new"
    new.write_text(json.dumps(asdict(made)), encoding="utf-8")
    _force(new)
    os.replace(new, generation / SEAL)
    _force(generation)
    return made


def _known(generation: Path) -> dict[str, tuple[int, str]]:
    try:
        return read_seal(generation).files
    except Damaged:
        return {}


def read_seal(generation: Path) -> Seal:
    """The seal of a generation.

    Raises:
        Damaged: it is missing or cannot be read.
    """
    try:
        said = json.loads((generation / SEAL).read_text(encoding="utf-8"))
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in said["files"].items()}
        return Seal(str(said["engine"]), int(said["upto"]), int(said["documents"]), files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as failure:
        raise Damaged(f"the seal cannot be read: {failure}") from failure


def check_files(generation: Path, seal: Seal) -> None:
    """Read every file and compare it with the seal.

    Raises:
        Damaged: a file is missing, shorter, longer or other than it was.
    """
    for name, (size, digest) in seal.files.items():
        path = generation / name
        try:
            right = path.stat().st_size == size and digest_of(path) == digest
        except OSError as failure:
            raise Damaged(f"{name}: {failure.strerror}") from failure
        if not right:
            raise Damaged(f"{name} is not what was written")


Marks = dict[str, tuple[int, int, int]]


def marks(generation: Path, seal: Seal) -> Marks:
    """Length, place and time of change of each file: while they stay the same, so does what was checked.

    Raises:
        Damaged: a file is missing.
    """
    try:
        found = {name: os.stat(generation / name) for name in (*seal.files, SEAL)}
    except OSError as failure:
        raise Damaged(str(failure)) from failure
    return {name: (one.st_size, one.st_ino, one.st_mtime_ns) for name, one in found.items()}


def digest_of(path: Path) -> str:
    """The digest of a file."""
    digest = hashlib.blake2b(digest_size=20)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _force(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
