"""What provinces call their papers and what plans ask of a processing zone: two small dated tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from zuofang.rules.parameters import Certainty, NoSuchRule, Unit
from zuofang.rules.sentences import say
from zuofang.rules.tables import RuleFileError, read_table

EVERYWHERE = "*"
Rule = TypeVar("Rule", "CertificateKind", "ZoneStandardRule")


@dataclass(frozen=True, slots=True)
class CertificateKind:
    """The paper that one province gives one of the three small kinds (登记证、核准证、登记卡).

    ``validity_years`` is empty where the province sets no term; ``number_pattern`` is a regular expression for the
    certificate number, empty where none is known and any text is accepted.
    """

    key: str
    province: str
    kind: str
    name: str
    validity_years: int | None
    number_pattern: str
    article: str
    since: date
    until: date | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class ZoneStandardRule:
    """One thing a processing zone must have; ``minimum`` in ``unit`` where it is a figure."""

    key: str
    order: int
    name: str
    requirement: str
    minimum: Decimal | None
    unit: Unit
    source: str
    since: date
    until: date | None
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Registers:
    """Certificate kinds and zone standards, by key."""

    certificates: dict[str, CertificateKind]
    standards: dict[str, ZoneStandardRule]

    def certificate_for(self, province: str, kind: str) -> CertificateKind:
        """The paper of a province for one of the small kinds, else the one that holds everywhere.

        Raises:
            NoSuchRule: the kind is not one of the three small kinds.
        """
        for place in (province, EVERYWHERE):
            for certificate in self.certificates.values():
                if (certificate.province, certificate.kind) == (place, kind):
                    return certificate
        raise NoSuchRule(f"no certificate is known for {kind!r} in province {province}")


def read_registers(folder: Path) -> Registers:
    """Read both tables.

    Raises:
        RuleFileError: a line cannot be read, or a key stands twice.
    """
    certificates = _by_key(folder / "certificates.csv", CertificateKind)
    standards = _by_key(folder / "zone_standards.csv", ZoneStandardRule)
    return Registers(certificates, dict(sorted(standards.items(), key=lambda entry: entry[1].order)))


def _by_key(path: Path, kind: type[Rule]) -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for line in read_table(path, kind):
        if line.row.key in found:
            raise RuleFileError(path, line.number, say("%(name)s 写了两次", name=line.row.key))
        found[line.row.key] = line.row
    return found
