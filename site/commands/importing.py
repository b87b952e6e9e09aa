"""The command that takes tables in."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zuofang.credit.importing import kinds as credit
from zuofang.site.commands.context import holding, working
from zuofang.site.commands.progress import telling
from zuofang.storage.settings import read_settings
from zuofang.storage.sheets.reading import BadTable
from zuofang.traceability.importing import kinds as traceability
from zuofang.traceability.importing.engine import Kind, run
from zuofang.traceability.importing.report import ImportReport, whole_file

KINDS: dict[str, Kind] = traceability.KINDS | credit.KINDS
ROWS_SHOWN = 10
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import", epilog=f"KIND is one of: {', '.join(KINDS)}.")
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Do everything and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def import_(kind: str, file: Path, dry_run: bool, as_json: bool) -> None:
    """Take in a table of one KIND from an XLSX or CSV FILE: all of it, or nothing.

    Columns and what may stand in them are in docs/imports.md. The same file twice changes nothing.
    """
    try:
        report = _import(kind, file, dry_run)
    except BadTable as refused:
        if as_json:
            click.echo(json.dumps(whole_file(kind, dry_run, refused.sentence).as_json(), ensure_ascii=False))
        raise
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _tell(report)
    if report.refused:
        rows = len({one.row for one in report.refused})
        raise click.ClickException(
            f"{rows} of {report.rows} rows are refused, so nothing was written; correct them first"
        )


def _import(kind: str, file: Path, dry_run: bool) -> ImportReport:
    settings = read_settings()
    with working(settings) as office, holding(settings, alone=False), telling() as tell:
        return run(office, KINDS[kind], file, "zuofang import", dry_run, tell)


def _alike(report: ImportReport) -> dict[str, str]:
    """What a person must look at, with the rows of which it is true; a long list of rows is cut short."""
    found: dict[str, list[int]] = {}
    for one in report.to_check:
        meant = f" ({'; '.join(one.candidates)})" if one.candidates else ""
        found.setdefault(f"{one.column}: {one.reason}{meant}", []).append(one.row)
    return {remark: _rows(rows) for remark, rows in found.items()}


def _rows(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    shown = ", ".join(str(row) for row in rows[:ROWS_SHOWN])
    return f"{len(rows)} rows ({shown}{' …' if len(rows) > ROWS_SHOWN else ''})"


def _tell(report: ImportReport) -> None:
    """The report for a person: what was refused cell by cell, what deserves a look, and the counts."""
    for one in report.refused:
        click.echo(f"row {one.row}, {one.column}: {one.value or '-'}: {one.reason}")
    for remark, rows in _alike(report).items():
        click.echo(f"check {rows}, {remark}")
    for note in report.notes:
        click.echo(f"note: {note}")
    would = "would be " if report.dry_run else ""
    click.echo(
        f"{report.rows} rows: {report.created} {would}created, {report.updated} {would}updated, "
        f"{report.unchanged} unchanged, {report.unmatched} unmatched."
    )
