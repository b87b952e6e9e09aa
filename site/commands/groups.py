"""Groups of commands: each is loaded when it is asked for, and fails with one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class PlainGroup(click.Group):
    """A group of commands that fail with one sentence on standard error: 1 work refused, 2 wrong usage."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as failure:
            if ctx.params.get("debug"):
                raise
            from zuofang.site.commands.failures import plain  # knows every kind of failure, which takes long to load

            raise click.ClickException(plain(failure)) from failure


class LateGroup(PlainGroup):
    """A group that loads the command that is asked for and no other; most of the program is not needed by any one."""

    def __init__(self, *args: Any, places: Mapping[str, str], **options: Any) -> None:
        """``places`` says by the name of each command where it is written, as ``module.function``."""
        super().__init__(*args, **options)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; none is called like that where there is no place for it."""
        if cmd_name not in self._places:
            return None
        module, _, function = self._places[cmd_name].rpartition(".")
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), function)
        return command
