"""The quarterly table as a file: ``zuofang quarter``."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from zuofang.programmes.quarter_book import as_workbook
from zuofang.programmes.quarters import Quarter, quarter_table
from zuofang.rules.calendar import china_day
from zuofang.site.commands.context import working
from zuofang.storage.settings import read_settings


@click.command()
@click.argument("year", type=click.IntRange(2000, 2100))
@click.argument("number", type=click.IntRange(1, 4))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def quarter(year: int, number: int, file: Path) -> None:
    """Write the quarterly table (季报) of quarter NUMBER of YEAR to FILE, an .xlsx workbook with its evidence."""
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError("the table is an .xlsx workbook; let the name end so")
    with working(read_settings()) as office, Session(office.database.read) as session:
        table = quarter_table(session, Quarter(year, number), china_day(office.clock()))
        file.write_bytes(as_workbook(table))
    click.echo(f"{len(table.counties)} counties, {len(table.evidence)} things counted, as of {table.counted_on}")
