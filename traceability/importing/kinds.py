"""Every kind of table this room takes in, in the order in which they build on each other."""

from __future__ import annotations

from pathlib import Path

from zuofang.storage.acts import Office
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
from zuofang.traceability.importing.engine import Kind, Tell, run
from zuofang.traceability.importing.report import ImportReport

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (zones, workshops, products, materials, batches, deliveries, release_tests, subsidies)
}


def run_import(
    office: Office, kind: str, file: Path, who: str, dry_run: bool, tell: Tell | None = None
) -> ImportReport:
    """Import a file, all of it or nothing; ``tell`` hears how far the work is.

    Raises:
        KeyError: there is no such kind.
        BadTable: the file cannot be read as a table, or a column is missing.
    """
    return run(office, KINDS[kind], file, who, dry_run, tell)
