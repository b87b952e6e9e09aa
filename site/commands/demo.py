"""The demo: an invented city, made once, then served."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from zuofang.site.commands.city.build import CityReport, build
from zuofang.site.commands.context import database_file, holding, opened, working
from zuofang.site.commands.installation import make_installation
from zuofang.site.commands.serving import run_public_site
from zuofang.storage import journal, schema
from zuofang.storage.acts import Office
from zuofang.storage.backups import BESIDE_SQLITE
from zuofang.storage.settings import Settings, read_settings
from zuofang.traceability.codes import LabelKeyring, mint

MARK = "example-city.json"
"""File in the data folder that says: everything here is invented. It is written before the first row."""
REAL = "{} holds a register that is not the example city; set ZUOFANG_DATA to another folder"


@click.command()
@click.option(
    "--scale",
    default=1,
    show_default=True,
    type=click.IntRange(0, 1000),
    help="Times as large; 0 for what is told of it only.",
)
@click.option("--fresh", is_flag=True, help="Throw the example city away and make it anew.")
@click.option("--no-serve", is_flag=True, help="Make the example city and stop.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def demo(scale: int, fresh: bool, no_serve: bool, host: str, port: int) -> None:
    """Make an invented city where there is none yet, and serve it."""
    settings = read_settings()
    prepare(settings, scale, fresh=fresh)
    if not no_serve:
        run_public_site(settings, host, port)


def prepare(settings: Settings, scale: int, *, fresh: bool = False) -> None:
    """Make the example city where it is missing, unfinished, or no longer wanted as it is."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    mark = settings.data / MARK
    told = _read_mark(mark)
    if told is not None and (fresh or not told["whole"]):
        _throw_away(settings, mark)
        told = None
    make_installation(settings)
    if told is None:
        _make_city(settings, scale, mark)
    elif told["scale"] != scale:
        raise click.ClickException(
            f"the city in {settings.data} has scale {told['scale']}; to make it anew add: --fresh"
        )


def _make_city(settings: Settings, scale: int, mark: Path) -> None:
    with holding(settings, alone=True), working(settings) as office:
        with Session(office.database.read) as session:
            if journal.read_head(session) is not None:
                raise click.ClickException(REAL.format(settings.data))
        _write_mark(mark, scale, whole=False)
        click.echo(f"Making the example city in {settings.data}; everything in it is invented.")
        report = build(office, scale)
        _tell(office, report)
        _write_mark(mark, scale, whole=True)


def _tell(office: Office, report: CityReport) -> None:
    """Say what was made, and where to look first."""
    click.echo(f"{report.zones} zones, {report.workshops} workshops, {report.batches} batches. Labels to scan:")
    keyring = LabelKeyring(office.keys.labels, max(office.keys.labels))
    for verdict, label in report.examples.items():
        click.echo(f"  {verdict:<13} /t/{mint(keyring, label.batch_id, label.serial or None)}")


def _throw_away(settings: Settings, mark: Path) -> None:
    with holding(settings, alone=True):
        file = database_file(settings)
        if file is None:
            with opened(settings) as database:
                schema.downgrade(database, "base")
        else:
            for ending in ("", *BESIDE_SQLITE):
                file.with_name(file.name + ending).unlink(missing_ok=True)
        settings.heads.unlink(missing_ok=True)
        mark.unlink()


def _read_mark(mark: Path) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(mark.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        raise click.ClickException(f"{mark} cannot be read; remove the folder {mark.parent} to begin anew") from None
    return told


def _write_mark(mark: Path, scale: int, *, whole: bool) -> None:
    mark.write_text(json.dumps({"scale": scale, "whole": whole}) + "\n", encoding="utf-8")
