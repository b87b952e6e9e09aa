"""Small tables into the credit file: what a file says, and what became of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.importing.tables import WHO, Bureau, table

from zuofang.credit.importing.kinds import KINDS
from zuofang.credit.importing.unmatched import Unmatched, unmatched_records
from zuofang.credit.models import CreditRecord
from zuofang.credit.redaction import leaks
from zuofang.storage.base import Base
from zuofang.traceability.acts import operators
from zuofang.traceability.importing.engine import run
from zuofang.traceability.importing.report import ImportReport
from zuofang.traceability.models import District, OperatorKind, Workshop

TODAY = date(2026, 11, 20)
NAME, ADDRESS, NUMBER = "北溪陈记卤味作坊", "清溪县北溪镇园区路8号", "ZF33990100012"
CODE = "92339901MA2AB12C34"
SAMPLE = {
    "标称生产企业名称": NAME, "标称生产企业地址": ADDRESS, "被抽样单位名称": "城关便民超市",
    "被抽样单位地址": "清溪县城关镇解放街20号",
    "食品名称": "酱牛肉", "规格型号": "200克/袋", "商标": "/", "生产日期/批号": "2026-05-12",
    "不合格项目║检验结果║标准值": "山梨酸║0.12g/kg║≤0.075g/kg", "公告号": "清溪-2026-7", "公告日期": "2026.6.10",
}  # fmt: skip
ROW = {
    "信息来源": "某网站", "物料名称": "红曲粉", "生产商": "北溪红曲厂 ", "供应商": "城关便民超市 ",
    "生产日期": "2026-02-03",
    "批号": "", "检测项目": "色价", "检测结果": "624µ/g", "限量值": "≥1000 µ/g", "判定": "不合格",
    "发布单位": "国内监督抽查", "发布日期": "2026-02-03",
}  # fmt: skip
PENALTY = {
    "行政相对人名称": NAME, "地址": ADDRESS, "行政处罚决定书文号": "清市监处罚〔2026〕12号",
    "违法行为类型": "使用超过保质期的食品原料", "违法事实": "仓库有过期酱油两桶", "处罚类别": "罚款",
    "罚款金额（万元）": "0.15",
    "处罚决定日期": "2026-07-02", "处罚机关": "清溪县市场监督管理局", "裁量幅度": "从轻",
}  # fmt: skip
INSPECTION = {"名称": NAME, "登记证编号": NUMBER, "检查日期": "2026-03-11", "检查结果": "符合"}
LISTING = {
    "名称": NAME, "统一社会信用代码": CODE, "列入决定书文号": "清市监列严〔2026〕1号", "列入日期": "2026-03-20",
    "列入情形": "拒绝、阻碍、干扰监督检查", "列入机关": "清溪县市场监督管理局",
}  # fmt: skip
HONOUR = {
    "名称": NAME, "地址": ADDRESS, "荣誉类别": "名特优", "荣誉名称": "清溪县名特优小作坊",
    "授予机关": "清溪县市场监督管理局", "有效期起": "2026-01-01", "有效期止": "2028-12-31",
}  # fmt: skip


class CreditOffice(Bureau):
    """Somebody who imports into the credit file."""

    def take(self, kind: str, *rows: dict[str, str], dry_run: bool = False) -> ImportReport:
        """Import a table of these rows."""
        self.file.write_text(table(rows), encoding="utf-8")
        return self.take_file(kind, dry_run=dry_run)

    def take_file(self, kind: str, *, dry_run: bool = False) -> ImportReport:
        """Import what the file holds."""
        return run(self.office, KINDS[kind], self.file, WHO, dry_run)

    def register(self, name: str = NAME, address: str = ADDRESS, *, number: str = NUMBER, code: str | None = CODE,
                 district: str = "339901") -> int:  # fmt: skip
        """Register a workshop; its counties have names."""
        counties = {"339901": "清溪县", "339902": "云岭县"}
        with self.office.writing(WHO) as desk:
            known = set(desk.session.scalars(select(District.code)))
            new = [District(code=one, name=counties[one], since=date(2000, 1, 1)) for one in counties.keys() - known]
            desk.session.add_all(new)
            workshop = operators.register(desk, Workshop(
                kind=OperatorKind.workshop, name=name, address=address, province="33", district_code=district,
                credit_code=code,
            ), WHO)  # fmt: skip
            operators.issue_certificate(desk, workshop, number, date(2025, 3, 1), WHO)
        return workshop.id

    def only(self) -> CreditRecord:
        """The one record there is."""
        (record,) = self.rows(CreditRecord)
        return record  # type: ignore[no-any-return]

    def facts(self) -> dict[str, Any]:
        """What the only record is computed from."""
        told: dict[str, Any] = json.loads(self.only().facts)
        return told

    def waiting(self) -> tuple[Unmatched, ...]:
        """The list of the matching desk."""
        with self.office.database.read.connect() as connection:
            return unmatched_records(connection, TODAY)

    def leaked(self) -> list[str]:
        """Every stored text in which personal data can still be read."""
        found = []
        with Session(self.office.database.read) as session:
            for mapper in Base.registry.mappers:
                for row in session.scalars(select(mapper.class_)):
                    texts = [getattr(row, column.key) for column in mapper.columns]
                    found += [text for text in texts if isinstance(text, str) and leaks(text)]
        return found


def doubts(report: ImportReport) -> list[str]:
    """What a person must look at, as row, column, reason."""
    return [f"{one.row} {one.column} {one.reason}" for one in report.to_check]
