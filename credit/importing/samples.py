"""From rows of a sampling table to samples: which rows are one sample, what was found, and who is named.

Rows of one sample differ in their item alone. A row that repeats an item, or names none, is another sample of the same
name: aggregators drop what told them apart, and none of them may be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from zuofang.credit.findings import Sample
from zuofang.credit.importing.entering import Draft, Item
from zuofang.credit.importing.parties import Named, read_parties
from zuofang.credit.importing.party_columns import numbered
from zuofang.credit.importing.printed import LONGEST_PRINTED, check, masked, shown, told
from zuofang.credit.models import PartyRole, RecordKind
from zuofang.credit.records import Outcome
from zuofang.rules.quantities import Unreadable
from zuofang.rules.sentences import say
from zuofang.traceability.announcements import OfficialFinding, judge_finding, parse_official_cell
from zuofang.traceability.conformity import Outcome as Word
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.work import Work

NAMING = ("producer", "sampled", "product", "specification", "brand", "made", "lot", "notice", "publisher")
"""What names a sample that has no number: these cells stay the same whoever exports the table again."""
NAMING_DAYS = ("announced_on", "concluded_on")
TOLD = (
    "sample_number", "product", "producer", "producer_address", "sampled", "sampled_address", "specification", "brand",
    "made", "lot", "category", "item_group", "notice", "announced_on", "programme", "laboratory", "publisher",
    "source", "note",
)  # fmt: skip


OWED = ("producer", "producer_address", "sampled", "sampled_address", "specification", "brand", "made", "announced_on")
"""What an announcement of a failed sample owes its readers (SAMP Art 46), and the day of the announcement."""
UNDECIDED = (Word.unreadable, Word.incomparable)
BY_ROW = ("item_group", "programme", "laboratory", "note")


@dataclass(slots=True)
class Gathered:
    """The rows of one sample and the items they name."""

    key: tuple[str, ...]
    nth: int
    rows: list[Row]
    items: list[tuple[OfficialFinding, str]] = field(default_factory=list)

    @property
    def row(self) -> Row:
        """The first row."""
        return self.rows[0]


def samples(work: Work, rows: Iterable[Row]) -> list[Draft]:
    """The samples of a table; a row that cannot be understood is refused."""
    drafts = []
    for one in gather(work, rows):
        if (outcome := _outcome(work, one)) is not None:
            drafts.append(_draft(work, one, outcome))
    return drafts


def gather(work: Work, rows: Iterable[Row]) -> list[Gathered]:
    """Bring the rows of each sample together, in the order in which the samples begin."""
    found: list[Gathered] = []
    by_key: dict[tuple[str, ...], list[Gathered]] = {}
    for row in rows:
        items = list(_items(work, row))
        alike = by_key.setdefault(_key(row), [])
        if alike and row.cells.get("sample_number") and not _differ(alike[-1], items):
            work.refuse(row, "sample_number", say("与第 %(row)s 行的抽样编号相同。", row=alike[-1].row.number))
        elif alike and _continues(alike[-1], row, items):
            alike[-1].rows.append(row)
            alike[-1].items += items
        else:
            alike.append(Gathered(_key(row), len(alike) + 1, [row], items))
            found.append(alike[-1])
    return found


def _continues(one: Gathered, row: Row, items: list[tuple[OfficialFinding, str]]) -> bool:
    by_item = row.cells.get("item") and one.row.cells.get("item")
    return bool(by_item or row.cells.get("sample_number")) and _differ(one, items)


def _differ(one: Gathered, items: list[tuple[OfficialFinding, str]]) -> bool:
    """Whether these items are others than those that a sample has already."""
    return bool(items) and {finding.item for finding, _ in items}.isdisjoint(finding.item for finding, _ in one.items)


def _key(row: Row) -> tuple[str, ...]:
    if row.cells.get("sample_number"):
        return (row.cells["sample_number"],)
    days = [] if row.cells.get("notice") else [row.cells.get(key) for key in NAMING_DAYS]
    return tuple("" if cell is None else str(cell) for cell in (*(row.cells.get(key) for key in NAMING), *days))


def _items(work: Work, row: Row) -> Iterator[tuple[OfficialFinding, str]]:
    """The items of a row with their unit column; a cell that cannot be taken apart is kept whole."""
    if row.cells.get("item"):
        said = [row.cells.get(key) or "" for key in ("item", "result", "limit", "unit")]
        yield OfficialFinding(*said[:3]), said[3]
        return
    cell = row.cells.get("findings") or ""
    found = parse_official_cell(cell)
    if isinstance(found, Unreadable):
        check(work, row, "findings", say("这一格不能确定地分成各个项目，已按原文整格保存。"))
        found = (OfficialFinding(cell, "", ""),)
    for one in found:
        if max(len(one.item), len(one.result), len(one.limit)) > LONGEST_PRINTED:
            work.refuse(row, "findings", say("项目、结果或者标准值超过 %(limit)s 个字。", limit=LONGEST_PRINTED))
            return
        yield one, ""


def _outcome(work: Work, one: Gathered) -> Outcome | None:
    """The official conclusion of a sample: failed where any of its rows says so; nothing where it had to be refused."""
    said = {row.cells["conclusion"] for row in one.rows if row.cells.get("conclusion")}
    if any(row.refused for row in one.rows):
        return None
    if said:
        return Outcome.failed if Outcome.failed in said else Outcome.passed
    if one.items:
        return Outcome.failed
    if any(memory.column.key == "findings" for _, memory in work.layout.places):
        work.refuse(one.row, "findings", say("没有写不合格项目，也没有写判定。"))
        return None
    return Outcome.passed


def _draft(work: Work, one: Gathered, outcome: Outcome) -> Draft:
    row = one.row
    _forget_false_day(work, row)
    if row.cells.get("announced_on") is None:
        row.cells.pop("announced_on", None)  # a stroke here means that the day is not told, not that there is none
    _join_remarks(one)
    return Draft(
        rows=one.rows,
        kind=RecordKind.sample,
        identity=(*one.key, one.nth),
        value=_value(work, one, outcome),
        parties=_parties(work, row),
        title=shown(work, row, "product"),
        content="\n".join((told(work, row, TOLD, OWED), *_units(work, one))),
        heading="producer" if row.cells.get("producer") else "sampled",
        document=row.cells.get("sample_number") or row.cells.get("notice"),
        authority=shown(work, row, "publisher") or None,
        items=tuple(_judged(work, one, outcome)),
    )


def _forget_false_day(work: Work, row: Row) -> None:
    """Aggregators fill the day of making with the day of publication where they do not know it."""
    announced = row.cells.get("announced_on")
    if announced is not None and row.cells.get("made") == announced.isoformat():
        del row.cells["made"]
        work.note(say("生产日期与公告日期相同的，是发布者填的公告日期，不作为生产日期保存。"))


def _join_remarks(one: Gathered) -> None:
    """Cells that belong to an item but stand in the text of the sample say what all its rows say."""
    for key in BY_ROW:
        said = dict.fromkeys(text for row in one.rows if (text := row.cells.get(key)))
        if said:
            one.row.cells[key] = "；".join(said)


def _units(work: Work, one: Gathered) -> Iterator[str]:
    """The unit column, item by item; it is no part of the printed result."""
    said = [f"{finding.item}：{unit}" for finding, unit in one.items if unit]
    if said:
        yield f"{work.columns['unit'].title}：{masked(work, one.row, 'unit', '；'.join(said))}"


def _value(work: Work, one: Gathered, outcome: Outcome) -> Sample:
    known = work.desk.rules.limits.items
    natures = [item.nature for finding, _ in one.items if (item := known.find(finding.item)) is not None]
    return Sample(
        concluded_on=_concluded_on(work, one.row),
        outcome=outcome,
        sampled_on=one.row.cells.get("sampled_on"),
        served_on=one.row.cells.get("served_on"),
        microbiological=outcome is Outcome.failed and any(nature.microbiological for nature in natures),
    )


def _concluded_on(work: Work, row: Row) -> date:
    day = row.cells.get("concluded_on") or row.cells.get("announced_on")
    if day is None:
        work.note(say("没有公告日期的，暂以导入当天为结论日期；提交审核前请在记录上更正。"))
        return work.today
    return day  # type: ignore[no-any-return]


def _parties(work: Work, row: Row) -> tuple[Named, ...]:
    """Who is named, both as producer and as sampled unit. The numbers of a row are those of the party it is about."""
    named = [
        *read_parties(PartyRole.producer, shown(work, row, "producer"), shown(work, row, "producer_address")),
        *read_parties(PartyRole.sampled, shown(work, row, "sampled"), shown(work, row, "sampled_address")),
    ]
    return tuple(numbered(row, one) if place == 0 else one for place, one in enumerate(named))


def _judged(work: Work, one: Gathered, outcome: Outcome) -> Iterator[Item]:
    """Every item as printed with our word for it; where ours and the official word differ, a person looks."""
    row = one.row
    key = "item" if row.cells.get("item") else "findings"
    for finding, unit in one.items:
        judgement = judge_finding(finding, work.desk.rules.limits.items, unit)
        word, said = judgement.outcome, {"item": finding.item, "why": judgement.sentence}
        if word is (Word.conforms if outcome is Outcome.failed else Word.fails):
            check(work, row, key, say("“%(item)s”：%(why)s与表中的结论不同。", **said))
        elif finding.result and word in UNDECIDED:
            check(work, row, key, say("“%(item)s”：%(why)s", **said))
        item, result, limit = (masked(work, row, key, text) for text in (finding.item, finding.result, finding.limit))
        yield Item(item, result, limit, word.value)
