"""Errands: long work that somebody asked for at a desk, done by a process of its own.

The row says what is to be done and how it ended; how far it has come and whether it shall stop stand in files beside
the database, because an import holds the one lock of all writers while it works. One process at a time does errands,
oldest first. Whatever interrupts it, the next one begins the errand again, and nothing is lost by that.
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from zuofang.rules.sentences import say
from zuofang.storage.accounts.models import Account
from zuofang.storage.acts import Desk, Office, Refused
from zuofang.storage.base import Base, stored
from zuofang.storage.journal import canonical
from zuofang.storage.types import Id, Moment, UtcDateTime

MOST_TRIES = 3
"""Times an errand is begun; one that ended the process each time is not begun again by itself."""
KEPT = 30
"""Days for which the files of an errand are kept."""


class ErrandState(StrEnum):
    """等候、进行中、已完成、没有做成、已停止."""

    waiting = "waiting"
    running = "running"
    done = "done"
    refused = "refused"
    stopped = "stopped"


class Errand(Base):
    """Long work that somebody asked for: printing, taking a table in, a file to carry away."""

    __tablename__ = "errand"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(40), comment="labels, import, export, search …")
    wanted: Mapped[str] = mapped_column(LongText, comment="what exactly, as canonical JSON; never personal data")
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    state: Mapped[ErrandState] = mapped_column(stored(ErrandState), index=True)
    asked_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0, comment="times it was begun")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    told: Mapped[str] = mapped_column(LongText, default="{}", comment="how it ended, as JSON: sentences by language")
    file: Mapped[str | None] = mapped_column(String(200), comment="name of the file it made, in its folder")

    account: Mapped[Account] = relationship()

    @property
    def what(self) -> dict[str, Any]:
        """What exactly is wanted."""
        found: dict[str, Any] = json.loads(self.wanted)
        return found

    @property
    def outcome(self) -> dict[str, Any]:
        """How it ended."""
        found: dict[str, Any] = json.loads(self.told)
        return found


@dataclass(frozen=True, slots=True)
class Ended:
    """How an errand ended: its state, what is said of it, and the file it made."""

    state: ErrandState
    told: Mapping[str, Any]
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an errand has come: what it is at, and the share that is done, 0 to 1."""

    what: str
    share: float


class Stopped(Exception):
    """Somebody asked the errand under way to stop."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of errands below the data folder; they are copies, and no backup holds them."""

    root: Path

    def of(self, errand: int) -> Path:
        """The folder of one errand, made where it is missing."""
        folder = self.root / str(errand)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def tell(self, errand: int, progress: Progress) -> None:
        """Note how far an errand has come; a reader sees the old note or the new one.

        Raises:
            Stopped: it shall stop.
        """
        folder = self.of(errand)
        if (folder / "stop").exists():
            raise Stopped
        fresh = folder / "progress.new"
        fresh.write_text(json.dumps({"what": progress.what, "share": progress.share}), encoding="utf-8")
        fresh.replace(folder / "progress.json")

    def told(self, errand: int) -> Progress | None:
        """How far an errand has come, as last noted."""
        try:
            found = json.loads((self.root / str(errand) / "progress.json").read_text(encoding="utf-8"))
            return Progress(str(found["what"]), float(found["share"]))
        except (OSError, ValueError, KeyError):
            return None

    def clear(self, errand: int) -> None:
        """Forget how far an errand had come and that it should stop."""
        for name in ("stop", "progress.json"):
            (self.root / str(errand) / name).unlink(missing_ok=True)

    @contextmanager
    def alone(self, patience: float = 0) -> Iterator[bool]:
        """Hold the errands while a block runs; answers whether nobody else held them for so many seconds."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.root / "lock").open("a") as lock:
            yield _held(lock.fileno(), monotonic() + patience)

    @property
    def busy(self) -> bool:
        """Whether a process is doing errands at this moment."""
        with self.alone() as ours:
            return not ours


def _held(lock: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= until:
                return False
            sleep(0.1)
        else:
            return True


def ask(desk: Desk, kind: str, wanted: Mapping[str, Any], account: int, why: str) -> Errand:
    """Ask for an errand; the opposite is :func:`stop`."""
    errand = Errand(
        kind=kind, wanted=canonical(dict(wanted)), account_id=account, state=ErrandState.waiting, asked_at=desk.now
    )
    desk.session.add(errand)
    desk.session.flush()
    desk.record("errand.ask", errand, why, kind=kind, wanted=dict(wanted))
    return errand


def stop(desk: Desk, errand: Errand, folder: Folder, why: str) -> None:
    """Let an errand stop: at once where it waits, else as soon as it looks; the opposite is :func:`again`.

    Raises:
        Refused: it has ended.
    """
    if errand.state not in (ErrandState.waiting, ErrandState.running):
        raise Refused(say("这件事已经结束。"))
    (folder.of(errand.id) / "stop").touch()
    if errand.state is ErrandState.waiting or not folder.busy:
        errand.state, errand.ended_at = ErrandState.stopped, desk.now
    desk.record("errand.stop", errand, why)


def again(desk: Desk, errand: Errand, folder: Folder, why: str) -> None:
    """Take an errand up again that was stopped, could not be done, or lost its process.

    Raises:
        Refused: it is done, or under way.
    """
    under_way = errand.state is ErrandState.running and folder.busy
    if errand.state in (ErrandState.done, ErrandState.waiting) or under_way:
        raise Refused(say("这件事已经做完，或者正在做。"))
    folder.clear(errand.id)
    errand.state, errand.tries, errand.ended_at, errand.told = ErrandState.waiting, 0, None, "{}"
    desk.record("errand.again", errand, why)


def begin(office: Office, who: str) -> Errand | None:
    """The next errand, marked as under way; the caller holds the folder, so one found under way lost its process."""
    with office.writing(who) as desk:
        open_ones = Errand.state.in_((ErrandState.waiting, ErrandState.running))
        errand = desk.session.scalars(select(Errand).where(open_ones).order_by(Errand.id).limit(1)).one_or_none()
        if errand is None:
            return None
        errand.state = ErrandState.running
        errand.tries += 1
        return errand


def end(office: Office, who: str, errand: int, ended: Ended) -> None:
    """Note how an errand ended."""
    with office.writing(who) as desk:
        row = desk.session.get_one(Errand, errand, with_for_update=True)
        row.state, row.ended_at, row.file = ended.state, desk.now, ended.file
        row.told = json.dumps(dict(ended.told), ensure_ascii=False)


def waiting(office: Office) -> bool:
    """Whether an errand waits or was left; asks without taking the write lock."""
    open_ones = Errand.state.in_((ErrandState.waiting, ErrandState.running))
    with Session(office.database.read) as session:
        return session.scalar(select(Errand.id).where(open_ones).limit(1)) is not None


def sweep(office: Office, folder: Folder) -> int:
    """Delete the files of errands that ended long ago; answers how many. Their rows stay."""
    until = office.rules.calendar.days_after(office.clock().date(), -KEPT)
    swept = 0
    with Session(office.database.read) as session:
        for place in folder.root.glob("[0-9]*"):
            row = session.get(Errand, int(place.name))
            if row is None or (row.ended_at is not None and row.ended_at.date() < until):
                shutil.rmtree(place, ignore_errors=True)
                swept += 1
    return swept
