"""From an act to a search: what is published is found, what is withdrawn is gone, whatever state the index is in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import scene
from tests.credit import filed
from tests.scene import WHY
from tests.search.conftest import asked

from zuofang.credit.acts import links, records
from zuofang.credit.models import CreditLink, CreditRecord, LinkKind
from zuofang.search import following, keeping, turns
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


def test_a_finding_that_only_its_link_keeps_public_is_shown_before_the_clock_and_the_search_have_followed(
    office: Office, workshop: int
) -> None:
    sample, fine = (filed.filed(office, workshop, one) for one in (filed.FAILED, filed.FINE))
    follow(office)
    late = filed.at(office, date(2027, 3, 1))
    with office.database.read.connect() as connection:
        assert results(connection, [sample], date(2027, 3, 1), office.rules) == []
    with late.writing("officer") as desk:
        rows = (desk.session.get_one(CreditRecord, key) for key in (sample, fine))
        tie = links.link(desk, *rows, LinkKind.led_to, WHY).id
    with office.database.read.connect() as connection:
        (shown,) = results(connection, [sample], date(2027, 3, 1), office.rules)
    assert shown.last_day is not None
    assert shown.last_day.year == 2029
    following.follow_all(office.database, date(2027, 3, 1), office.rules)
    with late.writing("officer") as desk:
        links.unlink(desk, desk.session.get_one(CreditLink, tie), "关联有误")
    with office.database.read.connect() as connection:
        assert results(connection, [sample], date(2027, 3, 1), office.rules) == []


def test_the_document_of_a_finding_about_nobody_we_know_follows_its_link_and_the_end_of_it(office: Office) -> None:
    sample, fine = (filed.filed(office, None, one) for one in (filed.FAILED, filed.FINE))

    def last_day() -> date | None:
        follow(office)
        with Session(office.database.read) as session:
            return session.get_one(SearchDocument, sample).last_day

    alone = last_day()
    with office.writing("officer") as desk:
        rows = (desk.session.get_one(CreditRecord, key) for key in (sample, fine))
        tie = links.link(desk, *rows, LinkKind.led_to, WHY).id
    linked = last_day()
    with office.writing("officer") as desk:
        links.unlink(desk, desk.session.get_one(CreditLink, tie), "关联有误")
    assert alone is not None
    assert linked is not None
    assert linked > alone
    assert last_day() == alone


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


def _copied(folder: Path) -> None:
    """What a copied folder looks like in which the tool followed the links."""
    for name in (CURRENT, f"{CURRENT}.new"):
        link = folder.parent / name
        link.unlink(missing_ok=True)
        shutil.copytree(folder, link)


def _circle(folder: Path) -> None:
    link = folder.parent / CURRENT
    link.unlink()
    link.symlink_to(CURRENT)


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
    "a file deleted": lambda folder: next(
        path for path in folder.iterdir() if path.suffix in (".trm", ".term")
    ).unlink(),
    "unsealed": lambda folder: (folder / SEAL).unlink(),
    "seal spoilt": lambda folder: (folder / SEAL).write_text("{}"),
    "folders where links were": _copied,
    "a link to itself": _circle,
    "a strange folder beside it": lambda folder: (shutil.rmtree(folder), (folder.parent / "g1-old").mkdir()),
    "link deleted": lambda folder: (folder.parent / CURRENT).unlink(),
    "everything deleted": lambda folder: shutil.rmtree(folder.parent),
}


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
@pytest.mark.parametrize("way", SABOTAGE)
def test_whatever_happens_to_the_index_while_serving_the_answer_stays_the_same(
    writer_office: Office, shelf: Shelf, synonyms: Synonyms, way: str, name: str
) -> None:
    office, engine = writer_office, engine_named(name)
    key = filed.filed(office, None, filed.FINE)
    follow(office)
    keeping.build(office.database, shelf, engine)
    finder = Finder(shelf, engine)
    before = find(office, finder, "北溪", synonyms)
    assert (before.keys, before.engine) == ((key,), engine.NAME)
    folder = shelf.current
    assert folder is not None
    SABOTAGE[way](folder)
    after = find(office, finder, "北溪", synonyms)
    assert (after.keys, after.total, after.engine) == ((key,), 1, "database")
    assert keeping.needs(office.database, shelf, engine) == "build"
    keeping.build(office.database, shelf, engine)
    assert find(office, finder, "北溪", synonyms).engine == engine.NAME
    assert keeping.needs(office.database, shelf, engine) is None


def test_an_index_is_built_at_full_speed_where_none_answers_and_with_rests_where_one_does(
    writer_office: Office, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []
    monkeypatch.setattr(keeping, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "sleep", rests.append)
    for _ in range(2):
        filed.filed(writer_office, None, filed.FINE)
    follow(writer_office)
    keeping.build(writer_office.database, shelf, WHOOSH)
    assert rests == []
    keeping.build(writer_office.database, shelf, WHOOSH)
    assert len(rests) == 2
    assert min(rests) > 0


@pytest.mark.parametrize("place", ["missing/on/a/disk/that/nobody/may/write", "file"])
def test_a_folder_that_cannot_be_written_leaves_the_answers_to_the_database(
    writer_office: Office, synonyms: Synonyms, tmp_path: Path, place: str
) -> None:
    office, shelf = writer_office, Shelf(Path("/proc") / place if place != "file" else tmp_path / "file")
    (tmp_path / "file").write_text("no folder")
    key = filed.filed(office, None, filed.FINE)
    follow(office)
    with pytest.raises(OSError, match=r"."):
        keeping.build(office.database, shelf, WHOOSH)
    assert keeping.needs(office.database, shelf, WHOOSH) == "build"
    found = find(office, Finder(shelf, WHOOSH), "北溪", synonyms)
    assert (found.keys, found.engine) == ((key,), "database")


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_nobody_sees_an_index_that_is_being_changed(
    writer_office: Office, shelf: Shelf, synonyms: Synonyms, name: str
) -> None:
    office, engine, asked_meanwhile = writer_office, engine_named(name), list[Found]()
    finder = Finder(shelf, engine)
    filed.filed(office, None, filed.FINE)
    follow(office)
    keeping.build(office.database, shelf, engine)
    filed.filed(office, None, filed.FAILED, title="酱牛肉")
    follow(office)

    class Watched:
        NAME = engine.NAME

        def change(self, *what: Any) -> int:
            held = engine.change(*what)
            asked_meanwhile.append(find(office, Finder(shelf, engine), "北溪", synonyms))
            asked_meanwhile.append(find(office, finder, "北溪", synonyms))
            return held

    assert keeping.catch_up(office.database, shelf, Watched()) == 1  # type: ignore[arg-type]
    assert [(one.total, one.engine) for one in asked_meanwhile] == [(2, engine.NAME)] * 2
    assert not shelf.suspected
    assert find(office, finder, "北溪", synonyms).engine == engine.NAME
    assert keeping.state(office.database, shelf, engine).damage is None


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
