"""Small tables for tests: what a file says, line by line, and what became of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from zuofang.rules.identifiers import credit_check, identity_check
from zuofang.storage import journal
from zuofang.storage.acts import Office
from zuofang.storage.base import Base
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.acts import batches, operators
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.kinds import KINDS
from zuofang.traceability.importing.report import ImportReport
from zuofang.traceability.models import OperatorKind, Packing, Product, Workshop

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WHO = "tester"

IDENTITY = "33990119880412001" + identity_check("33990119880412001")
CREDIT_CODE = "92339901MA2AB12C3" + credit_check("92339901MA2AB12C3")
WORKSHOP = {
    "食品小作坊名称": "北溪陈记卤味作坊", "登记证编号": "ZF33990100012", "经营者姓名": "陈小满",
    "生产加工地址": "清溪县北溪镇园区路8号", "区划代码": "339901", "发证日期": "2025-03-01",
}  # fmt: skip
PRODUCT = {
    "登记证编号": "ZF33990100012",
    "产品名称": "酱牛肉",
    "规格": "200克",
    "食品类别": "酱卤牛肉",
    "包装形式": "预包装",
}
OF_BATCH = {"登记证编号": "ZF33990100012", "产品名称": "酱牛肉", "批号": "L1"}
BATCH = {**OF_BATCH, "生产日期": "2026-11-10"}
TEST = {
    **OF_BATCH, "报告编号": "QX-1", "检验机构": "清溪检验室", "检验日期": "2026-11-11",
    "检验项目": "山梨酸", "检验结果": "0.03", "单位": "g/kg", "限量": "≤0.075", "结论": "合格",
}  # fmt: skip
DELIVERY = {
    **OF_BATCH, "发货单号": "FH-1", "销售日期": "2026-11-12", "数量": "12", "单位": "袋",
    "购货者类别": "学校", "购货者名称": "清溪县实验小学食堂",
}  # fmt: skip
MATERIAL = {
    "登记证编号": "ZF33990100012", "原料名称": "牛肉", "原料批号": "NR1", "数量": "120", "单位": "千克",
    "进货日期": "2026-11-09", "供货者名称": "北溪肉联厂",
}  # fmt: skip
ZONE = {"加工区名称": "清溪卤味加工区", "网址名": "qingxi", "区划代码": "339901", "地址": "清溪县北溪镇园区路8号"}


class Bureau:
    """Somebody who imports small tables and looks at what became of them."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.file = folder / "table.csv"

    def take(self, kind: str, *rows: dict[str, str], dry_run: bool = False) -> ImportReport:
        """Import a table of these rows."""
        self.file.write_text(table(rows), encoding="utf-8")
        return run(self.office, KINDS[kind], self.file, WHO, dry_run)

    def took(self, kind: str, *rows: dict[str, str]) -> None:
        """Import a table that nothing speaks against."""
        report = self.take(kind, *rows)
        assert report.refused == []

    def prepare(self) -> None:
        """The workshop, the product and the batch of the rows above, by the acts of the desks."""
        with self.office.writing(WHO) as desk:
            workshop = operators.register(desk, Workshop(
                kind=OperatorKind.workshop, name=WORKSHOP["食品小作坊名称"], address=WORKSHOP["生产加工地址"],
                province="33", district_code="339901",
            ), WHO)  # fmt: skip
            operators.issue_certificate(desk, workshop, WORKSHOP["登记证编号"], date(2025, 3, 1), WHO)
            product = operators.add_product(desk, Product(
                workshop=workshop, name="酱牛肉", specification="200克", category="braised-beef",
                packing=Packing.prepacked,
            ), WHO)  # fmt: skip
            batches.open_batch(desk, product, "L1", date(2026, 11, 10), WHO)

    def count(self, model: type[Base]) -> int:
        """How many rows a table has."""
        with Session(self.office.database.read) as session:
            return session.scalar(select(func.count()).select_from(model)) or 0

    def rows(self, model: type[Any]) -> list[Any]:
        """All rows of a table."""
        with Session(self.office.database.read) as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def entries(self) -> list[JournalEntry]:
        """The journal, which must be whole."""
        with Session(self.office.database.read) as session:
            assert journal.verify(session, self.office.keys.verifier) is None
            return list(session.scalars(select(JournalEntry).order_by(JournalEntry.seq)))


def table(rows: Iterable[dict[str, str]]) -> str:
    """Rows as CSV under the headings that any of them has."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines: list[str] = []
    out = csv.DictWriter(Lines(lines), names, restval="")
    out.writeheader()
    out.writerows(rows)
    return "".join(lines)


class Lines:
    """Collects what is written."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def reasons(report: ImportReport) -> list[str]:
    """Every refusal as row, column and reason."""
    return [f"{one.row} {one.column} {one.reason}" for one in report.refused]
