"""Answers to a buyer's list: what each line is, how it stands, and never a guess. On both databases."""

from datetime import UTC, date, datetime

import pytest
from statements import counted
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import honours
from zuofang.credit.models import Honour, HonourKind
from zuofang.credit.verification.answers import LineAnswer, Standing, What
from zuofang.credit.verification.lines import lines_of_text
from zuofang.credit.verification.lookup import Register, answer_lines, name_book
from zuofang.rules.book import read_rules
from zuofang.storage.acts import Office
from zuofang.traceability.acts import batches, labels, operators, recalls
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.models import Batch, LabelKind, OperatorKind, RestrictionKind, Workshop
from zuofang.traceability.queries.certificates import CertificateState

TODAY = date(2026, 11, 20)
SITE = LabelAddress.of_site("https://zf.example.cn")
NAME, NUMBER = "北溪陈记卤味作坊", "ZF33990100012"


def ask(office: Office, text: str) -> tuple[LineAnswer, ...]:
    ring = LabelKeyring(office.keys.labels, max(office.keys.labels))
    with office.database.read.connect() as connection:
        register = Register(name_book(connection), ring, SITE, TODAY, read_rules())
        return answer_lines(connection, lines_of_text(text), register)


def code(office: Office, batch: int = 1, serial: int = 7) -> str:
    return mint(LabelKeyring(office.keys.labels, max(office.keys.labels)), batch, serial)


@pytest.fixture
def town(office: Office) -> Office:
    """A workshop with a released batch and ten labels."""
    with office.writing("lab") as desk:
        made = scene.released(desk)
        made.workshop.credit_code = "91330000MA2700000E"
        labels.issue(desk, made.batch.id, LabelKind.item, 10, "a4-24", WHY)
    return office


def test_every_way_to_name_a_workshop_leads_to_the_same_answer(town: Office) -> None:
    found = ask(town, f"{NUMBER}\nzf 3399 0100012\n91330000ma2700000e\n{NAME}\n 北溪 陈记卤味作坊")
    assert [one.what for one in found] == [
        What.certificate, What.certificate, What.credit_code, What.name, What.name,
    ]  # fmt: skip
    assert {(one.workshop, one.name, one.standing) for one in found} == {(1, NAME, Standing.clear)}
    assert all(one.paper and one.paper.state is CertificateState.in_force for one in found)


def test_a_label_is_answered_for_its_goods(town: Office) -> None:
    plain, address = ask(town, f"{code(town)}\n{SITE.of(code(town))}")
    assert (plain.what, plain.standing, plain.product, plain.workshop) == (What.label, Standing.clear, "酱牛肉", 1)
    assert (address.what, address.standing) == (What.label, Standing.clear)


def test_a_label_that_was_never_printed_or_is_forged_is_not_ours(town: Office) -> None:
    unprinted, forged = ask(town, f"{code(town, serial=11)}\n0000000000000000000A")
    assert {unprinted.what, forged.what} == {What.forged_label}
    assert {unprinted.standing, forged.standing} == {Standing.stop}


def test_a_recalled_batch_stops_its_label_and_warns_beside_its_maker(town: Office) -> None:
    with town.writing("officer") as desk:
        batch = desk.session.get_one(Batch, 1)
        recall = recalls.recall(desk, batch, 1, "异物", datetime(2026, 11, 18, tzinfo=UTC), WHY)
        recalls.announce(desk, recall, TODAY, WHY)
    label, maker = ask(town, f"{code(town)}\n{NAME}")
    assert label.standing is Standing.stop
    assert sum("召回" in str(point) for point in label.points) == 1
    assert maker.standing is Standing.care
    assert "酱牛肉" in str(maker.points[0])


