"""``/workshops/`` and ``/workshops/<id>``."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from style_guide import parse, text_of
from tests import scene
from tests.scene import WHY

from zuofang.credit.acts import honours
from zuofang.credit.models import Honour, HonourKind
from zuofang.site.public.words import WORDS
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.acts import boards, operators, zones
from zuofang.traceability.models import OperatorKind, RestrictionKind, Workshop
from zuofang.traceability.queries.certificates import CertificateState
from zuofang.traceability.queries.paging import ROWS


def told(reader: FlaskClient, address: str = "/workshops/1") -> str:
    answer = reader.get(address)
    assert answer.status_code == 200
    return text_of(parse(answer.text).find(".//main"))


def register(desk: Desk, name: str, **more: object) -> Workshop:
    workshop = Workshop(
        **{
            "kind": OperatorKind.stall,
            "name": name,
            "province": "33",
            "district_code": "339901",
            "address": name,
            **more,
        }
    )
    return operators.register(desk, workshop, WHY)


def honour(desk: Desk, title: str, until: date | None = None) -> Honour:
    row = Honour(
        kind=HonourKind.five_s, title=title, workshop_id=1, granted_by="县市场监督管理局", since=date(2025, 1, 1),
        until=until,
    )  # fmt: skip
    return honours.grant(desk, row, WHY)


def test_a_workshop_says_who_it_is_and_where_it_sits(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        scene.released(desk)
    page = told(reader)
    for part in ("食品小作坊登记证", "ZF33990100012", "陈小满", "0570-0000001", "A-03 单元", "证书有效", "酱牛肉"):
        assert part in page
    assert "没有记录不等于没有问题" in page


def test_a_certificate_is_told_as_it_stands_today(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        made = scene.build(desk, until=date(2026, 11, 19))
    assert "证书已到期" in told(reader)
    with writer.writing("officer") as desk:
        operators.revoke_certificate(desk, made.certificate.id, date(2026, 11, 1), WHY)
    page = told(reader)
    assert "证书已吊销或注销" in page
    assert "2026年11月1日" in page


def test_orders_stand_with_ground_article_and_end(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        made = scene.build(desk)
        order = operators.restrict(
            desk, made.workshop, RestrictionKind.suspended, date(2026, 11, 1), WHY, ground="车间环境不合要求",
            article="第二十一条", document="清市监责改〔2026〕7号",
        )  # fmt: skip
    page = told(reader)
    for part in ("暂停生产", "车间环境不合要求", "第二十一条", "清市监责改〔2026〕7号"):
        assert part in page
    with writer.writing("officer") as desk:
        operators.lift_restriction(desk, order.id, date(2026, 11, 10), WHY)
    assert "到2026年11月10日止" in told(reader)


def test_a_unit_that_was_left_is_history(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        made = scene.build(desk)
        zones.leave(desk, made.unit.tenancies[0], date(2026, 11, 1), WHY)
    page = told(reader)
    assert "从前" in page
    assert "2025年4月1日至2026年11月1日" in page


def test_honours_that_ended_or_were_taken_back_are_said_to_have(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        scene.build(desk)
        honour(desk, "在期的")
        honour(desk, "到期的", date(2026, 1, 1))
        honours.withdraw(desk, honour(desk, "撤销的"), date(2026, 2, 1), "抽检不合格", WHY)
    page = told(reader)
    assert "已到期" in page
    assert "2026年2月1日撤销：抽检不合格" in page


def test_identity_numbers_and_the_address_of_a_stall_stay_inside(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        register(desk, "码头早餐摊", address="家住清溪小区 3 幢 201", permitted_place="码头东侧", identity=b"7" * 32)
    for address in ("/workshops/1", "/workshops/", "/workshops/1?lang=en"):
        text = reader.get(address).text
        assert "清溪小区" not in text
        assert "7777" not in text
    assert "码头东侧" in told(reader)


def test_the_register_counts_and_narrows(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        scene.build(desk)
        register(desk, "码头早餐摊")
    page = told(reader, "/workshops/")
    assert "共 2 家" in page
    for state in (CertificateState.in_force, CertificateState.none):
        assert str(WORDS[CertificateState][state]) in page
    assert "共 1 家" in told(reader, "/workshops/?kind=stall")
    assert "名录里没有符合条件的" in told(reader, "/workshops/?kind=stall&certificate=in_force")


def test_a_filter_is_taken_away_by_its_own_link_and_kept_by_the_search_field(
    reader: FlaskClient, writer: Office
) -> None:
    with writer.writing("officer") as desk:
        scene.build(desk)
    page = parse(reader.get("/workshops/?kind=workshop&q=陈记&lang=en").text)
    (chosen,) = [link for link in page.iter("a") if link.get("aria-current") == "true"]
    assert chosen.get("href") == "/workshops/?q=%E9%99%88%E8%AE%B0&lang=en"
    kept = {field.get("name"): field.get("value") for field in page.iter("input")}
    assert kept == {"q": "陈记", "kind": "workshop", "lang": "en"}


def test_the_register_goes_on_where_it_ended(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        for number in range(ROWS + 1):
            register(desk, f"第 {number} 家")
    page = parse(reader.get("/workshops/").text)
    (further,) = [link.get("href") for link in page.iter("a") if link.get("rel") == "next"]
    assert further == f"/workshops/?after={ROWS}"
    assert f"第 {ROWS} 家" in told(reader, further)
    assert "回到第一页" in told(reader, further)


def seen(writer: Office, what: boards.Seen | None) -> None:
    with writer.writing("officer") as desk:
        workshop = scene.build(desk).workshop
        if what is not None:
            boards.see_board(desk, workshop, date(2026, 11, 2), what, WHY)


SUPPLIERS = (boards.Supplier("北溪肉联厂", "牛肉", "浙屠001"), boards.Supplier("老张 13812345678", "酱油"))


@pytest.mark.parametrize(
    ("what", "said", "unsaid"),
    [
        (None, ["还没有人查看过", "待核"], ["健康证明到"]),
        (boards.Seen(), ["未记载", "2026年11月2日查看"], ["待核"]),
        (
            boards.Seen(certificate_shown=False, rules="", handlers=0, suppliers=()),
            ["没有公示", "没有从业人员", "原料供货者无", "食品安全管理制度无"],
            ["未记载的"],
        ),
        (
            boards.Seen(
                certificate_shown=True,
                rules="进货查验",
                handlers=4,
                all_certified=True,
                next_expiry=date(2027, 3, 1),
                suppliers=SUPPLIERS,
            ),
            [
                "已经公示",
                "进货查验",
                "全部 4 名从业人员都持有有效的健康证明",
                "最早的一张到2027年3月1日止",
                "北溪肉联厂",
            ],
            ["13812345678"],
        ),
        (boards.Seen(handlers=3, all_certified=False), ["不是全部从业人员"], ["3 名"]),
        (
            boards.Seen(handlers=3, all_certified=True, next_expiry=date(2026, 11, 10)),
            ["已在2026年11月10日到期，之后的情况还没有核对"],
            ["3 名"],
        ),
    ],
    ids=["nobody looked", "not noted", "nothing there", "all there", "not all", "run out"],
)
def test_the_notice_board_says_each_of_its_states_in_words(
    reader: FlaskClient, writer: Office, what: boards.Seen | None, said: list[str], unsaid: list[str]
) -> None:
    seen(writer, what)
    page = told(reader)
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page] == []
    assert reader.get("/workshops/1?lang=en").status_code == 200


def test_a_commitment_stands_on_the_page_until_it_ends(reader: FlaskClient, writer: Office) -> None:
    with writer.writing("officer") as desk:
        workshop = scene.build(desk).workshop
        made = boards.commit(desk, workshop, date(2026, 11, 2), WHY, words="不用非食品原料", displayed=True)
    assert "不用非食品原料" in told(reader)
    with writer.writing("officer") as desk:
        boards.end_commitment(desk, desk.session.merge(made), date(2026, 11, 20), WHY)
    page = told(reader)
    assert "不用非食品原料" not in page
    assert "诚信承诺未记载" in page
