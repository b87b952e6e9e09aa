"""Candidates for unclear names: the likest first, and none where nothing is like it."""

from zuofang.credit.verification.names import CANDIDATES, Listed, NameBook

NAMES = ["北溪陈记卤味作坊", "北溪陈记卤味作坊（总店）", "云岭水碓年糕坊", "鹭洲点心铺", "南桥豆腐坊"]


def book(names: list[str]) -> NameBook:
    return NameBook(Listed(key, name, None, "339901") for key, name in enumerate(names, 1))


def test_a_part_of_a_name_offers_every_name_it_is_part_of() -> None:
    assert [one.name for one in book(NAMES).candidates("陈记卤味")] == NAMES[:2]


def test_a_slip_of_the_pen_still_finds_the_name() -> None:
    assert [one.name for one in book(NAMES).candidates("云岭水堆年糕坊")] == ["云岭水碓年糕坊"]


def test_nothing_is_offered_for_a_name_that_is_like_none() -> None:
    assert book(NAMES).candidates("海边烤鱼") == []
    assert book([]).candidates("陈记") == []


def test_no_more_are_offered_than_a_person_reads() -> None:
    many = book([f"陈记卤味{number}号店" for number in range(50)])
    assert len(many.candidates("陈记卤味")) == CANDIDATES


def test_the_same_name_twice_is_told_as_two() -> None:
    twice = book(["陈记卤味", "陈记 卤味"])
    assert [one.workshop for one in twice.named("陈记卤味")] == [1, 2]
