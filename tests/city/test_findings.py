"""The credit files of the example city: every class of record, everything that can become of one, and four eyes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from tests.city.conftest import TODAY, City

from zuofang.credit.file import standing_of, value_of
from zuofang.credit.models import CreditRecord, CreditReply, CreditVersion, RecordKind, RecordState
from zuofang.credit.publication import Standing
from zuofang.credit.publishing.terms import TermClass, gravest_class
from zuofang.credit.queries import blacklist, credit_file
from zuofang.credit.records import Penalty
from zuofang.credit.redaction import leaks
from zuofang.rules.book import read_rules
from zuofang.rules.texts import Texts

RULES = read_rules()


def rows(session: Session) -> list[CreditRecord]:
    return list(session.scalars(select(CreditRecord).options(selectinload(CreditRecord.events))))


def test_two_officers_stand_behind_every_record(session: Session) -> None:
    found = rows(session)
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
        assert found is not None
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
