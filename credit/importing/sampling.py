"""Supervisory samples (监督抽检) as bureaux and aggregators print them, dirt included.

Two layouts are read with the same columns: the official one, in which a row is a sample and one cell holds its failed
items, and that of aggregators, in which every item has its own row and the rows of one sample belong together.
"""

from __future__ import annotations

from zuofang.credit.importing.entering import enter
from zuofang.credit.importing.printed import passed_over, printed
from zuofang.credit.importing.samples import samples
from zuofang.credit.importing.sheets import conclude, sheets_of, without_result
from zuofang.credit.records import Outcome
from zuofang.storage.sheets.budget import SHIPPED
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.work import Work, not_ahead, standing

CONCLUSIONS = {
    "合格": Outcome.passed, "符合": Outcome.passed, "未检出不合格项目": Outcome.passed, "合格样品": Outcome.passed,
    "不合格": Outcome.failed, "不符合": Outcome.failed, "不合格样品": Outcome.failed,
}  # fmt: skip
LONGEST_FINDINGS = 8_000

COLUMNS = (
    passed_over("number", "序号", about="Running number in its table; not kept."),
    may(
        "sample_number", "抽样编号", "抽样单编号", "样品编号",
        about="Number of the sample; names it for ever where it is given. A sheet with it is given the result.",
        clean=cells.number(),
    ),
    printed(
        "producer", "标称生产企业名称", "标称生产者名称", "标称生产者", "生产商", "生产企业名称",
        about="Producer as printed; several with their roles, such as 受托方：甲；委托方：乙, are told apart.",
    ),
    printed(
        "producer_address", "标称生产企业地址", "标称生产者地址", "生产商地址", "生产企业地址",
        about="Address of the producer as printed.",
    ),
    printed(
        "sampled", "被抽样单位名称", "被抽样单位", "供应商", "被抽检单位",
        about="Where it was sampled. The finding is about this unit where no producer is named.",
    ),
    printed(
        "sampled_address", "被抽样单位地址", "被抽样单位所在省份", "供应商地址", "被抽检单位地址",
        about="Address of the sampled unit.",
    ),
    must(
        "product", "食品名称", "样品名称", "物料名称", "产品名称",
        about="Name of the food; becomes the title of the record.", clean=cells.words(200),
    ),
    printed("specification", "规格型号", "规格", about="Specification as printed."),
    printed("brand", "商标", about="Trade mark as printed."),
    printed(
        "made", "生产日期/批号", "生产日期或批号", "生产日期", "购进日期",
        about="Day of making or lot, as printed. The day on which the table was published is no day of making.",
    ),
    printed("lot", "批号", about="Lot, where it has a column of its own."),
    printed(
        "findings", "不合格项目║检验结果║标准值", "不合格项目检验结果标准值", "不合格项目",
        about="Failed items with result and limit: item║result║limit, several separated by ；.",
        limit=LONGEST_FINDINGS,
    ),
    printed("category", "分类", "产品分类", "食品分类", "食品大类", about="Category as the table names it."),
    printed("item_group", "项目分类", about="Aggregators: group of the item."),
    printed("item", "检测项目", "检验项目", about="Aggregators: the one item of this row."),
    printed("unit", "单位", about="Aggregators: unit of result and limit."),
    printed("result", "检测结果", "检验结果", about="Aggregators: result as printed."),
    printed("limit", "限量值", "标准值", "标准限量", about="Aggregators: limit as printed."),
    may(
        "conclusion", "判定", "检验结论", "结论",
        about="合格 or 不合格; else a row with failed items is 不合格; a table without that column is of 合格.",
        clean=cells.choice(CONCLUSIONS),
    ),
    may("notice", "公告号", "通告号", about="Number of the announcement.", clean=cells.number()),
    may(
        "announced_on", "公告日期", "发布日期", "通告日期",
        about="Day of the announcement; stands for the day of the conclusion where that is not given.",
        clean=cells.day,
    ),
    may(
        "sampled_on", "抽样日期", "抽样时间", "采样日期",
        about="Day the sample was taken; the days of an objection to the taking run from it.", clean=cells.day,
    ),
    may("concluded_on", "检验结论日期", "检验报告日期", about="Day of the first conclusion.", clean=cells.day),
    may(
        "served_on", "送达日期", "结果送达日期",
        about="Day the party received a failed conclusion; without it a failed sample cannot become final.",
        clean=cells.day,
    ),
    printed("programme", "任务来源/项目名称", "任务来源", "项目名称", about="Programme of the sampling."),
    printed("laboratory", "检验机构", "承检机构", about="Laboratory that tested."),
    printed("publisher", "发布单位", "公布单位", "发布机关", about="Who announced it."),
    printed("source", "信息来源", about="Aggregators: where they have it from."),
    passed_over("search", "搜索条件", about="Aggregators: what was searched for; not kept."),
    may(
        "certificate", "登记证编号", "核准证编号", "登记证号",
        about="Certificate of the workshop, where the table gives it.", clean=cells.certificate_number,
    ),
    may("credit_code", "统一社会信用代码", about="Credit code of the workshop, checked.", clean=cells.credit_code),
    may("district_code", "区划代码", "行政区划代码", about="Division of the workshop.", clean=cells.district),
    printed("note", "备注", about="Remarks, such as the platform of an internet sale.", limit=1_000),
)  # fmt: skip


def take(work: Work, rows: list[Row]) -> None:
    """Enter the samples that the rows tell of."""
    for row in rows:
        not_ahead(work, row, "announced_on", "sampled_on", "concluded_on", "served_on")
    drafts = samples(work, standing(rows))
    taken = sheets_of(work, drafts)
    drafts = without_result(work, drafts, taken)
    conclude(work, drafts, taken, enter(work, drafts))


KIND = Kind("sampling", "监督抽检", COLUMNS, take, portion=SHIPPED.rows)
