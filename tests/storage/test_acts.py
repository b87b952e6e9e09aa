"""The one door for writes: nothing changes without an act, and an act is whole or not at all."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from zuofang.storage import journal, outbox
from zuofang.storage.acts import Office, Unrecorded, last_noted
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.models import District


def add_district(office: Office, code: str = "339901", name: str = "清溪县") -> None:
    with office.writing("tester") as desk:
        district = District(code=code, name=name, since=desk.now.date())
        desk.session.add(district)
        desk.record("district.add", district, "test", code=code)


def damage(office: Office) -> journal.Damage | None:
    with Session(office.database.read) as session:
        return journal.verify(session, office.keys.verifier, last_noted(office.heads) if office.heads else None)


def test_an_act_leaves_its_row_its_entry_and_its_outbox_item(office: Office) -> None:
    add_district(office)
    with Session(office.database.read) as session:
        entry = session.scalars(select(JournalEntry)).one()
        item = session.scalars(select(outbox.OutboxItem)).one()
        assert (entry.act, entry.who, entry.facts) == ("district.add", "tester", '{"code":"339901"}')
        assert (item.subject_kind, item.seq) == ("district", entry.seq)
    assert damage(office) is None


def test_a_change_without_an_act_is_refused_and_leaves_nothing(office: Office) -> None:
    with pytest.raises(Unrecorded), office.writing("tester") as desk:
        desk.session.add(District(code="339901", name="清溪县", since=desk.now.date()))
    with Session(office.database.read) as session:
        assert session.scalars(select(District)).all() == []


def test_an_act_that_fails_half_way_leaves_nothing(office: Office) -> None:
    def half() -> None:
        with office.writing("tester") as desk:
            district = District(code="339901", name="清溪县", since=desk.now.date())
            desk.session.add(district)
            desk.record("district.add", district, "test")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half()
    with Session(office.database.read) as session:
        assert session.scalars(select(JournalEntry)).all() == []
        assert session.scalars(select(District)).all() == []


def test_the_reading_engine_cannot_write(office: Office) -> None:
    with pytest.raises(DBAPIError), office.database.read.begin() as connection:
        connection.execute(text("INSERT INTO outbox_cursor (reader, last) VALUES ('x', 1)"))


def test_the_database_refuses_to_change_the_journal(office: Office) -> None:
    add_district(office)
    for statement in ("UPDATE journal SET who = 'other'", "DELETE FROM journal"):
        with pytest.raises(DBAPIError, match="only ever added to"), office.database.write.begin() as connection:
            connection.execute(text(statement))


def force(office: Office, statement: str) -> None:
    """Change the journal as someone with all rights on the database could."""
    with office.database.write.begin() as connection:
        if office.database.is_sqlite:
            connection.execute(text("DROP TRIGGER IF EXISTS journal_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS journal_no_delete"))
        else:
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE journal SET who = 'somebody else' WHERE seq = 2", 2),
        ("UPDATE journal SET facts = '{}' WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 3", 3),
        ("UPDATE journal_head SET seq = 2", 3),
    ],
)
def test_damage_is_found_and_placed(office: Office, statement: str, seq: int) -> None:
    for number in range(3):
        add_district(office, code=f"33990{number}")
    assert damage(office) is None
    force(office, statement)
    found = damage(office)
    assert found is not None
    assert found.seq == seq


def test_a_cut_tail_with_an_older_head_put_back_is_found_by_the_note_outside(office: Office) -> None:
    add_district(office)
    with Session(office.database.read) as session:
        older = journal.read_head(session)
    assert older is not None
    add_district(office, code="339902")
    force(office, "DELETE FROM journal WHERE seq = 2")
    with office.database.write.begin() as connection:
        connection.execute(
            text("UPDATE journal_head SET seq = :seq, digest = :digest, signature = :signature"),
            {"seq": older.seq, "digest": older.digest, "signature": older.signature},
        )
    found = damage(office)
    assert found is not None
    assert found.seq == 2


def test_a_reader_of_the_outbox_goes_on_where_it_was(office: Office) -> None:
    for number in range(3):
        add_district(office, code=f"33990{number}")
    with Session(office.database.write) as session:
        first = outbox.pending(session, "pages", limit=2)
        outbox.advance(session, "pages", first[-1].id)
        session.commit()
        assert [item.seq for item in outbox.pending(session, "pages")] == [3]
        assert len(outbox.pending(session, "search")) == 3
