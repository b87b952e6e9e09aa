"""Acts on a record: enter, put forward, approve by another person, publish, correct, withdraw, reply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from zuofang.credit.acts import sampling
from zuofang.credit.codec import dump
from zuofang.credit.events import Corrected, Event, Withdrawn
from zuofang.credit.file import VALUES, bare, standing_of, value_of
from zuofang.credit.models import CreditEvent, CreditRecord, CreditReply, CreditVersion, Outside, RecordState, SetAside
from zuofang.credit.publication import Standing
from zuofang.credit.records import Record
from zuofang.credit.redaction import leaks
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject


def enter(desk: Desk, record: CreditRecord, value: Record, why: str) -> CreditRecord:
    """Enter a finding or decision. ``value`` is what the publication engine computes with.

    Raises:
        Refused: the value is not of the record's kind, its day lies ahead, or a text still holds personal data.
    """
    if VALUES[record.kind] is not type(value):
        raise Refused(say("记录的种类与内容不符。"))
    if value.made_on > desk.today:
        raise Refused(say("决定或者发现的日期还没有到。"))
    _refuse_personal_data(record.title, record.content, record.party, *texts_of(value))
    record.facts = dump(bare(value))
    record.state, record.entered_at = RecordState.entered, desk.now
    desk.session.add(record)
    note(desk, "record.enter", record, why, kind=record.kind, document=record.document)
    return record


def remove(desk: Desk, record: CreditRecord, why: str) -> None:
    """Take out a record that was entered in error and that nobody has approved; the journal keeps what it was.

    Raises:
        Refused: it is approved, comes from a table, or hangs together with something.
    """
    beside = (record.versions, record.replies, record.cases, record.events, record.sequels, record.origins)
    if record.state is RecordState.approved or record.source or any((*beside, record.look_backs)):
        raise Refused(say("已经审核、由表格导入或者有关联的记录不能删除。"))
    sampling.open_again(desk, record, why)
    note(desk, "record.remove", record, why, kind=record.kind, document=record.document, facts=record.facts)
    for item in record.items:
        desk.session.delete(item)
    desk.session.delete(record)
    desk.session.flush()


def propose(desk: Desk, record: CreditRecord, why: str) -> None:
    """Put a record forward for approval by another officer."""
    if record.state not in (RecordState.entered, RecordState.returned):
        raise Refused(say("这条记录已经提交。"))
    record.state, record.proposed_by = RecordState.proposed, desk.who
    note(desk, "record.propose", record, why)


def undo_proposal(desk: Desk, record: CreditRecord, why: str) -> None:
    """Take a record back from review before anybody decided about it."""
    if record.state is not RecordState.proposed:
        raise Refused(say("这条记录不在待审状态。"))
    record.state, record.proposed_by = RecordState.entered, None
    note(desk, "record.undo_proposal", record, why)


def send_back(desk: Desk, record: CreditRecord, why: str) -> None:
    """Send a record back to the officer who put it forward; the reason stands in ``why``."""
    if record.state is not RecordState.proposed:
        raise Refused(say("这条记录不在待审状态。"))
    record.state = RecordState.returned
    note(desk, "record.send_back", record, why)


def approve(desk: Desk, record: CreditRecord, why: str) -> None:
    """Approve a record; nobody approves what they put forward themselves, nor what the law keeps from the public.

    Raises:
        Refused: the same person, the wrong state, personal data in the text, or a record that may not be public.
    """
    if record.state is not RecordState.proposed:
        raise Refused(say("这条记录不在待审状态。"))
    if record.proposed_by == desk.who:
        raise Refused(say("提交人不能审核自己提交的记录。"))
    _refuse_personal_data(record.title, record.content, record.party)
    found = standing_of(record, desk.today, desk.rules)
    if found.standing in (Standing.never, Standing.unsettled):
        raise Refused(say("依法不予公示：%(reason)s。", reason=found.reasons[0].sentence))
    record.state, record.approved_by = RecordState.approved, desk.who
    note(desk, "record.approve", record, why)


def undo_approval(desk: Desk, record: CreditRecord, why: str) -> None:
    """Take an approval back while the record is not public yet."""
    if record.state is not RecordState.approved or record.published_on is not None:
        raise Refused(say("这条记录没有审核，或者已经公示。"))
    record.state, record.approved_by = RecordState.proposed, None
    note(desk, "record.undo_approval", record, why)


def publish(desk: Desk, record: CreditRecord, on: date, why: str) -> None:
    """Publish an approved record; its term begins.

    Raises:
        Refused: it is not approved, or the law does not let it become public on that day.
    """
    if record.state is not RecordState.approved:
        raise Refused(say("没有经过另一人审核的记录不能公示。"))
    found = standing_of(record, on, desk.rules)
    if found.standing is not Standing.due:
        raise Refused(say("这条记录今天不能公示。"))
    record.published_on, record.look_again_on = on, None
    note(desk, "record.publish", record, why, on=on)


def take_down(desk: Desk, record: CreditRecord, on: date, why: str) -> None:
    """Note that a record stopped being public by law; its page then says so without its content."""
    record.taken_down_on = on
    note(desk, "record.take_down", record, why, on=on)


def put_up_again(desk: Desk, record: CreditRecord, on: date, why: str) -> None:
    """Show a record again that had been hidden, for example when a stay of execution was lifted."""
    record.taken_down_on = None
    note(desk, "record.put_up_again", record, why, on=on)


def correct(desk: Desk, record: CreditRecord, why: str, *, title: str, content: str, value: Record) -> None:
    """Put right what a record says. What it said stays visible as corrected; the term runs on."""
    _refuse_personal_data(title, content, *texts_of(value))
    number = len(record.versions) + 1
    before = CreditVersion(
        record=record, number=number, title=record.title, content=record.content, facts=record.facts,
        at=desk.now, who=desk.who, why=why,
    )  # fmt: skip
    desk.session.add(before)
    record.title, record.content, record.facts = title, content, dump(bare(value))
    happened(desk, record, Corrected(on=desk.today, why=why), why)


def uncorrect(desk: Desk, record: CreditRecord, why: str) -> None:
    """Go back to what a record said before its last correction; both stay in its history."""
    if not record.versions:
        raise Refused(say("这条记录没有更正过。"))
    last = record.versions[-1]
    before = CreditRecord(kind=record.kind, facts=last.facts, events=[], sequels=[])
    correct(desk, record, why, title=last.title, content=last.content, value=value_of(before))


def happened(desk: Desk, record: CreditRecord, event: Event, why: str) -> CreditEvent:
    """Record something that happened to a record: annulled, repaired, delisted, stayed …"""
    row = CreditEvent(record=record, kind=type(event).__name__, on=event.on, facts=dump(event))
    desk.session.add(row)
    record.look_again_on = None
    note(desk, "record.event", record, why, kind=row.kind, on=event.on)
    return row


def did_not_happen(desk: Desk, event: CreditEvent, why: str) -> None:
    """Strike out an event that was recorded in error; it stays in the history as struck out."""
    event.undone_at, event.record.look_again_on = desk.now, None
    note(desk, "record.undo_event", event.record, why, kind=event.kind, on=event.on)


def withdraw(desk: Desk, record: CreditRecord, reason: str, why: str) -> CreditEvent:
    """Take a record back from the public with a reason; the opposite is :func:`did_not_happen` on the event."""
    return happened(desk, record, Withdrawn(on=desk.today, why=reason), why)


def reply(desk: Desk, record: CreditRecord, text: str, why: str) -> CreditReply:
    """Put the workshop's own words beside a finding."""
    _refuse_personal_data(text)
    row = CreditReply(record=record, text=text, at=desk.now)
    desk.session.add(row)
    note(desk, "record.reply", record, why)
    return row


