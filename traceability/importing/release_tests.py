"""Release tests (出厂检验), one row per item. A sheet is never overwritten: one that was wrong is annulled first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import insert, select

from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.acts.batches import block
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.judging import Judge, Verdict
from zuofang.traceability.importing.merging import Key, Merged, Target, Wish, merge
from zuofang.traceability.importing.references import BATCH, KnownBatch, match_batches
from zuofang.traceability.importing.work import Work, not_ahead, standing
from zuofang.traceability.models import (
    Batch,
    BatchState,
    Conclusion,
    Laboratory,
    Method,
    ReleaseTest,
    TestResult,
)

CONCLUSIONS = {
    "合格": Conclusion.passed, "不合格": Conclusion.failed, "未判定": Conclusion.undecided,
    "符合": Conclusion.passed, "不符合": Conclusion.failed, "待定": Conclusion.undecided,
    **{word.value: word for word in Conclusion},
}  # fmt: skip
METHODS = {
    "常规检验": Method.regular, "快速检测": Method.quick, "常规": Method.regular, "快检": Method.quick,
    **{word.value: word for word in Method},
}  # fmt: skip

COLUMNS = (
    *BATCH,
    must(
        "number", "报告编号", "检验报告编号", "检验合格证号", "检验编号",
        about="Number of the test sheet, unique in its laboratory.", clean=cells.number(),
    ),
    must(
        "laboratory", "检验机构", "检验室", "检验单位",
        about="Who tested. An unknown name is entered as a body outside any zone, and a note says so.",
        clean=cells.words(200),
    ),
    must("tested_on", "检验日期", "报告日期", "检测日期", about="Day of the test.", clean=cells.day),
    may("sampled_on", "抽样日期", "取样日期", "采样日期", about="Day of sampling.", clean=cells.day),
    may("method", "检验方式", "检验方法类别", about="常规检验 (default) or 快速检测.", clean=cells.choice(METHODS)),
    may(
        "tester", "检验员", "检验人", "检验人员",
        about="Who tested; inside only.", clean=cells.words(200), personal=True,
    ),
    must("item", "检验项目", "检测项目", "项目名称", about="The item, as printed.", clean=cells.words(100)),
    must("result", "检验结果", "检测结果", "实测值", "结果", about="The result, as printed.", clean=cells.words(200)),
    may("unit", "单位", "结果单位", "计量单位", about="Unit of the result.", clean=cells.words(40)),
    may("limit", "限量", "标准值", "限量值", "标准要求", about="The limit, as printed.", clean=cells.words(200)),
    may("standard", "限量依据", "标准", "判定依据", "依据标准", about="Standard of the limit.", clean=cells.words(100)),
    may(
        "item_conclusion", "单项判定", "单项结论",
        about="What the sheet says of this item; checked, not stored.", clean=cells.choice(CONCLUSIONS),
    ),
    must(
        "conclusion", "结论", "检验结论", "判定结论",
        about="What the sheet concludes: 合格, 不合格 or 未判定.", clean=cells.choice(CONCLUSIONS),
    ),
)  # fmt: skip


def never(_found: Found[Any], _changes: dict[str, Any]) -> Sentence:
    """A sheet that is registered stays as it is; the other one must be annulled before this one is entered."""
    return say("这份报告已经登记，内容不同。登记有误的，先作废再用新编号登记。")


SHEETS = Target(ReleaseTest, ("laboratory_id", "number"), "number", part=True, guard=never)
RESULTS = Target(TestResult, ("test_id", "item"), "item", few=True, guard=never)
OF_SHEET = ("sampled_on", "tester")
OF_ITEM = ("result", "unit", "limit", "standard")
ALIKE = (*(column.key for column in BATCH), "number", "laboratory", "tested_on", "method", "conclusion", *OF_SHEET)
"""What all rows of one sheet say."""


def take(work: Work, rows: list[Row]) -> None:
    """Enter the sheets and their items; a sheet that fails blocks a batch that had been released."""
    batches = match_batches(work, work.layout.grouped(rows, ALIKE))
    for sheet, batch in batches.items():
        _check_days(work, sheet, batch)
    laboratories = _laboratories(work, standing(batches))
    wishes = [_sheet(row, laboratories[row], batches[row]) for row in standing(laboratories)]
    sheets = merge(work, SHEETS, wishes)
    _enter_items(work, [wish for wish in wishes if not wish.row.refused], sheets, batches)
    changed = [wish for wish in wishes if any(row.changed != "unchanged" for row in wish.row.members)]
    work.touch("batch", dict.fromkeys(batches[wish.row].id for wish in changed))
    _block(work, {batches[wish.row] for wish in changed if sheets.ids[wish.key] in sheets.created and _fails(wish.row)})


def _enter_items(work: Work, wishes: list[Wish], sheets: Merged, batches: dict[Row, KnownBatch]) -> None:
    """Enter the items of new sheets in bulk, and compare those of sheets that were there before."""
    judge = work.remember("judge", lambda: Judge(work.desk.rules))
    fresh: dict[Key, dict[str, Any]] = {}
    speakers: dict[Key, Row] = {}
    compared = []
    for wish in wishes:
        sheet = sheets.ids[wish.key]
        for row, item in _items(work, wish.row, sheet, batches[wish.row], judge):
            key = sheet, item["item"]
            if sheet not in sheets.created:
                compared.append(Wish(row, key, {name: row.cells[name] for name in OF_ITEM if name in row.cells}, item))
            elif fresh.setdefault(key, item) is item:
                speakers[key], row.changed = row, "created"
            elif fresh[key] != item:
                work.refuse(row, "item", say("与第 %(row)s 行说的不一样。", row=speakers[key].number))
    if fresh:
        work.connection.execute(insert(TestResult), list(fresh.values()))
    merge(work, RESULTS, compared)
    _refuse_annulled(work, [wish for wish in compared if wish.row.changed == "created"])


def _check_days(work: Work, row: Row, batch: KnownBatch) -> None:
    not_ahead(work, row, "tested_on")
    tested: date = row.cells["tested_on"]
    if (row.cells.get("sampled_on") or tested) > tested:
        work.refuse(row, "sampled_on", say("抽样日期晚于检验日期。"))
    if tested < batch.made_on:
        work.refuse(row, "tested_on", say("检验日期早于生产日期。"))


def _items(work: Work, sheet: Row, key: int, batch: KnownBatch, judge: Judge) -> Iterator[tuple[Row, dict[str, Any]]]:
    """The items of a sheet as they are stored, each with our own judgement; limits of the rules fill blank ones."""
    for row in sheet.members:
        said = row.cells
        item, result, unit, limit = said["item"], said["result"], said.get("unit"), said.get("limit")
        verdict = judge(batch.category, batch.made_on, item, result, unit, limit)
        _compare(work, row, verdict)
        if row.refused:
            continue
        yield row, {
            "test_id": key, "item": item, "result": result, "unit": unit, "judgement": verdict.word,
            "limit": said.get("limit", verdict.limit), "standard": said.get("standard", verdict.standard),
        }  # fmt: skip


def _compare(work: Work, row: Row, verdict: Verdict) -> None:
    """Refuse a row whose conclusion contradicts our judgement, or itself."""
    passed, item = row.cells["conclusion"] is Conclusion.passed, row.cells.get("item_conclusion")
    if not verdict.fails and item is None:
        return
    if verdict.fails and passed:
        work.refuse(row, "conclusion", say("结论写合格，但这一项不合格：%(why)s", why=verdict.sentence))
    elif verdict.fails and item is Conclusion.passed:
        work.refuse(row, "item_conclusion", say("单项判定写合格，但这一项不合格：%(why)s", why=verdict.sentence))
    elif passed and item is Conclusion.failed:
        work.refuse(row, "conclusion", say("结论写合格，单项判定却写不合格。"))


def _laboratories(work: Work, rows: Iterable[Row]) -> dict[Row, int]:
    """The laboratory of every row by its name; a name that nobody has registered is a body outside any zone."""
    rows = list(rows)
    known = work.remember("laboratories", dict[str, list[int]])
    wanted = dict.fromkeys(row.cells["laboratory"] for row in rows if row.cells["laboratory"] not in known)
    for key, name in work.find(select(Laboratory.id, Laboratory.name), Laboratory.name.expression, wanted):
        known.setdefault(name, []).append(key)
    for name in wanted.keys() - known.keys():
        known[name] = [_outside(work, name)]
    for row in rows:
        if len(same := known[row.cells["laboratory"]]) > 1:
            work.refuse(row, "laboratory", say("有 %(count)s 个同名的检验机构，请写全称。", count=len(same)))
    return {row: known[row.cells["laboratory"]][0] for row in standing(rows)}


def _outside(work: Work, name: str) -> int:
    key: int = work.connection.execute(insert(Laboratory).values(name=name).returning(Laboratory.id)).scalar_one()
    work.touch("laboratory", [key])
    work.note(say("新登记加工区以外的检验机构“%(name)s”，没有资质认定记录。", name=name))
    return key


def _sheet(row: Row, laboratory: int, batch: KnownBatch) -> Wish:
    said = row.cells
    stated = {"batch_id": batch.id, "tested_on": said["tested_on"], "conclusion": said["conclusion"]}
    stated |= {name: said[name] for name in OF_SHEET if name in said}
    fresh = {"method": Method.regular}
    if said.get("method") is not None:
        stated["method"] = said["method"]
    return Wish(row, (laboratory, said["number"]), stated, fresh)


def _refuse_annulled(work: Work, added: list[Wish]) -> None:
    """Nothing is added to an annulled sheet."""
    statement = select(ReleaseTest.id).where(ReleaseTest.annulled_on.is_not(None))
    annulled = {row.id for row in work.find(statement, ReleaseTest.id.expression, (wish.key[0] for wish in added))}
    for wish in added:
        if wish.key[0] in annulled:
            work.refuse(wish.row, "number", say("这份报告已经作废。请用新编号登记。"))


def _fails(row: Row) -> bool:
    return row.cells["conclusion"] is Conclusion.failed


def _block(work: Work, batches: set[KnownBatch]) -> None:
    for batch in batches:
        if batch.state is BatchState.released and (row := work.desk.session.get(Batch, batch.id)) is not None:
            block(work.desk, row, "出厂检验不合格", "导入的出厂检验不合格")


KIND = Kind("release-tests", "出厂检验", COLUMNS, take)
