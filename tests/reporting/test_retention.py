from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests.conftest import NOON
from tests.reporting.conftest import PERSON

from zuofang.reporting import acts, retention
from zuofang.reporting.evidence.uploads import Uploads
from zuofang.reporting.followup import look_up, write
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Accepted, Letterbox
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import EvidenceChunk, EvidenceFile, LetterKind, Report, ReportLetter, Role, Standing
from zuofang.reporting.opening import open_case
from zuofang.reporting.retention import Purged, ends_on
from zuofang.reporting.sealing import WillNotOpen
from zuofang.storage import journal
from zuofang.storage.acts import Office

Drop = Callable[..., Accepted]
PDF = b"%PDF-1.4\n%%EOF"


def on(office: Office, moment: datetime) -> Office:
    return replace(office, clock=lambda: moment)


@pytest.fixture
def closed(office: Office, box: Letterbox, hand_in: Drop) -> Accepted:
    """A named report with evidence and a claim, closed at noon of the day of the tests."""
    form = new_form(NOON)
    Uploads(box.database).park(form, "单.pdf", PDF, NOON)
    accepted = hand_in(form, standing=Standing.named, person=PERSON)
    write(box, accepted.receipt, LetterKind.claim, {"declared": True}, new_form(NOON), NOON, {"account": "1"})
    with office.writing("办案人员") as desk:
        desk.session.execute(select(Report)).scalar_one().journalled = True
        acts.close_report(desk, desk.session.scalars(select(Report)).one(), NOON.date(), "办结")
    return accepted


def days_after(count: int) -> datetime:
    return NOON + timedelta(days=count)


def test_each_part_ends_by_its_own_term_and_never_while_the_case_is_open(
    office: Office, closed: Accepted, box: Letterbox, hand_in: Drop
) -> None:
    still_open = hand_in()
    done = [retention.purge(on(office, days_after(days))) for days in (1, 180, 181, 366, 367, 1097, 1098, 4000)]
    assert [(one.accounts, one.identities, one.contents) for one in done if one != Purged()] == [
        (1, 0, 0), (0, 1, 0), (0, 0, 1),
    ]  # fmt: skip
    assert look_up(box, still_open.receipt) is not None


def test_nothing_opens_any_more_and_the_proof_stands_in_the_journal(
    office: Office, closed: Accepted, box: Letterbox, opened: dict[Role, RoleKeys]
) -> None:
    purged = retention.purge(on(office, days_after(2000)))
    assert (purged.identities, purged.accounts, purged.contents) == (1, 1, 1)
    with Session(office.database.read) as session:
        report = session.scalars(select(Report)).one()
        with pytest.raises(WillNotOpen):
            open_case(session, report, opened[Role.case])
        for table in (ReportLetter, EvidenceFile, EvidenceChunk):
            assert session.scalar(select(func.count()).select_from(table)) == 0
        entries = session.scalars(select(journal.JournalEntry)).all()
        assert journal.verify(session, office.keys.verifier) is None
    assert [entry.act for entry in entries if "erase" in entry.act] == [
        "report.erase_secret", "report.erase_secret", "report.erase",
    ]  # fmt: skip
    assert all('"gone":"' in entry.facts for entry in entries if "erase" in entry.act)
    found = look_up(box, closed.receipt)
    assert found is not None
    assert not found.is_open


def test_purging_twice_changes_nothing(office: Office, closed: Accepted) -> None:
    later = on(office, days_after(2000))
    retention.purge(later)
    assert retention.purge(later) == Purged()


def test_files_that_were_never_handed_in_go_with_their_form(office: Office, box: Letterbox) -> None:
    Uploads(box.database).park(new_form(NOON), "单.pdf", PDF, NOON)
    assert retention.purge(office).uploads == 0
    assert retention.purge(on(office, NOON + timedelta(hours=6))).uploads == 1


def test_the_terms_are_long_enough_for_every_clock_that_may_still_run(office: Office) -> None:
    closed_on = date(2026, 11, 20)
    rules = office.rules
    ends = {part: ends_on(part, closed_on, rules) for part in (retention.PAYOUT, retention.IDENTITY, retention.CONTENT)}
    terms = ("reward.notify", "reward.claim", "reward.claim_extension", "reward.review")
    day = closed_on
    for name in terms:
        day = rules.calendar.after(day, rules.parameters(name, closed_on)).day
    assert day < ends[retention.PAYOUT] < ends[retention.IDENTITY] < ends[retention.CONTENT]
