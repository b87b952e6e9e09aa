"""The verdict: every row of the table, the order of strength, and that a blank is never good news."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuofang.rules.book import read_rules
from zuofang.traceability.models import BatchState, Conclusion, Method, RestrictionKind
from zuofang.traceability.verdict import (
    STRENGTH,
    CertificateFacts,
    FailedSample,
    LabelFacts,
    RecallFacts,
    RestrictionFacts,
    ScanFacts,
    TestFacts,
    Verdict,
    answer,
)

RULES = read_rules()
TODAY = date(2026, 11, 20)
MADE = date(2026, 11, 10)
PAPER = CertificateFacts("ZF1", date(2025, 1, 1), date(2028, 1, 1), None)
PASSED = TestFacts(Conclusion.passed, Method.regular, date(2026, 11, 11), "检验室", "1")
GOOD = LabelFacts(
    made_on=MADE, best_before=date(2026, 11, 25), state=BatchState.released, decided_on=date(2026, 11, 11),
    block_reason=None, tests=(PASSED,), certificates=(PAPER,),
)  # fmt: skip

RECALLED = RecallFacts(2, "霉菌超标", date(2026, 11, 15), None)
CLOSED_THEN = RestrictionFacts(RestrictionKind.closed, date(2026, 11, 1), date(2026, 11, 15), "卫生条件恶劣")
SUSPENDED_NOW = RestrictionFacts(RestrictionKind.suspended, date(2026, 11, 18), None, "整改未完成")
RECTIFYING = RestrictionFacts(RestrictionKind.rectifying, date(2026, 11, 1), None, "纱窗破损")
FAILED = replace(PASSED, conclusion=Conclusion.failed)
SAMPLE = FailedSample(date(2026, 3, 1), "脱氢乙酸", "第 7 期")


def judged(on: date = TODAY, **changes: object) -> Verdict:
    return answer(replace(GOOD, **changes), on, RULES).verdict  # type: ignore[arg-type] - cases are a table


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.released),
        ({"recalls": (RECALLED,)}, Verdict.do_not_eat),
        ({"tests": (FAILED,)}, Verdict.do_not_eat),
        ({"state": BatchState.blocked}, Verdict.do_not_eat),
        ({"restrictions": (CLOSED_THEN,)}, Verdict.do_not_eat),
        ({"certificates": (replace(PAPER, revoked_on=MADE),)}, Verdict.do_not_eat),
        ({"tests": ()}, Verdict.not_released),
        ({"tests": (replace(PASSED, conclusion=Conclusion.undecided),)}, Verdict.not_released),
        ({"tests": (replace(FAILED, method=Method.quick),)}, Verdict.not_released),
        ({"state": BatchState.pending}, Verdict.not_released),
        ({"best_before": date(2026, 11, 19)}, Verdict.past_date),
        ({"best_before": TODAY}, Verdict.released),
        ({"best_before": None}, Verdict.released),
        ({"certificates": ()}, Verdict.take_care),
        ({"certificates": (replace(PAPER, until=date(2026, 11, 19)),)}, Verdict.take_care),
        ({"certificates": (replace(PAPER, until=TODAY),)}, Verdict.released),
        ({"certificates": (replace(PAPER, revoked_on=date(2026, 11, 15)),)}, Verdict.take_care),
        ({"listed_since": date(2026, 1, 1)}, Verdict.take_care),
        ({"restrictions": (SUSPENDED_NOW,)}, Verdict.take_care),
        ({"restrictions": (RECTIFYING,)}, Verdict.take_care),
        ({"failed_samples": (SAMPLE,)}, Verdict.take_care),
        ({"failed_samples": (replace(SAMPLE, published_on=date(2025, 11, 19)),)}, Verdict.released),
        ({"failed_samples": (replace(SAMPLE, published_on=date(2025, 11, 20)),)}, Verdict.take_care),
        ({"label_revoked": "整卷被盗"}, Verdict.take_care),
        ({"scans": ScanFacts(19, 1, is_item=True)}, Verdict.released),
        ({"scans": ScanFacts(20, 1, is_item=True)}, Verdict.take_care),
        ({"scans": ScanFacts(999, 100, is_item=False)}, Verdict.released),
        ({"scans": ScanFacts(1000, 100, is_item=False)}, Verdict.take_care),
    ],
)
def test_each_fact_gives_its_verdict(changes: dict[str, object], verdict: Verdict) -> None:
    assert judged(**changes) is verdict


def test_all_reasons_are_shown_strongest_first() -> None:
    facts = replace(GOOD, recalls=(RECALLED,), best_before=date(2026, 11, 12), label_revoked="整卷被盗", tests=())
    found = answer(facts, TODAY, RULES)
    kinds = [reason.verdict for reason in found.reasons]
    assert kinds == [Verdict.do_not_eat, Verdict.not_released, Verdict.past_date, Verdict.take_care]
    assert "霉菌超标" in str(found.reasons[0].sentence)


def test_a_quick_test_that_passed_never_outweighs_a_regular_one_that_failed() -> None:
    quick = replace(PASSED, method=Method.quick, tested_on=date(2026, 11, 19))
    assert judged(tests=(FAILED, quick)) is Verdict.do_not_eat


def test_a_blank_batch_is_never_good_news() -> None:
    blank = LabelFacts(made_on=MADE, best_before=None, state=BatchState.pending, decided_on=None, block_reason=None)
    assert answer(blank, TODAY, RULES).verdict is Verdict.not_released


worse = st.sampled_from([
    {"recalls": (RECALLED,)}, {"tests": ()}, {"state": BatchState.blocked}, {"certificates": ()},
    {"best_before": date(2026, 11, 11)}, {"listed_since": TODAY}, {"label_revoked": "x"},
])  # fmt: skip


@given(worse, worse)
def test_bad_news_on_top_of_bad_news_never_makes_a_better_verdict(
    first: dict[str, object], second: dict[str, object]
) -> None:
    assert STRENGTH[judged(**{**first, **second})] <= min(STRENGTH[judged(**first)], STRENGTH[judged(**second)])


@given(st.integers(0, 4000))
def test_time_alone_never_turns_a_packet_good(days: int) -> None:
    later = TODAY + timedelta(days=days)
    assert STRENGTH[judged(on=later)] <= STRENGTH[judged(on=TODAY)]
