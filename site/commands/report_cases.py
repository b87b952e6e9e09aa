"""Cases from the terminal: ``zuofang reports due`` and ``zuofang reports handover``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from zuofang.reporting.cases.handover import handover as cases_for_the_platform
from zuofang.reporting.cases.handover import write
from zuofang.reporting.cases.queries import Level, WorkItem, worklist
from zuofang.rules.calendar import china_day
from zuofang.site.commands.context import working
from zuofang.storage.settings import read_settings

FILE = click.Path(dir_okay=False, path_type=Path)
SIGNS = {
    Level.quiet: "  ",
    Level.soon: "· ",
    Level.urgent: "! ",
    Level.overdue: "!!",
    Level.escalated: "!!!",
    Level.stopped: "||",
}


@click.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As the list stood on another day.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def due(day: Any, as_json: bool) -> None:
    """What must be done about complaints and reports, the most pressing first, with day and article.

    The sign in front says how pressing: · soon (the officer is reminded), ! within two working days (the head of the
    section), !! overdue, !!! overdue for more than three working days (the leader in charge), || the clock is stopped.
    """
    with working(read_settings()) as office, Session(office.database.read) as session:
        on = day.date() if day else china_day(office.clock())
        found = worklist(session, on, office.rules)
        click.echo(_as_json(found, on) if as_json else "\n".join(_lines(found)) or "Nothing is due.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--all", "everything", is_flag=True, help="Also those that have a number of the platform already.")
def handover(file: Path, everything: bool) -> None:
    """Write the cases that still have to be entered on the national 12315 platform, as CSV or XLSX.

    The list says what a case is about and never who wrote; what the sender wrote stays under seal.
    """
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise click.UsageError("the file must end in .csv or .xlsx")
    with working(read_settings()) as office, Session(office.database.read) as session:
        on = china_day(office.clock())
        found = cases_for_the_platform(session, on, office.rules, everything=everything)
    write(found, file)
    click.echo(f"{len(found.rows)} cases written to {file}")


def _lines(found: list[WorkItem]) -> list[str]:
    return [
        f"{SIGNS[item.level]:<4}{item.duty.due.day}{'?' if item.duty.due.provisional else ' '} {item.case.number} "
        f"{item.duty.sentence}（{'；'.join(rule.article for rule in item.duty.rules)}）"
        f"{'' if item.officer is None else ' ' + item.officer}{' 无平台编号' if item.lacks_platform_number else ''}"
        for item in found
    ]


def _as_json(found: list[WorkItem], on: date) -> str:
    return json.dumps({"on": on.isoformat(), "due": [_told(item) for item in found]}, ensure_ascii=False)


def _told(item: WorkItem) -> dict[str, object]:
    duty = item.duty
    return {
        "case": item.case.number, "kind": item.case.kind, "task": duty.task, "words": str(duty.sentence),
        "since": duty.since.isoformat(), "due": duty.due.day.isoformat(), "provisional": duty.due.provisional,
        "by_law": duty.by_law, "level": item.level, "stopped": duty.stopped, "officer": item.officer,
        "articles": [rule.article for rule in duty.rules], "reasons": [str(reason) for reason in duty.reasons],
        "platform_number": item.case.platform_number,
    }  # fmt: skip
