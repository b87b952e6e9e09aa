"""The desk of a workshop's owner: what is said about the workshop, an answer to it, and what the owner keeps."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, fields_of, told, words
from tests.credit.filed import FINE, TODAY, filed
from tests.scene import WHY, Scene
from tests.storage.test_pictures import photograph

from zuofang.credit.acts import cases, honours
from zuofang.credit.findings import Sample
from zuofang.credit.measures import Rectification
from zuofang.credit.models import CaseKind, CreditCase, CreditReply, Honour, HonourKind
from zuofang.credit.records import Outcome, Record
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.acts import operators
from zuofang.traceability.models import Batch, Commitment, MaterialReceipt, NoticeBoard, ReceiptPicture, Workshop


@pytest.fixture
def ground(writer: Office) -> Scene:
    """A workshop with a product."""
    with writer.writing("tests") as desk:
        return scene.build(desk)


@pytest.fixture
def owner(staff: Staff, ground: Scene) -> Browser:
    """Its owner."""
    return staff.at(Role.owner, ScopeKind.workshop, ground.workshop.id)


@pytest.fixture
def path(ground: Scene) -> str:
    """The address of the workshop at the desk."""
    return f"/mine/{ground.workshop.id}"


def test_the_account_names_the_workshop_in_which_the_role_counts(owner: Browser, ground: Scene) -> None:
    assert f"作坊经营者 {ground.workshop.name}" in words(owner.get("/account"))


def test_the_owner_is_told_what_becomes_public_until_when_and_answers(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    assert owner.get("/mine").headers["Location"] == path
    record = filed(writer, ground.workshop.id, FINE, published=False)
    page = f"{path}/records/{record}"
    assert "将要公示，可以先说明情况" in words(owner.get("/"))
    assert page in told(owner.get("/"))
    assert "最迟" in words(owner.get(path))
    leaky = owner.submit(page, {"reply": "请打13800138000"}, action=f"{page}/reply")
    assert "还有个人信息" in words(leaky)
    assert "请打13800138000" in told(leaky), "what was typed is not lost"
    done = owner.submit(page, {"reply": "原料已经全部更换。"}, action=f"{page}/reply")
    assert done.headers["Location"] == f"{page}?done=reply"
    assert "原料已经全部更换。" in words(owner.get(page))
    back = owner.submit(page, action=f"{page}/reply/take-back")
    assert back.headers["Location"] == f"{page}?done=reply_back"
    with Session(writer.database.read) as session:
        assert session.scalars(select(CreditReply)).one().taken_back_at is not None


def test_the_owner_asks_for_a_second_test_in_time_and_follows_its_clock(
    owner: Browser, staff: Staff, writer: Office, ground: Scene, path: str
) -> None:
    failed = Sample(concluded_on=date(2026, 11, 12), outcome=Outcome.failed, served_on=date(2026, 11, 16))
    page = f"{path}/records/{filed(writer, ground.workshop.id, failed, published=False)}"
    assert "当事人提出复检申请" in words(owner.get("/"))
    offered = words(owner.get(page))
    assert "最后一天是2026年11月25日" in offered
    officer = staff.at(Role.officer)
    assert "到2026年11月25日为止" in words(officer.get(f"/records/{page.rpartition('/')[2]}")), (
        "the bureau reads the same"
    )
    assert "异议：检验方法不对" in offered
    empty = owner.submit(page, {"asked": "reinspection", "words": ""}, action=f"{page}/ask")
    assert empty.status_code == 422
    asked = owner.submit(page, {"asked": "reinspection", "words": "请用备份样品再检。"}, action=f"{page}/ask")
    assert asked.headers["Location"] == f"{page}?done=case"
    follows = words(owner.get(page))
    assert "请用备份样品再检。" in follows
    assert "决定是否受理复检申请" in follows
    assert "复检：用备份样品再检一次" not in follows, "it is asked for once"
    with Session(writer.database.read) as session:
        case = session.scalars(select(CreditCase)).one()
        assert (case.kind, case.filed_on) == (CaseKind.reinspection, TODAY)
    back = owner.submit(page, action=f"{page}/cases/{case.id}/take-back")
    assert back.headers["Location"] == f"{page}?done=case_back"
    assert "复检：用备份样品再检一次" in words(owner.get(page))


SERVED = Sample(concluded_on=date(2026, 11, 12), outcome=Outcome.failed, served_on=date(2026, 11, 16))


def test_a_failure_that_was_served_is_disputed_before_anybody_decided_to_publish_it(
    owner: Browser, staff: Staff, writer: Office, ground: Scene, path: str
) -> None:
    key = filed(writer, ground.workshop.id, SERVED, title="防腐剂超标", approved=False)
    page = f"{path}/records/{key}"
    listed, shown = words(owner.get(path)), words(owner.get(page))
    assert "防腐剂超标" in listed
    for told_ in (listed, shown):
        assert "是不是公示、什么时候公示，监管部门还没有决定" in told_
        assert "公示到" not in told_
        assert "日公示。" not in told_
    assert "检验结论不合格" in shown
    assert "最后一天是2026年11月25日" in shown
    assert f"{page}/reply" not in told(owner.get(page)), "an answer stands beside what is decided on"
    held = {name: fields_of(told(owner.get(page)), f"{page}/ask")[name] for name in ("form", "seen")}
    spoken = owner.post(f"{page}/reply", data={**held, "reply": "已经换料。"})
    assert (spoken.status_code, "现在只能申请复检或者提出异议" in words(spoken)) == (422, True)
    asked = owner.submit(page, {"asked": "reinspection", "words": "请再检一次。"}, action=f"{page}/ask")
    assert asked.headers["Location"] == f"{page}?done=case"
    assert "请再检一次。" in words(owner.get(page))
    assert "请再检一次。" in words(staff.at(Role.officer).get(f"/records/{key}"))
    back = owner.submit(page, action=f"{page}/cases/1/take-back")
    assert back.headers["Location"] == f"{page}?done=case_back"
    objected = owner.submit(page, {"asked": "method", "words": "方法不适用。"}, action=f"{page}/ask")
    assert objected.headers["Location"] == f"{page}?done=case"


@pytest.mark.parametrize(
    "hidden",
    [replace(SERVED, served_on=None), replace(SERVED, outcome=Outcome.passed, served_on=None), FINE],
    ids=["not served", "passed", "a penalty"],
)
def test_nothing_else_is_told_to_the_owner_before_it_is_approved(
    owner: Browser, writer: Office, ground: Scene, path: str, hidden: Record
) -> None:
    page = f"{path}/records/{filed(writer, ground.workshop.id, hidden, title='尚未审核的', approved=False)}"
    assert "尚未审核的" not in words(owner.get(path))
    assert owner.get(page).status_code == 404


def test_a_served_failure_is_told_to_no_other_workshop(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    with writer.writing("tests") as desk:
        other = Workshop(
            kind=ground.workshop.kind, name="别家作坊", province="37", district_code="370101", address="别处 1 号"
        )
        operators.register(desk, other, WHY)
        theirs = other.id
    own = filed(writer, ground.workshop.id, SERVED, approved=False)
    foreign = filed(writer, theirs, SERVED, title="别家的", approved=False)
    assert "别家的" not in words(owner.get(path))
    assert owner.get(f"{path}/records/{foreign}").status_code == 404
    page = told(owner.get(f"{path}/records/{own}"))
    typed = {"asked": "method", "words": "方法不适用。", "form": fields_of(page, f"{path}/records/{own}/ask")["form"]}
    refused = owner.post(f"{path}/records/{foreign}/ask", data={**typed, "seen": "99999"})
    assert refused.status_code == 404
    with Session(writer.database.read) as session:
        assert session.scalars(select(CreditCase)).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"quantity": "1E+999999999"}, "请填数字"), ({"quantity": "1_0"}, "请填数字"), ({"quantity": "-1"}, "请填数字"),
        ({"quantity": "NaN"}, "请填数字"), ({"name": "面\0粉"}, "认不出的字符"), ({"lot": "\0"}, "认不出的字符"),
    ],
)  # fmt: skip
def test_a_number_that_would_fill_the_memory_and_a_sign_that_no_database_keeps_are_refused(
    owner: Browser, writer: Office, path: str, typed: dict[str, str], sentence: str
) -> None:
    told = {"name": "面粉", "supplier": "丰谷", "quantity": "５０.5", "unit": "公斤"}
    answer = owner.submit(f"{path}/material", {**told, **typed})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert owner.submit(f"{path}/material", told).status_code == 303
    with Session(writer.database.read) as session:
        assert str(session.scalars(select(MaterialReceipt)).one().quantity) == "50.5"


def test_an_accepted_case_is_no_longer_the_owners_to_take_back(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    failed = Sample(concluded_on=date(2026, 11, 12), outcome=Outcome.failed, served_on=date(2026, 11, 16))
    page = f"{path}/records/{filed(writer, ground.workshop.id, failed, published=False)}"
    owner.submit(page, {"asked": "method", "words": "方法不适用。"}, action=f"{page}/ask")
    before = owner.get(page)
    with writer.writing("officer") as desk:
        cases.accept(desk, desk.session.scalars(select(CreditCase)).one(), TODAY, "测试")
    late = owner.send(before, action=f"{page}/cases/1/take-back")
    assert late.status_code == 422
    assert "已经受理" in words(late)


def test_a_repair_says_beforehand_from_when_it_can_be_asked_for(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    page = f"{path}/records/{filed(writer, ground.workshop.id, FINE)}"
    assert "现在还不能提出" in words(owner.get(page))
    assert "起才可以申请" in words(owner.get(page))
    number = fields_of(told(owner.get(page)), f"{page}/reply")["form"]
    early = owner.post(f"{page}/ask", data={"form": number, "seen": "99999", "asked": "repair", "words": "改好了。"})
    assert early.status_code == 422
    assert "起才可以申请" in words(early)


def test_an_order_is_reported_as_followed_and_the_report_taken_back(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    order = Rectification(ordered_on=TODAY, demands="补记温度", basis="监督检查管理办法", due_on=date(2026, 11, 30))
    page = f"{path}/records/{filed(writer, ground.workshop.id, order)}"
    assert "改正以后在这里报告" in words(owner.get("/"))
    assert owner.submit(page, action=f"{page}/done").headers["Location"] == f"{page}?done=put_right"
    assert "改正以后在这里报告" not in words(owner.get("/"))
    assert owner.submit(page, action=f"{page}/undo-done").headers["Location"] == f"{page}?done=not_put_right"
    assert "改正以后在这里报告" in words(owner.get("/"))


def test_an_honour_says_when_to_ask_for_its_re_evaluation_and_is_asked_for(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    with writer.writing("bureau") as desk:
        held = Honour(
            kind=HonourKind.fine_workshop, title="名特优食品作坊", workshop_id=ground.workshop.id, granted_by="市局",
            since=date(2023, 12, 11), until=date(2026, 12, 10),
        )  # fmt: skip
        honours.grant(desk, held, "测试")
    page = words(owner.get(path))
    assert "现在可以申请复评，最后一天是2026年12月10日" in page
    assert "现场验收评分不低于 90 分" in page
    assert "名特优食品作坊" in words(owner.get("/"))
    filed(writer, ground.workshop.id, FINE)
    assert "照今天的记录，复评通不过： 规定年限内受过行政处罚" in words(owner.get(path))
    asked = owner.submit(path, action=f"{path}/honours/1/apply")
    assert asked.headers["Location"] == f"{path}?done=honour_asked#honours"
    assert "已经申请复评" in words(owner.get(path))
    assert "名特优食品作坊" not in words(owner.get("/")), "now it is the bureau's turn"
    assert owner.submit(path, action=f"{path}/honours/1/take-back").status_code == 303
    with Session(writer.database.read) as session:
        assert session.get_one(Honour, 1).applied_on is None


def test_a_batch_is_entered_once_and_waits_at_the_laboratory(
    owner: Browser, staff: Staff, writer: Office, ground: Scene, path: str
) -> None:
    typed = {
        "product": str(ground.product.id),
        "lot": "20261120-1",
        "made_on": "2026-11-20",
        "quantity": "120",
        "unit": "袋",
    }
    assert owner.submit(f"{path}/batch", typed).headers["Location"] == f"{path}?done=batch"
    twice = owner.submit(f"{path}/batch", typed)
    assert twice.status_code == 422
    assert "没有重复登记" in words(twice)
    bench = staff.at(Role.laboratory, ScopeKind.zone, ground.zone.id)
    assert "20261120-1" in words(bench.get("/laboratory"))
    with Session(writer.database.read) as session:
        assert len(session.scalars(select(Batch).filter_by(lot="20261120-1")).all()) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"product": "999"}, "没有这个产品"),
        ({"made_on": "2026-11-21"}, "日期在今天之后"),
        ({"lot": ""}, "请填批号"),
        ({"quantity": "-1"}, "请填数字"),
        ({"state": "released"}, "本页没有的一栏（state）"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_in_words(
    owner: Browser, ground: Scene, path: str, typed: dict[str, str], sentence: str
) -> None:
    fields = {"product": str(ground.product.id), "lot": "L1", "made_on": "2026-11-20"} | typed
    answer = owner.submit(f"{path}/batch", fields)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_material_is_entered_with_its_supplier(owner: Browser, writer: Office, path: str) -> None:
    typed = {
        "name": "酱油",
        "supplier": "清溪调味品商行",
        "quantity": "20.5",
        "unit": "公斤",
        "received_on": "2026-11-19",
    }
    assert owner.submit(f"{path}/material", typed).headers["Location"] == f"{path}?done=material"
    assert "酱油" in words(owner.get(path))
    with Session(writer.database.read) as session:
        assert str(session.scalars(select(MaterialReceipt)).one().quantity) == "20.5"


def test_a_photograph_of_the_papers_comes_with_a_material_and_goes_again(
    owner: Browser, staff: Staff, writer: Office, ground: Scene, path: str, tmp_path: Path
) -> None:
    typed = {"name": "酱油", "supplier": "商行", "quantity": "20", "unit": "公斤", "received_on": "2026-11-19"}
    broken = owner.submit(f"{path}/material", {**typed, "photo": (io.BytesIO(b"GIF89a"), "a.gif")})
    assert "认不出这是什么图片" in words(broken)
    assert 'value="商行"' in told(broken), "what was typed is not lost"
    sent = {**typed, "photo": (io.BytesIO(photograph()), "a.jpg")}
    assert owner.submit(f"{path}/material", sent).status_code == 303
    shelf = tmp_path / "pictures"
    assert not any(b"Meizu" in one.read_bytes() for one in shelf.iterdir()), "nothing that came with the pixels is kept"
    with Session(writer.database.read) as session:
        row = session.scalars(select(ReceiptPicture)).one()
    page = f"{path}/materials/{row.receipt_id}"
    assert "1 张凭证照片" in words(owner.get(f"{path}/materials"))
    assert owner.get(f"{page}/{row.digest}-480.jpg").mimetype == "image/jpeg"
    assert owner.get(f"{page}/{'0' * 32}-480.jpg").status_code == 404
    again = owner.submit(page, {"photo": (io.BytesIO(photograph()), "b.jpg")}, action=f"{page}/pictures")
    assert "同一张图片已经有了" in words(again)
    assert "请选一张照片" in words(owner.submit(page, action=f"{page}/pictures"))
    assert owner.submit(page, action=f"{page}/pictures/{row.id}/remove").status_code == 303
    assert list(shelf.iterdir()) == []
    assert 'value="商行"' in told(owner.get(f"{path}/material?like={row.receipt_id}"))


def test_a_batch_names_the_materials_that_went_into_it(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    typed = {"name": "酱油", "supplier": "商行", "quantity": "20", "unit": "公斤", "received_on": "2026-11-19"}
    owner.submit(f"{path}/material", typed)
    batch = {"product": str(ground.product.id), "lot": "L1", "made_on": "2026-11-20"}
    foreign = owner.submit(f"{path}/batch", {**batch, "materials": "99"})
    assert "没有这次进货" in words(foreign)
    assert owner.submit(f"{path}/batch", {**batch, "materials": "1"}).status_code == 303
    with Session(writer.database.read) as session:
        made = session.scalars(select(Batch).filter_by(lot="L1")).one()
        assert [one.receipt.name for one in made.materials] == ["酱油"]


def test_the_board_and_the_commitment_are_entered_on_a_phone(owner: Browser, writer: Office, path: str) -> None:
    seen = {
        "certificate_shown": "yes",
        "handlers": "3",
        "all_certified": "yes",
        "suppliers": "清溪粮油：大米\n老井酱园：酱油",
    }
    done = owner.submit(f"{path}/board", seen, action=f"{path}/board")
    assert done.headers["Location"] == f"{path}?done=board"
    signed = owner.submit(f"{path}/board", {"words": "不用过期原料。"}, action=f"{path}/commitment")
    assert signed.headers["Location"] == f"{path}?done=commitment"
    with Session(writer.database.read) as session:
        board = session.scalars(select(NoticeBoard)).one()
        assert [(one.name, one.supplies) for one in board.suppliers] == [("清溪粮油", "大米"), ("老井酱园", "酱油")]
        assert session.scalars(select(Commitment)).one().words == "不用过期原料。"
    again = told(owner.get(f"{path}/board"))
    assert "老井酱园：酱油" in again, "the board is brought up to date, not written anew"
    assert "不用过期原料。" in again
    wrong = owner.submit(f"{path}/board", {"handlers": "0", "next_expiry": "2020-01-01"}, action=f"{path}/board")
    assert wrong.status_code == 422
