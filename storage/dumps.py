"""PostgreSQL's own dump and restore, run as the programs that come with the server."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import make_url


class NoDump(Exception):
    """The dump or the restore did not work; the message says what to do."""


def dump(address: str, file: Path) -> None:
    """Write the whole database into one file.

    Raises:
        NoDump: ``pg_dump`` is not there or failed.
    """
    _run("pg_dump", address, "--format=custom", f"--file={file}")


def restore(address: str, file: Path) -> None:
    """Replace the whole database by a dump, in one transaction.

    Raises:
        NoDump: ``pg_restore`` is not there or failed; then the database is as before.
    """
    _run("pg_restore", address, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))


def _run(program: str, address: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise NoDump(f"{program} is not on this machine; install PostgreSQL's client programs of the server's version")
    url = make_url(address).set(drivername="postgresql")
    # The password travels in the environment, because every account can read the arguments of a process.
    environment = {**os.environ, "PGPASSWORD": url.password} if url.password else dict(os.environ)
    named = "--dbname=" + url.set(password=None).render_as_string(hide_password=False)
    told = subprocess.run([found, named, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - fixed program, no shell
    if told.returncode:
        raise NoDump(f"{program} failed: {' '.join(told.stderr.split())[:500]}")
