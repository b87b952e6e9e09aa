"""Acts on laboratories and their 资质认定, without which no figure of theirs may be published (FSLR Art 43)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import require
from zuofang.traceability.models import Accreditation, AccreditedItem, Laboratory, Zone


def add_laboratory(desk: Desk, name: str, zone: Zone | None, why: str) -> Laboratory:
    """Enter a laboratory; one without a zone is a testing body outside."""
    laboratory = Laboratory(name=name, zone=zone)
    desk.session.add(laboratory)
    desk.record("laboratory.add", laboratory, why, name=name, touches=_touched(laboratory))
    return laboratory


def accredit(
    desk: Desk, laboratory: Laboratory, number: str, since: date, until: date, items: Iterable[str], why: str
) -> Accreditation:
    """Record a certificate of 资质认定 with its days and scope.

    Raises:
        Refused: it ends before it begins, or another laboratory holds a certificate of this number.
    """
    if until < since:
        raise Refused(say("有效期的最后一日早于第一日。"))
    if desk.session.scalars(select(Accreditation.id).filter_by(number=number)).first():
        raise Refused(say("编号为 %(number)s 的资质认定证书已经登记过。", number=number))
    scope = [AccreditedItem(item=item) for item in dict.fromkeys(items)]
    held = Accreditation(laboratory=laboratory, number=number, since=since, until=until, items=scope)
    desk.session.add(held)
    _note(desk, "laboratory.accredit", held, why, since=since, until=until, items=len(scope))
    return held


def strike_out_accreditation(desk: Desk, held: Accreditation, why: str) -> None:
    """Strike out a certificate entered in error; the figures that it opened are closed."""
    _note(desk, "laboratory.strike_out_accreditation", held, why, since=held.since, until=held.until)
    for item in held.items:
        desk.session.delete(item)
    desk.session.flush()
    desk.session.delete(held)


def revoke_accreditation(desk: Desk, held: Accreditation, on: date, why: str) -> None:
    """Record that an accreditation was revoked or lapsed early; figures measured from that day on are closed.

    Raises:
        Refused: it is revoked already, or the day lies outside its term or ahead.
    """
    if held.revoked_on is not None:
        raise Refused(say("这张证书已经失效。"))
    if not held.since <= on <= min(held.until, desk.today):
        raise Refused(say("失效的日期不在证书的有效期内，或者还没有到。"))
    held.revoked_on = on
    _note(desk, "laboratory.revoke", held, why, on=on)


def restore_accreditation(desk: Desk, held: Accreditation, why: str) -> None:
    """Take back a revocation that was recorded in error or annulled.

    Raises:
        Refused: it was not revoked.
    """
    if held.revoked_on is None:
        raise Refused(say("这张证书没有登记过失效。"))
    held.revoked_on = None
    _note(desk, "laboratory.restore", held, why)


def accreditation(desk: Desk, laboratory: int, key: int) -> Accreditation:
    """A certificate of this laboratory, locked.

    Raises:
        Refused: there is none.
    """
    missing = say("没有这张资质认定证书。")
    found = require(desk, Accreditation, key, missing)
    if found.laboratory_id != laboratory:
        raise Refused(missing)
    return found


def _note(desk: Desk, act: str, held: Accreditation, why: str, **facts: object) -> None:
    laboratory = held.laboratory
    desk.record(act, laboratory, why, number=held.number, **facts, touches=_touched(laboratory))


def _touched(laboratory: Laboratory) -> list[Zone]:
    return [laboratory.zone] if laboratory.zone else []
