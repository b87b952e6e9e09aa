"""Where the certificates of a workshop stand on a day, in memory and in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, or_, select

from zuofang.traceability.models import Certificate, Workshop
from zuofang.traceability.verdict import CertificateFacts


class CertificateState(StrEnum):
    """The strongest thing to be said of a workshop's certificates, strongest first."""

    in_force = "in_force"
    revoked = "revoked"
    expired = "expired"
    not_begun = "not_begun"
    none = "none"


def state_of(certificates: Iterable[CertificateFacts], on: date) -> CertificateState:
    """The state of all certificates of a workshop together."""
    papers = tuple(certificates)
    if any(paper.in_force(on) for paper in papers):
        return CertificateState.in_force
    if any(paper.revoked_on is not None and paper.revoked_on <= on for paper in papers):
        return CertificateState.revoked
    if any(paper.until is not None and paper.until < on for paper in papers):
        return CertificateState.expired
    return CertificateState.not_begun if papers else CertificateState.none


def has_certificate_in_force(on: date) -> ColumnElement[bool]:
    """Whether a workshop has a certificate in force."""
    return _has(
        Certificate.since <= on,
        or_(Certificate.until.is_(None), Certificate.until >= on),
        or_(Certificate.revoked_on.is_(None), Certificate.revoked_on > on),
    )


def certificate_state(on: date) -> ColumnElement[str]:
    """The same as :func:`state_of`, as a column of a statement over workshops."""
    return case(
        (has_certificate_in_force(on), CertificateState.in_force.value),
        (_has(Certificate.revoked_on <= on), CertificateState.revoked.value),
        (_has(Certificate.until < on), CertificateState.expired.value),
        (_has(), CertificateState.not_begun.value),
        else_=CertificateState.none.value,
    )


def _has(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(Certificate.id).where(and_(Certificate.workshop_id == Workshop.id, *conditions)).exists()
