"""The command line: ``zuofang COMMAND``. Every command is listed in :data:`COMMANDS`."""

import click

from zuofang import __version__
from zuofang.site.commands.groups import LateGroup

COMMANDS = {
    "init": "installation.init",
    "serve": "serving.serve",
    "desks": "serving.desks",
    "demo": "demo.demo",
    "keys": "installation.keys",
    "labels": "labels.labels",
    "import": "importing.import_",
    "backup": "backups.backup",
    "restore": "backups.restore",
    "verify": "checks.verify",
    "doctor": "checks.doctor",
    "clocks": "clocks.clocks",
    "errands": "errands.errands",
    "reports": "reports.reports",
    "search": "search.search",
    "grades": "grades.grades",
    "user": "users.user",
    "record": "record_ties.record",
    "case": "case.case",
    "workshop": "workshop.workshop",
    "honour": "honour.honour",
    "picture": "picture.picture",
    "quarter": "quarter.quarter",
}
"""Where each command is written; it is loaded when it is asked for."""


@click.group(cls=LateGroup, places=COMMANDS, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="zuofang")
@click.option("--debug", is_flag=True, help="Show where an unexpected failure happened.")
def main(debug: bool) -> None:
    """The public register of small food workshops: one code, four questions.

    Settings come from ZUOFANG_… variables or from zuofang.toml in the data folder.
    """
