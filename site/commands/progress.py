"""Progress of long work, on standard error and only where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from zuofang.storage.backups import Progress

CLEAR = "\r\033[K"


@contextmanager
def telling() -> Iterator[Progress]:
    """A function to call with a name and the share done; its line is wiped when the block ends."""
    watched = sys.stderr.isatty()

    def tell(name: str, share: float) -> None:
        if watched:
            click.echo(f"{CLEAR}{name} {share:4.0%}", nl=False, err=True)

    try:
        yield tell
    finally:
        if watched:
            click.echo(CLEAR, nl=False, err=True)
