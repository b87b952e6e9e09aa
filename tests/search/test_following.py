"""From an act to a search: what is published is found, what is withdrawn is gone, whatever state the index is in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.scene import WHY
from tests.search.conftest import asked

from zuofang.credit.acts import records
from zuofang.credit.models import CreditRecord
from zuofang.search import following, keeping
from zuofang.search.engines import engine_named
from zuofang.search.finder import Finder, Found
from zuofang.search.generations import CURRENT, SEAL, Shelf
from zuofang.search.models import SearchDocument
from zuofang.search.results import results
from zuofang.search.synonyms import Synonyms
from zuofang.storage.acts import Office

TODAY = filed.TODAY
WHOOSH = engine_named("whoosh")


@pytest.fixture
def workshop(office: Office) -> int:
    with office.writing("officer") as desk:
        return scene.build(desk).workshop.id


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "search")


def follow(office: Office) -> None:
    following.follow_all(office.database, TODAY, office.rules)


def find(office: Office, finder: Finder, text: str, synonyms: Synonyms) -> Found:
    with office.database.read.connect() as connection:
        return finder.find(connection, asked(text, synonyms))


def withdraw(office: Office, key: int) -> None:
    with office.writing("reviewer") as desk:
        records.withdraw(desk, desk.session.get_one(CreditRecord, key), "决定被撤销", WHY)


@pytest.mark.parametrize("engine", [None, "whoosh"])
def test_a_published_record_is_found_and_a_withdrawn_one_is_not(
    office: Office, workshop: int, shelf: Shelf, synonyms: Synonyms, engine: str | None
) -> None:
    finder = Finder(shelf, engine_named(engine) if engine else None)
    keeping.build(office.database, shelf, WHOOSH)
    key = filed.filed(office, workshop, filed.FINE)
    assert find(office, finder, "北溪陈记", synonyms).keys == ()
    follow(office)
    assert find(office, finder, "北溪陈记", synonyms).keys == (key,)
    assert find(office, finder, "清市监〔2026〕12", synonyms).keys == (key,)
    withdraw(office, key)
    follow(office)
    found = find(office, finder, "北溪陈记", synonyms)
    assert (found.keys, found.total) == ((), 0)
    assert found.engine == ("whoosh-2" if engine else "database")


def test_nothing_of_a_withdrawn_record_stays_in_the_documents(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE)
    follow(office)
    withdraw(office, key)
    follow(office)
    with Session(office.database.read) as session:
        left = session.get_one(SearchDocument, key)
        assert (left.gone, left.party, left.title, left.words, left.told) == (True, "", "", "", "{}")


def test_a_withdrawn_record_is_not_shown_even_before_the_search_has_followed(office: Office, workshop: int) -> None:
    key = filed.filed(office, workshop, filed.FINE)
    follow(office)
    with office.database.read.connect() as connection:
        assert [one.key for one in results(connection, [key], TODAY, office.rules)] == [key]
    withdraw(office, key)
    with office.database.read.connect() as connection:
        assert results(connection, [key], TODAY, office.rules) == []


def test_following_twice_and_looking_at_everything_anew_change_nothing(office: Office, workshop: int) -> None:
    filed.filed(office, workshop, filed.FINE)
    filed.filed(office, workshop, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    follow(office)
    with Session(office.database.read) as session:
        before = session.execute(select(SearchDocument.record_id, SearchDocument.changed)).all()
    assert len(before) == 2
    assert following.follow(office.database, TODAY, office.rules) == 0
    assert sum(differed for _, differed in following.rewrite(office.database, TODAY, office.rules)) == 0
    with Session(office.database.read) as session:
        assert session.execute(select(SearchDocument.record_id, SearchDocument.changed)).all() == before


def test_a_workshop_that_is_renamed_is_found_by_both_names(
    office: Office, workshop: int, shelf: Shelf, synonyms: Synonyms
) -> None:
    from zuofang.traceability.models import Workshop

    key = filed.filed(office, workshop, filed.FINE)
    follow(office)
    with office.writing("officer") as desk:
        row = desk.session.get_one(Workshop, workshop)
        row.name = "南溪陈家卤味作坊"
        desk.record("workshop.change", row, WHY)
    follow(office)
    finder = Finder(shelf, None)
    assert find(office, finder, "南溪陈家", synonyms).keys == find(office, finder, "北溪陈记", synonyms).keys == (key,)


def test_a_document_tells_items_sums_facets_and_the_end_of_its_term(office: Office, workshop: int) -> None:
    fine = filed.filed(office, workshop, filed.FINE)
    failed = filed.filed(office, workshop, filed.FAILED, title="酱牛肉", items=(filed.FAULTY,))
    follow(office)
    with office.database.read.connect() as connection:
        penalty, sample = results(connection, [fine, failed], TODAY, office.rules)
    assert penalty.sums == {"fine": "1500"}
    assert penalty.last_day is not None
    assert penalty.facets["outcome"] == ["罚款"]
    assert penalty.facets["zone"] == ["qingxi"]
    assert penalty.facets["year"] == ["2026"]
    assert sample.items[0].result == "1.6"
    assert sample.facets["category"] == ["braised_meat"]
    assert sample.facets["outcome"] == ["不合格"]


def _cut(folder: Path) -> None:
    file = max(folder.iterdir(), key=lambda path: path.stat().st_size)
    with file.open("r+b") as written:
        written.truncate(file.stat().st_size // 2)


def _spoil(folder: Path) -> None:
    for file in folder.iterdir():
        if file.name != SEAL:
            file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))


SABOTAGE: dict[str, Callable[[Path], object]] = {
    "cut": _cut,
    "spoilt": _spoil,
    "deleted": shutil.rmtree,
    "a file deleted": lambda folder: next(folder.glob("*.trm")).unlink(),
    "unsealed": lambda folder: (folder / SEAL).unlink(),
    "seal spoilt": lambda folder: (folder / SEAL).write_text("{}"),
    "link deleted": lambda folder: (folder.parent / CURRENT).unlink(),
    "everything deleted": lambda folder: shutil.rmtree(folder.parent),
}


@pytest.mark.parametrize("way", SABOTAGE)
def test_whatever_happens_to_the_index_while_serving_the_answer_stays_the_same(
    writer_office: Office, shelf: Shelf, synonyms: Synonyms, way: str
) -> None:
    office = writer_office
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    key = filed.filed(office, workshop, filed.FINE)
    follow(office)
    keeping.build(office.database, shelf, WHOOSH)
    finder = Finder(shelf, WHOOSH)
    before = find(office, finder, "北溪", synonyms)
    assert (before.keys, before.engine) == ((key,), "whoosh-2")
    folder = shelf.current
    assert folder is not None
    SABOTAGE[way](folder)
    after = find(office, finder, "北溪", synonyms)
    assert (after.keys, after.total, after.engine) == ((key,), 1, "database")
    assert keeping.needs(office.database, shelf, WHOOSH) == "build"
    keeping.build(office.database, shelf, WHOOSH)
    assert find(office, finder, "北溪", synonyms).engine == "whoosh-2"
    assert keeping.needs(office.database, shelf, WHOOSH) is None


def test_an_index_that_cannot_be_written_leaves_the_old_one_in_place(writer_office: Office, shelf: Shelf) -> None:
    keeping.build(writer_office.database, shelf, WHOOSH)
    old = shelf.current

    class Full:
        NAME = WHOOSH.NAME

        def build(self, *_: object) -> int:
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        keeping.build(writer_office.database, shelf, Full())  # type: ignore[arg-type]
    assert shelf.current == old
    assert len(list(shelf.folder.glob("g*"))) == 1


def test_two_writers_never_write_at_the_same_time(writer_office: Office, shelf: Shelf) -> None:
    with shelf.writing() as ours:
        assert ours
        assert keeping.build(writer_office.database, shelf, WHOOSH) is None


def test_many_changes_are_taken_into_the_index_and_the_check_agrees(
    writer_office: Office, shelf: Shelf, synonyms: Synonyms
) -> None:
    office = writer_office
    keeping.build(office.database, shelf, WHOOSH)
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    keys = [filed.filed(office, workshop, filed.FINE) for _ in range(3)]
    follow(office)
    assert keeping.catch_up(office.database, shelf, WHOOSH) == 3
    finder = Finder(shelf, WHOOSH)
    assert set(find(office, finder, "北溪", synonyms).keys) == set(keys)
    found = keeping.state(office.database, shelf, WHOOSH)
    assert (found.documents, found.behind, found.damage) == (3, 0, None)
    with Session(office.database.write) as session:
        session.delete(session.get_one(SearchDocument, keys[0]))
        session.commit()
        assert session.scalar(select(func.count()).select_from(SearchDocument)) == 2
    assert keeping.state(office.database, shelf, WHOOSH).damage == "0 documents are missing and 1 are too many"
