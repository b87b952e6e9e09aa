"""Acts on a record: enter, put forward, approve by another person, publish, correct, withdraw, reply."""

from __future__ import annotations

from datetime import date

from zuofang.credit.codec import dump
from zuofang.credit.events import Corrected, Event, Withdrawn
from zuofang.credit.file import VALUES, standing_of, value_of
from zuofang.credit.models import CreditEvent, CreditRecord, CreditReply, CreditVersion, RecordState
from zuofang.credit.publication import Standing
from zuofang.credit.records import Record
from zuofang.credit.redaction import leaks
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject


def enter(desk: Desk, record: CreditRecord, value: Record | None, why: str) -> CreditRecord:
    """Enter a finding or decision. ``value`` is what the publication engine computes with; none for a mere file note.

    Raises:
        Refused: the value is not of the record's kind, or its text still holds personal data.
    """
    if VALUES.get(record.kind) is not (None if value is None else type(value)):
        raise Refused(say("记录的种类与内容不符。"))
    _refuse_personal_data(record.title, record.content, record.party)
    record.facts = "{}" if value is None else dump(value)
    record.state, record.entered_at = RecordState.entered, desk.now
    desk.session.add(record)
    _note(desk, "record.enter", record, why, kind=record.kind, document=record.document)
    return record


def propose(desk: Desk, record: CreditRecord, why: str) -> None:
    """Put a record forward for approval by another officer."""
    if record.state not in (RecordState.entered, RecordState.returned):
        raise Refused(say("这条记录已经提交。"))
    record.state, record.proposed_by = RecordState.proposed, desk.who
    _note(desk, "record.propose", record, why)


def send_back(desk: Desk, record: CreditRecord, why: str) -> None:
    """Send a record back to the officer who put it forward; the reason stands in ``why``."""
    if record.state is not RecordState.proposed:
        raise Refused(say("这条记录不在待审状态。"))
    record.state = RecordState.returned
    _note(desk, "record.send_back", record, why)


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
    if found is not None and found.standing in (Standing.never, Standing.unsettled):
        raise Refused(say("依法不予公示：%(reason)s。", reason=found.reasons[0].sentence))
    record.state, record.approved_by = RecordState.approved, desk.who
    _note(desk, "record.approve", record, why)


def undo_approval(desk: Desk, record: CreditRecord, why: str) -> None:
    """Take an approval back while the record is not public yet."""
    if record.state is not RecordState.approved or record.published_on is not None:
        raise Refused(say("这条记录没有审核，或者已经公示。"))
    record.state, record.approved_by = RecordState.proposed, None
    _note(desk, "record.undo_approval", record, why)


def publish(desk: Desk, record: CreditRecord, on: date, why: str) -> None:
    """Publish an approved record; its term begins.

    Raises:
        Refused: it is not approved, or the law does not let it become public on that day.
    """
    if record.state is not RecordState.approved:
        raise Refused(say("没有经过另一人审核的记录不能公示。"))
    found = standing_of(record, on, desk.rules)
    if found is None or found.standing is not Standing.due:
        raise Refused(say("这条记录今天不能公示。"))
    record.published_on, record.look_again_on = on, None
    _note(desk, "record.publish", record, why, on=on)


def take_down(desk: Desk, record: CreditRecord, on: date, why: str) -> None:
    """Note that a record stopped being public by law; its page then says so without its content."""
    record.taken_down_on = on
    _note(desk, "record.take_down", record, why, on=on)


def put_up_again(desk: Desk, record: CreditRecord, on: date, why: str) -> None:
    """Show a record again that had been hidden, for example when a stay of execution was lifted."""
    record.taken_down_on = None
    _note(desk, "record.put_up_again", record, why, on=on)


def correct(desk: Desk, record: CreditRecord, why: str, *, title: str, content: str, value: Record) -> None:
    """Put right what a record says. What it said stays visible as corrected; the term runs on."""
    _refuse_personal_data(title, content)
    number = len(record.versions) + 1
    before = CreditVersion(
        record=record, number=number, title=record.title, content=record.content, facts=record.facts,
        at=desk.now, who=desk.who, why=why,
    )  # fmt: skip
    desk.session.add(before)
    record.title, record.content, record.facts = title, content, dump(value)
    happened(desk, record, Corrected(on=desk.today, why=why), why)


def uncorrect(desk: Desk, record: CreditRecord, why: str) -> None:
    """Go back to what a record said before its last correction; both stay in its history."""
    if not record.versions:
        raise Refused(say("这条记录没有更正过。"))
    last = record.versions[-1]
    before = CreditRecord(kind=record.kind, facts=last.facts, events=[])
    value = value_of(before)
    if value is None:
        raise Refused(say("这条记录没有可以恢复的内容。"))
    correct(desk, record, why, title=last.title, content=last.content, value=value)


def happened(desk: Desk, record: CreditRecord, event: Event, why: str) -> CreditEvent:
    """Record something that happened to a record: annulled, repaired, delisted, stayed …"""
    row = CreditEvent(record=record, kind=type(event).__name__, on=event.on, facts=dump(event))
    desk.session.add(row)
    record.look_again_on = None
    _note(desk, "record.event", record, why, kind=row.kind, on=event.on)
    return row


def did_not_happen(desk: Desk, event: CreditEvent, why: str) -> None:
    """Strike out an event that was recorded in error; it stays in the history as struck out."""
    event.undone_at, event.record.look_again_on = desk.now, None
    _note(desk, "record.undo_event", event.record, why, kind=event.kind, on=event.on)


def withdraw(desk: Desk, record: CreditRecord, reason: str, why: str) -> CreditEvent:
    """Take a record back from the public with a reason; the opposite is :func:`did_not_happen` on the event."""
    return happened(desk, record, Withdrawn(on=desk.today, why=reason), why)


def reply(desk: Desk, record: CreditRecord, text: str, why: str) -> CreditReply:
    """Put the workshop's own words beside a finding."""
    _refuse_personal_data(text)
    row = CreditReply(record=record, text=text, at=desk.now)
    desk.session.add(row)
    _note(desk, "record.reply", record, why)
    return row


def take_back_reply(desk: Desk, row: CreditReply, why: str) -> None:
    """Take a reply back; the page no longer shows it."""
    row.taken_back_at = desk.now
    _note(desk, "record.take_back_reply", row.record, why)


def match(desk: Desk, record: CreditRecord, workshop: int | None, why: str) -> None:
    """Say to whose file a record belongs; with none it is unmatched again."""
    before, record.workshop_id = record.workshop_id, workshop
    _note(desk, "record.match", record, why, before=before, after=workshop)


def _note(desk: Desk, act: str, record: CreditRecord, why: str, **facts: object) -> None:
    files = {record.workshop_id, facts.get("before")} if act == "record.match" else {record.workshop_id}
    touches: list[Subject] = [("workshop", str(key)) for key in files if key]
    desk.record(act, record, why, touches=touches, **facts)


def _refuse_personal_data(*texts: str) -> None:
    for text in texts:
        if marks := leaks(text):
            raise Refused(say("文字里还有个人信息：%(note)s", note=marks[0].note))
