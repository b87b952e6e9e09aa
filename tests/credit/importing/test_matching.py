"""Whose record a row is: numbers first, then name with address; nobody across counties, nobody by a masked name."""

import pytest
from tests.credit.importing.offices import ADDRESS, CODE, NAME, NUMBER, SAMPLE, CreditOffice, doubts
from tests.support.statements import counted

from zuofang.credit.importing.matching import Known, Match, Register, decide, same_address
from zuofang.credit.importing.parties import Named
from zuofang.credit.models import CreditRecord, PartyRole

CHEN = Known(1, NAME, ADDRESS, "339901", CODE, frozenset({NUMBER}))
FAR = Known(2, NAME, "云岭县南河镇碾坊路2号", "339902", None, frozenset({"ZF33990200001"}))


def decided(*operators: Known, name: str = NAME, address: str = ADDRESS, **said: str) -> Match:
    register = Register({"清溪县": "339901", "云岭县": "339902"})
    register.add(operators)
    return decide((Named(PartyRole.party, name, address, **said),), register)


def test_a_certificate_or_a_credit_code_decides_whatever_else_differs_a_little() -> None:
    assert decided(CHEN, FAR, name="陈记卤味", certificate=NUMBER).workshop == CHEN
    assert decided(CHEN, FAR, name="陈记", address="", credit_code=CODE).workshop == CHEN
    assert decided(CHEN, FAR, name="北溪**作坊", certificate=NUMBER).workshop == CHEN


def test_numbers_of_two_operators_decide_nothing() -> None:
    found = decided(CHEN, FAR, address="", certificate="ZF33990200001", credit_code=CODE)
    assert (found.workshop, found.candidates) == (None, (FAR, CHEN))


def test_a_number_under_a_wholly_different_name_and_address_is_left_to_a_person() -> None:
    found = decided(CHEN, name="南河面坊", address="清溪县南河镇1号", certificate=NUMBER)
    assert (found.workshop, found.candidates) == (None, (CHEN,))


def test_a_number_never_leads_into_another_county() -> None:
    found = decided(CHEN, address="云岭县北溪镇园区路8号", certificate=NUMBER)
    assert (found.workshop, found.candidates) == (None, (CHEN,))
    assert decided(CHEN, address="", district="339902", credit_code=CODE).workshop is None


@pytest.mark.parametrize("name", [NAME, f"{NAME}（个体工商户）", f" {NAME}(个体工商户)", "北溪陈记 卤味作坊"])
@pytest.mark.parametrize("address", [ADDRESS, "某省清溪市清溪县北溪镇园区路８号", "清溪县北溪镇 园区路8号"])
def test_a_name_with_its_address_is_enough_in_any_spelling(name: str, address: str) -> None:
    assert decided(CHEN, FAR, name=name, address=address).workshop == CHEN


def test_a_name_alone_or_at_another_address_is_not_enough() -> None:
    for address in ("", "清溪县城关镇1号"):
        found = decided(CHEN, address=address)
        assert (found.workshop, found.candidates) == (None, (CHEN,))


def test_the_same_name_in_another_county_is_not_even_a_candidate() -> None:
    found = decided(CHEN, FAR, address="云岭县西镇3号")
    assert (found.workshop, found.candidates) == (None, (FAR,))


def test_two_of_the_same_name_at_the_same_address_are_left_to_a_person() -> None:
    twin = Known(3, f"{NAME}（个体工商户）", ADDRESS, "339901", None, frozenset())
    assert decided(CHEN, twin).candidates == (CHEN, twin)


def test_another_credit_code_speaks_against_the_same_name_and_address() -> None:
    assert decided(CHEN, credit_code="92339901MA2AB45D65").workshop is None


@pytest.mark.parametrize("name", ["北溪*记卤味作坊", "北溪陈某卤味作坊", "**卤味作坊"])
def test_a_masked_name_never_matches_by_itself_but_names_who_it_fits(name: str) -> None:
    found = decided(CHEN, name=name)
    assert (found.workshop, found.candidates) == (None, (CHEN,))
    assert decided(CHEN, name="南溪*记卤味作坊").candidates == ()


def test_an_address_may_leave_out_divisions_only_within_a_county() -> None:
    assert same_address("北溪镇园区路8号", ADDRESS, within=True)
    assert not same_address("北溪镇园区路8号", ADDRESS, within=False)
    assert not same_address("园区路8号", ADDRESS, within=True)
    assert not same_address("8号", "清溪县北溪镇园区路18号", within=True)
    assert not same_address("", "", within=True)


def test_a_doubtful_row_is_entered_for_nobody_and_stands_on_the_list(credit: CreditOffice) -> None:
    report = credit.take("sampling", {**SAMPLE, "标称生产企业地址": "清溪县城关镇1号"})
    assert (report.created, report.unmatched) == (1, 1)
    assert doubts(report) == ["2 标称生产企业名称 有同名的单位，但地址不同或者没有写。"]
    assert report.to_check[0].candidates == (f"{NAME}，{ADDRESS}",)
    assert credit.only().workshop_id is None
    (waiting,) = credit.waiting()
    assert [one.name for one in waiting.match.candidates] == [NAME]
    assert [one.role for one in waiting.parties] == [PartyRole.producer, PartyRole.sampled]


def test_an_operator_registered_later_is_found_for_what_waited(credit: CreditOffice) -> None:
    credit.took("sampling", {**SAMPLE, "标称生产企业名称": "南河老磨坊", "标称生产企业地址": "清溪县南河镇1号"})
    key = credit.register("南河老磨坊", "清溪县南河镇1号", number="ZF2", code=None)
    (waiting,) = credit.waiting()
    assert waiting.match.workshop is not None
    assert waiting.match.workshop.id == key


def test_the_matching_desk_asks_four_statements_however_long_its_list(credit: CreditOffice) -> None:
    for number in range(3):
        credit.took("sampling", {**SAMPLE, "标称生产企业名称": f"第{number}坊"})
        with counted(credit.office.database) as statements:
            assert len(credit.waiting()) == number + 1
        assert sum(statement.startswith("SELECT") for statement in statements) == 4
    assert credit.count(CreditRecord) == 3
