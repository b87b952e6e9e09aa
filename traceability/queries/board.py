"""The notice board (信息公开栏) and the commitment (诚信承诺) of an operator, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from zuofang.storage.nested import Rows, as_column, nested, unfold
from zuofang.traceability.models import BoardSupplier, Commitment, NoticeBoard, Workshop
from zuofang.traceability.notice_board import Handlers, Health, health_on
from zuofang.traceability.queries.label import day, maybe_day
from zuofang.traceability.queries.workshop import WORKSHOP


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """A supplier of raw material that the board names."""

    name: str
    supplies: str
    permit: str | None


@dataclass(frozen=True, slots=True)
class Promise:
    """The commitment that stands on the day; ``displayed`` is empty where nobody looked whether it hangs there."""

    signed_on: date
    words: str | None
    displayed: bool | None


@dataclass(frozen=True, slots=True)
class Board:
    """The board as it was last seen, empty where nobody looked.

    ``rules`` is empty text where the board has none; ``suppliers`` is None where it was not noted whether it names any.
    """

    seen_on: date | None
    certificate_shown: bool | None
    rules: str | None
    health: Health
    handlers: int | None
    next_expiry: date | None
    suppliers: tuple[SupplierLine, ...] | None
    promise: Promise | None


_STATEMENT = select(
    as_column(
        nested(
            NoticeBoard.seen_on, NoticeBoard.certificate_shown, NoticeBoard.rules, NoticeBoard.handlers,
            NoticeBoard.all_certified, NoticeBoard.next_expiry, NoticeBoard.names_suppliers,
        ).where(NoticeBoard.workshop_id == WORKSHOP),
        "board",
    ),
    as_column(
        nested(BoardSupplier.id, BoardSupplier.name, BoardSupplier.supplies, BoardSupplier.permit)
        .join(NoticeBoard)
        .where(NoticeBoard.workshop_id == WORKSHOP),
        "suppliers",
    ),
    as_column(
        nested(Commitment.signed_on, Commitment.ended_on, Commitment.words, Commitment.displayed)
        .where(Commitment.workshop_id == WORKSHOP),
        "commitments",
    ),
).select_from(Workshop).where(Workshop.id == WORKSHOP)  # fmt: skip


def notice_board(connection: Connection, workshop: int, on: date) -> Board:
    """The board and the commitment of an operator on a day. One statement."""
    row = connection.execute(_STATEMENT, {"workshop": workshop}).one()
    seen = unfold(row.board)
    promise = _promise(unfold(row.commitments), on)
    if not seen:
        return Board(None, None, None, Health.not_read, None, None, None, promise)
    return _board(seen[0], unfold(row.suppliers), promise, on)


def _board(seen: list[Any], suppliers: Rows, promise: Promise | None, on: date) -> Board:
    seen_on, shown, rules, handlers, certified, expiry, names = seen
    counted = Handlers(day(seen_on), handlers, _truth(certified), maybe_day(expiry))
    return Board(
        seen_on=counted.seen_on,
        certificate_shown=_truth(shown),
        rules=rules,
        health=health_on(counted, on),
        handlers=handlers,
        next_expiry=counted.next_expiry,
        suppliers=None if names is None else tuple(SupplierLine(*told) for _, *told in sorted(suppliers)),
        promise=promise,
    )


def _promise(rows: Rows, on: date) -> Promise | None:
    standing = [row for row in rows if day(row[0]) <= on and (row[1] is None or day(row[1]) > on)]
    if not standing:
        return None
    signed_on, _, words, displayed = max(standing, key=lambda row: str(row[0]))
    return Promise(day(signed_on), words, _truth(displayed))


def _truth(said: int | None) -> bool | None:
    """A yes or no out of a nested row; SQLite keeps it as a number."""
    return None if said is None else bool(said)
