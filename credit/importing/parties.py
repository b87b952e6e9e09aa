"""The parties that one printed cell names: a producer alone, or several with their roles said beside them.

Tables write ``受托生产：甲；委托方：乙``, ``甲（生产）/乙（经销）`` or ``甲 制造；乙 监制``.
What says no role has that of its column.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zuofang.credit.models import PartyRole
from zuofang.traceability.importing.cells import NONE_WORDS, SILENT_WORDS

NOTHING = NONE_WORDS | SILENT_WORDS
_CHINESE = "\u3400-\u9fff（）()：；"
_BLANK_INSIDE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
_BETWEEN = re.compile(r"[;；/／|]+")
_WHO = "(?:企业|单位|厂家|厂商|工厂|厂|商|者|方|公司|主体)?(?:名称|地址)?"
_ROLES: tuple[tuple[PartyRole, str], ...] = (
    (PartyRole.producer, "(?:受|被)委托(?:生产|加工|制造)?|受托(?:生产|加工|制造)?"),
    (PartyRole.principal, "委托(?:生产|加工|制造)?"),
    (PartyRole.producer, "(?:标称|实际)?(?:生产加工|加工生产|生产|制造|加工|制作|分装|灌装)"),
    (PartyRole.distributor, "(?:总|全国总)?(?:经销|经营|代理|销售|供应|供货|进口|出品|监制|运营|出版|品牌)"),
)
_BEFORE = tuple((role, re.compile(rf"\(?(?:{words}){_WHO}\)?:\s*(?=\S)")) for role, words in _ROLES)
_BEHIND = tuple(
    (role, re.compile(rf"(?<=\S)(?:\s*\((?:{words}){_WHO}\)|\s+(?:{words}){_WHO})$")) for role, words in _ROLES
)


@dataclass(frozen=True, slots=True)
class Named:
    """A party as a table names it; what the table does not say is empty."""

    role: PartyRole
    name: str
    address: str = ""
    certificate: str = ""
    credit_code: str = ""
    district: str = ""


def read_parties(role: PartyRole, names: str, addresses: str = "") -> tuple[Named, ...]:
    """The parties of a cell with the addresses of the cell beside it.

    As many addresses as parties belong to them in their order. One address is that of the only party in the column's
    own role; what cannot be shared out belongs to nobody.
    """
    parts, places = list(_parts(role, names)), [text for _, text in _parts(role, addresses)]
    if len(parts) == len(places):
        return tuple(Named(*part, place) for part, place in zip(parts, places, strict=True))
    alone = sum(told is role for told, _ in parts) == 1 and len(places) == 1
    return tuple(Named(told, name, places[0] if alone and told is role else "") for told, name in parts)


def responsible(parties: tuple[Named, ...]) -> tuple[Named, ...]:
    """Those a finding speaks of: the producers where the table names one, else the others it names first.

    A food that names no producer was made where it was sampled, or is loose; its finding is about the sampled unit.
    """
    for role in (PartyRole.party, PartyRole.producer, PartyRole.sampled, PartyRole.principal):
        if found := tuple(one for one in parties if one.role is role):
            return tuple(replace(one, address=_address_of(one, parties)) for one in found)
    return parties


def _address_of(party: Named, parties: tuple[Named, ...]) -> str:
    """Its address, or where it has none that of the same name elsewhere in the row."""
    return party.address or next((one.address for one in parties if one.name == party.name and one.address), "")


def _parts(role: PartyRole, cell: str) -> Iterator[tuple[PartyRole, str]]:
    if cell.strip() in NOTHING or unicodedata.normalize("NFKC", cell).strip() in NOTHING:
        return
    pieces = [piece.strip() for piece in _BETWEEN.split(_joined(cell)) if piece.strip()]
    told = [_role_of(piece) for piece in pieces]
    if len(pieces) > 1 and not any(found for found, _ in told):
        yield role, _joined(cell)  # a stroke inside one name, not between two
        return
    for found, name in told:
        yield found or role, name


def _role_of(piece: str) -> tuple[PartyRole | None, str]:
    plain = piece.translate(_HALF)
    for role, pattern in _BEFORE:
        if found := pattern.match(plain):
            return role, piece[found.end() :].strip()
    for role, pattern in _BEHIND:
        if found := pattern.search(plain):
            return role, piece[: found.start()].strip()
    return None, piece


_HALF = str.maketrans("（）：", "():")


def _joined(cell: str) -> str:
    """The cell without the blanks that a line break left between Chinese characters."""
    return _BLANK_INSIDE.sub(_kept_blank, cell.strip())


def _kept_blank(found: re.Match[str]) -> str:
    """A blank before a closing role word stays: it is what tells the word from the name."""
    rest = found.string[found.end() :]
    return " " if re.match(r"(?:制造|监制|生产|出品|经销|分装)\s*(?:[;；/]|$)", rest) else ""
