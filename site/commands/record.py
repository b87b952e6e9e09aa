"""The desk of an officer on the command line: ``zuofang record``. From a letter to a public page to its lawful end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from zuofang.credit.acts import facts, records
from zuofang.credit.events import Event
from zuofang.credit.file import standing_of
from zuofang.credit.importing.unmatched import unmatched_records
from zuofang.credit.models import CreditEvent, CreditRecord, Outside, RecordKind, RecordState, SampleItem
from zuofang.rules.calendar import china_day
from zuofang.site.commands import forms
from zuofang.site.commands.context import KEY, working
from zuofang.site.commands.desk import DAY, acting, at_counter
from zuofang.site.commands.desk import record as found
from zuofang.site.commands.desk import workshop as named
from zuofang.storage.acts import Desk
from zuofang.storage.settings import read_settings
from zuofang.traceability.announcements import OfficialFinding, judge_finding

KIND = click.Choice([kind.value for kind in RecordKind])
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
EVENTS = {one.__name__.lower(): one for one in Event.__subclasses__() if one.__module__ == Event.__module__}
MOST = 100


@click.group()
def record() -> None:
    """Records of credit files: enter, review, publish, put right, withdraw. docs/officer.md walks through it."""


@record.command()
@click.argument("kind", type=KIND)
def form(kind: str) -> None:
    """Print an empty form for a record of KIND, with what may stand in each field."""
    click.echo(forms.form(RecordKind(kind)), nl=False)


@record.command()
@click.argument("kind", type=KIND)
@click.argument("file", type=FILE)
@acting
def enter(desk: Desk, kind: str, file: Path, why: str) -> None:
    """Enter a record of KIND from a filled form in FILE and put it forward for review."""
    told = forms.read(file)
    value = forms.value(RecordKind(kind), told)
    row = _row(desk, RecordKind(kind), told, value.made_on)
    records.enter(desk, row, value, why)
    records.propose(desk, row, why)
    click.echo(f"record {row.id}: {_standing(desk, row)}")


def _row(desk: Desk, kind: RecordKind, told: dict[str, Any], made_on: date) -> CreditRecord:
    workshop = named(desk, str(told["workshop"])) if told.get("workshop") else None
    party = told.get("party") or (workshop.name if workshop else "")
    if not party or not told.get("title"):
        raise click.ClickException("a record names a party or a workshop, and has a title")
    return CreditRecord(
        kind=kind, workshop_id=workshop.id if workshop else None, party=party, made_on=made_on,
        document=told.get("document") or None, authority=told.get("authority") or None, title=told["title"],
        content=told.get("content", ""), items=list(_items(desk, told.get("items", []))),
    )  # fmt: skip


def _items(desk: Desk, told: list[dict[str, str]]) -> Iterator[SampleItem]:
    for position, one in enumerate(told, 1):
        printed = OfficialFinding(one.get("item", ""), str(one.get("result", "")), str(one.get("limit", "")))
        judged = judge_finding(printed, desk.rules.limits.items, one.get("unit", ""))
        yield SampleItem(
            position=position, item=printed.item, result=printed.result, limit=printed.limit,
            judgement=judged.outcome.value,
        )  # fmt: skip


@record.command()
@click.argument("key", type=KEY)
def show(key: int) -> None:
    """Show a record as the law sees it today: what may be public, until when, and why."""
    with at_counter() as desk:
        row = found(desk, key)
        click.echo(f"{row.kind.value} {row.id}: {row.title} ({row.document or '-'}), {row.party}")
        click.echo(f"{row.state.value}; {_standing(desk, row)}")
        standing = standing_of(row, desk.today, desk.rules)
        for reason in (*standing.reasons, *standing.may_end, *standing.may_extend):
            click.echo(f"  {reason} [{reason.certainty.value}]")
        click.echo(f"days that may become known: {', '.join(facts.learnable(row)) or 'none'}")


@record.command("list")
@click.option("--state", type=click.Choice([state.value for state in RecordState]), help="Only in this state.")
@click.option("--document", help="Only those of this document.")
def list_(state: str | None, document: str | None) -> None:
    """List records, the newest first; at most 100."""
    wanted = select(CreditRecord).order_by(CreditRecord.id.desc()).limit(MOST)
    if state:
        wanted = wanted.where(CreditRecord.state == RecordState(state))
    if document:
        wanted = wanted.where(CreditRecord.document == document)
    with at_counter() as desk:
        for row in desk.session.scalars(wanted):
            click.echo(f"{row.id}\t{row.made_on}\t{row.kind.value}\t{row.state.value}\t{row.party}\t{row.title}")


@record.command()
def unmatched() -> None:
    """List imported records that belong to nobody yet, with who may be meant. Settle each with match or outside."""
    with working(read_settings()) as office, office.database.read.connect() as connection:
        for one in unmatched_records(connection, china_day(office.clock())):
            meant = "; ".join(f"{known.id} {known.name}, {known.address}" for known in one.match.candidates)
            parties = "; ".join(party.name for party in one.parties)
            click.echo(f"{one.id}\t{one.made_on}\t{one.kind.value}\t{one.title}\t{parties}\t{meant or '-'}")


Act = Callable[[Desk, CreditRecord, str], object]
ACTS: dict[str, tuple[Act, str]] = {
    "propose": (records.propose, "Put records forward for review."),
    "undo-proposal": (records.undo_proposal, "Take records back from review."),
    "send-back": (records.send_back, "Send records back to the officer who put them forward."),
    "approve": (records.approve, "Approve records that another officer put forward."),
    "undo-approval": (records.undo_approval, "Take approvals back while the records are not public."),
    "uncorrect": (records.uncorrect, "Go back to what records said before their last correction."),
    "remove": (records.remove, "Take out records that were entered in error and that nobody approved."),
    "undo-outside": (records.undo_outside, "Put records back on the list of the matching desk."),
}
"""Acts that need nothing but the record and a reason."""


def _plain(name: str, act: Act, about: str) -> click.Command:
    @acting
    def run(desk: Desk, keys: tuple[int, ...], why: str) -> None:
        for key in keys:
            row = found(desk, key)
            act(desk, row, why)
            gone = row not in desk.session
            click.echo(f"record {key}: {'taken out' if gone else _standing(desk, row)}")

    argument = click.argument("keys", type=KEY, nargs=-1, required=True, metavar="KEY…")
    return click.command(name, help=about)(argument(run))


for _name, (_act, _about) in ACTS.items():
    record.add_command(_plain(_name, _act, _about))


@record.command()
@click.argument("key", type=KEY)
@click.option("--on", type=DAY, help="The day, today where none is given.")
@acting
def publish(desk: Desk, key: int, on: date | None, why: str) -> None:
    """Publish an approved record now instead of waiting for the daily clock."""
    row = found(desk, key)
    records.publish(desk, row, on or desk.today, why)
    _tell(desk, row)


@record.command()
@click.argument("key", type=KEY)
@click.argument("file", type=FILE)
@acting
def correct(desk: Desk, key: int, file: Path, why: str) -> None:
    """Put right what a record says, from a filled form in FILE; what it said stays visible. Undo with uncorrect."""
    row, told = found(desk, key), forms.read(file)
    value = forms.value(row.kind, told)
    title, content = told.get("title") or row.title, told.get("content") or row.content
    records.correct(desk, row, why, title=title, content=content, value=value)
    _tell(desk, row)


@record.command()
@click.argument("key", type=KEY)
@click.argument("reason")
@acting
def withdraw(desk: Desk, key: int, reason: str, why: str) -> None:
    """Take a record back from the public for REASON. Undo with undo-event."""
    row = found(desk, key)
    records.withdraw(desk, row, reason, why)
    _tell(desk, row)


@record.command()
@click.argument("key", type=KEY)
@click.argument("event", type=click.Choice(sorted(EVENTS)))
@click.option("--on", type=DAY, required=True, help="The day on which it happened.")
@acting
def happened(desk: Desk, key: int, event: str, on: date, why: str) -> None:
    """Note what happened to a record: annulled, repaired, delisted, stayed …; undo with undo-event."""
    row = found(desk, key)
    if not row.made_on <= on <= desk.today:
        raise click.ClickException("the day lies before the record, or is still to come")
    records.happened(desk, row, EVENTS[event](on=on, why=why), why)
    _tell(desk, row)


@record.command("undo-event")
@click.argument("key", type=KEY)
@acting
def undo_event(desk: Desk, key: int, why: str) -> None:
    """Strike out the last thing that was noted to have happened to a record."""
    row = found(desk, key)
    standing = [one for one in row.events if one.undone_at is None]
    if not standing:
        raise click.ClickException(f"nothing happened to record {key}")
    last: CreditEvent = max(standing, key=lambda one: one.id)
    records.did_not_happen(desk, last, why)
    _tell(desk, row)


@record.command()
@click.argument("key", type=KEY)
@click.argument("fact")
@click.argument("on", type=DAY)
@acting
def learn(desk: Desk, key: int, fact: str, on: date, why: str) -> None:
    """Note a day that became known later, such as performed_on or accepted_on; `show` names them."""
    row = found(desk, key)
    facts.learn(desk, row, fact, on, why)
    _tell(desk, row)


@record.command()
@click.argument("key", type=KEY)
@click.argument("fact")
@acting
def unlearn(desk: Desk, key: int, fact: str, why: str) -> None:
    """Take back a day that was noted in error."""
    row = found(desk, key)
    facts.unlearn(desk, row, fact, why)
    _tell(desk, row)


@record.command()
@click.argument("key", type=KEY)
@click.argument("text")
@acting
def reply(desk: Desk, key: int, text: str, why: str) -> None:
    """Put the workshop's own words beside a finding."""
    click.echo(f"reply {records.reply(desk, found(desk, key), text, why).id or ''}".rstrip())


