"""A command is loaded when it is asked for, and no other with it."""

import subprocess
import sys

import click
import pytest

from zuofang.site.commands import COMMANDS, main

ASKED = """
import sys
from zuofang.site.commands import COMMANDS, main
main(["backup", "--help"], standalone_mode=False)
loaded = [place for place in COMMANDS.values() if f"zuofang.site.commands.{place.partition('.')[0]}" in sys.modules]
print(*loaded, file=sys.stderr)
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_found_under_its_own_name(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name


def test_asking_for_a_command_loads_that_command_alone() -> None:
    told = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert told.stderr.split() == ["backups.backup", "backups.restore"]
