"""``/disclosures/feed.atom``, ``.csv``, ``.json``, ``.xlsx``: exactly this search; ``changes.json``: what changed.

What may be shown is asked of the database when the file is made, so that what was withdrawn is in none of them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from http import HTTPStatus
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, current_app, request
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from zuofang.rules.calendar import CHINA
from zuofang.rules.sentences import say
from zuofang.search.finder import Found
from zuofang.search.results import Result, changes_since
from zuofang.search.wanted import Order
from zuofang.site.errors import refuse
from zuofang.site.locales import current_language
from zuofang.site.public.answers import leaving
from zuofang.site.public.disclosure_query import PATH, Search, look, read_search
from zuofang.site.public.disclosure_table import FIELDS, Cell, harmless, object_of, row_of
from zuofang.site.public.disclosure_words import decision, told_kind
from zuofang.site.voice import Voice, voice_of
from zuofang.site.window import Window, window

pages = Blueprint("disclosure_feeds", __name__)
MOST_IN_FILE = 5000
"""Records in one file; the next part has its own address."""
MOST_IN_FEED = 100
SECONDS = 2.0
"""Time in which a file is found: more than a page has, because whoever keeps it must be able to rely on it."""
MOST_CHANGES = 1000
ATOM = "http://www.w3.org/2005/Atom"
MARK = "\ufeff"
"""Tells a spreadsheet that a CSV file is UTF-8."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The results of a search with what must be said of them as a whole."""

    here: Window
    search: Search
    found: Found
    results: list[Result]
    voice: Voice
    base: str

    @property
    def following(self) -> str | None:
        """The address of the next part, where there is one."""
        if self.found.after is None:
            return None
        return urljoin(self.base, self.search.wants.href(after=str(self.found.after)))

    def answer(self, body: bytes | str, mimetype: str, ending: str, *, named: bool = True) -> Response:
        """The file, with count and date of the data in its headers and its name."""
        made = Response(body, mimetype=mimetype)
        made.headers["X-Total-Count"] = str(self.found.total)
        made.headers["X-Data-Date"] = self.here.today.isoformat()
        if self.following:
            made.headers["Link"] = f'<{self.following}>; rel="next"'
        if named:
            name = f"disclosures-{self.here.today.isoformat()}-{len(self.results)}.{ending}"
            made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return leaving(made, expires=True)


def _sheet(ending: str, most: int) -> Sheet:
    here, search = window(), read_search(f"{PATH}feed.{ending}")
    order = search.wanted.order if ending != "atom" else Order.date
    wanted = replace(search.wanted, size=most, order=order, seconds=SECONDS)
    with here.reading() as connection:
        found, results = look(connection, here, wanted)
    base = current_app.config["ZUOFANG"].public()
    return Sheet(here, search, found, results, voice_of(current_language().code), base)


@pages.get(f"{PATH}feed.csv")
def feed_csv() -> Response:
    """This search as CSV; no cell is taken for a formula."""
    sheet = _sheet("csv", MOST_IN_FILE)
    file = StringIO()
    write = csv.writer(file).writerow
    write([sheet.voice.sentence(field.title) for field in FIELDS])
    for one in sheet.results:
        write([harmless(cell) for cell in row_of(one, sheet.voice, sheet.base)])
    return sheet.answer(MARK + file.getvalue(), "text/csv", "csv")


@pages.get(f"{PATH}feed.json")
def feed_json() -> Response:
    """This search as JSON: count, date of the data, licence, the address of the next part, and the records."""
    sheet = _sheet("json", MOST_IN_FILE)
    told = {
        "total": sheet.found.total,
        "total_is_exact": sheet.found.exact,
        "as_of": sheet.here.today.isoformat(),
        "licence": f"{sheet.base}/open/#licence",
        "next": sheet.following,
        "records": [object_of(one, sheet.voice, sheet.base) for one in sheet.results],
    }
    text = current_app.json.dumps(told, ensure_ascii=False)
    return sheet.answer(f"{text}\n", "application/json", "json", named=False)


