"""Every kind of table that the credit file takes in."""

from __future__ import annotations

from zuofang.credit.importing import (
    bearers,
    campaigns,
    honours,
    inspections,
    outlets,
    penalties,
    sampling,
    serious_list,
)
from zuofang.traceability.importing.engine import Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (inspections, sampling, penalties, serious_list, honours, bearers, outlets, campaigns)
}
