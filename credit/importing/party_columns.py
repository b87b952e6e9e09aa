"""The columns by which the tables of one authority name the party that a record is about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any

from zuofang.credit.importing.parties import Named
from zuofang.credit.importing.printed import printed, shown
from zuofang.credit.models import PartyRole
from zuofang.rules.identifiers import is_identity_number, plain_number
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.cells import NOT_RECORDED
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.work import Work

_MASKED_IDENTITY = re.compile(r"[1-9][0-9]{5,13}[*xX×]{2,12}[0-9]{0,4}[0-9Xx]?")


def certificate_or_nothing(text: str) -> Any:
    """A certificate's number. Inspection forms of small producers put the head's identity number there: not kept."""
    plain = plain_number(unicodedata.normalize("NFKC", text))
    if is_identity_number(plain) or _MASKED_IDENTITY.fullmatch(plain):
        return NOT_RECORDED
    return cells.certificate_number(text)


PARTY = (
    must(
        "name", "名称", "行政相对人名称", "当事人名称", "当事人", "被检查单位", "被检查单位名称", "单位名称",
        "食品小作坊名称", "企业名称",
        about="Name of the party as printed; finds it together with the address.", clean=cells.words(200),
    ),
    printed(
        "address", "地址", "生产加工地址", "经营场所", "生产经营场所", "被检查单位地址", "行政相对人地址",
        about="Address of the party's business.",
    ),
    may(
        "certificate", "登记证编号", "核准证编号", "登记证号", "许可证编号",
        about="Number of its certificate; finds it first. An identity number written here is not kept.",
        clean=certificate_or_nothing,
    ),
    may(
        "credit_code", "统一社会信用代码", "行政相对人代码_1", "社会信用代码",
        about="Credit code, checked; finds it second.", clean=cells.credit_code,
    ),
    may(
        "district_code", "区划代码", "行政区划代码",
        about="Division; nobody is matched across counties.", clean=cells.district,
    ),
)  # fmt: skip


def party_of(work: Work, row: Row) -> Named:
    """The party of a row."""
    return numbered(row, Named(PartyRole.party, shown(work, row, "name"), shown(work, row, "address")))


def numbered(row: Row, party: Named) -> Named:
    """A party with the numbers of its row."""
    certificate, code, district = (row.cells.get(key) or "" for key in ("certificate", "credit_code", "district_code"))
    return replace(party, certificate=certificate, credit_code=code, district=district)
