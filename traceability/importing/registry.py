"""Which registered operator a row speaks of. What disagrees is refused; nothing is merged across districts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select

from zuofang.rules.identifiers import credit_code_district
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.work import NOT_MINE, Work
from zuofang.traceability.models import Certificate, District, OperatorKind, Workshop


@dataclass(slots=True, eq=False)
class Entry:
    """An operator in the register, or one that this file is about to add (``id`` is 0 until then)."""

    id: int
    kind: OperatorKind
    name: str
    address: str
    district: str
    credit_code: str | None


@dataclass(slots=True)
class Registry:
    """The operators that the rows of a file may speak of, by everything that names one."""

    by_id: dict[int, Entry] = field(default_factory=dict)
    by_number: dict[str, Entry] = field(default_factory=dict)
    by_code: dict[str, Entry] = field(default_factory=dict)
    by_place: dict[tuple[str, str], Entry] = field(default_factory=dict)
    by_identity: dict[bytes, Entry] = field(default_factory=dict)

    def read(self, work: Work, rows: list[Row]) -> None:
        """Look up every operator that shares a number, code, name or identity with one of the rows."""
        wanted: dict[Any, list[Any]] = {
            Workshop.credit_code.expression: [row.cells["credit_code"] for row in rows if row.cells.get("credit_code")],
            Workshop.name.expression: [row.cells["name"] for row in rows],
            Workshop.identity.expression: [digest for row in rows if (digest := blinded(work, row))],
        }
        for column, values in wanted.items():
            self._add(work.find(select(*Workshop.__table__.c), column, values))
        papers = select(Certificate.number, *Workshop.__table__.c).join(Workshop)
        found = list(work.find(papers, Certificate.number.expression, [row.cells["certificate"] for row in rows]))
        self._add(found)
        self.by_number.update((one.number, self.by_id[one.id]) for one in found)

    def _add(self, found: Iterable[Any]) -> None:
        for one in found:
            if one.id in self.by_id:
                continue
            entry = Entry(one.id, one.kind, one.name, one.address, one.district_code, one.credit_code)
            self.by_id[one.id] = self.by_place[entry.name, entry.address] = entry
            if one.credit_code:
                self.by_code[one.credit_code] = entry
            if one.identity:
                self.by_identity[one.identity] = entry

    def match(self, work: Work, row: Row, district: str | None) -> Entry | None:
        """The operator of a row, a new one where none fits; nothing when the row had to be refused."""
        said = row.cells
        by_number, by_code = self.by_number.get(said["certificate"]), self.by_code.get(said.get("credit_code") or "")
        if not all(work.covers(one.district) for one in (by_number, by_code) if one):
            work.refuse(row, "certificate", NOT_MINE)
            return None
        if district is not None and not work.is_mine(row, "district_code", district):
            return None
        if by_number and by_code and by_number is not by_code:
            work.refuse(row, "certificate", say("登记证编号和统一社会信用代码属于两家不同的作坊。"))
            return None
        same = self.by_place.get((said["name"], said["address"]))
        found = by_number or by_code or (same if same and same.district == district else None)
        if found is None and district is None:
            work.refuse(row, "district_code", say("看不出在哪个县（市、区）。请加一列“区划代码”。"))
        elif same is not None and same is not found:
            work.refuse(row, "address", _taken(same, district))
        elif found is not None and not self._agrees(work, row, found, district, by_number is found and not by_code):
            return None
        return None if row.refused else self._keep(work, row, found or _new(row, district or ""))

    def _agrees(self, work: Work, row: Row, found: Entry, district: str | None, only_number: bool) -> bool:
        said = row.cells
        code = said.get("credit_code")
        if district not in (None, found.district):
            work.refuse(
                row, "certificate", say("登记在另一个县（市、区）的“%(name)s”名下，不能合并。", name=found.name)
            )
        elif only_number and said["name"] != found.name and said["address"] != found.address:
            work.refuse(row, "certificate", say("这个编号属于“%(name)s”，名称和地址都不同，请核对。", name=found.name))
        elif code and found.credit_code and code != found.credit_code:
            work.refuse(row, "credit_code", say("“%(name)s”登记的是另一个统一社会信用代码。", name=found.name))
        return not row.refused

    def _keep(self, work: Work, row: Row, entry: Entry) -> Entry | None:
        """Remember what the row says of its operator, so that later rows find it."""
        digest = blinded(work, row)
        if digest and self.by_identity.setdefault(digest, entry) is not entry:
            other = self.by_identity[digest]
            told = say("这个身份证号已登记在“%(name)s”名下。", name=other.name)
            work.refuse(row, "identity", told if work.covers(other.district) else NOT_MINE)
            return None
        self.by_number[row.cells["certificate"]] = entry
        self.by_place[row.cells["name"], row.cells["address"]] = entry
        if code := row.cells.get("credit_code"):
            self.by_code[code] = entry
            entry.credit_code = code
        return entry


def _taken(same: Entry, district: str | None) -> Sentence:
    if same.district != district:
        return say("另一个县（市、区）已有同名同址的作坊，不能合并。请在地址前写明县（市、区）名。")
    return say("同一地址已有同名的另一家，请核对登记证编号。")


def _new(row: Row, district: str) -> Entry:
    said = row.cells
    return Entry(0, said.get("kind") or OperatorKind.workshop, said["name"], said["address"], district, None)


def blinded(work: Work, row: Row) -> bytes | None:
    """The keyed digest of the row's identity number; nothing where it states none."""
    identity = row.cells.get("identity")
    return None if identity is None else work.desk.keys.blind(identity.number)


def district_of(work: Work, row: Row, of_zone: str | None) -> str | None:
    """The district of a row: as stated, of its zone, named by its issuer, or in its credit code."""
    stated = row.cells.get("district_code")
    if stated and of_zone and stated != of_zone:
        work.refuse(row, "district_code", say("区划代码与所属加工区的不同。"))
    return stated or of_zone or _named(work, row.cells.get("issuer") or "") or _coded(row)


def _named(work: Work, issuer: str) -> str | None:
    """The district whose name stands in the issuer's, such as 清溪县 in 清溪县市场监督管理局; the longest such name."""
    names = work.remember("districts", lambda: _district_names(work))
    fitting = sorted((name for name in names if name in issuer), key=len, reverse=True)
    return names[fitting[0]] if fitting else None


def _district_names(work: Work) -> dict[str, str]:
    """Names of counties and districts in force today; a name that two of them share decides nothing."""
    in_force = District.since <= work.today, or_(District.until.is_(None), District.until >= work.today)
    found = list(work.connection.execute(select(District.name, District.code).where(*in_force)))
    names = [name for name, _ in found]
    return {name: code for name, code in found if names.count(name) == 1 and not code.endswith("00")}


def _coded(row: Row) -> str | None:
    code = row.cells.get("credit_code")
    return credit_code_district(code) if code else None
