"""The command line: ``zuofang COMMAND``. Every command is listed in :data:`COMMANDS`."""

import click

from zuofang import __version__
from zuofang.site.commands.backups import backup, restore
from zuofang.site.commands.case import case
from zuofang.site.commands.checks import doctor, verify
from zuofang.site.commands.clocks import clocks
from zuofang.site.commands.demo import demo
from zuofang.site.commands.errands import errands
from zuofang.site.commands.failures import PlainGroup
from zuofang.site.commands.grades import grades
from zuofang.site.commands.honour import honour
from zuofang.site.commands.importing import import_
from zuofang.site.commands.installation import init, keys
from zuofang.site.commands.labels import labels
from zuofang.site.commands.picture import picture
from zuofang.site.commands.quarter import quarter
from zuofang.site.commands.record_ties import record
from zuofang.site.commands.reports import reports
from zuofang.site.commands.search import search
from zuofang.site.commands.serving import desks, serve
from zuofang.site.commands.users import user
from zuofang.site.commands.workshop import workshop

COMMANDS: tuple[click.Command, ...] = (
    init,
    serve,
    desks,
    demo,
    keys,
    labels,
    import_,
    backup,
    restore,
    verify,
    doctor,
    clocks,
    errands,
    reports,
    search,
    grades,
    user,
    record,
    case,
    workshop,
    honour,
    picture,
    quarter,
)


@click.group(cls=PlainGroup, commands=COMMANDS, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="zuofang")
@click.option("--debug", is_flag=True, help="Show where an unexpected failure happened.")
def main(debug: bool) -> None:
    """The public register of small food workshops: one code, four questions.

    Settings come from ZUOFANG_… variables or from zuofang.toml in the data folder.
    """