def take_back_reply(desk: Desk, row: CreditReply, why: str) -> None:
    """Take a reply back; the page no longer shows it."""
    row.taken_back_at = desk.now
    note(desk, "record.take_back_reply", row.record, why)


def match(desk: Desk, record: CreditRecord, workshop: int | None, why: str) -> None:
    """Say to whose file a record belongs; with none it is unmatched again.

    Raises:
        Refused: it is said to be outside the register, or hangs together with records of the file it is in.
    """
    if record.set_aside is not None:
        raise Refused(say("这条记录已认定不属于登记的作坊，请先撤销认定。"))
    if record.workshop_id is not None and (record.sequels or record.origins):
        raise Refused(say("这条记录与别的记录相关联，请先解除关联。"))
    before, record.workshop_id = record.workshop_id, workshop
    note(desk, "record.match", record, why, before=before, after=workshop)


def set_outside(desk: Desk, record: CreditRecord, outside: Outside, why: str, handed_to: str | None = None) -> None:
    """Say that a record belongs to no operator of the register; one of elsewhere names the bureau that was told.

    Raises:
        Refused: it belongs to an operator, is set aside already, or no bureau is named for one of elsewhere.
    """
    if record.workshop_id is not None or record.set_aside is not None:
        raise Refused(say("这条记录已经归入档案，或者已经认定。"))
    if (outside is Outside.elsewhere) != bool(handed_to):
        raise Refused(say("移送其他机关的要写明机关名称，其他情形不写。"))
    record.set_aside = SetAside(outside=outside, handed_to=handed_to)
    note(desk, "record.set_outside", record, why, outside=outside, handed_to=handed_to)


def undo_outside(desk: Desk, record: CreditRecord, why: str) -> None:
    """Put a record back on the list of the matching desk."""
    if record.set_aside is None:
        raise Refused(say("这条记录没有认定过。"))
    record.set_aside = None
    note(desk, "record.undo_outside", record, why)


def texts_of(value: Record) -> Iterator[str]:
    """The texts that stand in the facts of a record themselves."""
    for one in fields(value):
        if type(text := getattr(value, one.name)) is str and text:
            yield text


def note(desk: Desk, act: str, record: CreditRecord, why: str, **facts: object) -> None:
    """Record an act on a record; the clock looks again at the findings whose term hangs on it."""
    for link in record.origins:
        link.earlier.look_again_on = None
    files = {record.workshop_id, facts.get("before")} if act == "record.match" else {record.workshop_id}
    touches: list[Subject] = [("workshop", str(key)) for key in files if key]
    touches += [("credit_record", str(earlier)) for earlier in (facts.get("earlier"),) if earlier]
    desk.record(act, record, why, touches=touches, **facts)


def _refuse_personal_data(*texts: str) -> None:
    for text in texts:
        if marks := leaks(text):
            raise Refused(say("文字里还有个人信息：%(note)s", note=marks[0].note))
