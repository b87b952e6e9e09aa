"""The test sheet of a batch: items and limits of its day, results as people type them, judged before and while sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.limit_tables import SheetLine
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import AT_DESK, carry_out
from zuofang.site.console.answers import REASON_MISSING, Answers, form, no_such, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.laboratory.desk import decide
from zuofang.site.console.laboratory.due import BENCH
from zuofang.site.console.rights import may
from zuofang.site.locales import current_language
from zuofang.site.voice import voice_of
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.acts import batches
from zuofang.traceability.acts.lookups import batch as batch_of
from zuofang.traceability.acts.sheets import SheetHead, enter
from zuofang.traceability.conformity import Outcome, judge_line
from zuofang.traceability.models import Batch, Method, ReleaseTest
from zuofang.traceability.queries import bench
from zuofang.traceability.queries.belonging import of_batch
from zuofang.traceability.typed_sheet import lines_of, unit_of

pages = Blueprint("sheets", __name__)
MARKS = {Outcome.conforms: "passed", Outcome.fails: "failed", Outcome.measured_only: "measured"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the form: the field, the item, its limit, what was typed and what we make of it."""

    field: str
    item: str
    limit: str
    standard: str
    unit: str
    typed: str
    mark: str
    why: Sentence | None


@pages.get("/laboratory/batches/<key:batch>/sheet")
@may(*BENCH, place=of_batch)
def sheet(batch: int) -> Response:
    """The sheet to be filled in."""
    return _page(batch, Answers())


@pages.post("/laboratory/batches/<key:batch>/sheet")
@may(*BENCH, place=of_batch)
def send_sheet(batch: int) -> AnyResponse:
    """Enter the sheet; its conclusion follows from the results."""
    answers = form()
    laboratory = answers.key("laboratory", say("请选检验机构。"))
    number = answers.text("number", say("请填检验单编号。"), most=100)
    method = answers.member("method", Method, say("请选检验方法。"))
    tested_on = answers.day("tested_on", say("请填检验日期。"))
    sampled_on, tester = answers.day("sampled_on"), answers.maybe("tester")
    fields = {_field(number): line.item.name for number, line in enumerate(_lines(batch))}
    typed = {item: answers.text(field) for field, item in fields.items()}

    def act(desk: Desk) -> ReleaseTest:
        if laboratory is None or method is None or tested_on is None:
            raise Refused(say("请把检验单填完整。"))
        _of_the_zone(batch, laboratory)
        head = SheetHead(laboratory, number, method, tested_on, sampled_on, tester)
        return enter(desk, batch_of(desk, batch), head, typed, str(AT_DESK))

    return carry_out(
        answers,
        act,
        onto=f"/laboratory/batches/{batch}",
        done="sheet",
        again=partial(_page, batch),
        seen=("batch", str(batch)),
    )


@pages.get("/laboratory/batches/<key:batch>/judge")
@may(*BENCH, place=of_batch)
def judge(batch: int) -> Response:
    """What we make of one result while it is typed, as JSON."""
    lines = _lines(batch)
    field = request.args.get("field", "")
    line = next((line for number, line in enumerate(lines) if _field(number) == field), None)
    typed = request.args.get("typed", "").strip()[:200]
    if line is None or not typed:
        return jsonify(mark="", why="")
    found = judge_line(line, typed, unit_of(line))
    voice = voice_of(current_language().code)
    return jsonify(mark=MARKS.get(found.outcome, "undecided"), why=voice.sentence(found.sentence))


@pages.post("/laboratory/batches/<key:batch>/annul/<key:sheet>")
@may(*BENCH, place=of_batch)
def annul(batch: int, sheet: int) -> AnyResponse:
    """Annul a sheet that was wrong; it stays visible."""
    answers = form()
    reason = answers.text(f"annul-{sheet}", REASON_MISSING)

    def act(desk: Desk, row: Batch, _why: str) -> None:
        found = desk.session.get(ReleaseTest, sheet)
        if found is None or found.batch_id != row.id:
            raise Refused(say("没有这份检验记录。"))
        batches.annul_test(desk, sheet, reason)

    return decide(batch, "annul", act, answers)


def _of_the_zone(batch: int, laboratory: int) -> None:
    """Refuse a laboratory that is not one of the zones in which the batch was made."""
    with counter().reading() as connection:
        place = of_batch(connection, batch)
        ours = dict(bench.laboratories(connection, place.zones if place else ()))
    if laboratory not in ours:
        raise Refused(say("这个检验机构不属于本加工区。"))


def _lines(batch: int) -> tuple[SheetLine, ...]:
    here = counter()
    with here.reading() as connection:
        view = bench.bench_batch(connection, batch, here.rules)
    return lines_of(view.category, view.made_on, here.rules) if view else ()


def _field(number: int) -> str:
    return f"r{number}"


def _page(batch: int, answers: Answers) -> Response:
    here = counter()
    with here.reading() as connection:
        view = bench.bench_batch(connection, batch, here.rules)
        place = of_batch(connection, batch)
        ours = bench.laboratories(connection, place.zones if place else ())
    if view is None:
        no_such(say("没有编号为 %(key)s 的批次。", key=batch))
    lines = lines_of(view.category, view.made_on, here.rules)
    proposed: dict[str, Any] = {
        "number": answers["number"] or f"{view.lot}-{len(view.sheets) + 1}",
        "tested_on": answers["tested_on"] or here.today.isoformat(),
        "tester": answers["tester"] or guest().person,
    }
    return page_with(
        "console/laboratory/sheet.html",
        answers,
        view=view,
        proposed=proposed,
        laboratories=[(str(key), name) for key, name in ours],
        entries=[_entry(_field(number), line, answers) for number, line in enumerate(lines)],
    )


def _entry(field: str, line: SheetLine, answers: Answers) -> Entry:
    typed = answers[field].strip()
    found = judge_line(line, typed, unit_of(line)) if typed else None
    limit, standard = (line.rule.limit, line.rule.standard) if line.rule else ("", "")
    mark = MARKS.get(found.outcome, "undecided") if found else ""
    return Entry(field, line.item.name, limit, standard, unit_of(line), typed, mark, found.sentence if found else None)
