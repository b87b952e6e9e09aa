"""The desk of a zone laboratory: from a batch that waits to labels in the hand, and what is refused on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, fields_of, told, words
from tests.scene import Scene

from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.storage.journal import JournalEntry
from zuofang.traceability.acts import batches
from zuofang.traceability.models import Batch, BatchState, Delivery, Recall, ReleaseTest


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A batch of braised meat that nobody has tested."""
    with writer.writing("tests") as desk:
        made = scene.build(desk)
        made.product.category = "braised-meat"
        return made


@pytest.fixture
def bench(staff: Staff, ground: Scene) -> Browser:
    """A browser of the zone's laboratory."""
    return staff.at(Role.laboratory, ScopeKind.zone, ground.zone.id)


@pytest.fixture
def path(ground: Scene) -> str:
    """The address of the batch at the desk."""
    return f"/laboratory/batches/{ground.batch.id}"


@pytest.fixture
def state(writer: Office, ground: Scene) -> Callable[[], BatchState]:
    """The state of the batch as it is stored."""

    def state() -> BatchState:
        with Session(writer.database.read) as session:
            return session.get_one(Batch, ground.batch.id).state

    return state


def typed(ground: Scene, page: str, **results: str) -> dict[str, str]:
    """The sheet with these results by item; its number and days as proposed."""
    fields = {item: field for field, item in re.findall(r'<label for="(r\d+)">([^<]+)</label>', page)}
    return {"laboratory": str(ground.laboratory.id), **{fields[item]: text for item, text in results.items()}}


def enter(bench: Browser, ground: Scene, path: str, **results: str) -> str:
    """Fill the sheet in and send it; answers where it leads or what the page says."""
    page = bench.get(f"{path}/sheet")
    answer = bench.send(page, typed(ground, told(page), **results), action=f"{path}/sheet")
    return answer.headers.get("Location") or words(answer)


def test_a_batch_goes_from_waiting_to_released_in_three_steps(
    bench: Browser, ground: Scene, path: str, state: Callable[[], BatchState]
) -> None:
    due = words(bench.get("/"))
    assert "批号 20261110-1" in due
    assert f"检验 {ground.workshop.name}。出厂检验合格才能放行" in due
    assert "等待检验" in words(bench.get("/laboratory"))
    assert (
        enter(bench, ground, path, 菌落总数="120、80、<10、95、1.1×10²", 山梨酸="0.05", 亚硝酸盐="未检出")
        == f"{path}?done=sheet"
    )
    page = bench.get(f"{path}?done=sheet")
    assert "检验单已登记" in words(page)
    released = bench.send(page, action=f"{path}/release")
    assert released.headers["Location"] == f"{path}?done=release"
    assert state() is BatchState.released
    assert "眼下没有到期的事" in words(bench.get("/"))


def test_results_are_kept_as_typed_and_judged_by_the_limit_of_the_day(
    bench: Browser, ground: Scene, path: str, writer: Office
) -> None:
    enter(bench, ground, path, 山梨酸="０.０９", 亚硝酸盐="＜1")
    with Session(writer.database.read) as session:
        sheet = session.scalars(select(ReleaseTest)).one()
        kept = {one.item: (one.result, one.unit, one.limit, one.judgement) for one in sheet.results}
    assert kept["山梨酸"] == ("０.０９", "g/kg", "≤0.075 g/kg", "fails")
    assert kept["亚硝酸盐"] == ("＜1", "mg/kg", "≤30 mg/kg", "conforms")
    assert sheet.conclusion == "failed"
    assert "不能放行" in words(bench.get(path))


def test_what_cannot_be_read_is_never_a_pass(
    bench: Browser, ground: Scene, path: str, state: Callable[[], BatchState]
) -> None:
    enter(bench, ground, path, 山梨酸="差不多", 亚硝酸盐="12")
    assert "尚无结论" in words(bench.get(path))
    forced = bench.post(f"{path}/release", data={"form": form_of(bench, path), "seen": "9999"})
    assert forced.status_code == 422
    assert "没有合格的出厂检验" in words(forced)
    assert state() is BatchState.pending


