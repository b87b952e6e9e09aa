"""The results of a search as a table: the same columns under the same names in every file, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from zuofang.rules.sentences import Sentence, say
from zuofang.search.results import Result
from zuofang.site.public.credit_words import CREDIT_WORDS
from zuofang.site.public.disclosure_words import OUTCOMES, TERMS
from zuofang.site.voice import Voice

Cell = str | int | date | None
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula; a Chinese one reads the wide signs too."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its key in JSON, its title, what it means, and how it is read off a result."""

    key: str
    title: Sentence
    about: Sentence
    read: Callable[[Result, Voice, str], Cell]


def _kind(one: Result, voice: Voice, _base: str) -> Cell:
    return voice.sentence(CREDIT_WORDS[type(one.kind)][one.kind])


def _outcome(one: Result, voice: Voice, _base: str) -> Cell:
    words = (OUTCOMES.get(value) for value in one.facets.get("outcome", ()))
    return "；".join(voice.sentence(word) for word in words if word)


def _items(one: Result, _voice: Voice, _base: str) -> Cell:
    return "；".join(f"{item.name} {item.result}" + (f"（{item.limit}）" if item.limit else "") for item in one.items)


def _term(one: Result, voice: Voice, _base: str) -> Cell:
    return "；".join(voice.sentence(TERMS[value]) for value in one.facets.get("term", ()))


def _first(facet: str) -> Callable[[Result, Voice, str], Cell]:
    return lambda one, _voice, _base: "；".join(one.facets.get(facet, ()))


FIELDS: tuple[Field, ...] = (
    Field("id", say("编号"), say("记录的编号，不会改变，也不会再用。"), lambda one, _v, _b: one.key),
    Field("kind", say("种类"), say("处罚、抽检、检查、名单、暂停、关闭、召回、退出荣誉。"), _kind),
    Field("party", say("当事人"), say("公示时印出的名称，个人信息已经隐去。"), lambda one, _v, _b: one.party),
    Field("title", say("事由"), say("违法行为或者被抽检的食品。"), lambda one, _v, _b: one.title),
    Field("outcome", say("结论和处罚"), say("检验、检查的结论，或者处罚的种类。"), _outcome),
    Field("items", say("检验项目"), say("项目、结果和括号里的标准值，照原样印出。"), _items),
    Field("fine", say("罚款（元）"), say("元，原数。"), lambda one, _v, _b: one.sums.get("fine")),
    Field("confiscated", say("没收（元）"), say("元，原数。"), lambda one, _v, _b: one.sums.get("confiscated")),
    Field("document", say("文号"), say("决定书文号、公告号或者抽样编号。"), lambda one, _v, _b: one.document),
    Field("authority", say("机关"), say("作出决定或者公布结果的机关。"), lambda one, _v, _b: one.authority),
    Field("district_code", say("区划代码"), say("当时的行政区划代码（GB/T 2260）。"), _first("district")),
    Field("district", say("地区"), say("当时的行政区划名称。"), lambda one, _v, _b: one.district),
    Field("category", say("类别"), say("食品类别的代码，见规则文件。"), _first("category")),
    Field("zone", say("加工区"), say("当时所在加工区在地址里的名字。"), _first("zone")),
    Field("made_on", say("作出日期"), say("决定、检验结论或者检查的日期。"), lambda one, _v, _b: one.made_on),
    Field("published_on", say("公示日期"), say("第一天公示的日期。"), lambda one, _v, _b: one.published_on),
    Field("last_day", say("公示至"), say("最后一天；空着是不设期限。"), lambda one, _v, _b: one.last_day),
    Field("term", say("公示期类别"), say("处罚的公示期按哪一类计算。"), _term),
    Field("change", say("变更序号"), say("每变一次就变大，可以据此只取变过的。"), lambda one, _v, _b: one.changed),
    Field("address", say("地址"), say("这条记录固定的地址。"), lambda one, _v, base: f"{base}/disclosures/{one.key}"),
)  # fmt: skip


def row_of(one: Result, voice: Voice, base: str) -> list[Cell]:
    """The cells of a result, in the order of the fields."""
    return [field.read(one, voice, base) for field in FIELDS]


def object_of(one: Result, voice: Voice, base: str) -> Mapping[str, object]:
    """The same by their keys; days are ISO dates, and items stay apart."""
    cells = {field.key: field.read(one, voice, base) for field in FIELDS}
    plain = {key: cell.isoformat() if isinstance(cell, date) else cell for key, cell in cells.items()}
    items = [
        {"item": item.name, "result": item.result, "limit": item.limit, "judgement": item.judgement}
        for item in one.items
    ]
    return plain | {"kind_key": one.kind.value, "items": items, "speaks_against": one.against}


def harmless(cell: Cell) -> str:
    """A cell of a CSV file, which a spreadsheet never takes for a formula."""
    text = "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
