"""What is public about many operators at once, as a buyer asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, or_, select

from zuofang.credit.card import CreditCard, HonourLine
from zuofang.credit.file import VALUES
from zuofang.credit.models import Honour
from zuofang.credit.queries.verdicts import KEYS, credit_cards
from zuofang.credit.verification.answers import RunningRecall, Supplier
from zuofang.rules.book import RuleBook
from zuofang.traceability.models import Batch, Product, Recall, Restriction, Workshop
from zuofang.traceability.queries.rows import grouped
from zuofang.traceability.queries.standing import certificates_of
from zuofang.traceability.verdict import RestrictionFacts

ON = bindparam("on", type_=Honour.since.type)
_NAMES = select(Workshop.id, Workshop.name).where(Workshop.id.in_(KEYS))
_ORDERS = select(
    Restriction.workshop_id, Restriction.kind, Restriction.since, Restriction.until, Restriction.ground
).where(
    Restriction.workshop_id.in_(KEYS),
    Restriction.since <= ON,
    or_(Restriction.until.is_(None), Restriction.until >= ON),
)
_RECALLS = (
    select(Product.workshop_id, Batch.id, Product.name, Batch.lot, Recall.level, Recall.announced_on)
    .join(Batch, Batch.id == Recall.batch_id)
    .join(Product, Product.id == Batch.product_id)
    .where(
        Product.workshop_id.in_(KEYS),
        Recall.withdrawn_on.is_(None),
        Recall.announced_on <= ON,
        or_(Recall.finished_on.is_(None), Recall.finished_on > ON),
    )
    .order_by(Recall.announced_on, Recall.id)
)
_HONOURS = (
    select(Honour.workshop_id, Honour.kind, Honour.title, Honour.since, Honour.until)
    .where(
        Honour.workshop_id.in_(KEYS),
        Honour.since <= ON,
        or_(Honour.until.is_(None), Honour.until >= ON),
        or_(Honour.withdrawn_on.is_(None), Honour.withdrawn_on > ON),
    )
    .order_by(Honour.since)
)


def suppliers_of(connection: Connection, workshops: Iterable[int], on: date, rules: RuleBook) -> dict[int, Supplier]:
    """What is public about each operator on a day. Eight statements, however many operators."""
    keys: Sequence[int] = sorted(set(workshops))
    names = grouped(connection, _NAMES, keys)
    papers = certificates_of(connection, keys)
    orders, recalls, honours = (grouped(connection, one.params(on=on), keys) for one in (_ORDERS, _RECALLS, _HONOURS))
    cards = credit_cards(connection, keys, on, rules, tuple(VALUES))
    return {
        key: Supplier(
            workshop=key,
            name=names[key][0][0],
            certificates=papers[key],
            restrictions=tuple(RestrictionFacts(*told) for told in orders[key]),
            recalls=tuple(RunningRecall(*told) for told in recalls[key]),
            card=CreditCard(tuple(HonourLine(*told) for told in honours[key]), cards[key].findings),
        )
        for key in keys
    }
