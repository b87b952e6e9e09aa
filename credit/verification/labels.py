"""The batches behind the label codes of a list, and which labels of them were printed and revoked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from zuofang.credit.queries.verdicts import KEYS
from zuofang.credit.verification.answers import (
    LineAnswer,
    Standing,
    Supplier,
    What,
    beside_goods,
    judge,
    points_of,
    standing_of,
    worse,
)
from zuofang.credit.verification.lines import Line
from zuofang.rules.book import RuleBook
from zuofang.traceability.codes import LabelCode
from zuofang.traceability.models import LabelRevocation, LabelRun
from zuofang.traceability.queries.rows import Grouped, grouped
from zuofang.traceability.queries.standing import BatchFacts, batch_facts
from zuofang.traceability.verdict import answer, not_issued

_RUNS = select(LabelRun.batch_id, LabelRun.first, LabelRun.last, LabelRun.key_version).where(
    LabelRun.batch_id.in_(KEYS)
)
_REVOKED = select(
    LabelRevocation.batch_id, LabelRevocation.first, LabelRevocation.last, LabelRevocation.reason
).where(LabelRevocation.batch_id.in_(KEYS), LabelRevocation.lifted_at.is_(None))  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelShelf:
    """What is known of the batches of some codes."""

    facts: Mapping[int, BatchFacts]
    printed: Grouped
    revoked: Grouped

    @property
    def workshops(self) -> set[int]:
        """Whose goods they are."""
        return {one.workshop_id for one in self.facts.values()}

    def batch_of(self, code: LabelCode) -> BatchFacts | None:
        """The batch of a label that was really printed; a right tag alone does not make a label."""
        serial = code.serial or 0
        printed = any(
            first <= serial <= last and version == code.key_version for first, last, version in self.printed[code.batch]
        )
        return self.facts.get(code.batch) if printed else None

    def revoked_for(self, code: LabelCode) -> str | None:
        """Why the label no longer counts, where it does not."""
        serial = code.serial or 0
        return next((why for first, last, why in self.revoked[code.batch] if first <= serial <= last), None)


def label_shelf(connection: Connection, codes: Iterable[LabelCode]) -> LabelShelf:
    """Look up the batches of codes. Seven statements, however many codes."""
    batches = sorted({code.batch for code in codes})
    facts = batch_facts(connection, batches)
    return LabelShelf(facts, grouped(connection, _RUNS, batches), grouped(connection, _REVOKED, batches))


def forged(line: Line) -> LineAnswer:
    """The answer for a code that we did not issue."""
    told = (not_issued().reasons[0].sentence,)
    return LineAnswer(number=line.number, text=line.text, what=What.forged_label, standing=Standing.stop, points=told)


def answer_label(
    line: Line, code: LabelCode, shelf: LabelShelf, suppliers: Mapping[int, Supplier], on: date, rules: RuleBook
) -> LineAnswer:
    """The answer for a code whose tag is ours: about its goods first, then about their maker."""
    batch = shelf.batch_of(code)
    if batch is None:
        return forged(line)
    supplier = suppliers[batch.workshop_id]
    judged, card = judge(supplier, on, rules), supplier.card
    facts = replace(
        batch.facts, failed_samples=card.failed_samples(batch.product), listed_since=card.listed_since,
        label_revoked=shelf.revoked_for(code),
    )  # fmt: skip
    found = answer(facts, on, rules)
    beside = beside_goods(supplier, on, rules, code.batch, batch.product)
    return LineAnswer(
        number=line.number, text=line.text, what=What.label, workshop=batch.workshop_id, name=supplier.name,
        product=batch.product, paper=judged.paper, points=(*points_of(found.reasons), *beside), honours=judged.honours,
        standing=worse(standing_of(found.verdict), Standing.care if beside else Standing.clear),
    )  # fmt: skip
