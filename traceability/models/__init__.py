"""The tables of this room, one module per kind of thing."""

from zuofang.rules.label_contents import Packing
from zuofang.traceability.models.batches import (
    Batch,
    BatchMaterial,
    BatchState,
    Delivery,
    DeliveryKind,
    MaterialReceipt,
    Recall,
    ReceiverKind,
)
from zuofang.traceability.models.labels import LabelKind, LabelRevocation, LabelRun, PageVersion
from zuofang.traceability.models.operators import (
    Certificate,
    OperatorKind,
    Product,
    Restriction,
    RestrictionKind,
    Workshop,
)
from zuofang.traceability.models.tests import Conclusion, Method, ReleaseTest, TestResult
from zuofang.traceability.models.zones import (
    Accreditation,
    AccreditedItem,
    District,
    Laboratory,
    StandardState,
    Tenancy,
    Zone,
    ZoneStandard,
    ZoneStep,
    ZoneStepKind,
    ZoneUnit,
)

__all__ = [
    "Accreditation",
    "AccreditedItem",
    "Batch",
    "BatchMaterial",
    "BatchState",
    "Certificate",
    "Conclusion",
    "Delivery",
    "DeliveryKind",
    "District",
    "LabelKind",
    "LabelRevocation",
    "LabelRun",
    "Laboratory",
    "MaterialReceipt",
    "Method",
    "OperatorKind",
    "Packing",
    "PageVersion",
    "Product",
    "Recall",
    "ReceiverKind",
    "ReleaseTest",
    "Restriction",
    "RestrictionKind",
    "StandardState",
    "Tenancy",
    "TestResult",
    "Workshop",
    "Zone",
    "ZoneStandard",
    "ZoneStep",
    "ZoneStepKind",
    "ZoneUnit",
]
