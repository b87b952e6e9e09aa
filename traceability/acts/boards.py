"""Acts on what a workshop promises and puts up at its door: commitments (诚信承诺), notice boards (信息公开栏)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zuofang.rules.identifiers import mask_identity_numbers
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.models import BoardSupplier, Commitment, NoticeBoard, Workshop


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier of raw material as the board names it: a business, never a private person."""

    name: str
    supplies: str
    permit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an officer saw on a board; None where it was not looked at or not noted.

    ``rules`` is empty text and ``suppliers`` an empty tuple where there are none on the board. ``handlers`` counts the
    people who handle food; who they are, and how they are, is never written down.
    """

    certificate_shown: bool | None = None
    rules: str | None = None
    handlers: int | None = None
    all_certified: bool | None = None
    next_expiry: date | None = None
    suppliers: tuple[Supplier, ...] | None = None


def commit(
    desk: Desk, workshop: Workshop, signed_on: date, why: str, *,
    words: str | None = None, displayed: bool | None = None,
) -> Commitment:  # fmt: skip
    """Enter a commitment that the operator signed; an earlier one ends with it.

    Raises:
        Refused: the day lies ahead, or one of that day or of a later one is there already.
    """
    known = _commitments(desk, workshop)
    if signed_on > desk.today or any(one.signed_on >= signed_on for one in known):
        raise Refused(say("签订日期还没有到，或者已有同日或者更晚的承诺。"))
    for one in known:
        one.ended_on = one.ended_on or signed_on
    made = Commitment(workshop_id=workshop.id, signed_on=signed_on, words=words, displayed=displayed)
    desk.session.add(made)
    desk.record("commitment.sign", workshop, why, signed_on=signed_on, displayed=displayed)
    return made


def unsign(desk: Desk, made: Commitment, why: str) -> None:
    """Strike out the newest commitment where it was entered in error; the one it replaced stands again."""
    workshop = desk.session.get_one(Workshop, made.workshop_id)
    *earlier, last = _commitments(desk, workshop)
    if last is not made:
        raise Refused(say("只能撤销最新的承诺。"))
    for one in earlier:
        one.ended_on = None if one.ended_on == made.signed_on else one.ended_on
    desk.session.delete(made)
    desk.record("commitment.unsign", workshop, why, signed_on=made.signed_on)


def end_commitment(desk: Desk, made: Commitment, on: date, why: str) -> None:
    """Note that a commitment ended; the opposite is :func:`resume_commitment`."""
    if made.ended_on is not None or not made.signed_on <= on <= desk.today:
        raise Refused(say("这份承诺已经结束，或者日期不对。"))
    made.ended_on = on
    desk.record("commitment.end", ("workshop", str(made.workshop_id)), why, signed_on=made.signed_on, on=on)


def resume_commitment(desk: Desk, made: Commitment, why: str) -> None:
    """Take back the end of a commitment that was noted in error, while no newer one stands."""
    workshop = desk.session.get_one(Workshop, made.workshop_id)
    if made.ended_on is None or _commitments(desk, workshop)[-1] is not made:
        raise Refused(say("这份承诺没有结束，或者已有更新的承诺。"))
    made.ended_on = None
    desk.record("commitment.resume", workshop, why, signed_on=made.signed_on)


def see_board(desk: Desk, workshop: Workshop, on: date, seen: Seen, why: str) -> NoticeBoard:
    """Note what stands on the notice board. What stood there before is kept in the journal, whole.

    Raises:
        Refused: the day lies ahead or before the last look, or what was seen contradicts itself.
    """
    _check(desk, on, seen)
    board = board_of(desk, workshop)
    if board is not None and board.seen_on > on:
        raise Refused(say("已有更晚的查看记录。"))
    before = None if board is None else as_seen(board)
    board = board or NoticeBoard(workshop_id=workshop.id)
    _write(board, on, seen)
    desk.session.add(board)
    desk.record("board.see", workshop, why, on=on, before=_told(before), after=_told(seen))
    return board


def take_down_board(desk: Desk, workshop: Workshop, why: str) -> Seen:
    """Forget a board that was entered in error; nobody has looked at it then. Answers what it said, to enter again.

    Raises:
        Refused: there is none.
    """
    board = board_of(desk, workshop)
    if board is None:
        raise Refused(say("没有这家作坊的信息公开栏记录。"))
    seen = as_seen(board)
    desk.session.delete(board)
    desk.record("board.take_down", workshop, why, on=board.seen_on, before=_told(seen))
    return seen


def board_of(desk: Desk, workshop: Workshop) -> NoticeBoard | None:
    """The board of a workshop as it was last seen."""
    return desk.session.query(NoticeBoard).filter_by(workshop_id=workshop.id).one_or_none()


def as_seen(board: NoticeBoard) -> Seen:
    """What a board says, as it was entered."""
    suppliers = tuple(Supplier(one.name, one.supplies, one.permit) for one in board.suppliers)
    return Seen(
        certificate_shown=board.certificate_shown, rules=board.rules, handlers=board.handlers,
        all_certified=board.all_certified, next_expiry=board.next_expiry,
        suppliers=None if board.names_suppliers is None else suppliers,
    )  # fmt: skip


def _check(desk: Desk, on: date, seen: Seen) -> None:
    if on > desk.today:
        raise Refused(say("查看的日期还没有到。"))
    if seen.handlers == 0 and seen.all_certified is not None:
        raise Refused(say("没有从业人员的，不写健康证明情况。"))
    if seen.next_expiry is not None and not (seen.all_certified and seen.next_expiry >= on):
        raise Refused(say("全部持有有效健康证明的，才写最早到期日；到期日不早于查看的日期。"))
    for text in (seen.rules or "", *(f"{one.name}{one.supplies}" for one in seen.suppliers or ())):
        if mask_identity_numbers(text) != text:
            raise Refused(say("文字里有身份证号。"))


def _write(board: NoticeBoard, on: date, seen: Seen) -> None:
    board.seen_on, board.certificate_shown, board.rules = on, seen.certificate_shown, seen.rules
    board.handlers, board.all_certified, board.next_expiry = seen.handlers, seen.all_certified, seen.next_expiry
    board.names_suppliers = None if seen.suppliers is None else bool(seen.suppliers)
    known = {(one.name, one.supplies): one for one in board.suppliers}
    board.suppliers = [
        known.get((one.name, one.supplies)) or BoardSupplier(name=one.name, supplies=one.supplies)
        for one in dict.fromkeys(seen.suppliers or ())
    ]
    for row, one in zip(board.suppliers, dict.fromkeys(seen.suppliers or ()), strict=True):
        row.permit = one.permit


def _told(seen: Seen | None) -> dict[str, object] | None:
    if seen is None:
        return None
    suppliers = None if seen.suppliers is None else [[one.name, one.supplies, one.permit] for one in seen.suppliers]
    return {
        "certificate_shown": seen.certificate_shown, "rules": seen.rules, "handlers": seen.handlers,
        "all_certified": seen.all_certified, "next_expiry": seen.next_expiry, "suppliers": suppliers,
    }  # fmt: skip


def _commitments(desk: Desk, workshop: Workshop) -> list[Commitment]:
    found = desk.session.query(Commitment).filter_by(workshop_id=workshop.id).order_by(Commitment.signed_on)
    return list(found)
