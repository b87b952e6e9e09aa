"""Every kind of table this room takes in, in the order in which they build on each other."""

from __future__ import annotations

from zuofang.traceability.importing import (
    batches,
    deliveries,
    materials,
    products,
    release_tests,
    subsidies,
    workshops,
    zones,
)
from zuofang.traceability.importing.engine import Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (zones, workshops, products, materials, batches, deliveries, release_tests, subsidies)
}
