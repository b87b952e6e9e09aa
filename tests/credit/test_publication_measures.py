"""Publication of interviews, orders to rectify and referrals: measures that are no penalty."""

from datetime import date

import pytest
from tests.credit.cases import ask, day

from zuofang.credit.events import Withdrawn
from zuofang.credit.facts import speaks_against
from zuofang.credit.measures import Called, Interview, Rectification, Referral
from zuofang.credit.publication import Standing
from zuofang.rules.parameters import Certainty

HELD = date(2026, 3, 2)


def interview(published: str | None = "2026-03-10", **more: object) -> Interview:
    return Interview(held_on=HELD, published_on=day(published), ground="抽检连续不合格", **more)  # type: ignore[arg-type]


def rectification(**more: object) -> Rectification:
    facts: dict[str, object] = {"published_on": day("2026-03-10"), **more}
    return Rectification(ordered_on=HELD, demands="修补防鼠设施", **facts)  # type: ignore[arg-type]


def test_an_interview_is_due_in_twenty_working_days_and_stands_three_months() -> None:
    due = ask(interview(None), "2026-03-10").due
    assert due is not None
    assert due.day == day("2026-03-30")
    found = ask(interview(), "2026-03-10")
    assert (found.standing, found.last_day) == (Standing.public, day("2026-06-10"))
    assert ask(interview(), "2026-06-11").standing is Standing.expired


def test_how_sure_we_are_that_an_interview_is_public_is_said_beside_it() -> None:
    reasons = ask(interview(), "2026-03-10").reasons
    assert {one.certainty for one in reasons if one.article.startswith(("食品安全法", "本站"))} == {Certainty.inferred}
    assert "约谈不是行政处罚" in [str(one.sentence) for one in reasons]


def test_an_interview_of_a_trade_says_nothing_against_those_called_in() -> None:
    found = interview(called=Called.trade, trade="米粉", place="北溪镇")
    assert not speaks_against(found)
    assert any("不表示这家作坊有违法行为" in str(one.sentence) for one in ask(found, "2026-03-10").reasons)


@pytest.mark.parametrize("more", [{"called": Called.trade, "trade": "米粉"}, {"trade": "米粉", "place": "北溪镇"}])
def test_an_interview_names_a_trade_and_a_place_or_neither(more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="trade"):
        interview(**more)


def test_an_order_to_rectify_is_open_until_it_is_accepted_and_then_stands_three_months() -> None:
    assert ask(rectification(), "2027-03-10").last_day is None
    done = rectification(done_on=day("2026-04-01"), accepted_on=day("2026-04-07"))
    assert ask(done, "2026-04-06").last_day is None
    assert ask(done, "2026-04-07").last_day == day("2026-07-07")
    assert speaks_against(done.as_of(date(2026, 4, 6)))
    assert not speaks_against(done.as_of(date(2026, 4, 7)))


def test_an_order_that_was_done_before_it_was_published_has_its_three_months_from_publication() -> None:
    assert ask(rectification(accepted_on=day("2026-03-05")), "2026-03-10").last_day == day("2026-06-10")


@pytest.mark.parametrize("more", [{}, {"returned_on": day("2026-05-01")}, {"convicted_on": day("2026-11-02")}])
def test_a_referral_is_public_on_no_day(more: dict[str, date]) -> None:
    found = Referral(referred_on=HELD, suspicion="生产、销售有毒、有害食品罪", **more)
    for on in ("2026-03-02", "2026-06-01", "2027-01-01"):
        assert ask(found, on).standing is Standing.never
    assert "政府信息公开条例 第十六条" in ask(found, "2026-06-01").reasons[0].article


def test_what_was_shown_in_error_is_taken_back_at_once() -> None:
    found = interview(events=(Withdrawn(on=date(2026, 4, 1)),))
    assert ask(found, "2026-03-31").public
    assert ask(found, "2026-04-01").standing is Standing.withdrawn
