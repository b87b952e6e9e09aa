"""Who is told what, by which article, and who never learns anything."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reporting.law.matter_histories import as_matter, random_history
from tests.reporting.law.matters import complaint, on, report, rules

from zuofang.reporting.law.matters import Matter, NoticeKind, ReportKind, Standing
from zuofang.reporting.law.notices import Channel, Notice, Recipient, notices
from zuofang.reporting.law.secrecy import Reader, Topic, may_learn, why_secret
from zuofang.rules.texts import Texts


def owed(matter: Matter) -> dict[NoticeKind, Notice]:
    return {one.kind: one for one in notices(matter, Texts(rules, matter.received_on))}


def articles(notice: Notice) -> str:
    return "；".join(rule.article for rule in notice.rules)


def test_a_named_reporter_is_told_of_the_filing_under_the_old_text_alone() -> None:
    assert owed(report("2026-04-14", "2026-04-20 filed"))[NoticeKind.filing].term.whole == 5
    assert NoticeKind.filing not in owed(report("2026-04-15", "2026-04-20 filed"))


def test_an_insider_is_still_told_of_the_filing() -> None:
    told = owed(report("2026-06-01", "2026-06-08 not_filed", standing=Standing.insider))[NoticeKind.filing]
    assert "37" in articles(told)
    assert not told.by_law
    before = report("2023-06-01", "2023-06-08 filed", standing=Standing.anonymous)
    assert NoticeKind.filing not in owed(before)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"food": False, "workshop": False, "unlicensed": True}, ["无证无照经营查处办法 第九条"]),
        ({"food": True, "workshop": False}, ["食品安全法 第一百一十五条"]),
        ({"food": False, "place": "330200"}, ["浙江省食品小作坊"]),
        ({"food": True, "unlicensed": True, "place": "330200"}, ["无证无照", "浙江省", "食品安全法"]),
    ],
)
def test_a_result_is_told_where_an_article_says_so_and_names_every_one(
    more: dict[str, object], named: list[str]
) -> None:
    told = owed(report("2026-06-01", "2026-06-08 not_filed", **more))[NoticeKind.result]
    assert len(told.rules) == len(named)
    assert all(name in articles(told) for name in named)


def test_a_result_is_not_told_where_no_article_says_so() -> None:
    assert owed(report("2026-06-01", "2026-06-08 not_filed", food=False, workshop=False, place="320281")) == {}
    anonymous = report(
        "2026-06-01", "2026-06-08 not_filed", food=False, workshop=False, unlicensed=True, standing=Standing.anonymous
    )
    assert owed(anonymous) == {}


def test_an_anonymous_reporter_is_answered_on_the_page_that_the_receipt_opens() -> None:
    told = owed(report("2026-06-01", "2026-06-08 not_filed", standing=Standing.anonymous))[NoticeKind.result]
    assert told.channel is Channel.receipt


def test_food_that_is_handed_over_is_told_in_writing_and_other_goods_only_since_order_121() -> None:
    assert owed(report("2026-03-02", "2026-03-04 handed_over"))[NoticeKind.hand_over].written
    assert owed(report("2026-03-02", "2026-03-04 handed_over", food=False)) == {}
    other = owed(report("2026-06-01", "2026-06-03 handed_over", food=False))[NoticeKind.hand_over]
    assert not other.written
    assert "第三十四条" in articles(other)


def test_a_reward_is_told_of_in_fifteen_working_days_of_the_closing() -> None:
    told = owed(report("2026-06-01", "2026-06-08 filed", "2026-08-03 closed", reward_due=True))[NoticeKind.reward]
    assert (told.since, told.term.whole) == (date(2026, 8, 3), 15)
    assert NoticeKind.reward not in owed(report("2026-06-01", "2026-08-03 closed"))


def test_the_end_of_a_mediation_is_told_to_both_sides() -> None:
    ended = complaint("2026-06-01", "2026-06-05 accepted", "2026-07-01 terminated", "2026-07-02 told termination")
    told = owed(ended)[NoticeKind.termination]
    assert (told.to, told.done_on) == (Recipient.both_parties, on("2026-07-02"))


@given(st.randoms(use_true_random=False))
def test_no_notice_of_a_report_ever_goes_to_the_other_side(random: object) -> None:
    history = random_history(random)  # type: ignore[arg-type]
    matter = as_matter(history)
    for told in owed(matter).values():
        assert told.rules
        if matter.kind is ReportKind.report:
            assert told.to is Recipient.reporter


def test_the_reported_party_and_the_unconcerned_learn_nothing_of_a_report() -> None:
    for reader, topic in itertools.product((Reader.reported, Reader.unconcerned, Reader.public), Topic):
        assert not may_learn(reader, topic, ReportKind.report)


def test_nobody_but_the_custodian_learns_who_reported_and_nobody_but_finance_the_account() -> None:
    ours = set(Reader) - {Reader.sender}
    assert {one for one in ours if may_learn(one, Topic.person, ReportKind.report)} == {Reader.custodian}
    for kind in ReportKind:
        assert {one for one in Reader if may_learn(one, Topic.account, kind)} == {Reader.finance}


def test_the_trader_learns_of_a_complaint_what_the_mediation_needs_and_no_more() -> None:
    seen = {topic for topic in Topic if may_learn(Reader.reported, topic, ReportKind.complaint)}
    assert seen == {Topic.person, Topic.handling, Topic.mediation}


def test_whoever_asks_in_vain_is_told_the_article() -> None:
    assert "第三十七条" in why_secret(Texts(rules, date(2026, 6, 1))).article
    assert "第三十三条" in why_secret(Texts(rules, date(2026, 4, 1))).article