@pytest.mark.parametrize(
    ("kind", "standing"),
    [
        (RestrictionKind.closed, Standing.stop),
        (RestrictionKind.suspended, Standing.stop),
        (RestrictionKind.rectifying, Standing.care),
    ],
)
def test_an_order_that_holds_today_is_told(town: Office, kind: RestrictionKind, standing: Standing) -> None:
    with town.writing("officer") as desk:
        workshop = desk.session.get_one(Workshop, 1)
        operators.restrict(desk, workshop, kind, date(2026, 11, 1), WHY, ground="鼠迹", article="第一条")
    (found,) = ask(town, NAME)
    assert found.standing is standing
    assert "鼠迹" in str(found.points[0])


def test_a_certificate_that_is_not_in_force_stops(town: Office) -> None:
    with town.writing("officer") as desk:
        operators.revoke_certificate(desk, 1, TODAY, WHY)
    (found,) = ask(town, NUMBER)
    assert found.standing is Standing.stop
    assert found.paper is not None
    assert found.paper.state is CertificateState.revoked


def test_listing_failure_and_penalty_are_told_while_they_are_public(town: Office) -> None:
    filed.filed(town, 1, filed.LISTED)
    filed.filed(town, 1, filed.FAILED, title="五香豆干", items=(filed.FAULTY,))
    filed.filed(town, 1, filed.FINE)
    maker, label = ask(town, f"{NAME}\n{code(town)}")
    told = " ".join(map(str, maker.points))
    assert maker.standing is Standing.care
    assert "严重违法失信名单" in told
    assert "“五香豆干”防腐剂混合使用抽检不合格" in told
    assert "另有公示中的查处记录 1 条" in told
    assert label.standing is Standing.care


def test_what_was_never_published_is_not_told(town: Office) -> None:
    filed.filed(town, 1, filed.LISTED, published=False)
    (found,) = ask(town, NAME)
    assert (found.standing, found.points) == (Standing.clear, ())


def test_an_honour_in_force_is_told(town: Office) -> None:
    with town.writing("officer") as desk:
        for until in (None, date(2026, 11, 19)):
            honour = Honour(
                kind=HonourKind.five_s, title=f"5S {until or '有效'}", workshop_id=1, granted_by="市局",
                since=date(2025, 1, 1), until=until,
            )  # fmt: skip
            honours.grant(desk, honour, WHY)
    (found,) = ask(town, NAME)
    assert found.honours == ("5S 有效",)


def test_an_unclear_name_gets_candidates_and_an_unknown_one_nothing(town: Office) -> None:
    unclear, unknown, number = ask(town, "陈记卤味\n海边烤鱼\nJY13301000000")
    assert (unclear.what, unclear.standing, unclear.workshop) == (What.unclear, Standing.unclear, None)
    assert [(one.workshop, one.name) for one in unclear.candidates] == [(1, NAME)]
    assert {unknown.what, number.what} == {What.unknown}
    assert unknown.candidates == number.candidates == ()


def test_of_two_with_one_name_none_is_chosen(town: Office) -> None:
    with town.writing("officer") as desk:
        twin = Workshop(
            kind=OperatorKind.workshop, name=NAME, province="33", district_code="339902", address="南溪镇 1 号"
        )
        operators.register(desk, twin, WHY)
    (found,) = ask(town, NAME)
    assert (found.standing, found.workshop) == (Standing.unclear, None)
    assert {one.workshop for one in found.candidates} == {1, 2}


def test_the_statements_do_not_grow_with_the_list(town: Office) -> None:
    with town.writing("lab") as desk:
        second = batches.open_batch(desk, desk.session.get_one(Batch, 1).product, "2", date(2026, 11, 12), WHY)
        labels.issue(desk, second.id, LabelKind.batch, 1, "a4-24", WHY)
    counts = []
    for text in (NAME, f"{code(town)}\n{code(town, 2)}\n{NAME}\n{NUMBER}\n陈记\n没有\n" * 20):
        with counted(town.database) as seen:
            ask(town, text)
        counts.append(len([one for one in seen if one != "BEGIN"]))
    assert counts == [19, 19]
