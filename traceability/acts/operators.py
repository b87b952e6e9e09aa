"""Acts on operators: registration, certificates, orders to stop or to put right, and products."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts.lookups import require
from zuofang.traceability.models import (
    Batch,
    Certificate,
    CertificateEvent,
    PaperEventKind,
    Product,
    Restriction,
    RestrictionKind,
    Workshop,
)

ENDED = (PaperEventKind.revoked, PaperEventKind.cancelled)
"""How a certificate is taken away: by the bureau (吊销、撤销), or at the wish of its holder (注销)."""


def register(desk: Desk, workshop: Workshop, why: str) -> Workshop:
    """Open the file of an operator (一户一档)."""
    desk.session.add(workshop)
    desk.record("workshop.register", workshop, why, name=workshop.name, kind=workshop.kind)
    return workshop


def strike_out(desk: Desk, workshop: Workshop, why: str) -> None:
    """Take out an operator that was registered in error, with its certificates; the journal keeps what it was.

    Raises:
        Refused: something hangs on it already; then its certificate is cancelled (注销) instead.
    """
    numbers = [one.number for one in workshop.certificates]
    desk.record("workshop.strike_out", workshop, why, name=workshop.name, numbers=numbers)
    try:
        with desk.session.begin_nested():
            for paper in workshop.certificates:
                for event in paper.events:
                    desk.session.delete(event)
                desk.session.delete(paper)
            desk.session.delete(workshop)
            desk.session.flush()
    except IntegrityError:
        raise Refused(say("这家作坊已经有别的记录，不能删除；不再经营的，请注销登记证。")) from None


def issue_certificate(
    desk: Desk, workshop: Workshop, number: str, issued_on: date, why: str, *,
    until: date | None = None, scope: str | None = None, issuer: str | None = None, checked: bool = False,
) -> Certificate:  # fmt: skip
    """Issue the certificate of the operator's kind and province; its term is the province's where none is given.

    Raises:
        Refused: it ends before it begins, the place forbids one of the foods, or one in doubt is not ``checked``.
    """
    if until is not None and until < issued_on:
        raise Refused(say("有效期早于发证日期。"))
    _check_foods(desk, workshop, scope, issued_on, checked)
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


def revoke_certificate(
    desk: Desk, key: int, on: date, why: str, kind: PaperEventKind = PaperEventKind.revoked
) -> None:  # fmt: skip
    """Revoke (吊销、撤销) or cancel (注销) a certificate: what is made from that day on is made without one.

    Raises:
        Refused: there is none, it was taken away before, the day does not fit, or the kind is another one.
    """
    if kind not in ENDED:
        raise Refused(say("吊销或者注销以外的事项不能这样记。"))
    certificate = require(desk, Certificate, key, say("没有这张证书。"))
    if certificate.revoked_on is not None:
        raise Refused(say("这张登记证已经吊销或者注销。"))
    _check_day(desk, certificate, on)
    certificate.revoked_on = on
    desk.session.add(CertificateEvent(certificate=certificate, kind=kind, on=on))
    desk.record("certificate.revoke", certificate.workshop, why, number=certificate.number, on=on, kind=kind)


def reinstate_certificate(desk: Desk, key: int, why: str) -> None:
    """Take back a revocation that was annulled.

    Raises:
        Refused: there is no such certificate, or it was not taken away.
    """
    certificate = require(desk, Certificate, key, say("没有这张证书。"))
    if certificate.revoked_on is None:
        raise Refused(say("这张登记证没有吊销，也没有注销。"))
    certificate.revoked_on = None
    event = CertificateEvent(certificate=certificate, kind=PaperEventKind.reinstated, on=desk.today)
    desk.session.add(event)
    desk.record("certificate.reinstate", certificate.workshop, why, number=certificate.number)


def renew_certificate(desk: Desk, key: int, on: date, until: date, why: str) -> CertificateEvent:
    """Renew a certificate (延续): it holds until a later day. The opposite is :func:`undo_paper_event`.

    Raises:
        Refused: it has no term, was taken away, or the new last day is not later.
    """
    certificate = require(desk, Certificate, key, say("没有这张证书。"))
    if certificate.revoked_on is not None or certificate.until is None or until <= certificate.until:
        raise Refused(say("这张证书没有期限、已经吊销或注销，或者新的有效期没有更晚。"))
    _check_day(desk, certificate, on)
    before, certificate.until = certificate.until, until
    return _happened(desk, certificate, PaperEventKind.renewed, on, why, "until", before.isoformat(), until.isoformat())


def change_certificate(
    desk: Desk, key: int, on: date, scope: str, why: str, *, checked: bool = False
) -> CertificateEvent:  # fmt: skip
    """Change what a certificate lets its holder make (变更品种明细). The opposite is :func:`undo_paper_event`.

    Raises:
        Refused: there is no such certificate, it says so already, the place forbids one of the foods, or ``checked`` is
            false and one is in doubt.
    """
    certificate = require(desk, Certificate, key, say("没有这张证书。"))
    if scope == certificate.scope:
        raise Refused(say("证书上写的就是这样。"))
    _check_day(desk, certificate, on)
    _check_foods(desk, certificate.workshop, scope, on, checked)
    before, certificate.scope = certificate.scope, scope
    return _happened(desk, certificate, PaperEventKind.changed, on, why, "scope", before, scope)


def undo_paper_event(desk: Desk, event: CertificateEvent, why: str) -> None:
    """Take back a renewal or a change that was noted in error; only the newest, so that nothing is undone twice.

    Raises:
        Refused: it is not the newest of its field, or is undone by another act.
    """
    alike = [one for one in event.certificate.events if one.field == event.field and one.undone_at is None]
    if event.field is None or alike[-1:] != [event]:
        raise Refused(say("只能撤销最近一次变更或者延续。"))
    before: Any = event.before
    if event.field == "until" and event.before:
        before = date.fromisoformat(event.before)
    setattr(event.certificate, event.field, before)
    event.undone_at = desk.now
    paper = event.certificate
    desk.record("certificate.undo", paper.workshop, why, number=paper.number, kind=event.kind, on=event.on)


def _check_foods(desk: Desk, workshop: Workshop, scope: str | None, on: date, checked: bool) -> None:
    """Refuse foods that the lists of the place forbid, and those in doubt that nobody has ``checked``."""
    remarks = desk.rules.foods.remarks(scope or "", workshop.district_code, workshop.kind, on)
    for remark in sorted(remarks, key=lambda one: not one.final):
        if remark.final:
            raise Refused(remark.sentence)
        if not checked:
            raise Refused(say("%(remark)s核对过、可以登记的，请勾选“已逐项核对”。", remark=remark.sentence))


def _check_day(desk: Desk, certificate: Certificate, on: date) -> None:
    if not certificate.issued_on <= on <= desk.today:
        raise Refused(say("日期早于发证日期，或者还没有到。"))


def _happened(
    desk: Desk, certificate: Certificate, kind: PaperEventKind, on: date, why: str,
    field: str, before: str | None, after: str,
) -> CertificateEvent:  # fmt: skip
    event = CertificateEvent(certificate=certificate, kind=kind, on=on, field=field, before=before, after=after)
    desk.session.add(event)
    workshop, number = certificate.workshop, certificate.number
    desk.record(f"certificate.{kind}", workshop, why, number=number, before=before, after=after, on=on)
    return event


def restrict(
    desk: Desk, workshop: Workshop, kind: RestrictionKind, since: date, why: str, *,
    ground: str, article: str, until: date | None = None, document: str | None = None,
) -> Restriction:  # fmt: skip
    """Record an order that closes, suspends or corrects an operator, with its ground and article.

    Raises:
        Refused: it begins ahead or ends before it begins.
    """
    if since > desk.today or (until is not None and until < since):
        raise Refused(say("开始的日期还没有到，或者最后一日早于开始的日期。"))
    order = Restriction(
        workshop=workshop, kind=kind, since=since, until=until, ground=ground, article=article, document=document
    )
    desk.session.add(order)
    desk.record("workshop.restrict", workshop, why, kind=kind, since=since, until=until, article=article)
    return order


def lift_restriction(desk: Desk, key: int, until: date, why: str) -> None:
    """End an order; ``until`` is the last day on which it held.

    Raises:
        Refused: there is none, or the day lies ahead or before its first one.
    """
    order = require(desk, Restriction, key, say("没有这项决定。"))
    if until > desk.today:
        raise Refused(say("解除的日期还没有到。"))
    if until < order.since:
        raise Refused(say("解除的日期早于决定的日期。"))
    order.until = until
    desk.record("workshop.lift", order.workshop, why, kind=order.kind, until=until)


def strike_out_restriction(desk: Desk, key: int, why: str) -> None:
    """Take out an order that was entered in error; the journal keeps what it said."""
    order = require(desk, Restriction, key, say("没有这项决定。"))
    desk.record(
        "workshop.restriction_struck_out", order.workshop, why, kind=order.kind, since=order.since, until=order.until,
        ground=order.ground, article=order.article, document=order.document,
    )  # fmt: skip
    desk.session.delete(order)


def add_product(desk: Desk, product: Product, why: str) -> Product:
    """Enter a product with the contents its label owes.

    Raises:
        Refused: the place forbids the small kinds to make it, or the operator has it already.
    """
    _may_be_made(desk, product.workshop, product.name)
    _is_new(desk, product.workshop, product.name, product.specification or "")
    desk.session.add(product)
    maker = product.workshop
    desk.record("product.add", product, why, name=product.name, category=product.category, touches=[maker])
    return product


def change_product(desk: Desk, product: Product, why: str, **changes: Any) -> None:
    """Change label contents; the journal keeps what stood there before.

    Raises:
        Refused: as for a new product, where its name changes.
    """
    before = {name: getattr(product, name) for name in changes}
    if changes.get("name", product.name) != product.name:
        _may_be_made(desk, product.workshop, changes["name"])
    named = (changes.get("name", product.name), changes.get("specification", product.specification))
    if named != (product.name, product.specification):
        _is_new(desk, product.workshop, *named)
    for name, value in changes.items():
        setattr(product, name, value)
    desk.record("product.change", product, why, before=before, after=changes, touches=[product.workshop])


def strike_out_product(desk: Desk, product: Product, why: str) -> None:
    """Strike out a product entered in error.

    Raises:
        Refused: batches of it were made.
    """
    if desk.session.scalars(select(Batch.id).filter_by(product_id=product.id)).first():
        raise Refused(say("这个产品已经有批次，不能删除；写错的内容可以更改。"))
    maker = product.workshop
    desk.record(
        "product.strike_out", product, why, name=product.name, specification=product.specification, touches=[maker]
    )
    desk.session.delete(product)


def _may_be_made(desk: Desk, maker: Workshop, name: str) -> None:
    if banned := desk.rules.foods.banned(name, maker.district_code, maker.kind, desk.today):
        raise Refused(banned)


def _is_new(desk: Desk, maker: Workshop, name: str, specification: str) -> None:
    same = select(Product.id).filter_by(workshop_id=maker.id, name=name, specification=specification)
    with desk.session.no_autoflush:
        if desk.session.scalars(same).first():
            raise Refused(say("这家已经有同名、同规格的产品。"))
