"""The desk of a workshop's owner: what is said about the workshop, an answer to it, and what the owner keeps."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.console.conftest import Browser, Staff, told, words
from tests.credit.filed import FINE, filed
from tests.scene import Scene

from zuofang.credit.models import CreditReply
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.models import Batch, Commitment, MaterialReceipt, NoticeBoard


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


def test_the_owner_is_told_what_becomes_public_until_when_and_answers(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    assert owner.get("/mine").headers["Location"] == path
    record = filed(writer, ground.workshop.id, FINE, published=False)
    assert "最迟" in words(owner.get(path))
    leaky = owner.submit(path, {f"reply-{record}": "请打13800138000"}, action=f"{path}/reply/{record}")
    assert "还有个人信息" in words(leaky)
    assert "请打13800138000" in told(leaky), "what was typed is not lost"
    done = owner.submit(path, {f"reply-{record}": "原料已经全部更换。"}, action=f"{path}/reply/{record}")
    assert done.headers["Location"] == f"{path}?done=reply"
    assert "原料已经全部更换。" in words(owner.get(path))
    back = owner.submit(path, action=f"{path}/reply/{record}/take-back")
    assert back.headers["Location"] == f"{path}?done=reply_back"
    with Session(writer.database.read) as session:
        assert session.scalars(select(CreditReply)).one().taken_back_at is not None


def test_the_record_of_another_workshop_cannot_be_answered(
    owner: Browser, writer: Office, ground: Scene, path: str
) -> None:
    with writer.writing("tests") as desk:
        other = scene.operators.register(
            desk,
            scene.Workshop(kind="workshop", name="别家", province="33", district_code="339901", address="别处"),
            "测试",
        )
    record = filed(writer, other.id, FINE)
    page = owner.get(path)
    number = told(page).split('name="form" value="')[1].split('"')[0]
    answer = owner.post(f"{path}/reply/{record}", data={"form": number, f"reply-{record}": "不是我"})
    assert answer.status_code == 422
    assert "没有这条记录" in words(answer)


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
    wrong = owner.submit(f"{path}/board", {"handlers": "0", "next_expiry": "2020-01-01"}, action=f"{path}/board")
    assert wrong.status_code == 422
