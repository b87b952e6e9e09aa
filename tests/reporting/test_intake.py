import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from tests.conftest import NOON
from tests.reporting.conftest import MATTER, PERSON

from zuofang.reporting import opening, receiving
from zuofang.reporting.acknowledgements import is_genuine
from zuofang.reporting.followup import find, look_up, write
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Accepted, Letterbox, Statement
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import LetterKind, Report, ReportKind, ReportLetter, Role, Standing
from zuofang.reporting.sealing import WillNotOpen
from zuofang.storage import journal
from zuofang.storage.acts import Office
from zuofang.storage.base import Base
from zuofang.storage.database import Database

Drop = Callable[..., Accepted]
Opened = dict[Role, RoleKeys]


def test_a_report_is_opened_by_its_receipt_and_read_by_case_officers(
    box: Letterbox, hand_in: Drop, opened: Opened
) -> None:
    accepted = hand_in()
    assert is_genuine(accepted.acknowledgement, box.keys.known)
    assert accepted.opening.commitment == accepted.acknowledgement.commitment
    with Session(box.database.read) as session:
        report = find(session, accepted.receipt)
        assert report is not None
        key = opening.open_case(session, report, opened[Role.case])
        ((kind, told),) = opening.read_letters(report, key)
    assert kind is LetterKind.statement
    assert json.loads(told["content"]) == {**MATTER, "evidence": []}


def test_case_officers_cannot_open_who_it_was_with_database_and_keys_in_hand(
    box: Letterbox, hand_in: Drop, opened: Opened
) -> None:
    hand_in(standing=Standing.named, person=PERSON)
    with Session(box.database.read) as session:
        report = session.scalars(select(Report)).one()
        mine = opened[Role.case]
        case = opening.open_case(session, report, mine)
        for secret in report.secrets:
            if secret.role is not Role.case:
                for key in (*mine.keys.values(), case):
                    for role in (*Role, LetterKind.statement):
                        with pytest.raises(WillNotOpen):
                            key.open(secret.sealed, f"{report.locator}/{role}")
        with pytest.raises(WillNotOpen):
            opening.open_person(session, report, RoleKeys(Role.identity, mine.keys))
        assert opening.open_person(session, report, opened[Role.identity]) == PERSON
        with pytest.raises(WillNotOpen):
            opening.open_case(session, report, opened[Role.identity])


def test_a_form_that_is_sent_again_gets_the_same_receipt(box: Letterbox, hand_in: Drop) -> None:
    form = new_form(NOON)
    first, second = hand_in(form), hand_in(form)
    assert (second.receipt, second.opening, second.again, second.same) == (first.receipt, first.opening, True, True)
    assert second.acknowledgement.commitment == first.acknowledgement.commitment
    third = hand_in(form, matter={**MATTER, "facts": "改了主意"})
    assert (third.receipt, third.same) == (first.receipt, False)
    with Session(box.database.read) as session:
        assert session.scalar(select(func.count()).select_from(Report)) == 1


def test_of_many_copies_of_one_form_sent_at_once_exactly_one_is_received(box: Letterbox, hand_in: Drop) -> None:
    form = new_form(NOON)
    with ThreadPoolExecutor(8) as pool:
        accepted = list(pool.map(lambda _: hand_in(form), range(24)))
    assert len({one.receipt for one in accepted}) == 1
    assert sum(not one.again for one in accepted) == 1


def test_what_is_both_becomes_two_with_receipts_of_their_own(box: Letterbox) -> None:
    report = Statement(ReportKind.report, Standing.anonymous, MATTER, {}, "zh")
    complaint = replace(report, kind=ReportKind.complaint, standing=Standing.named, person=PERSON)
    accepted = box.hand_in(new_form(NOON), [complaint, report], NOON)
    assert len({one.receipt.locator for one in accepted}) == len({one.receipt.secret for one in accepted}) == 2
    with Session(box.database.read) as session:
        anonymous = find(session, accepted[1].receipt)
        assert anonymous is not None
        assert [secret.role for secret in anonymous.secrets] == [Role.case]


