"""Looking over what was printed: no serial given twice, and every printed code still read by the keys we hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.codes import LabelKeyring, NotOurCode, mint, read
from zuofang.traceability.models import Batch, LabelKind, LabelRun

_RUNS = (
    select(LabelRun.id, LabelRun.batch_id, LabelRun.kind, LabelRun.first, LabelRun.last, LabelRun.key_version)
    .add_columns(Batch.next_serial)
    .join(Batch, Batch.id == LabelRun.batch_id)
    .order_by(LabelRun.batch_id, LabelRun.first, LabelRun.id)
)
Runs = Sequence[Any]


def damaged_runs(connection: Connection, keyring: LabelKeyring) -> tuple[int, tuple[Sentence, ...]]:
    """How many print runs there are, and what is wrong with them: nothing, in a register that was only used."""
    runs = connection.execute(_RUNS).all()
    return len(runs), (*_given_twice(runs), *_unread(runs, keyring))


def _given_twice(runs: Runs) -> Iterator[Sentence]:
    items = [run for run in runs if run.kind is LabelKind.item]
    for one, other in pairwise(items):
        if one.batch_id == other.batch_id and other.first <= one.last:
            yield say("第 %(one)s 次与第 %(other)s 次印制的序号有重叠。", one=one.id, other=other.id)
    for run in items:
        if run.last >= run.next_serial:
            yield say("第 %(run)s 次印制的序号会被再次使用。", run=run.id)


def _unread(runs: Runs, keyring: LabelKeyring) -> Iterator[Sentence]:
    """The first and the last code of every run, minted with its key and read with the whole ring."""
    for run in runs:
        try:
            own = LabelKeyring(keyring.secrets, run.key_version)
            for serial in {run.first or None, run.last or None}:
                read(keyring, mint(own, run.batch_id, serial))
        except (ValueError, NotOurCode):
            yield say("第 %(run)s 次印制所用的密钥（版本 %(version)s）不在。", run=run.id, version=run.key_version)
