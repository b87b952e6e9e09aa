"""Acts on a sampling sheet (抽样单): a sample is taken, handed to the laboratory, its result entered upon the sheet.

Everything here is inside the bureau alone; what the public reads is the record of the result.
"""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

from sqlalchemy import select

from zuofang.credit.clocks import ClockStep, SheetSteps, sheet_clock
from zuofang.credit.models import CreditRecord, RecordKind, SamplingSheet
from zuofang.credit.redaction import leaks
from zuofang.rules.book import RuleBook
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused


def steps_of(sheet: SamplingSheet, rules: RuleBook) -> tuple[ClockStep, ...]:
    """The clock of a sheet: the way to the laboratory and the report."""
    steps = SheetSteps(taken_on=sheet.taken_on, delivered_on=sheet.delivered_on, agreed_on=sheet.agreed_on)
    return sheet_clock(steps, rules)


def take(desk: Desk, sheet: SamplingSheet, why: str) -> SamplingSheet:
    """Enter the sheet of a sample that was taken.

    Raises:
        Refused: its number is known already, a day or the officers do not fit, or a text holds personal data.
    """
    sheet.number = named(sheet.number)
    _refuse_known(desk, sheet.number)
    if sheet.taken_on > desk.today:
        raise Refused(say("抽样日期还没有到。"))
    if sheet.agreed_on is not None and sheet.agreed_on < sheet.taken_on:
        raise Refused(say("约定出报告的日期早于抽样日期。"))
    if sheet.first_officer == sheet.second_officer:
        raise Refused(say("抽样单上要有两名抽样人员。"))
    for text in sheet.told.values():
        if marks := leaks(text):
            raise Refused(say("文字里还有个人信息：%(note)s", note=marks[0].note))
    try:
        steps_of(sheet, desk.rules)
    except NoSuchRule:
        raise Refused(say("规则库没有抽样那一天的规定，请核对抽样日期。")) from None
    sheet.entered_at = desk.now
    desk.session.add(sheet)
    desk.record("sampling.take", sheet, why, workshop=sheet.workshop_id, taken_on=sheet.taken_on, told=sheet.told)
    return sheet


def named(number: str) -> str:
    """The number of a sheet as it is kept and looked for: full-width signs are ordinary ones, as in a table."""
    return normalize("NFKC", number)


def _refuse_known(desk: Desk, number: str) -> None:
    if desk.session.scalar(select(SamplingSheet.id).filter_by(number=number)):
        raise Refused(say("编号是 %(number)s 的抽样单已经登记。", number=number))
    if desk.session.scalar(select(CreditRecord.id).filter_by(kind=RecordKind.sample, document=number).limit(1)):
        raise Refused(say("编号是 %(number)s 的样品已经有结果。", number=number))


def strike_out(desk: Desk, sheet: SamplingSheet, why: str) -> None:
    """Take out a sheet that was entered in error or became void (作废), for a reason; the journal keeps what it said.

    Raises:
        Refused: its result is there.
    """
    if sheet.record_id is not None:
        raise Refused(say("这份抽样单的结果已经登记，不能删除；先删除结果。"))
    days = {name: getattr(sheet, name) for name in ("taken_on", "delivered_on", "agreed_on")}
    desk.record("sampling.strike_out", sheet, why, workshop=sheet.workshop_id, told=sheet.told, **days)
    desk.session.delete(sheet)
    desk.session.flush()


def deliver(desk: Desk, sheet: SamplingSheet, on: date, why: str) -> None:
    """Note the day on which the laboratory received the sample.

    Raises:
        Refused: it is noted already, or lies before the taking or ahead.
    """
    if sheet.delivered_on is not None:
        raise Refused(say("送达的日期已经记下。"))
    if not sheet.taken_on <= on <= desk.today:
        raise Refused(say("送达的日期早于抽样日期，或者还没有到。"))
    sheet.delivered_on = on
    desk.record("sampling.deliver", sheet, why, on=on)


def undo_delivery(desk: Desk, sheet: SamplingSheet, why: str) -> None:
    """Take back a day of delivery that was noted in error."""
    if sheet.delivered_on is None:
        raise Refused(say("送达的日期还没有记下。"))
    before, sheet.delivered_on = sheet.delivered_on, None
    desk.record("sampling.undo_delivery", sheet, why, on=before)


def conclude(desk: Desk, sheet: SamplingSheet, record: CreditRecord, why: str) -> None:
    """Enter the result upon the sheet.

    Raises:
        Refused: a result is there already, or this one is older than the sample or about somebody else.
    """
    if sheet.record_id is not None:
        raise Refused(say("编号是 %(number)s 的样品已经有结果。", number=sheet.number))
    if record.workshop_id != sheet.workshop_id:
        raise Refused(say("编号是 %(number)s 的抽样单登记的是另一家。", number=sheet.number))
    if record.made_on < sheet.taken_on:
        raise Refused(say("检验结论早于抽样日期。"))
    desk.session.flush()
    sheet.record_id = record.id
    desk.record("sampling.conclude", sheet, why, record=record.id)


def open_again(desk: Desk, record: CreditRecord, why: str) -> None:
    """Open the sheet of a result that is taken out of the file; nothing where it came without one."""
    sheet = desk.session.scalar(select(SamplingSheet).filter_by(record_id=record.id).with_for_update())
    if sheet is not None:
        sheet.record_id = None
        desk.record("sampling.open_again", sheet, why, record=record.id)


def sheet_of(desk: Desk, number: str) -> SamplingSheet | None:
    """The sheet with this number, held until the transaction ends."""
    return desk.session.scalar(select(SamplingSheet).filter_by(number=named(number)).with_for_update())