@record.command("take-back-reply")
@click.argument("key", type=KEY)
@acting
def take_back_reply(desk: Desk, key: int, why: str) -> None:
    """Take the last reply to a record back."""
    standing = [one for one in found(desk, key).replies if one.taken_back_at is None]
    if not standing:
        raise click.ClickException(f"there is no reply to record {key}")
    records.take_back_reply(desk, standing[-1], why)


@record.command()
@click.argument("key", type=KEY)
@click.argument("workshop")
@acting
def match(desk: Desk, key: int, workshop: str, why: str) -> None:
    """Say whose record it is, by certificate or key; `none` puts it back on the list of the matching desk."""
    row = found(desk, key)
    records.match(desk, row, None if workshop == "none" else named(desk, workshop).id, why)


@record.command()
@click.argument("key", type=KEY)
@click.argument("reason", type=click.Choice([one.value for one in Outside]))
@click.option("--handed-to", help="Of one that belongs elsewhere: the bureau that was told.")
@acting
def outside(desk: Desk, key: int, reason: str, handed_to: str | None, why: str) -> None:
    """Say that a record belongs to nobody in the register: no certificate, not to be found, or elsewhere."""
    records.set_outside(desk, found(desk, key), Outside(reason), why, handed_to)


def _tell(desk: Desk, row: CreditRecord) -> None:
    """Say how a record stands after an act."""
    click.echo(f"record {row.id}: {_standing(desk, row)}")


def _standing(desk: Desk, row: CreditRecord) -> str:
    """Where a record stands, on one line."""
    now = standing_of(row, desk.today, desk.rules)
    due = f", due {now.due.day}" if now.due and row.published_on is None else ""
    since = f", public since {row.published_on}" if row.published_on else ""
    until = f", until {now.last_day}" if now.last_day else ""
    return f"{row.state.value}, {now.standing.value}{due}{since}{until}"
