"""What the commands of the desk share: who acts and why, one transaction, and the rows that are meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from typing import Any, TypeVar

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.credit.models import CreditRecord
from zuofang.rules.calendar import YEARS
from zuofang.site.commands.context import holding, working
from zuofang.storage.acts import Desk
from zuofang.storage.base import Base
from zuofang.storage.settings import read_settings
from zuofang.traceability.models import Certificate, Workshop
from zuofang.traceability.queries.paging import key_in

Row = TypeVar("Row", bound=Base)


class Day(click.ParamType[date]):
    """A day written as 2026-11-20."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-20", param, ctx)
        if day.year not in YEARS:
            self.fail(f"{day.year} is no year of ours; write the day as 2026-11-20", param, ctx)
        return day


DAY = Day()


@contextmanager
def at_desk(who: str) -> Iterator[Desk]:
    """One transaction of one person."""
    settings = read_settings()
    with working(settings) as office, holding(settings, alone=False), office.writing(who) as desk:
        yield desk


@contextmanager
def at_counter() -> Iterator[Desk]:
    """A look at the data that changes nothing."""
    with working(read_settings()) as office, Session(office.database.read) as session:
        yield Desk(session, "", office.clock(), office.rules, office.keys)


def acting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Open the desk for whom ``--as`` names; the command gets it as ``desk``, and the reason as ``why``."""

    @click.option("--as", "who", required=True, metavar="NAME", help="Who does this; it stands in the journal.")
    @click.option("--why", required=True, help="The reason; it stands in the journal.")
    @wraps(command)
    def opened(who: str, **words: Any) -> Any:
        if not who.strip() or not words["why"].strip():
            raise click.UsageError("--as and --why must say something")
        with at_desk(who) as desk:
            return command(desk=desk, **words)

    return opened


def one(desk: Desk, model: type[Row], key: int, what: str) -> Row:
    """The row with this key.

    Raises:
        click.ClickException: there is none.
    """
    found = desk.session.get(model, key)
    if found is None:
        raise click.ClickException(f"there is no {what} {key}")
    return found


def record(desk: Desk, key: int) -> CreditRecord:
    """The record with this key."""
    return one(desk, CreditRecord, key, "record")


def workshop(desk: Desk, named: str) -> Workshop:
    """The workshop of this key, or of this certificate number.

    Raises:
        click.ClickException: there is none.
    """
    by_number = select(Workshop).join(Certificate).where(Certificate.number == named)
    found = desk.session.scalars(by_number).first()
    if found is None and (key := key_in(named)) is not None:
        found = desk.session.get(Workshop, key)
    if found is None:
        raise click.ClickException(f"there is no workshop {named}; name it by its certificate or by its key")
    return found
