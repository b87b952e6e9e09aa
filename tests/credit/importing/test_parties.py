"""One cell may name several parties, and a finding is about those who made the food."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.credit.importing.parties import Named, read_parties, responsible
from zuofang.credit.models import PartyRole

PRODUCER, PRINCIPAL, DISTRIBUTOR = PartyRole.producer, PartyRole.principal, PartyRole.distributor


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("北溪红曲厂 ", [(PRODUCER, "北溪红曲厂")]),
        ("标称生产企业名称：甲厂；委托企业名称：乙行（原丙厂） ", [(PRODUCER, "甲厂"), (PRINCIPAL, "乙行（原丙厂）")]),
        ("受委托生产单位：金 溪（南河）厂；委 托单位：乙公司", [(PRODUCER, "金溪（南河）厂"), (PRINCIPAL, "乙公司")]),
        ("生产者：北溪\n（南河）公司；经销 商：乙公司", [(PRODUCER, "北溪（南河）公司"), (DISTRIBUTOR, "乙公司")]),
        ("甲有限公 司 制造；乙集团有限 公司 监制 ", [(PRODUCER, "甲有限公司"), (DISTRIBUTOR, "乙集团有限公司")]),
        ("甲作坊(生产商) ", [(PRODUCER, "甲作坊")]),
        ("甲作坊（生产）/乙公司（经销）", [(PRODUCER, "甲作坊"), (DISTRIBUTOR, "乙公司")]),
        ("A/B食品厂", [(PRODUCER, "A/B食品厂")]),
        ("清溪生产加工店", [(PRODUCER, "清溪生产加工店")]),
        ("/", []), ("／", []), ("", []), ("未标注", []),
    ],
)  # fmt: skip
def test_every_party_of_a_cell_is_told_with_its_role(cell: str, parties: list[tuple[PartyRole, str]]) -> None:
    assert [(one.role, one.name) for one in read_parties(PRODUCER, cell)] == parties


def test_addresses_are_shared_out_in_their_order_and_one_alone_is_the_producers() -> None:
    both = read_parties(PRODUCER, "受托方：甲；委托方：乙", "受托方地址：一号；委托方地址：二号")
    assert [one.address for one in both] == ["一号", "二号"]
    assert [one.address for one in read_parties(PRODUCER, "委托方：乙；受托方：甲", "一号")] == ["", "一号"]
    assert [one.address for one in read_parties(PRODUCER, "生产：甲；生产：乙", "一号")] == ["", ""]


def test_a_finding_is_about_the_producer_and_else_about_the_place_of_sampling() -> None:
    made, sold = Named(PRODUCER, "甲"), Named(PartyRole.sampled, "乙", "路1号")
    assert responsible((made, sold)) == (made,)
    assert responsible((sold,)) == (sold,)
    assert responsible((Named(PRODUCER, "乙"), sold)) == (Named(PRODUCER, "乙", "路1号"),)


@given(st.text("甲乙丙丁作坊厂（）()：:；;/ 生产委托经销\n*", max_size=40))
def test_no_name_is_lost_or_invented(cell: str) -> None:
    said = "".join(one.name for one in read_parties(PRODUCER, cell))
    signs = iter(cell)
    assert all(sign in signs for sign in said)
