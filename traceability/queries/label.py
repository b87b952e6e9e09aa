"""What stands behind a label code: one statement, then plain values.

Everything a label page says about the batch, the workshop and the zone comes from :func:`label_file`. Test figures do
not leave this module: what leaves is the conclusion, and how many items there were where that may be said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, lambda_stmt, or_, select

from zuofang.rules.calendar import china_day
from zuofang.storage.nested import Rows, as_column, nested, unfold
from zuofang.traceability.accreditation import Scope, may_publish, scope
from zuofang.traceability.label import LabelFile, Material, Place, Range, Sheet
from zuofang.traceability.models import (
    Accreditation,
    AccreditedItem,
    Batch,
    BatchMaterial,
    Certificate,
    Conclusion,
    LabelKind,
    LabelRevocation,
    LabelRun,
    Laboratory,
    MaterialReceipt,
    Method,
    Product,
    Recall,
    ReleaseTest,
    Restriction,
    RestrictionKind,
    Tenancy,
    TestResult,
    Workshop,
    Zone,
    ZoneStep,
    ZoneStepKind,
    ZoneUnit,
)
from zuofang.traceability.verdict import (
    CertificateFacts,
    RecallFacts,
    RestrictionFacts,
    TestFacts,
)

OUTER = (Batch.__table__, Workshop.__table__)
"""What the nested selects lean on."""

_PLACES = (
    nested(Zone.slug, Zone.name, Zone.brand, ZoneUnit.number, Zone.id, Tenancy.since)
    .select_from(Tenancy)
    .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
    .join(Zone, Zone.id == ZoneUnit.zone_id)
    .where(
        Tenancy.workshop_id == Workshop.id,
        Tenancy.since <= Batch.made_on,
        or_(Tenancy.until.is_(None), Tenancy.until >= Batch.made_on),
    )
)
_ACCEPTED = (
    nested(ZoneUnit.zone_id, ZoneStep.on)
    .select_from(Tenancy)
    .join(ZoneUnit, ZoneUnit.id == Tenancy.unit_id)
    .join(ZoneStep, ZoneStep.zone_id == ZoneUnit.zone_id)
    .where(Tenancy.workshop_id == Workshop.id, ZoneStep.kind == ZoneStepKind.accepted)
)
_CERTIFICATES = nested(Certificate.number, Certificate.since, Certificate.until, Certificate.revoked_on).where(
    Certificate.workshop_id == Workshop.id
)
_RESTRICTIONS = nested(Restriction.kind, Restriction.since, Restriction.until, Restriction.ground).where(
    Restriction.workshop_id == Workshop.id
)
_TESTS = (
    nested(
        ReleaseTest.id,
        ReleaseTest.conclusion,
        ReleaseTest.method,
        ReleaseTest.tested_on,
        Laboratory.name,
        ReleaseTest.number,
        Laboratory.id,
    )
    .select_from(ReleaseTest)
    .join(Laboratory, Laboratory.id == ReleaseTest.laboratory_id)
    .where(ReleaseTest.batch_id == Batch.id, ReleaseTest.annulled_on.is_(None))
)
_ITEMS = (
    nested(TestResult.test_id, TestResult.item)
    .join(ReleaseTest, ReleaseTest.id == TestResult.test_id)
    .where(ReleaseTest.batch_id == Batch.id, ReleaseTest.annulled_on.is_(None))
)
_SCOPES = (
    nested(
        Accreditation.laboratory_id,
        Accreditation.number,
        Accreditation.since,
        Accreditation.until,
        Accreditation.revoked_on,
        AccreditedItem.item,
    )
    .select_from(ReleaseTest)
    .join(Accreditation, Accreditation.laboratory_id == ReleaseTest.laboratory_id)
    .join(AccreditedItem, AccreditedItem.accreditation_id == Accreditation.id)
    .where(ReleaseTest.batch_id == Batch.id)
)
_RECALLS = nested(Recall.level, Recall.reason, Recall.known_at, Recall.announced_on).where(
    Recall.batch_id == Batch.id, Recall.withdrawn_on.is_(None)
)
_MATERIALS = (
    nested(MaterialReceipt.name, MaterialReceipt.lot, MaterialReceipt.received_on, MaterialReceipt.supplier)
    .join(BatchMaterial, BatchMaterial.receipt_id == MaterialReceipt.id)
    .where(BatchMaterial.batch_id == Batch.id)
)
_RUNS = nested(LabelRun.kind, LabelRun.first, LabelRun.last, LabelRun.copies, LabelRun.key_version).where(
    LabelRun.batch_id == Batch.id
)
_REVOKED = nested(LabelRevocation.first, LabelRevocation.last, LabelRevocation.reason).where(
    LabelRevocation.batch_id == Batch.id, LabelRevocation.lifted_at.is_(None)
)

_SELECT = (
    select(
        Batch.id,
        Batch.lot,
        Batch.made_on,
        Batch.best_before,
        Batch.state,
        Batch.decided_at,
        Batch.block_reason,
        Product.name.label("product"),
        Product.specification,
        Product.category,
        Product.packing,
        Product.net_content,
        Product.ingredients,
        Product.shelf_life_days,
        Product.storage,
        Product.standard,
        Product.allergens,
        Workshop.id.label("workshop_id"),
        Workshop.name.label("workshop"),
        Workshop.kind,
        Workshop.province,
        Workshop.district_code,
        Workshop.address,
        Workshop.phone,
        as_column(_PLACES, "places", *OUTER),
        as_column(_ACCEPTED, "accepted", *OUTER),
        as_column(_CERTIFICATES, "certificates", *OUTER),
        as_column(_RESTRICTIONS, "restrictions", *OUTER),
        as_column(_TESTS, "tests", *OUTER),
        as_column(_ITEMS, "items", *OUTER),
        as_column(_SCOPES, "scopes", *OUTER),
        as_column(_RECALLS, "recalls", *OUTER),
        as_column(_MATERIALS, "materials", *OUTER),
        as_column(_RUNS, "runs", *OUTER),
        as_column(_REVOKED, "revoked", *OUTER),
    )
    .join(Product, Product.id == Batch.product_id)
    .join(Workshop, Workshop.id == Product.workshop_id)
    .where(Batch.id == bindparam("batch", type_=Batch.id.type))
)

_STATEMENT = lambda_stmt(lambda: _SELECT, enable_tracking=False)
"""Found again by its place here: the parts of a long statement need not be compared with what was compiled before."""


PLAIN = 24
"""The statement's first columns are the file's first fields, in the same order."""


def label_file(connection: Connection, batch: int) -> LabelFile | None:
    """Everything behind a label of this batch, or nothing where there is no such batch. One statement."""
    row = connection.execute(_STATEMENT, {"batch": batch}).one_or_none()
    return None if row is None else _file(row)


def _file(row: Any) -> LabelFile:
    make: Callable[..., LabelFile] = LabelFile  # the first fields come from the row as they are
    return make(
        *row[:PLAIN],
        place=_place(unfold(row.places), unfold(row.accepted)),
        certificates=tuple(
            CertificateFacts(number, day(since), maybe_day(until), maybe_day(revoked))
            for number, since, until, revoked in unfold(row.certificates)
        ),
        restrictions=tuple(
            RestrictionFacts(RestrictionKind(kind), day(since), maybe_day(until), ground)
            for kind, since, until, ground in unfold(row.restrictions)
        ),
        sheets=_sheets(unfold(row.tests), unfold(row.items), unfold(row.scopes)),
        recalls=tuple(
            RecallFacts(level, reason, china_day(moment(known)), maybe_day(announced))
            for level, reason, known, announced in unfold(row.recalls)
        ),
        materials=tuple(
            sorted(
                (
                    Material(name, lot, day(received), supplier)
                    for name, lot, received, supplier in unfold(row.materials)
                ),
                key=lambda material: (material.received_on, material.name),
            )
        ),
        runs=tuple(
            Range(LabelKind(kind), first, last, copies, key_version=version)
            for kind, first, last, copies, version in unfold(row.runs)
        ),
        revoked=tuple(Range(None, first, last, note=reason) for first, last, reason in unfold(row.revoked)),
    )


def _place(places: Rows, accepted: Rows) -> Place | None:
    if not places:
        return None
    slug, name, brand, unit, zone, _since = max(places, key=lambda place: str(place[5]))
    steps = [day(on) for of, on in accepted if of == zone]
    return Place(slug, name, brand, unit, min(steps, default=None))


def _sheets(tests: Rows, items: Rows, scopes: Rows) -> tuple[Sheet, ...]:
    names: dict[int, list[str]] = defaultdict(list)
    for test, item in items:
        names[test].append(item)
    sheets = []
    # Of two sheets of one day the later entry stands first, because it is the one that counts.
    for key, conclusion, method, tested, laboratory, number, body in sorted(tests, reverse=True):
        facts = TestFacts(Conclusion(conclusion), Method(method), day(tested), laboratory, number)
        sheets.append(Sheet(facts, _countable(names[key], facts.tested_on, _scopes(scopes, body))))
    return tuple(sorted(sheets, key=lambda sheet: sheet.facts.tested_on))


def _countable(items: list[str], tested_on: date, scopes: list[Scope]) -> int | None:
    """How many items a sheet has, where every one of them may be published."""
    return len(items) if items and all(may_publish(item, tested_on, scopes) for item in items) else None


def _scopes(rows: Rows, laboratory: int) -> list[Scope]:
    """The accreditations of one laboratory, from rows of one item each."""
    found: dict[tuple[str, str, str, str | None], list[str]] = defaultdict(list)
    for body, number, since, until, revoked, item in rows:
        if body == laboratory:
            found[number, since, until, revoked].append(item)
    return [
        scope(number, day(since), day(until), maybe_day(revoked), items)
        for (number, since, until, revoked), items in found.items()
    ]


def day(text: str) -> date:
    """A date out of a nested row."""
    return date.fromisoformat(text[:10])


def maybe_day(text: str | None) -> date | None:
    """A date out of a nested row, or none."""
    return None if text is None else day(text)


def moment(text: str) -> datetime:
    """A moment out of a nested row; SQLite keeps no zone, and everything is kept in UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
