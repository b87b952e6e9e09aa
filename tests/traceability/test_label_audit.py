"""The look over what was printed finds a serial given twice and a key that is gone."""

from sqlalchemy import update
from tests import scene
from tests.scene import WHY

from zuofang.storage.acts import Desk, Office
from zuofang.traceability.codes import LabelKeyring
from zuofang.traceability.labels.audit import damaged_runs
from zuofang.traceability.models import Batch, LabelKind, LabelRun


def printed(desk: Desk, batch: Batch, first: int, last: int, key_version: int = 0) -> None:
    run = LabelRun(
        batch_id=batch.id, kind=LabelKind.item, first=first, last=last, copies=last - first + 1,
        key_version=key_version, layout="a4-24", issued_at=desk.now,
    )  # fmt: skip
    batch.next_serial = max(batch.next_serial, last + 1)
    desk.session.add(run)
    desk.record("label.issue", batch, WHY)


def found(office: Office) -> list[str]:
    ring = LabelKeyring(office.keys.labels, max(office.keys.labels))
    with office.database.read.connect() as connection:
        return [str(sentence) for sentence in damaged_runs(connection, ring)[1]]


def test_runs_that_follow_each_other_are_in_order(office: Office) -> None:
    with office.writing("zone") as desk:
        made = scene.build(desk)
        printed(desk, made.batch, 1, 100)
        printed(desk, made.batch, 101, 150)
    assert found(office) == []


def test_overlapping_runs_and_a_counter_set_back_are_found(office: Office) -> None:
    with office.writing("zone") as desk:
        made = scene.build(desk)
        printed(desk, made.batch, 1, 100)
        printed(desk, made.batch, 100, 150)
    with office.database.write.begin() as connection:
        connection.execute(update(Batch).values(next_serial=120))
    assert found(office) == ["第 1 次与第 2 次印制的序号有重叠。", "第 2 次印制的序号会被再次使用。"]


def test_a_key_that_is_gone_is_found(office: Office) -> None:
    with office.writing("zone") as desk:
        printed(desk, scene.build(desk).batch, 1, 10, key_version=5)
    assert found(office) == ["第 1 次印制所用的密钥（版本 5）不在。"]
