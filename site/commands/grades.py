"""Looking at grades: one workshop's with every reason, and what a proposed rule set would change."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, select

from zuofang.credit.grade import Contribution, Grade
from zuofang.credit.preview import Turned, graded, turned
from zuofang.credit.queries.files import files
from zuofang.credit.reckoning import SCHEMES, File
from zuofang.rules.calendar import china_day
from zuofang.rules.grade_rules import read_grade_rules
from zuofang.rules.tables import RuleFileError
from zuofang.site.commands.context import KEY, working
from zuofang.site.commands.failures import plain
from zuofang.storage.settings import read_settings
from zuofang.traceability.models import Workshop

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
BATCH = 500
ON = click.option("--on", "moment", type=click.DateTime(["%Y-%m-%d"]), help="Day, as 2026-11-20; today by default.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


@click.group()
def grades() -> None:
    """Look at grades and at what a rule set makes of them; nothing is written."""


@grades.command()
@click.argument("workshop", type=KEY)
@ON
@JSON
def show(workshop: int, moment: datetime | None, as_json: bool) -> None:
    """Grade the WORKSHOP with that number, with every contribution, its article and until when it counts."""
    with working(read_settings()) as office, office.database.read.connect() as connection:
        on = moment.date() if moment else china_day(office.clock())
        name = connection.scalar(select(Workshop.name).where(Workshop.id == workshop))
        if name is None:
            raise click.ClickException(f"there is no workshop {workshop}")
        found = graded(files(connection, [workshop])[0], on, office.rules)
    if as_json:
        told = {"workshop": workshop, "name": name, "on": on.isoformat(), "grades": [*map(_grade, found)]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{name}, {on}")
    for grade in found:
        click.echo(f"{grade.scheme}: {grade.letter}, {grade.score} points, moved by {grade.moved}")
        for one in grade.contributions:
            click.echo(f"  {_line(one)}")
    if not found:
        click.echo("no grade: not registered yet, or no rule set in force on that day")


@grades.command()
@click.argument("file", type=FILE)
@ON
@JSON
def preview(file: Path, moment: datetime | None, as_json: bool) -> None:
    """Say what the proposed rule sets in FILE (a grade_rules.csv) would change: letters, workshops and why."""
    try:
        proposed = read_grade_rules(file)
    except RuleFileError as failure:
        raise click.ClickException(plain(failure)) from None
    with working(read_settings()) as office, office.database.read.connect() as connection:
        on = moment.date() if moment else china_day(office.clock())
        for scheme in SCHEMES:
            if not proposed.in_force(scheme, on):
                raise click.ClickException(f"{file}: no line of the scheme {scheme} is in force on {on}")
        found, counted = turned(every_file(connection), on, office.rules, replace(office.rules, grades=proposed))
        names = names_of(connection, [one.workshop for one in found])
    if as_json:
        click.echo(json.dumps(_as_json(found, counted, names, on), ensure_ascii=False, indent=1))
    else:
        _tell(found, counted, names)


def every_file(connection: Connection) -> Iterator[File]:
    """The file of every workshop, read in batches."""
    last = 0
    while keys := connection.scalars(
        select(Workshop.id).where(Workshop.id > last).order_by(Workshop.id).limit(BATCH)
    ).all():
        yield from files(connection, keys)
        last = keys[-1]


def names_of(connection: Connection, workshops: list[int]) -> dict[int, str]:
    """The names of workshops by their numbers."""
    parts = (workshops[start : start + BATCH] for start in range(0, len(workshops), BATCH))
    statement = select(Workshop.id, Workshop.name)
    return {key: name for part in parts for key, name in connection.execute(statement.where(Workshop.id.in_(part)))}


def _moves(found: list[Turned]) -> Counter[tuple[str, str, str]]:
    return Counter((one.before.scheme, one.before.letter, one.after.letter) for one in found)


def _tell(found: list[Turned], counted: Counter[str], names: dict[int, str]) -> None:
    for scheme, number in sorted(counted.items()):
        changed = sum(one.before.scheme == scheme for one in found)
        click.echo(f"{scheme}: {changed} of {number} workshops change")
        for (_, before, after), moved in sorted(_moves([o for o in found if o.before.scheme == scheme]).items()):
            click.echo(f"  {before} → {after}: {moved}")
    for one in found:
        click.echo(_headline(one, names[one.workshop]))
        for sign, those in (("-", one.lost), ("+", one.gained)):
            for contribution in those:
                click.echo(f"  {sign} {_line(contribution)}")


def _headline(one: Turned, name: str) -> str:
    old, new = one.before, one.after
    return f"{one.workshop} {name}, {old.scheme}: {old.letter} ({old.score}) → {new.letter} ({new.score})"


def _line(one: Contribution) -> str:
    until = f", until {one.until}" if one.until else ""
    return f"{one.points:+d} {one.part}: {one.reason.sentence} ({one.reason.article}{until})"


def _as_json(found: list[Turned], counted: Counter[str], names: dict[int, str], on: date) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "graded": dict(counted),
        "moves": [
            {"scheme": scheme, "from": before, "to": after, "workshops": number}
            for (scheme, before, after), number in sorted(_moves(found).items())
        ],
        "workshops": [
            {
                "workshop": one.workshop,
                "name": names[one.workshop],
                "before": _grade(one.before),
                "after": _grade(one.after),
                "lost": [*map(_contribution, one.lost)],
                "gained": [*map(_contribution, one.gained)],
            }
            for one in found
        ],
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "scheme": grade.scheme,
        "letter": grade.letter,
        "score": grade.score,
        "moved": grade.moved,
        "contributions": [*map(_contribution, grade.contributions)],
    }


def _contribution(one: Contribution) -> dict[str, Any]:
    return {
        "part": one.part,
        "points": one.points,
        "until": one.until.isoformat() if one.until else None,
        "sentence": str(one.reason.sentence),
        "article": one.reason.article,
        "certainty": one.reason.certainty,
    }
