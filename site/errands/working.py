"""Doing the errands that wait, one after the other, and starting the process that does."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from dataclasses import fields
from os import PRIO_PROCESS, setpriority
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.rules.sentences import say
from zuofang.site.errands.jobs import Job, both, refused
from zuofang.site.errands.kinds import KINDS
from zuofang.storage import errands
from zuofang.storage.accounts.models import Account
from zuofang.storage.acts import Office, Refused
from zuofang.storage.errands import MOST_TRIES, Ended, Errand, ErrandState, Folder, Stopped
from zuofang.storage.settings import PREFIX, Settings

log = logging.getLogger(__name__)
WHO = "zuofang errands run"
PATIENCE = 3.0
"""Seconds to wait for a process that may be about to end; one that goes on takes up what came meanwhile."""
POLITE = 10
"""Niceness of the process, so that it gives way to people."""
COMMAND = (sys.executable, "-c", "from zuofang.site.commands import main; main()", "errands", "run")


def folder_of(settings: Settings) -> Folder:
    """Where the errands of an installation keep their files."""
    return Folder(settings.errands)


def work_off(office: Office, settings: Settings) -> int:
    """Do every errand that waits or was left; answers how many were done. Nothing where another process does them."""
    folder, worked = folder_of(settings), 0
    with folder.alone(PATIENCE) as ours:
        while ours and (errand := errands.begin(office, WHO)) is not None:
            errands.end(office, WHO, errand.id, _do(office, settings, errand, folder))
            folder.clear(errand.id)
            worked += 1
        if ours:
            errands.sweep(office, folder)
    return worked


def _do(office: Office, settings: Settings, errand: Errand, folder: Folder) -> Ended:
    if errand.tries > MOST_TRIES:
        return refused(say("开始了 %(count)s 次都没有做完，进程中途结束了。请告诉管理服务器的人。", count=MOST_TRIES))
    with Session(office.database.read) as session:
        who = session.scalars(select(Account.name).filter_by(id=errand.account_id)).one()
    try:
        return KINDS[errand.kind](Job(office, settings, errand.id, who, errand.what, folder))
    except Stopped:
        return Ended(ErrandState.stopped, {"sentence": both(say("按要求停下了。"))})
    except Refused as told:
        return refused(told.sentence)
    except Exception:
        log.exception("errand %s failed", errand.id)
        return refused(say("没有做成，原因记在服务器的日志里。"))


class Starter:
    """Starts the process that does errands, where one is wanted and none is running."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._processes: list[subprocess.Popen[bytes]] = []

    def __call__(self) -> None:
        """Start the process; it ends by itself where another goes on doing errands."""
        process = subprocess.Popen(  # noqa: S603 - our own command
            COMMAND, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env={**os.environ, **_told(self._settings)}
        )
        setpriority(PRIO_PROCESS, process.pid, POLITE)
        self._processes = [one for one in [*self._processes, process] if one.poll() is None]

    def stop(self) -> None:
        """End the processes; what they were at is begun again by the next one."""
        for process in self._processes:
            process.terminate()
            process.wait()


def _told(settings: Settings) -> dict[str, str]:
    """The settings as the process reads them, so that it works as we do."""
    values = {one.name: getattr(settings, one.name) for one in fields(settings)}
    return {PREFIX + name.upper(): _plain(value) for name, value in values.items()}


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.absolute()) if isinstance(value, Path) else str(value)
