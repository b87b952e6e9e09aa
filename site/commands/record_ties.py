"""What belongs together, on the command line: links, look-back visits, and meetings with a whole trade."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from zuofang.credit.acts import interviews, links
from zuofang.credit.measures import Interview
from zuofang.credit.models import LinkKind, LookBack, RecordKind, Revisit
from zuofang.site.commands import forms
from zuofang.site.commands.context import KEY
from zuofang.site.commands.desk import DAY, acting, one
from zuofang.site.commands.desk import record as found
from zuofang.site.commands.desk import workshop as named
from zuofang.site.commands.record import FILE, record
from zuofang.storage.acts import Desk

__all__ = ["record"]


@record.command()
@click.argument("earlier", type=KEY)
@click.argument("later", type=KEY)
@click.argument("kind", type=click.Choice([kind.value for kind in LinkKind]))
@acting
def link(desk: Desk, earlier: int, later: int, kind: str, why: str) -> None:
    """Say that record LATER belongs to record EARLIER: led_to, rechecked or resampled."""
    links.link(desk, found(desk, earlier), found(desk, later), LinkKind(kind), why)


@record.command()
@click.argument("earlier", type=KEY)
@click.argument("later", type=KEY)
@acting
def unlink(desk: Desk, earlier: int, later: int, why: str) -> None:
    """Undo a link that was made in error."""
    made = next((tie for tie in found(desk, earlier).sequels if tie.later_id == later), None)
    if made is None:
        raise click.ClickException(f"record {later} is not linked to record {earlier}")
    links.unlink(desk, made, why)


@record.group()
def visit() -> None:
    """Look-back visits to places that were closed (回头看). A planned one is never told to anybody."""


@visit.command()
@click.argument("key", type=KEY)
@click.argument("on", type=DAY)
@acting
def plan(desk: Desk, key: int, on: date, why: str) -> None:
    """Plan a visit to the place that record KEY closed."""
    made = links.plan_visit(desk, found(desk, key), on, why)
    click.echo(f"visit {made.id} on {on}")


@visit.command("call-off")
@click.argument("number", type=KEY)
@acting
def call_off_visit(desk: Desk, number: int, why: str) -> None:
    """Call a planned visit off."""
    links.call_off_visit(desk, one(desk, LookBack, number, "visit"), why)


@visit.command()
@click.argument("number", type=KEY)
@click.argument("result", type=click.Choice([result.value for result in Revisit]))
@click.argument("words")
@click.option("--on", type=DAY, help="The day, today where none is given.")
@click.option("--record", "key", type=KEY, help="The new record, where the business had come back.")
@acting
def note(desk: Desk, number: int, result: str, words: str, on: date | None, key: int | None, why: str) -> None:
    """Note what a visit found, in WORDS that may be public."""
    new = None if key is None else found(desk, key)
    links.visited(desk, one(desk, LookBack, number, "visit"), on or desk.today, Revisit(result), words, why, new)


@visit.command("undo")
@click.argument("number", type=KEY)
@acting
def undo_visit(desk: Desk, number: int, why: str) -> None:
    """Take back what was noted of a visit; it is planned again."""
    links.undo_visit(desk, one(desk, LookBack, number, "visit"), why)


@record.command("call-in")
@click.argument("file", type=FILE)
@click.option("--category", required=True, help="The trade: a food category, by code or name.")
@click.option("--district", required=True, help="The division, by its code of six digits.")
@click.option("--absent", multiple=True, help="Certificate of one that did not come; may be given again.")
@acting
def call_in(desk: Desk, file: Path, category: str, district: str, absent: tuple[str, ...], why: str) -> None:
    """Call in a whole trade of a place (行业约谈): the filled form of an interview goes into the file of each."""
    told = forms.read(file)
    value = forms.value(RecordKind.interview, told)
    if not isinstance(value, Interview) or not told.get("document") or not told.get("authority"):
        raise click.ClickException("a meeting has the number of its notice and the authority that held it")
    away = frozenset(named(desk, number).id for number in absent)
    meeting = interviews.Meeting(value, told["document"], told["authority"], told.get("content", ""), away)
    entered = interviews.call_in(desk, meeting, interviews.of_trade(desk, category, district), why)
    click.echo(f"{len(entered)} called in: records {' '.join(str(row.id) for row in entered)}")


@record.command("call-off")
@click.argument("document")
@acting
def call_off(desk: Desk, document: str, why: str) -> None:
    """Take a meeting out of the files again while no line of it is approved."""
    click.echo(f"{interviews.call_off(desk, document, why)} records taken out")
