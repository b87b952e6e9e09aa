"""Inspections (监督检查) by the fields of the record form (日常监督检查结果记录表)."""

from __future__ import annotations

from zuofang.credit.findings import Handling, Inspection, Sort
from zuofang.credit.importing.entering import Draft, enter
from zuofang.credit.importing.party_columns import PARTY, party_of
from zuofang.credit.importing.printed import LONGEST_LETTER, check, passed_over, printed, shown, told
from zuofang.credit.models import RecordKind
from zuofang.credit.records import Result
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.work import Work, not_ahead, standing

ROUTINE = "日常监督检查"
SORTS = {
    "日常": ROUTINE, "日常检查": ROUTINE, ROUTINE: ROUTINE, "飞行": "飞行检查", "飞行检查": "飞行检查",
    "双随机": "双随机检查", "双随机检查": "双随机检查", "双随机抽查": "双随机检查", "体系": "体系检查",
    "体系检查": "体系检查",
}  # fmt: skip
RESULTS = {result.value: result for result in Result}
STOP = "立即停止食品生产经营活动"
HANDLING = {
    "通过": "通过", "合格": "通过", "书面限期整改": "书面限期整改", "限期整改": "书面限期整改",
    "责令整改": "书面限期整改",
    "食品生产经营者立即停止食品生产经营活动": STOP, STOP: STOP, "立即停止生产经营": STOP,
    "当场改正": "当场改正", "立案调查": "立案调查", "立案": "立案调查",
}  # fmt: skip
TOLD = ("sort", "times", "matters", "problems", "result", "handling", "note")
NAMING = ("checked_on", "name", "address", "certificate", "credit_code", "sort", "times")

COLUMNS = (
    *PARTY,
    may("number", "编号", "检查编号", "记录表编号", about="Number of the form; names it.", clean=cells.number()),
    must("checked_on", "检查日期", "检查时间", about="Day of the inspection.", clean=cells.day),
    may(
        "sort", "检查类型", "检查方式",
        about="日常 (default), 飞行, 双随机 or 体系.", clean=cells.choice(SORTS),
    ),
    may("times", "检查次数", "本年度第几次检查", about="Which inspection of the year it is.", clean=cells.words(40)),
    printed("matters", "检查内容", "检查项目", about="What was looked at.", limit=LONGEST_LETTER),
    printed("problems", "发现问题", "存在问题", "问题描述", about="What was found; masked.", limit=LONGEST_LETTER),
    must("result", "检查结果", "检查结论", about="符合, 基本符合 or 不符合.", clean=cells.choice(RESULTS)),
    may(
        "handling", "结果处理", "处理结果",
        about="通过, 书面限期整改, 立即停止食品生产经营活动, 当场改正 or 立案调查.", clean=cells.choice(HANDLING),
    ),
    printed("note", "说明", "备注", about="Explanation.", limit=LONGEST_LETTER),
    may("authority", "检查机关", "检查单位", "检查机构", about="Who inspected.", clean=cells.words(200)),
    passed_over("contact", "联系人", "负责人", about="A person's name; not kept."),
    passed_over("phone", "联系方式", "联系电话", about="Not kept."),
    passed_over("inspectors", "检查人员", "检查人", "执法人员", about="Names of officers; not kept."),
)  # fmt: skip


def take(work: Work, rows: list[Row]) -> None:
    """Enter the inspections that the rows tell of."""
    for row in rows:
        not_ahead(work, row, "checked_on")
    enter(work, [_draft(work, row) for row in standing(rows)])


def _draft(work: Work, row: Row) -> Draft:
    sort = row.cells.get("sort") or ROUTINE
    return Draft(
        rows=[row],
        kind=RecordKind.inspection,
        identity=_identity(row),
        value=_value(work, row, sort),
        parties=(party_of(work, row),),
        title=f"{sort}：{row.cells['result']}",
        content=told(work, row, TOLD),
        heading="name",
        document=shown(work, row, "number") or None,
        authority=shown(work, row, "authority") or None,
    )


def _value(work: Work, row: Row, sort: str) -> Inspection:
    result, said = row.cells["result"], row.cells.get("handling")
    handling = Handling(said) if said else None
    if result is Result.conforming and handling not in (None, Handling.passed):
        check(work, row, "handling", say("检查结果为符合，结果处理却不是通过；结果处理只保存在文字里。"))
        handling = None
    return Inspection(found_on=row.cells["checked_on"], result=result, sort=Sort(sort), handling=handling)


def _identity(row: Row) -> tuple[str, ...]:
    if row.cells.get("number"):
        return (row.cells["number"], row.cells["name"])
    return tuple(str(row.cells.get(key) or "") for key in NAMING)


KIND = Kind("inspections", "监督检查", COLUMNS, take)
