"""The demo: an invented city, made once, then served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

import click
from sqlalchemy.orm import Session

from zuofang.programmes import reckoning
from zuofang.site.commands.city.build import build
from zuofang.site.commands.city.cases import handle_cases
from zuofang.site.commands.city.gallery import hang_pictures
from zuofang.site.commands.city.geography import CITY_BUREAU, CITY_OUTLINE
from zuofang.site.commands.city.letters import hand_in_letters
from zuofang.site.commands.city.staff import PASSWORD, STAFF, hire
from zuofang.site.commands.city.waiting import leave_work
from zuofang.site.commands.context import database_file, holding, opened, working
from zuofang.site.commands.installation import make_installation
from zuofang.site.commands.progress import telling
from zuofang.site.commands.search import build as build_index
from zuofang.site.commands.search import renew
from zuofang.site.commands.serving import run_sites
from zuofang.storage import journal, schema
from zuofang.storage.acts import system_clock
from zuofang.storage.backups import BESIDE_SQLITE
from zuofang.storage.keys import read_label_keys
from zuofang.storage.settings import Settings, read_settings
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.recalls import china_day
from zuofang.traceability.verdict import STRENGTH, Verdict

MARK = "example-city.json"
"""File in the data folder that says: everything here is invented. It is written before the first row."""
REAL = "{} holds a register that is not the example city; set ZUOFANG_DATA to another folder"

WORDS = {
    Verdict.not_issued: "not issued by us",
    Verdict.do_not_eat: "do not eat",
    Verdict.not_released: "not released",
    Verdict.past_date: "past its date",
    Verdict.take_care: "take care",
    Verdict.released: "released",
}


@dataclass(frozen=True, slots=True)
class City:
    """What the mark says: size, whether it is finished, the day as of which it stands, and labels (batch, serial)."""

    scale: int
    whole: bool
    made: str = ""
    labels: dict[str, tuple[int, int]] = field(default_factory=dict)
    receipt: str = ""
    """Receipt of an invented report."""


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
@click.option("--desk-port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port of the desks.")
def demo(scale: int, fresh: bool, no_serve: bool, host: str, port: int, desk_port: int) -> None:
    """Make an invented city where there is none yet, and serve it."""
    settings = read_settings()
    city = prepare(settings, scale, fresh=fresh)
    if not no_serve:
        if settings.bureau == Settings().bureau:
            settings = replace(settings, bureau=CITY_BUREAU)
        settings = replace(settings, map_outline=settings.map_outline or CITY_OUTLINE)
        run_sites(settings, host, port, desk_port, also=partial(invitation, city))


def prepare(settings: Settings, scale: int, *, fresh: bool = False) -> City:
    """Make the example city where it is missing, unfinished, or no longer wanted as it is."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    mark = settings.data / MARK
    city = _read_mark(mark)
    if city is not None and (fresh or not city.whole):
        _throw_away(settings, mark)
        city = None
    make_installation(settings)
    if city is None:
        return _make_city(settings, scale, mark)
    if city.scale != scale:
        raise click.ClickException(f"the city in {settings.data} has scale {city.scale}; to make it anew add: --fresh")
    return city


def invitation(city: City, settings: Settings) -> Iterator[str]:
    """What a newcomer may try first: an account for every desk, and one label for every verdict."""
    yield f"Desks to sign in to with the password {PASSWORD!r}; the page shows the code of the second step:"
    yield from (f"  {hand.name:<10}{hand.role.value.replace('_', ' ')}" for hand in STAFF)
    yield "The keys of case officers, custodian and finance open with the same password."
    yield f"Hand in a report at {settings.base_url}/report/ and walk it to its reward: docs/reports.md says how."
    secrets = read_label_keys(settings.keys)
    keyring = LabelKeyring(secrets, max(secrets))
    yield "Labels to scan or to open:"
    for verdict in sorted(map(Verdict, city.labels), key=STRENGTH.__getitem__):
        batch, serial = city.labels[verdict]
        yield f"  {settings.base_url}/t/{mint(keyring, batch, serial or None)}  {WORDS[verdict]}"
    if city.receipt:
        yield f"A report to follow: {settings.base_url}/report/follow with the receipt {city.receipt}"
    if city.made != china_day(system_clock()).isoformat():
        yield f"The city stands as on {city.made}; `zuofang demo --fresh` makes it anew as of today."


def _make_city(settings: Settings, scale: int, mark: Path) -> City:
    with holding(settings, alone=True), working(settings) as office:
        with Session(office.database.read) as session:
            if journal.read_head(session) is not None:
                raise click.ClickException(REAL.format(settings.data))
        _write_mark(mark, City(scale, whole=False))
        click.echo(f"Making the example city in {settings.data}; everything in it is invented.")
        with telling() as tell:
            report = build(office, scale, tell=tell)
            hire(office)
            leave_work(office, report.today)
            hang_pictures(office, settings.pictures, report.today)
            receipt = hand_in_letters(office, settings.keys)
            cases = handle_cases(office, settings.keys)
            renew(office, tell)
            build_index(settings, office, tell)
        reckoning.refresh(office.database, report.today, office.rules)
        made = (f"{report.zones} zones", f"{report.workshops} workshops", f"{report.batches} batches", f"{cases} cases")
        click.echo(", ".join(made) + ".")
        labels = {verdict.value: (one.batch_id, one.serial) for verdict, one in report.examples.items()}
        city = City(scale, whole=True, made=report.today.isoformat(), labels=labels, receipt=receipt)
        _write_mark(mark, city)
    return city


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


def _read_mark(mark: Path) -> City | None:
    try:
        return City(**json.loads(mark.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        raise click.ClickException(f"{mark} cannot be read; remove the folder {mark.parent} to begin anew") from None


def _write_mark(mark: Path, city: City) -> None:
    mark.write_text(json.dumps(asdict(city)) + "\n", encoding="utf-8")
