"""The change log of pages: every change of what is shown, once, with who and when."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.scene import WHY

from zuofang.storage.acts import Office
from zuofang.traceability import page_log
from zuofang.traceability.acts import batches
from zuofang.traceability.models import PageVersion


def versions(office: Office, kind: str) -> list[PageVersion]:
    with Session(office.database.read) as session:
        statement = select(PageVersion).where(PageVersion.subject_kind == kind).order_by(PageVersion.number)
        return list(session.scalars(statement))


def test_each_change_of_a_page_is_written_down_once(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
    page_log.follow_all(office.database)
    with office.writing("zone laboratory") as desk:
        scene.sheet(desk, made)
        batches.release(desk, desk.session.merge(made.batch), WHY)
    page_log.follow_all(office.database)
    page_log.follow_all(office.database)
    first, second = versions(office, "batch")
    assert (first.number, second.number, second.who) == (1, 2, "zone laboratory")
    assert json.loads(first.shown)["state"] == "pending"
    assert json.loads(second.shown)["state"] == "released"
    assert [version.number for version in versions(office, "workshop")] == [1]


def test_what_is_not_shown_leaves_no_version(office: Office) -> None:
    with office.writing("lab") as desk:
        made = scene.build(desk)
    page_log.follow_all(office.database)
    with office.writing("officer") as desk:
        desk.record("batch.look", desk.session.merge(made.batch), WHY)
    page_log.follow_all(office.database)
    assert len(versions(office, "batch")) == 1


def test_neither_figures_nor_receivers_stand_in_the_log(office: Office) -> None:
    with office.writing("lab") as desk:
        scene.released(desk)
    page_log.follow_all(office.database)
    assert "0.05" not in "".join(version.shown for version in versions(office, "batch"))
