"""Results in a table for samples whose sheet (抽样单) is at the desk: entered upon it, never as a second sample."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select, update

from zuofang.credit.findings import Sample
from zuofang.credit.importing.entering import Draft
from zuofang.credit.importing.printed import check
from zuofang.credit.models import CreditRecord, SamplingSheet
from zuofang.rules.sentences import say
from zuofang.traceability.importing.work import Work
from zuofang.traceability.models import Workshop

NUMBER = "sample_number"


@dataclass(frozen=True, slots=True)
class Taken:
    """A sheet, and the result that stands upon it; ``source`` is that of a result from a table."""

    id: int
    workshop: int
    taken_on: date
    record: int | None
    district: str
    source: str | None
    facts: str

    def agrees(self, draft: Draft) -> bool:
        """Whether the result upon the sheet has the conclusion of the row."""
        return isinstance(draft.value, Sample) and f'"outcome":"{draft.value.outcome.value}"' in self.facts


def sheets_of(work: Work, drafts: Sequence[Draft]) -> dict[str, Taken]:
    """The sheets that these samples name, by their numbers."""
    columns = (
        SamplingSheet.number, SamplingSheet.id, SamplingSheet.workshop_id, SamplingSheet.taken_on,
        SamplingSheet.record_id, CreditRecord.source, CreditRecord.facts, Workshop.district_code,
    )  # fmt: skip
    statement = select(*columns).join(SamplingSheet.workshop)
    statement = statement.outerjoin(CreditRecord, CreditRecord.id == SamplingSheet.record_id)
    statement = statement.with_for_update(of=SamplingSheet)  # nobody types a result meanwhile
    named = [_number(draft) for draft in drafts if _number(draft)]
    rows = work.find(statement, SamplingSheet.number.expression, named)
    return {
        row.number: Taken(
            row.id, row.workshop_id, row.taken_on, row.record_id, row.district_code, row.source, row.facts or ""
        )
        for row in rows
    }


def without_result(work: Work, drafts: Sequence[Draft], taken: Mapping[str, Taken]) -> list[Draft]:
    """The samples that may be entered: those whose result was typed at the desk already are left alone.

    One that says something else than was typed, or that is older than its sheet, is refused.
    """
    left = []
    for draft in drafts:
        sheet = taken.get(_number(draft))
        if sheet is None or sheet.source == draft.source:
            left.append(draft)
        elif not work.covers(sheet.district):
            for row in draft.rows:
                work.is_mine(row, NUMBER, sheet.district)
        elif sheet.record is not None:
            _typed_already(work, draft, sheet)
        elif draft.value.made_on < sheet.taken_on:
            for row in draft.rows:
                work.refuse(row, NUMBER, say("检验结论早于抽样单上的抽样日期 %(day)s。", day=sheet.taken_on))
        else:
            left.append(draft)
    return left


def _typed_already(work: Work, draft: Draft, sheet: Taken) -> None:
    if sheet.agrees(draft):
        check(work, draft.row, NUMBER, say("这个样品的结果已经在抽样单上登记过，没有再登记一条。"))
        return
    for row in draft.rows:
        work.refuse(row, NUMBER, say("这个样品的结果已经在抽样单上登记过，结论与这一行不同。请在原记录上更正。"))


def conclude(work: Work, drafts: Sequence[Draft], taken: Mapping[str, Taken], made: Mapping[str, int]) -> None:
    """Enter the new results upon their sheets; where the table names somebody else than the sheet, a person looks."""
    found = [(draft, taken[_number(draft)]) for draft in drafts if draft.source in made and _number(draft) in taken]
    if not found:
        return
    results = {made[draft.source] for draft, _ in found}
    statement = select(CreditRecord.id, CreditRecord.workshop_id)
    whose = {row.id: row.workshop_id for row in work.find(statement, CreditRecord.id.expression, results)}
    for draft, sheet in found:
        record = made[draft.source]
        work.changes[f"{SamplingSheet.__tablename__}/{sheet.id}"] = {"record_id": [None, record]}
        if whose[record] != sheet.workshop:
            check(work, draft.row, NUMBER, say("抽样单登记的是另一家，或者这一行不能确定是哪一家，请核对。"))
    table = SamplingSheet.__table__
    upon = update(table).where(table.c.id == bindparam("sheet")).values(record_id=bindparam("record"))  # type: ignore[arg-type]
    work.connection.execute(upon, [{"sheet": sheet.id, "record": made[draft.source]} for draft, sheet in found])
    work.touch(SamplingSheet.__tablename__, [sheet.id for _, sheet in found])


def _number(draft: Draft) -> str:
    return draft.row.cells.get(NUMBER) or ""
