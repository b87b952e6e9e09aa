"""A worker that serves one of the two applications, for example under granian."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from zuofang.site.app import settle_memory
from zuofang.site.commands.context import holding
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.settings import Settings, read_settings

_held = ExitStack()
"""What a worker does not let go of as long as it lives."""


def in_worker(opening: Callable[[Settings], BilingualFlask]) -> BilingualFlask:
    """Open an application by the settings of the environment, ready to be served.

    Raises:
        click.ClickException: a command is replacing the files of this installation.
    """
    settings = read_settings()
    _held.enter_context(holding(settings, alone=False))
    app = opening(settings)
    settle_memory()
    return app
