"""The credit files of the example city: every class of record, everything that can become of one, and four eyes."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload
from tests.city.conftest import TODAY, City

from zuofang.credit.file import standing_of, value_of
from zuofang.credit.measures import Called, Interview
from zuofang.credit.models import (
    CreditRecord,
    CreditReply,
    CreditVersion,
    Evaluation,
    HonourKind,
    LinkKind,
    LookBack,
    Outside,
    RecordKind,
    RecordState,
    Revisit,
    SetAside,
)
from zuofang.credit.publication import Standing
from zuofang.credit.publishing.terms import TermClass, gravest_class
from zuofang.credit.queries import blacklist, credit_file
from zuofang.credit.records import Penalty
from zuofang.credit.redaction import leaks
from zuofang.rules.book import read_rules
from zuofang.rules.texts import Texts
from zuofang.traceability.models import Commitment, NoticeBoard, Workshop

RULES = read_rules()


def rows(session: Session) -> list[CreditRecord]:
    return list(session.scalars(select(CreditRecord).options(selectinload(CreditRecord.events))))


def test_two_officers_stand_behind_every_record(session: Session) -> None:
    found = [row for row in rows(session) if row.kind is not RecordKind.referral]
    assert all(row.state is RecordState.approved for row in found)
    assert {(row.proposed_by, row.approved_by) for row in found} == {("监管员", "复核员")}


def test_every_class_of_penalty_and_every_fate_is_there(session: Session) -> None:
    found = rows(session)
    penalties = [value for row in found if isinstance(value := value_of(row), Penalty)]
    classes = {gravest_class(penalty, Texts(RULES, penalty.decided_on)) for penalty in penalties}
    assert classes >= {TermClass.minor, TermClass.food, TermClass.restriction, TermClass.heaviest}
    assert len({RULES.parameters("pub.text", penalty.decided_on).value for penalty in penalties}) == 2
    standings = {told.standing for row in found if (told := standing_of(row, TODAY, RULES))}
    assert standings >= {
        Standing.due, Standing.public, Standing.expired, Standing.repaired, Standing.withdrawn, Standing.stayed,
    }  # fmt: skip
    assert {row.kind for row in found} >= {
        RecordKind.penalty, RecordKind.listing, RecordKind.sample, RecordKind.inspection,
    }  # fmt: skip
    assert session.scalars(select(CreditReply)).first() is not None
    assert session.scalars(select(CreditVersion)).first() is not None


def test_what_ended_was_taken_down(session: Session) -> None:
    for row in rows(session):
        found = standing_of(row, TODAY, RULES)
        over = found.standing in (Standing.expired, Standing.repaired, Standing.withdrawn, Standing.ended)
        assert over == (row.taken_down_on is not None), row.title


def test_files_and_list_of_the_city_can_be_read(city: City, session: Session) -> None:
    workshops = {row.workshop_id for row in rows(session)}
    with city.database.read.connect() as connection:
        files = [credit_file(connection, key, TODAY, TODAY, RULES) for key in workshops if key]
        assert len(blacklist(connection, TODAY, RULES)) == 2
    assert all(file and (file.told or file.gone) for file in files)


def test_no_text_of_the_city_holds_personal_data(session: Session) -> None:
    assert not [row.title for row in rows(session) if leaks(row.title + row.content)]


def test_a_referral_is_in_a_file_and_on_no_page(city: City, session: Session) -> None:
    (row,) = session.scalars(select(CreditRecord).where(CreditRecord.kind == RecordKind.referral))
    assert (row.state, row.published_on) == (RecordState.proposed, None)
    assert row.workshop_id is not None
    with city.database.read.connect() as connection:
        file = credit_file(connection, row.workshop_id, TODAY, TODAY, RULES)
    assert file is not None
    assert "移送" not in repr(file)


def test_one_file_tells_a_story_from_an_inspection_to_food_that_passed_again(city: City, session: Session) -> None:
    order = session.scalars(select(CreditRecord).where(CreditRecord.kind == RecordKind.rectification)).one()
    assert order.workshop_id is not None
    with city.database.read.connect() as connection:
        file = credit_file(connection, order.workshop_id, TODAY, TODAY, RULES)
    assert file is not None
    assert {told.kind for told in file.told} == {
        RecordKind.inspection, RecordKind.rectification, RecordKind.sample, RecordKind.penalty, RecordKind.interview,
    }  # fmt: skip
    assert {tie.kind for told in file.told for tie in told.ties} == set(LinkKind)
    days = {told.kind: told.publication.last_day for told in file.told if told.speaks_against}
    assert days[RecordKind.sample] == days[RecordKind.penalty]
    assert [line.step.value for line in file.registrations] == ["changed", "issued"]


def test_a_closed_place_was_quiet_and_then_back_at_work(session: Session) -> None:
    visits = session.scalars(select(LookBack).order_by(LookBack.planned_on)).all()
    assert [visit.found for visit in visits] == [Revisit.quiet, Revisit.resurged, None]
    assert visits[1].record_id == visits[2].closure_id


def test_a_trade_was_called_in_and_one_stayed_away(session: Session) -> None:
    meeting = [value for row in rows(session) if isinstance(value := value_of(row), Interview)]
    called = [told for told in meeting if told.called is Called.trade]
    assert len(called) > 1
    assert [told.attended for told in called].count(False) == 1


def test_boards_and_commitments_stand_in_every_state(session: Session) -> None:
    boards = session.scalars(select(NoticeBoard)).all()
    assert {board.certificate_shown for board in boards} == {True, False, None}
    assert {board.all_certified for board in boards} == {True, False, None}
    assert {board.names_suppliers for board in boards} == {True, False, None}
    assert {made.displayed for made in session.scalars(select(Commitment))} == {True, False, None}
    assert session.scalar(select(func.count()).select_from(Workshop)) > len(boards)


def test_food_of_nobody_and_an_evaluation_with_its_five_parts_are_there(session: Session) -> None:
    assert session.scalars(select(SetAside)).one().outside is Outside.unlicensed
    five_s = session.scalars(select(Evaluation).where(Evaluation.kind == HonourKind.five_s)).all()
    assert five_s
    assert {tuple(part.name for part in one.parts) for one in five_s} == {("整理", "整顿", "清扫", "清洁", "素养")}