def form_of(browser: Browser, path: str) -> str:
    """A fresh number for a form of this browser."""
    return fields_of(told(browser.get(path)), "/sign-out")["form"]


def test_a_result_is_judged_while_it_is_typed(bench: Browser, ground: Scene, path: str) -> None:
    def ask(field: str, text: str) -> tuple[str, str]:
        answer = bench.get(f"{path}/judge", query_string={"field": field, "typed": text}).get_json()
        return answer["mark"], answer["why"]

    for typed in ("0.05", "0,05", "０，０５", "<0.01", "未检出", "ND", "n.d."):
        assert ask("r6", typed)[0] == "passed", typed
    assert ask("r6", "0.09")[0] == "failed"
    assert "0.075" in ask("r6", "0.09")[1]
    assert ask("r6", "差不多")[0] == "undecided"
    assert ask("r99", "1") == ask("r6", "") == ("", "")


def test_limits_are_said_in_the_language_of_the_reader(bench: Browser, path: str) -> None:
    assert "must not be used" in words(bench.get(f"{path}/sheet?lang=en"))
    assert "n=5, c=2, m=10⁴, M=10⁵ CFU/g" in words(bench.get(f"{path}/sheet"))


def test_typed_text_is_never_lost_on_an_error(bench: Browser, ground: Scene, path: str) -> None:
    page = bench.get(f"{path}/sheet")
    fields = typed(ground, told(page), 山梨酸="0.05") | {"tested_on": "昨天", "tester": "沈禾"}
    refused = bench.send(page, fields, action=f"{path}/sheet")
    assert refused.status_code == 422
    assert 'value="0.05"' in told(refused)
    assert 'value="沈禾"' in told(refused)
    assert "日期写成 2026-09-12 这样" in words(refused)
    assert "✓ 合格" in words(refused)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"tested_on": "2026-11-21"}, "日期在今天之后"),
        ({"tested_on": "2026-11-09"}, "检验日期早于生产日期"),
        ({"sampled_on": "2026-11-20", "tested_on": "2026-11-12"}, "抽样日期晚于检验日期"),
        ({"laboratory": "99"}, "不属于本加工区"),
        ({"conclusion": "passed"}, "本页没有的一栏（conclusion）"),
        ({"method": "magic"}, "请从所列的选项中选"),
        ({"number": "x" * 101}, "最多 100 个字符"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_in_words(
    bench: Browser, ground: Scene, path: str, writer: Office, fields: dict[str, str], sentence: str
) -> None:
    page = bench.get(f"{path}/sheet")
    answer = bench.send(page, typed(ground, told(page), 山梨酸="0.05") | fields, action=f"{path}/sheet")
    assert answer.status_code == 422
    assert sentence in words(answer)
    with Session(writer.database.read) as session:
        assert session.scalars(select(ReleaseTest)).all() == []


def test_a_sheet_without_any_result_is_refused(bench: Browser, ground: Scene, path: str) -> None:
    assert "一项结果也没有填" in enter(bench, ground, path)


def test_the_first_of_two_wins_and_the_second_sees_what_changed(
    bench: Browser, staff: Staff, ground: Scene, path: str, state: Callable[[], BatchState]
) -> None:
    enter(bench, ground, path, 山梨酸="0.05")
    other = staff.at(Role.zone_manager, ScopeKind.zone, ground.zone.id)
    mine, theirs = bench.get(path), other.get(path)
    assert other.send(theirs, {"reason": "等复检"}, action=f"{path}/block").status_code == 303
    late = bench.send(mine, action=f"{path}/release")
    assert late.status_code == 422
    assert "zone-manager.2在" in words(late)
    assert "改动过（封存）" in words(late)
    assert state() is BatchState.blocked


def test_a_form_sent_twice_does_its_act_once(bench: Browser, ground: Scene, path: str, writer: Office) -> None:
    page = bench.get(path)
    first = bench.send(page, {"reason": "包装破损"}, action=f"{path}/block")
    again = bench.send(page, {"reason": "包装破损"}, action=f"{path}/block")
    assert first.status_code == 303
    assert "已经提交过" in words(again)
    with Session(writer.database.read) as session:
        assert len(session.scalars(select(JournalEntry).filter_by(act="batch.block")).all()) == 1


def test_an_act_can_be_taken_back(
    bench: Browser, ground: Scene, path: str, state: Callable[[], BatchState], writer: Office
) -> None:
    enter(bench, ground, path, 山梨酸="0.05")
    for action, expected in (
        ("release", BatchState.released),
        ("undo-release", BatchState.pending),
        ("block", BatchState.blocked),
        ("unblock", BatchState.pending),
    ):
        answer = bench.submit(path, {"reason": "包装破损"} if action == "block" else None, action=f"{path}/{action}")
        assert answer.status_code == 303, words(answer)
        assert state() is expected
    with Session(writer.database.read) as session:
        sheet = session.scalars(select(ReleaseTest)).one()
    annulled = bench.submit(path, {f"annul-{sheet.id}": "抄错了批号"}, action=f"{path}/annul/{sheet.id}")
    assert annulled.status_code == 303
    assert "抄错了批号" in words(bench.get(path))


@pytest.mark.parametrize(
    ("level", "start", "finish"),
    [("1", "2026年11月21日 09:30", "2026年12月4日"), ("2", "2026年11月22日 09:30", "2026年12月18日"),
     ("3", "2026年11月23日 09:30", "2027年1月")],
)  # fmt: skip
def test_each_level_of_a_recall_has_its_hours_and_days_and_its_list(
    bench: Browser, ground: Scene, path: str, writer: Office, level: str, start: str, finish: str
) -> None:
    with writer.writing("tests") as desk:
        sent = Delivery(
            batch_id=ground.batch.id, voucher="SH-1", kind="assigned", delivered_on=date(2026, 11, 12), quantity=20,
            unit="袋", receiver_kind="school", receiver="北溪小学食堂", receiver_contact="0570-0000009",
        )  # fmt: skip
        desk.session.add(sent)
        desk.record("tests", ("tests", "1"), "测试")
    early = bench.post(f"{path}/receivers", data={"form": form_of(bench, path), "seen": "99"})
    assert "没有进行中的召回" in words(early), "nobody reads names without a recall"
    fields = {"level": level, "recall_reason": "标签漏印", "known_on": "2026-11-20", "known_at": "09:30"}
    bench.submit(path, fields, action=f"{path}/recall")
    assert f"应当启动{start}" in words(bench.get(path))
    names = bench.submit(path, action=f"{path}/receivers")
    assert "北溪小学食堂" in words(names)
    assert "0570-0000009" in words(names)
    with Session(writer.database.read) as session:
        assert (
            session.scalars(select(JournalEntry).filter_by(act="recall.list_receivers")).one().who.startswith("labor")
        )
    bench.submit(path, {"announced_on": "2026-11-20"}, action=f"{path}/announce")
    assert f"应当完成{finish}" in words(bench.get(path))


def test_a_recall_runs_by_its_clocks(
    bench: Browser, ground: Scene, path: str, state: Callable[[], BatchState], writer: Office
) -> None:
    fields = {"level": "1", "recall_reason": "检出沙门氏菌", "known_on": "2026-11-20", "known_at": "09:30"}
    assert bench.submit(path, fields, action=f"{path}/recall").status_code == 303
    assert state() is BatchState.blocked
    page = words(bench.get(path))
    assert "应当启动2026年11月21日 09:30" in page
    due = words(bench.get("/"))
    assert "还有 1 天" in due
    assert "应当在2026年11月21日 09:30之前启动（食品召回管理办法 第十三条）" in due, "hours of law are told as hours"
    announced = bench.submit(path, {"announced_on": "2026-11-20"}, action=f"{path}/announce")
    assert announced.status_code == 303
    assert "应当完成2026年12月4日 食品召回管理办法 第十八条" in words(bench.get(path))
    early = bench.submit(path, {"finished_on": "2026-11-19"}, action=f"{path}/finish")
    assert "召回还没有公告" in words(early)
    assert bench.submit(path, {"finished_on": "2026-11-20"}, action=f"{path}/finish").status_code == 303
    with Session(writer.database.read) as session:
        assert session.scalars(select(Recall)).one().finished_on == date(2026, 11, 20)


def test_a_delivery_that_never_was_is_taken_out_but_not_from_the_list_of_a_recall(
    bench: Browser, ground: Scene, path: str, writer: Office
) -> None:
    with writer.writing("tests") as desk:
        for voucher in ("SH-1", "SH-2"):
            sent = Delivery(
                batch_id=ground.batch.id, voucher=voucher, kind="assigned", delivered_on=date(2026, 11, 12),
                quantity=20, unit="袋", receiver_kind="school", receiver="北溪小学食堂",
            )  # fmt: skip
            desk.session.add(sent)
        desk.record("tests", ("tests", "1"), "测试")
    page = bench.get(path)
    assert "北溪小学食堂" not in words(page), "names are for recalls alone"
    assert bench.send(page, action=f"{path}/deliveries/1/strike-out").status_code == 303
    assert ("SH-1" in words(bench.get(path)), "SH-2" in words(bench.get(path))) == (False, True)
    late = bench.get(path)
    known = {"level": "3", "recall_reason": "标签漏印", "known_on": "2026-11-20", "known_at": "09:30"}
    bench.submit(path, known, action=f"{path}/recall")
    answer = bench.send(late, action=f"{path}/deliveries/2/strike-out")
    assert answer.status_code == 422
    bench.submit(path, {"announced_on": "2026-11-20"}, action=f"{path}/announce")
    bench.submit(path, {"finished_on": "2026-11-20"}, action=f"{path}/finish")
    ended = fields_of(told(bench.get(path)), f"{path}/undo-finish")
    refused = bench.post(f"{path}/deliveries/2/strike-out", data=ended)
    assert "已经启动召回" in words(refused), "nor when it has ended, as its end can be taken back"


def test_only_an_officer_agrees_to_a_longer_recall_and_everybody_sees_by_when(
    bench: Browser, staff: Staff, path: str
) -> None:
    fields = {"level": "1", "recall_reason": "检出沙门氏菌", "known_on": "2026-11-20", "known_at": "09:30"}
    bench.submit(path, fields, action=f"{path}/recall")
    bench.submit(path, {"announced_on": "2026-11-20"}, action=f"{path}/announce")
    assert "同意延长" not in words(bench.get(path))
    officer, longer = staff.at(Role.officer), {"extended_to": "2026-12-31", "extended_why": "分销到外省"}
    assert officer.submit(path, longer, action=f"{path}/extend").status_code == 303
    assert "延长到2026年12月31日 分销到外省" in words(bench.get(path))
    assert "2026年12月31日" in words(bench.get("/"))


def test_labels_are_issued_and_downloaded(bench: Browser, ground: Scene, path: str, writer: Office) -> None:
    page = bench.get(path)
    fields = {"kind": "item", "copies": "24", "layout": "a4-24"}
    answer = bench.send(page, fields, action=f"{path}/labels")
    assert answer.headers.get("Location") == f"{path}?done=labels", words(answer)
    file = bench.get(f"{path}/labels/1")
    assert file.mimetype == "application/pdf"
    assert file.data.startswith(b"%PDF")
    assert "attachment" in file.headers["Content-Disposition"]
    again = bench.send(page, fields, action=f"{path}/labels")
    assert "已经提交过" in words(again)
    assert bench.get(f"{path}/labels/2").status_code == 404


def test_what_a_stranger_wrote_is_text(staff: Staff, ground: Scene, writer: Office, path: str) -> None:
    evil = "<script>alert(1)</script>{{7*7}}"
    with writer.writing("tests") as desk:
        batch = desk.session.get_one(Batch, ground.batch.id)
        batch.product.name = evil
        batches.block(desk, batch, evil, evil)
    bench = staff.at(Role.laboratory, ScopeKind.zone, ground.zone.id)
    for address in (path, "/laboratory"):
        assert "<script>alert" not in told(bench.get(address))
        assert evil in words(bench.get(address))
