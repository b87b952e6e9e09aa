"""``/rewards/``: what is paid for what, by which rule, and what was paid; nobody can be recognised."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, Response, current_app

from zuofang.reporting.cases.queries import Paid, paid
from zuofang.reporting.law.claims import Exclusion, RewardState
from zuofang.reporting.law.eligibility import EXCLUDED
from zuofang.reporting.law.offer import Example, offer
from zuofang.rules.parameters import Certainty, Parameter
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts
from zuofang.site.public.answers import page
from zuofang.site.window import window

pages = Blueprint("rewards", __name__)
CHECKED = (Certainty.full_text, Certainty.excerpt)
ASKS = {
    1: say("有详细的违法事实和直接证据，查下来完全相符，而且情节特别严重或者涉嫌犯罪"),
    2: say("有违法事实和直接证据，查下来完全相符"),
    3: say("有基本的违法事实和相关证据，查下来基本相符"),
}


@pages.get("/rewards/")
def rewards() -> Response:
    """What is paid for a report, by which rule, and what was paid."""
    here = window()
    place = current_app.config["ZUOFANG"].province
    with here.reading() as connection:
        totals = paid(connection, here.today, here.rules)
    fewest = Texts(here.rules, here.today)("rewards.suppress_below")
    return page(
        "public/rewards.html", offer=offer(here.today, place, here.rules), totals=totals, fewest=fewest.whole,
        asks=ASKS, article_of=article_of, excluded=excluded, yuan=yuan, result_of=result_of, half_of=half_of,
        is_checked=is_checked, on=here.today,
    )  # fmt: skip


def yuan(amount: Decimal) -> str:
    """A sum as it is read: thousands apart, no cents where there are none."""
    whole = amount == amount.to_integral_value()
    return f"{amount:,.0f}" if whole else f"{amount:,.2f}"


def result_of(example: Example) -> Sentence:
    """What an example brings."""
    match example.reward.state:
        case RewardState.due:
            return say("%(amount)s 元", amount=yuan(example.reward.amount))
        case RewardState.unknown:
            return say("还不能判断")
        case _:
            return say("没有奖励")


def half_of(total: Paid) -> Sentence:
    """A half-year in words."""
    year = str(total.year)
    return say("%(year)s 年上半年", year=year) if total.half == 1 else say("%(year)s 年下半年", year=year)


def excluded(words: tuple[str, ...]) -> list[Sentence]:
    """Who is not rewarded, in words."""
    return [EXCLUDED[Exclusion(word)] for word in words]


def article_of(article: str, measure: str) -> str:
    """An article as it is shown; only its number where it stands in the measure that the page names at its head."""
    name, _, number = article.partition(" ")
    return number if name == measure else article


def is_checked(rule: Parameter) -> bool:
    """Whether the text of a rule was read, so that the page need not say that it is still to be checked."""
    return rule.certainty in CHECKED