def test_a_wrong_receipt_finds_nothing(box: Letterbox, hand_in: Drop) -> None:
    receipt = hand_in().receipt
    other = "A" if receipt.secret[0] != "A" else "B"
    assert look_up(box, replace(receipt, secret=other + receipt.secret[1:])) is None
    assert look_up(box, replace(receipt, locator="ZZZZZ")) is None


def test_no_table_says_in_clear_what_was_handed_in(box: Letterbox, hand_in: Drop) -> None:
    accepted = hand_in(standing=Standing.insider, person=PERSON)
    write(
        box,
        accepted.receipt,
        LetterKind.claim,
        {"text": MATTER["facts"]},
        new_form(NOON),
        NOON,
        {"bank": PERSON["name"]},
    )
    dump = "".join(_everything(box.database))
    secrets = [*PERSON.values(), *MATTER.values(), accepted.receipt.secret, accepted.receipt.secret_text]
    assert [one for one in secrets if one in dump or one.encode().hex() in dump] == []
    assert accepted.receipt.locator in dump, "the search itself finds nothing"


def _everything(database: Database) -> list[str]:
    with database.read.connect() as connection:
        return [
            value.hex() if isinstance(value, bytes) else str(value)
            for table in Base.metadata.sorted_tables
            for row in connection.execute(text(f"SELECT * FROM {table.name}"))
            for value in row
        ]


def test_the_journal_takes_note_of_every_letter_once(box: Letterbox, hand_in: Drop, office: Office) -> None:
    receipt = hand_in(standing=Standing.named, person=PERSON).receipt
    assert receiving.take_note(office) == 0, "the journal would tell the minute"
    tomorrow = replace(office, clock=lambda: NOON + timedelta(days=1))
    assert receiving.take_note(tomorrow) == 2
    write(box, receipt, LetterKind.addition, {"text": "还有一张照片"}, new_form(NOON), NOON)
    assert receiving.take_note(tomorrow) == 1
    assert receiving.take_note(tomorrow) == 0
    with Session(office.database.read) as session:
        entries = session.scalars(select(journal.JournalEntry).order_by(journal.JournalEntry.seq)).all()
        assert journal.verify(session, office.keys.verifier) is None
    assert {entry.at for entry in entries} == {datetime(2026, 11, 20, 16, tzinfo=UTC)}, "a day in China and no hour"
    acts = [entry.act for entry in entries]
    assert acts.count("report.receive") == acts.count("report.addition") == 1
    assert not any(word in entry.facts for entry in entries for word in (receipt.locator, *PERSON.values()))


def test_a_withdrawal_is_dated_and_a_second_claim_takes_the_place_of_the_first(
    box: Letterbox, hand_in: Drop, opened: Opened
) -> None:
    receipt = hand_in().receipt
    for account in ("6222 0000", "6222 1111"):
        assert write(box, receipt, LetterKind.claim, {"declared": True}, new_form(NOON), NOON, {"account": account})
    assert write(box, receipt, LetterKind.withdrawal, {"text": "不想继续了"}, new_form(NOON), NOON)
    with Session(box.database.read) as session:
        report = session.scalars(select(Report)).one()
        assert report.withdrawn_on == report.received_on
        payout = opening.open_secret(session, report, opened[Role.payout])
        with pytest.raises(WillNotOpen):
            opened[Role.case].open(report.secrets[-1].key, report.secrets[-1].sealed, f"{report.locator}/payout")
    assert json.loads(payout) == {"account": "6222 1111"}


def test_a_letter_sent_twice_from_one_form_counts_once(box: Letterbox, hand_in: Drop) -> None:
    receipt, form = hand_in().receipt, new_form(NOON)
    assert write(box, receipt, LetterKind.addition, {"text": "补充"}, form, NOON)
    assert write(box, receipt, LetterKind.addition, {"text": "补充"}, form, NOON)
    with Session(box.database.read) as session:
        assert session.scalar(select(func.count()).select_from(ReportLetter)) == 2
