"""A supervisory sample entered by hand: the sampling sheet (抽样单) and the result of the laboratory, item by item."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from zuofang.credit.acts import records as acts
from zuofang.credit.acts import sampling
from zuofang.credit.findings import Sample
from zuofang.credit.models import CreditRecord, RecordKind, SampleItem
from zuofang.credit.queries.sampling import SheetAtDesk
from zuofang.credit.records import Outcome
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import INCOMPLETE, Answers, form, onward
from zuofang.site.console.papers.entry import AFTER, BY_HAND, form_page, tied, workshop_called
from zuofang.site.console.rights import may
from zuofang.site.console.sampling.desk import sheet_in_reach
from zuofang.site.formats import formats_of
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.traceability.announcements import OfficialFinding, judge_finding
from zuofang.traceability.queries.paging import key_in

pages = Blueprint("samples", __name__)
TEMPLATE = "console/papers/new_sample.html"
LINES = 6
"""Items that the form has room for; more come by a table."""
PRINTED: tuple[tuple[str, Sentence], ...] = (
    ("sampled_on", say("抽样日期")),
    ("place", say("抽样地点")),
    ("specification", say("规格型号")),
    ("brand", say("商标")),
    ("lot", say("生产日期/批号")),
    ("quantity", say("抽样数量")),
    ("laboratory", say("检验机构")),
)
"""What the sampling sheet says beside the food, in the order in which it stands there."""
SHEET = "sheet"
"""The field that carries the number of the sheet upon which the result is entered."""


@pages.get("/records/new/sample")
@may(Role.officer)
def new_sample() -> AnyResponse:
    """The sampling sheet and what the laboratory found; opened from a sheet, what that says is filled in."""
    sheet = sheet_in_reach(key_in(request.args.get(SHEET, "")))
    if sheet is not None and sheet.row.record_id is not None:
        return onward(f"/sampling/{sheet.row.id}")
    return _page(Answers() if sheet is None else Answers(_as_typed(sheet)))


@pages.post("/records/new/sample")
@may(Role.officer)
def sample() -> AnyResponse:
    """Enter a sample; its items are judged by the limits they are printed with."""
    answers = form()
    whose = answers.text("whose", say("请填登记证编号或统一社会信用代码。"), most=100)
    told = {
        "document": answers.text("document", say("请填抽样单编号。"), most=100),
        "authority": answers.text("authority", say("请填机关名称。")),
        "title": answers.text("title", say("请填食品名称。")),
    }
    sampled_on = answers.day("sampled_on", say("请填抽样日期。"))
    lines = [(str(word), answers.text(name)) for name, word in PRINTED if name != "sampled_on"]
    concluded_on, served_on = answers.day("made_on", say("请填检验结论的日期。")), answers.day("served_on")
    outcome = answers.named("outcome", Outcome, say("请选检验结论。"))
    items, after, sheet = list(_items(answers)), answers.key(AFTER), answers.key(SHEET)
    if outcome is Outcome.failed and not items:
        answers.wrong("item0", say("结论不合格的，要写不合格的项目。"))
    if sampled_on and concluded_on and concluded_on < sampled_on:
        answers.wrong("made_on", say("检验结论早于抽样日期。"))

    def act(desk: Desk) -> CreditRecord:
        if concluded_on is None or sampled_on is None or outcome is None:
            raise Refused(INCOMPLETE)
        workshop = workshop_called(desk, whose)
        judged = list(_judged(desk, items))
        value = Sample(
            concluded_on=concluded_on, outcome=outcome, sampled_on=sampled_on, served_on=served_on,
            microbiological=outcome is Outcome.failed and any(_microbiological(desk, one) for one in items),
        )  # fmt: skip
        taken = str(PRINTED[0][1]), formats_of("zh").dfmt(sampled_on)
        content = "\n".join(f"{word}：{text}" for word, text in [taken, *lines] if text)
        row = CreditRecord(
            kind=RecordKind.sample, workshop_id=workshop.id, party=workshop.name, made_on=concluded_on, content=content,
            items=judged, **told,
        )  # fmt: skip
        return _upon_sheet(desk, tied(desk, acts.enter(desk, row, value, str(BY_HAND)), after), sheet)

    row = attempt(answers, act, None if sheet is None else ("sampling_sheet", str(sheet)))
    return _page(answers) if row is None else onward(f"/records/{row.id}", "entered")


def _as_typed(sheet: SheetAtDesk) -> dict[str, str]:
    """What a sheet says, as it would be typed into the form."""
    row = sheet.row
    same = {name: getattr(row, name) for name, _ in PRINTED if name != "sampled_on"}
    return same | {
        "whose": sheet.whose, "document": row.number, "authority": row.authority, "title": row.product,
        "sampled_on": row.taken_on.isoformat(), SHEET: str(row.id),
    }  # fmt: skip


def _upon_sheet(desk: Desk, row: CreditRecord, sheet: int | None) -> CreditRecord:
    """The result, entered upon the sheet with its number, whether or not the form was opened from there.

    Raises:
        Refused: the form was opened from another sheet, or a result is there already.
    """
    found = sampling.sheet_of(desk, row.document or "")
    if sheet is not None and (found is None or found.id != sheet):
        raise Refused(say("编号与打开的抽样单不同，或者那份抽样单已经删除。"))
    if found is not None:
        sampling.conclude(desk, found, row, str(BY_HAND))
    return row


def _items(answers: Answers) -> Iterator[tuple[OfficialFinding, str]]:
    """The items that were filled in, each with its unit."""
    for number in range(LINES):
        item, result, limit = (answers.text(f"{name}{number}") for name in ("item", "result", "limit"))
        unit = answers.text(f"unit{number}", most=40)
        if item and not result:
            answers.wrong(f"result{number}", say("写了项目，要写结果。"))
        if (result or limit) and not item:
            answers.wrong(f"item{number}", say("写了结果，要写是什么项目。"))
        if item:
            yield OfficialFinding(item, result, limit), unit


def _judged(desk: Desk, items: list[tuple[OfficialFinding, str]]) -> Iterator[SampleItem]:
    for position, (printed, unit) in enumerate(items, 1):
        judged = judge_finding(printed, desk.rules.limits.items, unit)
        yield SampleItem(
            position=position, item=printed.item, result=printed.result + unit, limit=printed.limit,
            judgement=judged.outcome.value,
        )  # fmt: skip


def _microbiological(desk: Desk, one: tuple[OfficialFinding, str]) -> bool:
    known = desk.rules.limits.items.find(one[0].item)
    return known is not None and known.nature.microbiological


def _page(answers: Answers) -> Response:
    sheet = sheet_in_reach(key_in(answers[SHEET]))
    return form_page(TEMPLATE, answers, lines=range(LINES), printed=PRINTED, sheet=sheet)
