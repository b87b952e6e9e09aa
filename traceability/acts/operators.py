"""Acts on operators: registration, certificates, orders to stop or to put right, and products."""

from __future__ import annotations

from datetime import date
from typing import Any

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import require
from zuofang.traceability.models import Certificate, Product, Restriction, RestrictionKind, Workshop


def register(desk: Desk, workshop: Workshop, why: str) -> Workshop:
    """Open the file of an operator (一户一档)."""
    desk.session.add(workshop)
    desk.record("workshop.register", workshop, why, name=workshop.name, kind=workshop.kind)
    return workshop


def issue_certificate(
    desk: Desk, workshop: Workshop, number: str, issued_on: date, why: str, *,
    until: date | None = None, scope: str | None = None, issuer: str | None = None,
) -> Certificate:  # fmt: skip
    """Issue the certificate of the operator's kind and province; its term is the province's where none is given."""
    kind = desk.rules.registers.certificate_for(workshop.province, workshop.kind)
    if until is None and kind.validity_years is not None:
        until = desk.rules.calendar.after_months(issued_on, kind.validity_years * 12).day
    certificate = Certificate(
        workshop=workshop, kind=kind.key, number=number, issued_on=issued_on, since=issued_on,
        until=until, scope=scope, issuer=issuer,
    )  # fmt: skip
    desk.session.add(certificate)
    desk.record("certificate.issue", workshop, why, number=number, kind=kind.key, since=issued_on, until=until)
    return certificate


def revoke_certificate(desk: Desk, key: int, on: date, why: str) -> None:
    """Revoke or cancel a certificate: what is made from that day on is made without one."""
    certificate = require(desk, Certificate, key, say("没有这张证书。"))
    certificate.revoked_on = on
    desk.record("certificate.revoke", certificate.workshop, why, number=certificate.number, on=on)


def reinstate_certificate(desk: Desk, key: int, why: str) -> None:
    """Take back a revocation that was annulled."""
    certificate = require(desk, Certificate, key, say("没有这张证书。"))
    certificate.revoked_on = None
    desk.record("certificate.reinstate", certificate.workshop, why, number=certificate.number)


def restrict(
    desk: Desk, workshop: Workshop, kind: RestrictionKind, since: date, why: str, *,
    ground: str, article: str, until: date | None = None, document: str | None = None,
) -> Restriction:  # fmt: skip
    """Record an order that closes, suspends or corrects an operator, with its ground and article."""
    order = Restriction(
        workshop=workshop, kind=kind, since=since, until=until, ground=ground, article=article, document=document
    )
    desk.session.add(order)
    desk.record("workshop.restrict", workshop, why, kind=kind, since=since, until=until, article=article)
    return order


def lift_restriction(desk: Desk, key: int, until: date, why: str) -> None:
    """End an order; ``until`` is the last day on which it held."""
    order = require(desk, Restriction, key, say("没有这项决定。"))
    if until < order.since:
        raise Refused(say("解除的日期早于决定的日期。"))
    order.until = until
    desk.record("workshop.lift", order.workshop, why, kind=order.kind, until=until)


def add_product(desk: Desk, product: Product, why: str) -> Product:
    """Enter a product with the contents its label owes."""
    desk.session.add(product)
    desk.record("product.add", product, why, name=product.name, category=product.category)
    return product


def change_product(desk: Desk, product: Product, why: str, **changes: Any) -> None:
    """Change label contents; the journal keeps what stood there before."""
    before = {name: getattr(product, name) for name in changes}
    for name, value in changes.items():
        setattr(product, name, value)
    desk.record("product.change", product, why, before=before, after=changes)