@pages.get(f"{PATH}feed.xlsx")
def feed_xlsx() -> Response:
    """This search as a workbook: the records, and a sheet that says what they are; every text is a text."""
    sheet = _sheet("xlsx", MOST_IN_FILE)
    book = Workbook(write_only=True)
    records = book.create_sheet(sheet.voice.sentence(say("公示")))
    records.append([sheet.voice.sentence(field.title) for field in FIELDS])
    for one in sheet.results:
        records.append([_cell(records, cell) for cell in row_of(one, sheet.voice, sheet.base)])
    about = book.create_sheet(sheet.voice.sentence(say("说明")))
    for row in _about(sheet):
        about.append([_cell(about, cell) for cell in row])
    file = BytesIO()
    book.save(file)
    return sheet.answer(file.getvalue(), XLSX, "xlsx")


def _about(sheet: Sheet) -> Iterator[list[Cell]]:
    said = sheet.voice.sentence
    yield [said(say("数据日期")), sheet.here.today]
    total = sheet.found.total
    yield [said(say("符合条件的记录")), total if sheet.found.exact else f"> {total}"]
    yield [said(say("本文件里的记录")), len(sheet.results)]
    yield [said(say("这次查询")), urljoin(sheet.base, sheet.search.wants.href())]
    yield [said(say("字段和许可")), f"{sheet.base}/open/"]
    for field in FIELDS:
        yield [said(field.title), said(field.about)]


def _cell(sheet: Any, cell: Cell) -> Any:
    if not isinstance(cell, str) or not cell.startswith("="):
        return cell
    made = WriteOnlyCell(sheet, cell)
    made.data_type = "s"
    return made


@pages.get(f"{PATH}feed.atom")
def feed_atom() -> Response:
    """This search as an Atom feed, the newest first."""
    sheet = _sheet("atom", MOST_IN_FEED)
    site = current_app.config["ZUOFANG"].site_name
    here = urljoin(sheet.base, sheet.search.wants.href())
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": current_language().tag})
    typed = sheet.search.wants["q"]
    title = sheet.voice.sentence(say("公示"))
    SubElement(feed, "title").text = f"{site} · {title}{f'：{typed}' if typed else ''}"
    SubElement(feed, "id").text = here
    SubElement(feed, "link", {"rel": "self", "href": here})
    SubElement(feed, "link", {"href": here.replace("feed.atom", "", 1)})
    SubElement(feed, "updated").text = _moment(sheet, max((one.published_on for one in sheet.results), default=None))
    SubElement(SubElement(feed, "author"), "name").text = current_app.config["ZUOFANG"].bureau
    for one in sheet.results:
        _entry(feed, sheet, one)
    body = tostring(feed, encoding="utf-8", xml_declaration=True)
    return sheet.answer(body, "application/atom+xml", "atom", named=False)


def _entry(feed: Element, sheet: Sheet, one: Result) -> None:
    said, entry = sheet.voice.sentence, SubElement(feed, "entry")
    address = f"{sheet.base}{PATH}{one.key}"
    decided = decision(one)
    items = "；".join(f"{item.name} {item.result}（{item.limit}）" for item in one.items)
    SubElement(entry, "title").text = f"{one.party}：{one.title}"
    SubElement(entry, "id").text = address
    SubElement(entry, "link", {"href": address})
    SubElement(entry, "updated").text = _moment(sheet, one.published_on)
    SubElement(entry, "category", {"term": one.kind.value, "label": said(told_kind(one))})
    parts = (said(told_kind(one)), said(decided) if decided else "", items, one.document or "", one.excerpt)
    SubElement(entry, "summary").text = "。".join(part for part in parts if part)


def _moment(sheet: Sheet, day: date | None) -> str:
    return datetime.combine(day or sheet.here.today, time(), CHINA).isoformat()


@pages.get(f"{PATH}changes.json")
def changes() -> Response:
    """What changed after a number: the records to fetch again and those to take away, for copies that stay true."""
    typed = request.args.get("after", "0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 12):
        refuse(HTTPStatus.BAD_REQUEST, say("after 要写上一次得到的变更序号，例如 after=120。"))
    here = window()
    base = current_app.config["ZUOFANG"].public()
    with here.reading() as connection:
        found = changes_since(connection, int(typed), MOST_CHANGES)
    told = {
        "as_of": here.today.isoformat(),
        "next": f"{base}{PATH}changes.json?after={found[-1][0] if found else int(typed)}",
        "more": len(found) == MOST_CHANGES,
        "changes": [
            {"change": number, "id": key, "withdrawn": gone, "address": f"{base}{PATH}{key}"}
            for number, key, gone in found
        ],
    }
    answer = Response(current_app.json.dumps(told, ensure_ascii=False) + "\n", mimetype="application/json")
    return leaving(answer, expires=True)
