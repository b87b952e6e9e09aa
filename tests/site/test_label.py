"""``/t/<CODE>``: the truth for each verdict, new after every change, and never another record's page."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import scene
from tests.scene import WHY, Scene

from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Desk, Office
from zuofang.storage.settings import Settings
from zuofang.traceability.acts import batches, operators, recalls
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.models import LabelKind, LabelRun, RestrictionKind

ENGLISH = {"Accept-Language": "en"}


@dataclass
class Label:
    """One packet of the scene's batch."""

    code: str
    scene: Scene


def put_on_shelf(desk: Desk, made: Scene, copies: int = 100) -> Label:
    for kind, first, last in ((LabelKind.item, 1, 100), (LabelKind.batch, 0, 0)):
        run = LabelRun(
            batch_id=made.batch.id, kind=kind, first=first, last=last, copies=copies, key_version=0, layout="a4-24",
            issued_at=desk.now,
        )  # fmt: skip
        desk.session.add(run)
    desk.record("label.issue", made.batch, WHY)
    return Label(mint(ring(desk), made.batch.id, 7), made)


def ring(desk: Desk) -> LabelKeyring:
    return LabelKeyring(desk.keys.labels, max(desk.keys.labels))


@pytest.fixture
def label(writer: Office) -> Label:
    with writer.writing("lab") as desk:
        return put_on_shelf(desk, scene.released(desk))


class Ticking:
    """A clock at the last second of the day on which the scene's batch is good, until it was looked at often enough."""

    left = 1_000_000

    def __call__(self) -> datetime:
        self.left -= 1
        last = datetime(2026, 11, 25, 15, 59, 59, tzinfo=UTC)
        return last if self.left >= 0 else last + timedelta(seconds=2)


def shelved(desk: Desk, made: Scene, key_version: int) -> None:
    """One run of item labels, printed with a key."""
    run = LabelRun(
        batch_id=made.batch.id, kind=LabelKind.item, first=1, last=100, copies=100, key_version=key_version,
        layout="a4-24", issued_at=desk.now,
    )  # fmt: skip
    desk.session.add(run)
    desk.record("label.issue", made.batch, WHY)


def page(reader: FlaskClient, code: str, status: int = 200, **headers: str) -> str:
    answer = reader.get(f"/t/{code}", headers=headers or None)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_a_released_batch_says_so_and_answers_the_four_questions(reader: FlaskClient, label: Label) -> None:
    told = page(reader, label.code)
    for words in (
        "已放行",
        "酱牛肉",
        "北溪陈记卤味作坊",
        "20261110-1",
        "2026年11月25日",
        "清溪卤味加工区",
        "没有记录不等于没有问题",
    ):
        assert words in told


def test_the_page_speaks_english_to_who_reads_english(reader: FlaskClient, label: Label) -> None:
    told = reader.get(f"/t/{label.code}", headers=ENGLISH).get_data(as_text=True)
    assert "25 November 2026" in told
    assert "已放行" not in told


def recalled(desk: Desk, made: Scene) -> None:
    recalls.recall(desk, made.batch, 1, "检出沙门氏菌", datetime(2026, 11, 19, tzinfo=UTC), WHY)


def undone(desk: Desk, made: Scene) -> None:
    batches.undo_release(desk, made.batch, WHY)


def suspended(desk: Desk, made: Scene) -> None:
    operators.restrict(
        desk, made.workshop, RestrictionKind.suspended, date(2026, 11, 18), WHY, ground="排水不畅", article="第十条"
    )


@pytest.mark.parametrize(
    ("act", "word", "reason"),
    [(recalled, "不要食用", "检出沙门氏菌"), (undone, "未放行", "还没有放行"), (suspended, "请留意", "排水不畅")],
)
def test_an_act_changes_the_very_next_answer(
    reader: FlaskClient, writer: Office, label: Label, act, word: str, reason: str
) -> None:
    before = [page(reader, label.code) for _ in range(3)]
    assert all("已放行" in told for told in before)
    with writer.writing("officer") as desk:
        made = label.scene
        made.batch, made.workshop = desk.session.merge(made.batch), desk.session.merge(made.workshop)
        act(desk, made)
    told = page(reader, label.code)
    assert word in told
    assert reason in told


