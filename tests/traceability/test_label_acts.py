"""Serials are given once, for ever; labels can be declared void and restored."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import scene

from zuofang.storage.acts import Office, Refused
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.acts import batches, labels
from zuofang.traceability.codes import LAST_SERIAL
from zuofang.traceability.models import Batch, LabelKind, LabelRevocation, LabelRun

WHY = "测试"


@pytest.fixture
def batch(office: Office) -> int:
    """The number of a released batch."""
    with office.writing("tester") as desk:
        return scene.released(desk).batch.id


def issue(office: Office, batch: int, copies: int, kind: LabelKind = LabelKind.item) -> LabelRun:
    with office.writing("tester") as desk:
        return labels.issue(desk, batch, kind, copies, "a4-24", WHY)


def revoke(office: Office, batch: int, first: int, last: int) -> None:
    with office.writing("tester") as desk:
        labels.revoke(desk, batch, first, last, "整卷被盗", WHY)


def restore(office: Office, batch: int, first: int, last: int) -> None:
    with office.writing("tester") as desk:
        labels.restore(desk, batch, first, last, WHY)


def in_force(office: Office) -> list[tuple[int, int]]:
    with Session(office.database.read) as session:
        rows = session.scalars(select(LabelRevocation).filter_by(lifted_at=None))
        return sorted((row.first, row.last) for row in rows)


def test_runs_take_their_serials_one_after_the_other(office: Office, batch: int) -> None:
    ranges = [(run.first, run.last) for run in (issue(office, batch, copies) for copies in (100, 1, 50))]
    assert ranges == [(1, 100), (101, 101), (102, 151)]


def test_a_run_that_comes_to_nothing_takes_no_serial(office: Office, batch: int) -> None:
    def fail() -> None:
        with office.writing("tester") as desk:
            labels.issue(desk, batch, LabelKind.item, 100, "a4-24", WHY)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        fail()
    assert issue(office, batch, 10).first == 1


def test_two_who_print_at_the_same_time_share_no_serial(office: Office, batch: int) -> None:
    with ThreadPoolExecutor(4) as threads:
        runs = list(threads.map(lambda copies: issue(office, batch, copies), [7] * 12))
    serials = [serial for run in runs for serial in range(run.first, run.last + 1)]
    assert sorted(serials) == list(range(1, 7 * 12 + 1))


def test_the_database_itself_refuses_a_second_run_from_the_same_serial(office: Office, batch: int) -> None:
    issue(office, batch, 5)
    with office.database.write.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text(
                "INSERT INTO label_run (batch_id, kind, first, last, copies, key_version, layout, issued_at)"
                " SELECT batch_id, kind, first, last, copies, key_version, layout, issued_at FROM label_run"
            )
        )


def test_one_batch_code_is_printed_as_often_as_wanted(office: Office, batch: int) -> None:
    runs = [issue(office, batch, 300, LabelKind.batch) for _ in range(2)]
    assert [(run.first, run.last, run.copies) for run in runs] == [(0, 0, 300), (0, 0, 300)]
    assert issue(office, batch, 1).first == 1


def test_serials_end(office: Office, batch: int) -> None:
    assert issue(office, batch, LAST_SERIAL - 9).last == LAST_SERIAL - 9
    with pytest.raises(Refused, match="只剩 9 个序号"):
        issue(office, batch, 10)
    assert issue(office, batch, 9).last == LAST_SERIAL
    with pytest.raises(Refused, match="只剩 0 个序号"):
        issue(office, batch, 1)


@pytest.mark.parametrize("copies", [0, -5])
def test_nothing_is_not_printed(office: Office, batch: int, copies: int) -> None:
    with pytest.raises(Refused, match="至少一枚"):
        issue(office, batch, copies)


def test_a_blocked_or_unknown_batch_gets_no_labels(office: Office, batch: int) -> None:
    with office.writing("tester") as desk:
        batches.block(desk, desk.session.get_one(Batch, batch), "留样复检", WHY)
    with pytest.raises(Refused, match="已封存"):
        issue(office, batch, 1)
    with pytest.raises(Refused, match="没有编号为 999 的批次"):
        issue(office, 999, 1)


def test_a_run_is_finished_once_and_may_be_reopened(office: Office, batch: int) -> None:
    run = issue(office, batch, 5)
    with office.writing("tester") as desk:
        labels.finish(desk, run.id, WHY)
        labels.finish(desk, run.id, WHY)
        assert desk.session.get_one(LabelRun, run.id).finished_at == desk.now
        labels.reopen(desk, run.id, WHY)
        assert desk.session.get_one(LabelRun, run.id).finished_at is None
    with Session(office.database.read) as session:
        acts = list(
            session.scalars(
                select(JournalEntry.act).where(JournalEntry.act.like("labels.%")).order_by(JournalEntry.seq)
            )
        )
    assert acts == ["labels.issue", "labels.finish", "labels.reopen"]


def test_labels_are_void_until_they_are_restored(office: Office, batch: int) -> None:
    issue(office, batch, 100)
    revoke(office, batch, 10, 20)
    revoke(office, batch, 21, 30)
    assert in_force(office) == [(10, 20), (21, 30)]
    restore(office, batch, 10, 20)
    assert in_force(office) == [(21, 30)]
    revoke(office, batch, 1, 20)
    assert in_force(office) == [(1, 20), (21, 30)]


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (90, 101, "只印到第 100 号"),
        (0, 5, "从 1 起"),
        (6, 5, "从 1 起"),
        (0, 0, "没有印过批次码"),
        (15, 40, "已经作废"),
    ],
)
def test_what_cannot_be_revoked_is_refused(office: Office, batch: int, first: int, last: int, refusal: str) -> None:
    issue(office, batch, 100)
    revoke(office, batch, 10, 20)
    with pytest.raises(Refused, match=refusal):
        revoke(office, batch, first, last)
    assert in_force(office) == [(10, 20)]


def test_a_batch_code_is_revoked_as_the_range_from_zero_to_zero(office: Office, batch: int) -> None:
    issue(office, batch, 100, LabelKind.batch)
    revoke(office, batch, 0, 0)
    assert in_force(office) == [(0, 0)]
    restore(office, batch, 0, 0)
    assert in_force(office) == []


def test_only_the_very_range_that_was_revoked_is_restored(office: Office, batch: int) -> None:
    issue(office, batch, 100)
    revoke(office, batch, 10, 20)
    with pytest.raises(Refused, match="无从恢复"):
        restore(office, batch, 10, 19)
