"""What must happen by itself, done now, and what people must do by which day: ``zuofang clocks run`` and ``due``."""

from __future__ import annotations

import json
import os
from datetime import date

import click
from sqlalchemy.orm import Session

from zuofang.credit.duties import Duty
from zuofang.credit.queries.duties import Span, duties
from zuofang.rules.calendar import china_day
from zuofang.site.commands.context import working
from zuofang.site.commands.progress import telling
from zuofang.site.commands.search import keep_index
from zuofang.site.housekeeping import tidy
from zuofang.storage.settings import read_settings


@click.group()
def clocks() -> None:
    """Do what is due by itself; say what is due."""


@clocks.command()
def run() -> None:
    """Publish and take down what is due, grade, follow changes in the page log and in the search, fold the scan logs.

    Doing it again the same day changes nothing; a run that was stopped is finished by the next one.
    """
    settings = read_settings()
    with working(settings) as office, telling() as tell:
        done = tidy(office, settings.scans, processes=os.cpu_count() or 1, tell=tell)
        keep_index(settings, office)
    credit = done.credit
    click.echo(
        f"{credit.published} records published, {credit.taken_down} taken down, {credit.put_up_again} put up again, "
        f"{credit.left} honours lost, {credit.graded} workshops graded"
    )
    click.echo(
        f"{done.pages} changes followed, {done.scans} scans folded, {done.found} acts followed by the search, "
        f"{done.plans} plans computed"
    )


@clocks.command()
@click.option(
    "--within", "days", default=30, show_default=True, type=click.IntRange(0, 3660), help="Days to look ahead."
)
@click.option("--json", "as_json", is_flag=True, help="Print the list as one JSON array.")
def due(days: int, as_json: bool) -> None:
    """List what is due and who must act, the overdue first, each line with its article.

    A day marked "provisional" lies where no holidays are announced yet; one marked "not firm" hangs on a step that is
    still open.
    """
    with working(read_settings()) as office, Session(office.database.read) as session:
        today = china_day(office.clock())
        ahead = office.rules.calendar.days_after(today, days)
        found = duties(session, Span(today, ahead), office.rules)
    if as_json:
        click.echo(json.dumps([_as_json(one, today) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(_line(one, today))
    click.echo(f"{len(found)} due by {ahead}, {sum(one.is_overdue(today) for one in found)} of them overdue")


def _line(duty: Duty, today: date) -> str:
    about = duty.about
    marks = [word for word, holds in _marks(duty, today).items() if holds]
    who = f"{duty.actor}, {', '.join(marks)}" if marks else duty.actor
    return f"{duty.due.day}  {duty.kind}  {about.party} {about.title}: {duty.duty} ({who}; {duty.article})"


def _marks(duty: Duty, today: date) -> dict[str, bool]:
    return {"overdue": duty.is_overdue(today), "provisional": duty.due.provisional, "not firm": not duty.firm}


def _as_json(duty: Duty, today: date) -> dict[str, object]:
    about = duty.about
    return {
        "due": duty.due.day.isoformat(),
        "kind": duty.kind,
        "actor": duty.actor,
        "duty": str(duty.duty),
        "overdue": duty.is_overdue(today),
        "provisional": duty.due.provisional,
        "firm": duty.firm,
        "article": duty.article,
        "certainty": duty.certainty,
        "about": {
            "table": about.table, "id": about.key, "party": about.party, "workshop": about.workshop,
            "title": about.title,
        },
    }  # fmt: skip
