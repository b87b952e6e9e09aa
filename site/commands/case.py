"""Clocked cases on the command line: applications for repair, objections, requests for re-inspection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from zuofang.credit.acts import cases
from zuofang.credit.models import CreditCase
from zuofang.credit.records import Dispute
from zuofang.site.commands.context import KEY
from zuofang.site.commands.desk import DAY, acting, one
from zuofang.site.commands.desk import record as found
from zuofang.storage.acts import Desk

DISPUTES = {dispute.name: dispute for dispute in Dispute}


@click.group()
def case() -> None:
    """Applications for credit repair, objections and requests for re-inspection, with their clocks."""


@case.command("apply-for-repair")
@click.argument("key", type=KEY)
@click.argument("words")
@click.option("--on", type=DAY, help="The day on which it came in, today where none is given.")
@acting
def apply_for_repair(desk: Desk, key: int, words: str, on: date | None, why: str) -> None:
    """Enter an application for repair of record KEY, or for removal from the list, in the party's WORDS."""
    _tell(desk, cases.apply_for_repair(desk, found(desk, key), on or desk.today, words, why))


@case.command("object")
@click.argument("key", type=KEY)
@click.argument("about", type=click.Choice(sorted(DISPUTES)))
@click.argument("words")
@click.option("--on", type=DAY, help="The day on which it came in, today where none is given.")
@acting
def object_(desk: Desk, key: int, about: str, words: str, on: date | None, why: str) -> None:
    """Enter an objection to the sample of record KEY."""
    _tell(desk, cases.object_to_sample(desk, found(desk, key), DISPUTES[about], on or desk.today, words, why))


@case.command()
@click.argument("key", type=KEY)
@click.argument("words")
@click.option("--on", type=DAY, help="The day on which it came in, today where none is given.")
@click.option("--keeps-until", type=DAY, help="Last day of the backup sample's shelf life.")
@acting
def reinspect(desk: Desk, key: int, words: str, on: date | None, keeps_until: date | None, why: str) -> None:
    """Enter a request for a second test of the sample of record KEY."""
    asked = cases.ask_for_reinspection(
        desk, found(desk, key), on or desk.today, words, why, keeps_until=keeps_until
    )  # fmt: skip
    _tell(desk, asked)


@case.command()
@click.argument("number", type=KEY)
@click.argument("granted", type=click.Choice(["granted", "refused"]))
@click.option("--on", type=DAY, help="The day, today where none is given.")
@click.option("--fraud", is_flag=True, help="Refused because of false material.")
@acting
def decide(desk: Desk, number: int, granted: str, on: date | None, fraud: bool, why: str) -> None:
    """Decide case NUMBER; the record changes with it."""
    row = one(desk, CreditCase, number, "case")
    cases.decide(desk, row, on or desk.today, why, granted=granted == "granted", fraud=fraud)
    _tell(desk, row)


@case.command()
@click.argument("number", type=KEY)
@click.argument("approved_by")
@acting
def extend(desk: Desk, number: int, approved_by: str, why: str) -> None:
    """Extend the days for a decision on repair, as APPROVED_BY, a head of the bureau, agreed."""
    row = one(desk, CreditCase, number, "case")
    cases.extend(desk, row, approved_by, why)
    _tell(desk, row)


Dated = Callable[[Desk, CreditCase, date, str], object]
Plain = Callable[[Desk, CreditCase, str], object]
DATED: dict[str, tuple[Dated, str]] = {
    "accept": (cases.accept, "Accept a case; the days for deciding begin."),
    "turn-away": (cases.turn_away, "Do not accept a case."),
    "done": (cases.done, "Note that the data were brought up to date after the decision."),
}
PLAIN: dict[str, tuple[Plain, str]] = {
    "take-back": (cases.take_back, "Strike out a case that was entered in error or taken back."),
    "undo-acceptance": (cases.undo_acceptance, "Take an acceptance back while nothing is decided."),
    "undo-extension": (cases.undo_extension, "Take an extension back."),
    "undo-decision": (cases.undo_decision, "Take a decision back, with what it did to the record."),
    "undo-done": (cases.undo_done, "The data were not up to date after all."),
}


def _dated(name: str, act: Dated, about: str) -> click.Command:
    @acting
    def run(desk: Desk, number: int, on: date | None, why: str) -> None:
        row = one(desk, CreditCase, number, "case")
        act(desk, row, on or desk.today, why)
        _tell(desk, row)

    return _command(name, about, click.option("--on", type=DAY, help="The day, today where none is given.")(run))


def _plain(name: str, act: Plain, about: str) -> click.Command:
    @acting
    def run(desk: Desk, number: int, why: str) -> None:
        row = one(desk, CreditCase, number, "case")
        act(desk, row, why)
        if row in desk.session:
            _tell(desk, row)

    return _command(name, about, run)


def _command(name: str, about: str, run: Callable[..., Any]) -> click.Command:
    return click.command(name, help=about)(click.argument("number", type=KEY)(run))


for _name, (_act, _about) in DATED.items():
    case.add_command(_dated(_name, _act, _about))
for _name, (_undo, _about) in PLAIN.items():
    case.add_command(_plain(_name, _undo, _about))


def _tell(desk: Desk, row: CreditCase) -> None:
    """The case and its duties with their last days."""
    desk.session.flush()
    click.echo(f"case {row.id} about record {row.record_id}")
    for step in cases.steps(row, desk.rules):
        done = f"done {step.done_on}" if step.done_on else "open"
        click.echo(f"  {step.duty}: by {step.due.day}, {done} ({step.article})")
