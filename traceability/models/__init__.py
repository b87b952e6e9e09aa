"""The tables of this room, one module per kind of thing."""

from zuofang.rules.label_contents import Packing
from zuofang.traceability.models.applications import ApplicationState, ZoneApplication
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
from zuofang.traceability.models.boards import BoardSupplier, Commitment, NoticeBoard
from zuofang.traceability.models.labels import LabelKind, LabelRevocation, LabelRun, PageVersion
from zuofang.traceability.models.operators import (
    Certificate,
    CertificateEvent,
    OperatorKind,
    PaperEventKind,
    Product,
    Restriction,
    RestrictionKind,
    Workshop,
)
from zuofang.traceability.models.receipts import ReceiptPicture
from zuofang.traceability.models.support import CameraMonth, LivePicture, Subsidy
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
    "ApplicationState",
    "Batch",
    "BatchMaterial",
    "BatchState",
    "BoardSupplier",
    "CameraMonth",
    "Certificate",
    "CertificateEvent",
    "Commitment",
    "Conclusion",
    "Delivery",
    "DeliveryKind",
    "District",
    "LabelKind",
    "LabelRevocation",
    "LabelRun",
    "Laboratory",
    "LivePicture",
    "MaterialReceipt",
    "Method",
    "NoticeBoard",
    "OperatorKind",
    "Packing",
    "PageVersion",
    "PaperEventKind",
    "Product",
    "Recall",
    "ReceiptPicture",
    "ReceiverKind",
    "ReleaseTest",
    "Restriction",
    "RestrictionKind",
    "StandardState",
    "Subsidy",
    "Tenancy",
    "TestResult",
    "Workshop",
    "Zone",
    "ZoneApplication",
    "ZoneStandard",
    "ZoneStep",
    "ZoneStepKind",
    "ZoneUnit",
]