def test_after_the_last_day_the_page_says_past_its_date(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.build(desk)
        made.batch = batches.open_batch(desk, made.product, "old", date(2026, 10, 1), WHY)
        scene.sheet(desk, made)
        batches.release(desk, made.batch, WHY)
        label = put_on_shelf(desk, made)
    assert "已过期" in page(reader, label.code)


@pytest.mark.parametrize("typed", ["{lower}", "{grouped}", " {lower} ", "{ohs}"])
def test_a_code_typed_by_hand_is_forgiven(reader: FlaskClient, label: Label, typed: str) -> None:
    code = label.code
    grouped = "-".join(code[start : start + 4] for start in range(0, 20, 4))
    written = typed.format(lower=code.lower(), grouped=grouped, ohs=code.replace("0", "o").replace("1", "I"))
    assert "酱牛肉" in page(reader, written)
    assert "酱牛肉" in reader.get(f"/T/{written}").get_data(as_text=True)


def test_the_code_field_leads_to_the_label_page(reader: FlaskClient, label: Label) -> None:
    answer = reader.get("/t/", query_string={"code": label.code.lower(), "lang": "en"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/t/{label.code}?lang=en")
    assert reader.get("/t/", query_string={"code": "hello"}).status_code == 404


def test_a_forged_code_and_a_code_never_issued_are_the_same_404(
    reader: FlaskClient, writer: Office, label: Label
) -> None:
    with writer.writing("lab") as desk:
        never = mint(ring(desk), label.scene.batch.id, 101)
        nowhere = mint(ring(desk), 9999)
    forged = label.code[:-1] + ("0" if label.code[-1] != "0" else "1")
    for code in (forged, never, nowhere):
        told = page(reader, code, 404)
        assert "不是本站签发" in told
        assert "酱牛肉" not in told


@given(st.text(min_size=1, max_size=60).filter(lambda text: not set(text) & set("/?#%\\")))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_other_text_is_a_plain_404(public_site, text: str) -> None:
    answer = public_site.test_client().get("/t/" + text)
    assert answer.status_code in (404, 400, 308, 303)


def test_a_packet_tells_how_often_it_was_scanned(reader: FlaskClient, label: Label) -> None:
    assert "第一次有人查询" in page(reader, label.code)
    reader.head(f"/t/{label.code}")
    assert "此前已被查询1次" in page(reader, label.code)
    for _ in range(18):
        page(reader, label.code)
    told = page(reader, label.code)
    assert "已被扫过20次以上" in told
    assert "请留意" in told
    assert "已被扫过20次以上" in page(reader, label.code)


def test_the_code_of_a_whole_batch_says_nothing_about_scans_until_they_are_too_many(
    reader: FlaskClient, writer: Office
) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        put_on_shelf(desk, made, copies=2)
        code = mint(ring(desk), made.batch.id)
    for _ in range(20):
        assert "说明不了真假" in page(reader, code)
    assert "请留意" in page(reader, code)


def test_answers_from_memory_are_the_same_bytes(reader: FlaskClient, writer: Office, public_site) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        put_on_shelf(desk, made)
        code = mint(ring(desk), made.batch.id)
    first, second = (reader.get(f"/t/{code}") for _ in range(2))
    assert first.data == second.data
    assert {**first.headers, "Date": ""} == {**second.headers, "Date": ""}
    again = reader.get(f"/t/{code}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_figures_outside_the_accreditation_stand_nowhere_on_the_page(reader: FlaskClient, label: Label) -> None:
    told = page(reader, label.code)
    assert "作坊的出厂检验记录" in told, "one item is outside the scope, so only the own record may be told"
    assert "0.05" not in told
    assert "0.003" not in told


def test_the_page_is_small_and_needs_nothing_else(reader: FlaskClient, label: Label) -> None:
    answer = reader.get(f"/t/{label.code}", headers={"Accept-Encoding": "gzip"})
    assert answer.content_encoding == "gzip"
    assert len(answer.data) <= 8 * 1024
    assert "酱牛肉" in gzip.decompress(answer.data).decode()


def test_a_key_that_was_replaced_vouches_for_nothing_printed_later(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        shelved(desk, made, key_version=1)
        stolen = mint(LabelKeyring(desk.keys.labels, 0), made.batch.id, 7)
    assert "不是本站签发的" in page(reader, stolen, 404)
    sheet = reader.post("/verify/", data={"lines": stolen}, content_type="multipart/form-data").get_data(as_text=True)
    assert "不是本站签发的" in sheet
    assert "北溪陈记卤味作坊" not in sheet


@pytest.mark.parametrize("looks", range(1, 7))
def test_a_page_made_at_midnight_does_not_speak_of_yesterday_all_day(
    writer: Office, key_folder: Path, tmp_path: Path, looks: int
) -> None:
    with writer.writing("lab") as desk:
        made = scene.released(desk)
        put_on_shelf(desk, made)
        code = mint(ring(desk), made.batch.id)
    (tmp_path / "keys").symlink_to(key_folder)
    settings = Settings(data=tmp_path, base_url="https://zf.example.cn")
    clock = Ticking()
    site = open_public_site(settings, clock=clock)
    clock.left = looks
    site.test_client().get(f"/t/{code}")
    clock.left = 0
    assert "已经过期" in site.test_client().get(f"/t/{code}").get_data(as_text=True)
