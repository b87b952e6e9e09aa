"""Entries in the serious-violation list (严重违法失信名单). When an entry ends is computed, never imported."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from zuofang.credit.events import Delisted
from zuofang.credit.importing.entering import Draft, enter
from zuofang.credit.importing.party_columns import PARTY, party_of
from zuofang.credit.importing.printed import LONGEST_LETTER, passed_over, printed, shown, told
from zuofang.credit.models import RecordKind
from zuofang.credit.records import Ground, Level, Listing
from zuofang.rules.sentences import say
from zuofang.traceability.importing import cells
from zuofang.traceability.importing.cells import BadCell
from zuofang.traceability.importing.columns import Row, may, must
from zuofang.traceability.importing.engine import Kind
from zuofang.traceability.importing.work import Work, not_ahead, standing

SAYINGS: dict[Ground, str] = {
    Ground.no_permit: r"未依法?取得.*许可|无证|未取得.*(?:登记证|核准证)|第五条第?\(?一",
    Ground.forbidden_material: r"非食品原料|添加剂以外的化学物质|病死|毒死|死因不明|未按规定.*检疫|第五条第?\(?二",
    Ground.over_limit: r"超过.*(?:限量|保质期)|致病性微生物|农药残留|兽药残留|重金属|第五条第?\(?三",
    Ground.grave_danger: r"其他严重危害|第五条第?\(?四",
    Ground.false_application: r"隐瞒.*情况|虚假材料",
    Ground.permit_traded: r"涂改|倒卖|出租|出借|转让.*许可",
    Ground.obstruction: r"拒绝|阻碍|干扰",
    Ground.refuses_to_perform: r"拒不履行",
}
"""How decisions word the grounds of SVL Art 5, 10 and 11."""
_BETWEEN = re.compile(r"[;；\n]+")
TOLD = ("grounds", "facts", "basis", "penalty", "consent", "consent_on", "note")


def read_grounds(text: str) -> tuple[Ground, ...]:
    """The grounds in a cell, several separated by ；.

    Raises:
        BadCell: one of them is not clearly a ground of the list.
    """
    return tuple(dict.fromkeys(_ground(part.strip()) for part in _BETWEEN.split(text) if part.strip()))


def _ground(text: str) -> Ground:
    plain = unicodedata.normalize("NFKC", text)
    found = [ground for ground, words in SAYINGS.items() if plain == ground.value or re.search(words, plain)]
    if text in tuple(Ground):
        return Ground(text)
    if Ground.refuses_to_perform in found:
        return Ground.refuses_to_perform
    if len(found) == 1:
        return found[0]
    raise BadCell(say("看不出是哪一种列入情形。请照办法的文字写，例如：%(example)s。", example=Ground.no_permit.value))


COLUMNS = (
    *PARTY,
    must(
        "document", "列入决定书文号", "列入决定文号", "决定书文号", "文号",
        about="Number of the listing decision; names the entry for ever.", clean=cells.number(),
    ),
    must("listed_on", "列入日期", "列入决定日期", "决定日期", about="Day of the listing decision.", clean=cells.day),
    must(
        "grounds", "列入情形", "列入事由", "列入原因", "列入理由",
        about="Grounds by SVL Art 5, 10, 11, several separated by ；.", clean=read_grounds,
    ),
    printed("facts", "违法事实", "主要违法事实", about="What was found; masked.", limit=LONGEST_LETTER),
    printed("basis", "列入依据", about="Legal basis.", limit=LONGEST_LETTER),
    printed("penalty", "行政处罚决定书文号", "处罚决定书文号", about="Decision that the listing rests on."),
    must("authority", "列入机关", "作出决定机关", "决定机关", about="Bureau that listed.", clean=cells.words(200)),
    may(
        "level", "机关层级", "列入机关层级",
        about="县级 (default), 设区的市级 or 省级.", clean=cells.choice({level.value: level for level in Level}),
    ),
    printed("consent", "上级同意文号", "同意文号", about="Document by which the next higher bureau consented."),
    may(
        "consent_on", "上级同意日期", "同意日期",
        about="Day of that consent; without it a county or city may not publish.", clean=cells.day,
    ),
    passed_over("period", "列入期限", "列入期限至", "期满日期", about="Not kept; the term is computed."),
    may(
        "restricted_until", "限制期满日", "禁业期限至",
        about="Last day of a legal restriction beside the listing.", clean=cells.day,
    ),
    may("delisted_on", "移出日期", about="Day of removal from the list, where that has happened.", clean=cells.day),
    printed("delisted_why", "移出原因", "移出事由", about="Why it was removed."),
    passed_over("head", "法定代表人", "负责人", "经营者", about="A person's name; not kept."),
    passed_over("head_paper", "法定代表人证件号码", about="Paper of a person; never kept."),
    passed_over("paper", "证件号码", "身份证号", about="Paper of a person; never kept."),
    printed("note", "备注", about="Remarks.", limit=1_000),
)  # fmt: skip


def take(work: Work, rows: list[Row]) -> None:
    """Enter the entries that the rows tell of."""
    for row in rows:
        not_ahead(work, row, "listed_on", "consent_on", "delisted_on")
        for key in ("consent_on", "delisted_on", "restricted_until"):
            _check_order(work, row, key)
    enter(work, [_draft(work, row) for row in standing(rows)])


def _check_order(work: Work, row: Row, key: str) -> None:
    day: date | None = row.cells.get(key)
    if key == "consent_on":
        if day is not None and day > row.cells["listed_on"]:
            work.refuse(row, key, say("上级同意在列入之后。"))
    elif day is not None and day < row.cells["listed_on"]:
        work.refuse(row, key, say("这一天早于列入日期。"))


def _draft(work: Work, row: Row) -> Draft:
    said = row.cells
    document = shown(work, row, "document")
    return Draft(
        rows=[row],
        kind=RecordKind.listing,
        identity=(document, said["name"]),
        value=_value(row),
        parties=(party_of(work, row),),
        title="、".join(said["grounds"])[:200],
        content=told(work, row, TOLD),
        heading="name",
        document=document,
        authority=shown(work, row, "authority"),
        events=_removal(work, row),
    )


def _value(row: Row) -> Listing:
    said = row.cells
    return Listing(
        listed_on=said["listed_on"],
        grounds=said["grounds"],
        level=said.get("level") or Level.county,
        consent_on=said.get("consent_on"),
        restricted_until=said.get("restricted_until"),
    )


def _removal(work: Work, row: Row) -> tuple[Delisted, ...]:
    day = row.cells.get("delisted_on")
    return (Delisted(on=day, why=shown(work, row, "delisted_why")),) if day else ()


KIND = Kind("serious-list", "严重违法失信名单", COLUMNS, take)
