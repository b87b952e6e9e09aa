"""Clocked cases: refused with every obstacle, counted to their last days, and each act taken back by its opposite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests import scene
from tests.credit import filed
from tests.scene import WHY

from zuofang.credit.acts import cases, links
from zuofang.credit.file import standing_of, value_of
from zuofang.credit.findings import Sample
from zuofang.credit.models import CaseKind, CreditCase, CreditRecord, LinkKind
from zuofang.credit.publication import Standing
from zuofang.credit.records import Dispute, Outcome
from zuofang.credit.remedies import remedies
from zuofang.storage.acts import Desk, Office, Refused

TODAY = filed.TODAY
OLD = replace(filed.FINE, decided_on=date(2025, 10, 20), performed_on=date(2025, 11, 3), rectified_on=date(2025, 11, 3))
SERVED = replace(filed.FAILED, concluded_on=date(2026, 11, 9), served_on=date(2026, 11, 12))


@pytest.fixture
def on_record(office: Office) -> Callable[..., int]:
    """Enters a record and answers its key."""

    def enter(value: object, *, published: bool = True) -> int:
        with office.writing("officer") as desk:
            workshop = scene.build(desk).workshop.id
        when = filed.at(office, date(2025, 10, 30)) if value is OLD else office
        return filed.filed(when, workshop, value, published=published)  # type: ignore[arg-type]

    return enter


def of(desk: Desk, key: int) -> CreditRecord:
    return desk.session.get_one(CreditRecord, key)


def case_of(desk: Desk, key: int) -> CreditCase:
    return of(desk, key).cases[-1]


def standing(office: Office, key: int) -> Standing:
    with office.writing("reader") as desk:
        found = standing_of(of(desk, key), TODAY, desk.rules)
        assert found is not None
        return found.standing


def sample(office: Office, key: int) -> Sample:
    with office.writing("reader") as desk:
        found = value_of(of(desk, key))
        assert isinstance(found, Sample)
        return found


def test_an_application_that_comes_too_early_is_refused_with_the_day_and_the_article(
    office: Office, on_record: Callable[..., int]
) -> None:
    key = on_record(replace(filed.FINE, performed_on=None))
    with (
        pytest.raises(Refused, match=r"2027-10-12起才可以申请（.*第十六条.*）；尚未履行决定确定的义务"),
        office.writing("officer") as desk,
    ):
        cases.apply_for_repair(desk, of(desk, key), TODAY, "已经整改", WHY)


def test_a_granted_repair_ends_the_publication_and_its_opposite_brings_it_back(
    office: Office, on_record: Callable[..., int]
) -> None:
    key = on_record(OLD)
    with office.writing("officer") as desk:
        case = cases.apply_for_repair(desk, of(desk, key), date(2026, 11, 16), "已经整改", WHY)
        cases.accept(desk, case, date(2026, 11, 17), WHY)
        cases.decide(desk, case, TODAY, WHY, granted=True)
        cases.done(desk, case, TODAY, WHY)
    assert standing(office, key) is Standing.repaired
    with office.writing("officer") as desk:
        cases.undo_decision(desk, case_of(desk, key), WHY)
    assert standing(office, key) is Standing.public
    with office.writing("officer") as desk:
        case = case_of(desk, key)
        assert (case.decided_on, case.granted, case.done_on) == (None, None, None)


def test_the_steps_of_a_repair_have_their_last_days_and_an_extension_needs_a_name(
    office: Office, on_record: Callable[..., int]
) -> None:
    key = on_record(OLD)
    with office.writing("officer") as desk:
        case = cases.apply_for_repair(desk, of(desk, key), date(2026, 11, 16), "已经整改", WHY)
        assert [step.due.day for step in cases.steps(case, desk.rules)][:1] == [date(2026, 11, 18)]
        cases.accept(desk, case, date(2026, 11, 17), WHY)
        assert cases.steps(case, desk.rules)[1].due.day == date(2026, 11, 26)
        for name in ("", "officer"):
            with pytest.raises(Refused, match="另一位负责人"):
                cases.extend(desk, case, name, WHY)
        cases.extend(desk, case, "局长", WHY)
        assert cases.steps(case, desk.rules)[1].due.day == date(2026, 12, 10)
        cases.undo_extension(desk, case, WHY)
        assert cases.steps(case, desk.rules)[1].due.day == date(2026, 11, 26)
        cases.undo_acceptance(desk, case, WHY)
        assert case.accepted_on is None


def test_an_upheld_objection_withdraws_the_conclusion(office: Office, on_record: Callable[..., int]) -> None:
    key = on_record(SERVED)
    with office.writing("officer") as desk:
        case = cases.object_to_sample(desk, of(desk, key), Dispute.method, date(2026, 11, 16), "方法不适用", WHY)
        assert cases.steps(case, desk.rules)[0].was_late is False
        cases.accept(desk, case, date(2026, 11, 17), WHY)
        cases.decide(desk, case, TODAY, WHY, granted=True)
    assert sample(office, key).refuted_on == TODAY
    assert standing(office, key) is Standing.withdrawn
    with office.writing("officer") as desk:
        cases.undo_decision(desk, case_of(desk, key), WHY)
        cases.take_back(desk, case_of(desk, key), WHY)
    assert sample(office, key).objections == ()


def test_the_days_of_an_objection_run_from_the_taking_or_from_the_receipt_of_the_conclusion(
    office: Office, on_record: Callable[..., int]
) -> None:
    key = on_record(replace(SERVED, sampled_on=date(2026, 10, 19)))
    with office.writing("officer") as desk:
        record = of(desk, key)
        found = {
            one.about: one.until for one in remedies(value_of(record), date(2026, 11, 16), desk.rules) if one.about
        }
        assert {about: until.day for about, until in found.items() if until} == {
            about: date(2026, 11, 23) for about in (Dispute.authenticity, Dispute.method, Dispute.standard)
        }
        assert Dispute.sampling in {one.about for one in remedies(value_of(record), date(2026, 10, 28), desk.rules)}
    with (
        pytest.raises(Refused, match=r"逾期提出异议，最后一日为2026-10-28（.*第三十七条）"),
        office.writing("officer") as desk,
    ):
        cases.object_to_sample(desk, of(desk, key), Dispute.sampling, date(2026, 11, 16), "抽样方法不当", WHY)


def test_no_objection_is_late_while_the_receipt_of_the_conclusion_is_not_on_record(
    office: Office, on_record: Callable[..., int]
) -> None:
    key = on_record(replace(SERVED, served_on=None))
    with office.writing("officer") as desk:
        record = of(desk, key)
        (open_ended,) = {one.until for one in remedies(value_of(record), TODAY, desk.rules)}
        assert open_ended is None
        case = cases.object_to_sample(desk, record, Dispute.method, TODAY, "方法不适用", WHY)
        assert cases.steps(case, desk.rules)[0].was_late is False


def test_a_second_test_that_passes_counts_and_a_late_request_is_refused(
    office: Office, on_record: Callable[..., int]
) -> None:
    key = on_record(SERVED)
    with office.writing("officer") as desk:
        case = cases.ask_for_reinspection(desk, of(desk, key), date(2026, 11, 16), "请求复检", WHY)
        assert len(cases.steps(case, desk.rules)) == 6
        cases.accept(desk, case, date(2026, 11, 17), WHY)
        cases.decide(desk, case, TODAY, WHY, granted=True)
    assert sample(office, key).final_outcome is Outcome.passed
    with office.writing("officer") as desk:
        cases.undo_decision(desk, case_of(desk, key), WHY)
    assert sample(office, key).final_outcome is Outcome.failed
    with pytest.raises(Refused, match="逾期提出申请"), office.writing("officer") as desk:
        cases.ask_for_reinspection(desk, of(desk, key), date(2026, 12, 1), "请求复检", WHY)


@pytest.mark.parametrize(
    ("value", "given", "said"),
    [
        (replace(SERVED, microbiological=True), {}, "微生物指标不合格，不予复检"),
        (SERVED, {"keeps_until": date(2026, 11, 15)}, "备份样品超过保质期"),
        (SERVED, {"backup_usable": False}, "备份样品无法实现复检目的"),
        (replace(SERVED, served_on=None), {}, "已经送达的不合格结论"),
        (filed.FINE, {}, "只有监督抽检"),
    ],
)
def test_what_cannot_be_tested_again_is_refused(
    office: Office, on_record: Callable[..., int], value: object, given: dict[str, object], said: str
) -> None:
    key = on_record(value, published=False)
    with pytest.raises(Refused, match=said), office.writing("officer") as desk:
        cases.ask_for_reinspection(desk, of(desk, key), date(2026, 11, 16), "请求复检", WHY, **given)  # type: ignore[arg-type]


def test_a_case_is_turned_away_decided_once_and_never_twice_open(office: Office, on_record: Callable[..., int]) -> None:
    key = on_record(SERVED)
    with office.writing("officer") as desk:
        record = of(desk, key)
        case = cases.ask_for_reinspection(desk, record, date(2026, 11, 16), "请求复检", WHY)
        with pytest.raises(Refused, match="未办结的同类申请"):
            cases.ask_for_reinspection(desk, record, date(2026, 11, 16), "再请求", WHY)
        with pytest.raises(Refused, match="没有受理的申请"):
            cases.decide(desk, case, TODAY, WHY, granted=True)
        cases.turn_away(desk, case, date(2026, 11, 17), WHY)
        with pytest.raises(Refused, match="已经决定"):
            cases.accept(desk, case, date(2026, 11, 18), WHY)
    assert sample(office, key).reinspection is None


def test_fraud_bars_further_applications(office: Office, on_record: Callable[..., int]) -> None:
    key = on_record(OLD)
    with office.writing("officer") as desk:
        record = of(desk, key)
        case = cases.apply_for_repair(desk, record, date(2026, 11, 16), "已经整改", WHY)
        cases.accept(desk, case, date(2026, 11, 17), WHY)
        with pytest.raises(Refused, match="弄虚作假只能是"):
            cases.decide(desk, case, TODAY, WHY, granted=True, fraud=True)
        cases.decide(desk, case, date(2026, 11, 18), WHY, granted=False, fraud=True)
        with pytest.raises(Refused):
            cases.apply_for_repair(desk, record, TODAY, "再次申请", WHY)
    assert case.kind is CaseKind.repair


def test_a_removal_from_the_list_ends_the_penalty_it_rests_on_and_its_opposite_brings_both_back(
    office: Office, on_record: Callable[..., int]
) -> None:
    fined = on_record(replace(filed.FINE, decided_on=date(2025, 9, 1), performed_on=None))
    done = {"listed_on": date(2025, 9, 8), "consent_on": date(2025, 9, 8), "performed_on": date(2025, 10, 20)}
    listed = filed.filed(office, 1, replace(filed.LISTED, **done, rectified_on=date(2025, 10, 20)))
    with office.writing("officer") as desk:
        links.link(desk, of(desk, fined), of(desk, listed), LinkKind.led_to, WHY)
        case = cases.apply_for_repair(desk, of(desk, listed), TODAY, "已经整改", WHY)
        cases.accept(desk, case, TODAY, WHY)
        cases.decide(desk, case, TODAY, WHY, granted=True)
    assert (standing(office, listed), standing(office, fined)) == (Standing.repaired, Standing.repaired)
    with office.writing("officer") as desk:
        cases.undo_decision(desk, case_of(desk, listed), "录入有误")
    assert (standing(office, listed), standing(office, fined)) == (Standing.public, Standing.public)
