"""The parameters of complaints, reports and rewards: complete, dated, with article and certainty."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from zuofang.reporting.law.claims import Exclusion, RewardField
from zuofang.reporting.law.matters import StopCause
from zuofang.rules.book import read_rules
from zuofang.rules.parameters import Certainty, NoSuchRule, Unit

RULES = read_rules().parameters
ROOMS = ("complaint.", "report.", "case.", "channels.", "not_a_report", "reward.", "rewards.", "worklist.", "serial.")
MINE = [name for name in RULES.names() if name.startswith(ROOMS)]
OLD, NEW, BEFORE_REWARDS, REWARDS = date(2026, 4, 14), date(2026, 4, 15), date(2021, 11, 30), date(2021, 12, 1)
ASKED_FOR = """
complaint.accept_decision complaint.reject_notice complaint.required complaint.identity_proof complaint.proxy
complaint.joint_representatives complaint.reject_grounds complaint.non_consumer_signals complaint.limitation
complaint.place complaint.mediation_limit complaint.termination_notice complaint.termination_grounds
complaint.clue_check complaint.delegate complaint.fraud_referral complaint.publication report.required
report.anonymous report.realname report.form_fields report.place report.check report.check_extension
report.check_stops report.notify_filing report.notify_filing.insider report.notify_result
report.notify_result.unlicensed report.notify_result.food report.notify_result.workshop.33 report.duplicate
report.no_power report.power_dispute report.confidentiality report.retaliation channels.named
channels.single_system not_a_report case.decide case.extend_1 case.extend_2 case.excluded
case.statement_or_hearing case.serve_decision case.public_notice_service case.pay case.simple_procedure.person
case.limitation case.number_pattern reward.legal_basis reward.scope reward.fields reward.large_fine.33.other
reward.large_fine.21.citizen reward.who reward.when reward.grade1 reward.grade2.percent reward.grade3.floor
reward.cap reward.finance_consult reward.insider.33 reward.insider.3509 reward.insider_who reward.insider_poster
reward.conditions reward.exclusions reward.same_clue reward.notify reward.starts_by reward.claim
reward.claim_extension reward.review reward.claim_docs reward.anonymous reward.local_minor.3501.cap
reward.jiangxi_old.36.percent
"""


def test_every_parameter_of_the_law_is_there() -> None:
    assert [name for name in ASKED_FOR.split() if name not in MINE] == []
    assert len(MINE) > 120


def test_every_parameter_names_its_article_and_how_sure_we_are() -> None:
    for name in MINE:
        for one in RULES.history(name):
            assert one.article, name
            own = one.article == "本站提示规则"
            assert not own or one.certainty is Certainty.inferred, f"{name}: a rule of our own is no text of law"


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("complaint.mediation_limit", ("45", Unit.working_days), ("60", Unit.natural_days)),
        ("complaint.accept_decision", ("7", Unit.working_days), ("7", Unit.working_days)),
        ("complaint.termination_notice", ("7", Unit.working_days), ("7", Unit.working_days)),
        ("report.check", ("15", Unit.working_days), ("15", Unit.working_days)),
    ],
)
def test_the_old_measure_ends_the_day_before_the_new_one_begins(
    name: str, before: tuple[str, Unit], after: tuple[str, Unit]
) -> None:
    assert (RULES(name, OLD).value, RULES(name, OLD).unit) == before
    assert (RULES(name, NEW).value, RULES(name, NEW).unit) == after


def test_what_order_121_took_away_and_brought() -> None:
    assert RULES("report.notify_filing", OLD).whole == 5
    with pytest.raises(NoSuchRule):
        RULES("report.notify_filing", NEW)
    with pytest.raises(NoSuchRule):
        RULES("report.restart", OLD)
    grounds = {day: len(RULES("complaint.reject_grounds", day).words) for day in (OLD, NEW)}
    assert grounds == {OLD: 6, NEW: 7}


def test_the_measures_on_rewards_follow_each_other_without_a_gap() -> None:
    for name in ("reward.text", "reward.scope", "reward.cap", "reward.grade1.percent", "reward.claim", "reward.base"):
        old, new = RULES.history(name)
        assert old.until is not None
        assert old.until + timedelta(days=1) == new.since == REWARDS
    assert (RULES("reward.cap", BEFORE_REWARDS).whole, RULES("reward.cap", REWARDS).whole) == (500_000, 1_000_000)


def test_the_words_of_the_law_are_words_that_the_rules_know() -> None:
    causes = {str(cause.value) for cause in StopCause}
    for name in ("report.check_stops", "case.excluded", "complaint.mediation_stops"):
        assert set(RULES(name, NEW).words) <= causes
    assert set(RULES("reward.exclusions", NEW).words) == {one.value for one in Exclusion}
    assert set(RULES("reward.fields", NEW).words) == {one.value for one in RewardField} - {"other"}
