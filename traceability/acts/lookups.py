"""Finding the row an act is about, or refusing in a sentence."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import or_, select

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.base import Base
from zuofang.traceability.models import Batch, Certificate, Workshop

Row = TypeVar("Row", bound=Base)


def require(desk: Desk, kind: type[Row], key: int, missing: Sentence) -> Row:
    """The row with this key, locked against other writers until the transaction ends.

    Raises:
        Refused: there is none; ``missing`` says so.
    """
    row = desk.session.get(kind, key, with_for_update=True)
    if row is None:
        raise Refused(missing)
    return row


def batch(desk: Desk, key: int) -> Batch:
    """The batch with this number.

    Raises:
        Refused: there is none.
    """
    return require(desk, Batch, key, say("没有编号为 %(key)s 的批次。", key=key))


def workshop_called(desk: Desk, number: str) -> Workshop:
    """The workshop with this number of a certificate, or this credit code (统一社会信用代码).

    Raises:
        Refused: there is none.
    """
    by_number = or_(Workshop.credit_code == number, Certificate.number == number)
    found = desk.session.scalars(select(Workshop).outerjoin(Certificate).where(by_number)).first()
    if found is None:
        raise Refused(say("没有登记证编号或统一社会信用代码是 %(number)s 的作坊。", number=number))
    return found
