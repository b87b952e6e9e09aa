"""Finding the row an act is about, or refusing in a sentence."""

from __future__ import annotations

from typing import TypeVar

from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.base import Base
from zuofang.traceability.models import Batch

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
