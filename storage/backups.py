"""Backups: everything an installation knows except its keys, in one dated folder that can prove itself whole.

A backup holds a copy of each database made while others write, and every other file of the data folder that cannot be
made again. The keys are left out, because whoever finds a backup must not be able to sign or to mint.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from zuofang.storage import dumps
from zuofang.storage.settings import Settings

MANIFEST = "manifest.json"
DUMP = "database.dump"
SQLITE_MAGIC = b"SQLite format 3\0"
LEFT_OUT = ("keys", "search", "labels", "errands", "backups", "before-restore", "in-use.lock")
"""Names in the data folder that no backup holds: secrets, and copies that are made again from the database."""
MOVING = ".moving"
"""Ending of the folder out of which a restore moves its files."""
BESIDE_SQLITE = ("-wal", "-shm", "-journal")

Progress = Callable[[str, float], None]
"""Told the name of a file and the share of it that is done, 0 to 1."""


class BadBackup(Exception):
    """A folder is not a backup, or no longer the backup it was; the message says why."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says about itself; ``files`` gives the SHA-256 of each file by its path in the folder."""

    made: str
    program: str
    revision: str | None
    files: dict[str, str]


def silent(_name: str, _share: float) -> None:
    """Tell nobody."""


def write_backup(
    settings: Settings, into: Path, now: datetime, program: str, revision: str | None, tell: Progress = silent
) -> Path:
    """Write a backup into a new folder of ``into`` and give the folder; it gets its name only when it is whole.

    Raises:
        BadBackup: a copied database is not whole, or the server cannot be dumped.
    """
    folder = into / f"zuofang-{now:%Y%m%dT%H%M%SZ}"
    partial = folder.with_suffix(".partial")
    partial.mkdir(parents=True, mode=0o700)
    # Heads first: a head noted later than the copied journal would look like a cut tail.
    ours = [path for path in _sources(settings.data) if into.resolve() not in path.resolve().parents]
    for path in sorted(ours, key=lambda path: (path != settings.heads, path)):
        copy = partial / path.relative_to(settings.data)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # scan logs that have been counted go away while we walk
            _copy(path, copy, tell)
    if settings.database_url.startswith("postgresql"):
        dumps.dump(settings.database_url, partial / DUMP)
    files = {str(path.relative_to(partial)): _digest(path) for path in _files(partial)}
    manifest = Backup(now.isoformat(), program, revision, files)
    (partial / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return partial.rename(folder)


def check_backup(folder: Path, tell: Progress = silent) -> Backup:
    """Compare every file of a backup with what the backup says about itself.

    Raises:
        BadBackup: the folder is no backup, or a file is missing, changed or damaged.
    """
    backup = _manifest(folder)
    for number, (name, digest) in enumerate(backup.files.items(), 1):
        path = folder / name
        if not path.is_file():
            raise BadBackup(f"{path} is missing from the backup")
        if _digest(path) != digest:
            raise BadBackup(f"{path} is not as it was when the backup was made")
        if is_sqlite(path):
            _check_sqlite(path)
        tell(name, number / len(backup.files))
    return backup


def restore_backup(settings: Settings, folder: Path, aside: Path, tell: Progress = silent) -> Backup:
    """Put a checked backup in the place of what the data folder holds; that is moved to the folder ``aside``.

    The keys stay as they are. Restoring the folder ``aside`` by hand takes this back.

    Raises:
        BadBackup: as :func:`check_backup`; then nothing has been moved.
    """
    backup = check_backup(folder, tell)
    arriving = aside.with_suffix(".arriving")
    shutil.rmtree(arriving, ignore_errors=True)
    for name in backup.files:
        (arriving / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / name, arriving / name)
    if DUMP in backup.files:
        dumps.restore(settings.database_url, arriving / DUMP)
        (arriving / DUMP).unlink()
    # All bytes are on this disk now; what is left to do are renames. Killed among them, the folder says so.
    moving = arriving.rename(aside.with_suffix(MOVING))
    for home, place in ((settings.data, aside), (moving, settings.data)):
        for path in list(_sources(home)):
            _move(path, place / path.relative_to(home))
    for left in _cut_short(settings):
        shutil.rmtree(left)
    return backup


def is_half_restored(settings: Settings) -> bool:
    """Whether a restore was cut short while it moved files; nothing may be made or served until it is run again."""
    return bool(_cut_short(settings))


def _cut_short(settings: Settings) -> list[Path]:
    return list((settings.data / "before-restore").glob(f"*{MOVING}"))


def is_sqlite(path: Path) -> bool:
    """Whether a file is a SQLite database, by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC


def _sources(data: Path) -> Iterator[Path]:
    for path in _files(data):
        # A log of SQLite belongs to its database and goes with it; a .new file is a write that was cut short.
        if path.relative_to(data).parts[0] not in LEFT_OUT and not path.name.endswith((*BESIDE_SQLITE, ".new")):
            yield path


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _move(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", *BESIDE_SQLITE):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(place.with_name(place.name + ending))


def _copy(path: Path, copy: Path, tell: Progress) -> None:
    if is_sqlite(path):
        _copy_sqlite(path, copy, tell)
        _check_sqlite(copy)
    else:
        shutil.copy2(path, copy)
        tell(path.name, 1.0)


def _copy_sqlite(path: Path, copy: Path, tell: Progress) -> None:
    # A plain copy of a file that others write is torn; SQLite's own copy is not.
    def progress(_status: int, remaining: int, total: int) -> None:
        tell(path.name, 1 - remaining / total if total else 1.0)

    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=4000, progress=progress, sleep=0.01)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, that can be moved by itself
    copy.chmod(0o600)


def _check_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as failure:
            answer = str(failure)
    if answer != "ok":
        raise BadBackup(f"{path} is damaged: {answer}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(folder: Path) -> Backup:
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        backup = Backup(told["made"], told["program"], told["revision"], dict(told["files"]))
    except FileNotFoundError:
        raise BadBackup(f"{folder} is not a backup: it has no {MANIFEST}") from None
    except (ValueError, KeyError, TypeError) as failure:
        raise BadBackup(f"{path} cannot be read") from failure
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in backup.files):
        raise BadBackup(f"{path} names a file outside its folder")
    return backup
