"""What ends a publication early, what brings it back, and what only leaves a remark."""

from datetime import date
from typing import Any

import pytest
from tests.credit.cases import ask, day, listing, penalty

from zuofang.credit.events import (
    Annulled,
    Change,
    Corrected,
    Delisted,
    Deregistered,
    Event,
    Repaired,
    RepairRefused,
    RepairRevoked,
    Repeated,
    Stayed,
    Withdrawn,
)
from zuofang.credit.publication import Standing
from zuofang.credit.records import Kind, Penalty, Tier

SERIOUS: dict[str, Any] = {"tier": Tier.ordinary}


def fined(*events: Event, decided: str = "2026-01-05", published: str | None = "2026-01-12", **more: Any) -> Penalty:
    return penalty(decided, published=published, events=events, **{**SERIOUS, **more})


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("change", list(Change))
def test_a_decision_that_fell_is_withdrawn_within_three_working_days(change: Change) -> None:
    record = fined(Annulled(on=on("2026-04-30"), change=change))
    assert ask(record, "2026-04-29").public
    found = ask(record, "2026-04-30")
    assert (found.standing, found.last_day, found.parts) == (Standing.withdrawn, day("2026-04-29"), ())
    assert found.take_down_by is not None
    assert found.take_down_by.day == day("2026-05-08")
    assert any(str(change) in str(reason) and "第十一条" in reason.article for reason in found.reasons)


def test_a_listing_whose_basis_fell_is_withdrawn_within_three_working_days() -> None:
    found = ask(listing("2026-03-02", published="2026-03-09", events=(Annulled(on=on("2026-04-30")),)), "2026-05-01")
    assert found.standing is Standing.withdrawn
    assert found.take_down_by is not None
    assert found.take_down_by.day == day("2026-05-08")
    assert any("第十九条" in reason.article for reason in found.reasons)


def test_what_was_shown_in_error_goes_at_once() -> None:
    found = ask(fined(Withdrawn(on=on("2026-04-30"))), "2026-04-30")
    assert found.standing is Standing.withdrawn
    assert found.take_down_by is not None
    assert found.take_down_by.day == day("2026-04-30")


def test_a_correction_changes_no_date() -> None:
    found = ask(fined(Corrected(on=on("2026-02-02"))), "2026-03-01")
    assert (found.standing, found.last_day) == (Standing.public, day("2029-01-12"))
    assert any("更正" in str(reason) for reason in found.reasons)


def test_a_granted_repair_takes_a_penalty_down() -> None:
    record = fined(Repaired(on=on("2027-01-20")))
    assert ask(record, "2027-01-19").public
    assert ask(record, "2027-01-20").standing is Standing.repaired


def test_no_repair_takes_down_the_heaviest_kinds() -> None:
    found = ask(
        penalty("2026-01-05", Kind.permit_revoked, published="2026-01-12", events=(Repaired(on=on("2027-02-01")),)),
        "2027-02-02",
    )
    assert (found.standing, found.last_day) == (Standing.public, day("2029-01-12"))
    assert any("不得提前停止公示" in str(reason) for reason in found.reasons)


def test_fraud_in_a_repair_restarts_the_term_and_ends_the_chance_of_another() -> None:
    events = (Repaired(on=on("2027-01-20")), RepairRevoked(on=on("2027-06-01")), Repaired(on=on("2028-07-01")))
    record = fined(*events)
    assert ask(record, "2027-05-31").standing is Standing.repaired
    found = ask(record, "2028-07-02")
    assert (found.standing, found.last_day, found.repair_from) == (Standing.public, day("2030-06-01"), None)


def test_before_the_text_of_2025_a_revoked_repair_resumes_the_old_term() -> None:
    record = fined(
        Repaired(on=on("2024-10-08")), RepairRevoked(on=on("2025-12-24")), decided="2024-03-01", published="2024-03-11"
    )
    assert ask(record, "2026-01-01").last_day == day("2027-03-11")
    restarted = fined(
        Repaired(on=on("2024-10-08")), RepairRevoked(on=on("2025-12-25")), decided="2024-03-01", published="2024-03-11"
    )
    assert ask(restarted, "2026-01-01").last_day == day("2028-12-25")


def test_a_refusal_for_fraud_bars_applications_for_three_years() -> None:
    assert ask(fined(RepairRefused(on=on("2026-02-02"), fraud=True)), "2026-03-01").repair_from is None
    barred = penalty(
        "2026-01-05",
        Kind.barred,
        published="2026-01-12",
        restricted_until=on("2027-06-30"),
        events=(RepairRefused(on=on("2026-01-12"), fraud=True),),
    )
    assert ask(barred, "2026-03-01").repair_from == day("2029-01-12")
    assert ask(fined(RepairRefused(on=on("2026-02-02"))), "2026-03-01").repair_from == day("2027-01-12")


def test_a_second_breach_of_the_same_kind_ends_the_chance_of_an_early_stop() -> None:
    record = fined(Repeated(on=on("2026-08-03")), Repaired(on=on("2027-02-01")))
    assert ask(record, "2026-08-02").repair_from == day("2027-01-12")
    assert ask(record, "2026-08-03").repair_from is None
    assert ask(record, "2027-03-01").public


def test_who_is_listed_loses_the_early_removal_by_the_article_on_listings() -> None:
    listed = listing("2026-03-02", published="2026-03-09", events=(Repeated(on=on("2026-08-03")),))
    found = ask(listed, "2026-08-03")
    assert found.repair_from is None
    (told,) = [reason for reason in found.reasons if "再次受到" in str(reason.sentence)]
    assert str(told.sentence) == "再次受到市场监管部门较重行政处罚，不能提前移出名单"
    assert told.article == "市场监督管理信用修复管理办法（总局令第107号） 第十三条"


DELISTED = Delisted(on=on("2027-02-01"))


@pytest.mark.parametrize(
    ("record", "standing"),
    [
        (fined(DELISTED), Standing.repaired),
        (penalty("2026-01-05", Kind.closed, published="2026-01-12", events=(DELISTED,)), Standing.public),
        (
            penalty(
                "2026-01-05",
                Kind.shut_down,
                published="2026-01-12",
                restricted_until=on("2027-02-01"),
                events=(DELISTED,),
            ),
            Standing.public,
        ),
        (
            penalty(
                "2026-01-05",
                Kind.shut_down,
                published="2026-01-12",
                restricted_until=on("2027-01-31"),
                events=(DELISTED,),
            ),
            Standing.repaired,
        ),
    ],
)
def test_removal_from_the_list_ends_the_related_penalty_unless_it_keeps_its_own_term(
    record: Penalty, standing: Standing
) -> None:
    assert ask(record, "2027-02-02").standing is standing


@pytest.mark.parametrize(("removed", "standing"), [("2025-12-24", Standing.public), ("2025-12-25", Standing.repaired)])
def test_removal_from_the_list_touches_penalties_only_since_2025_12_25(removed: str, standing: Standing) -> None:
    record = fined(Delisted(on=on(removed)), decided="2024-03-01", published="2024-03-11")
    assert ask(record, "2026-01-05").standing is standing


def test_a_removed_listing_is_down_and_comes_back_for_three_years_where_the_removal_was_got_by_fraud() -> None:
    events = (Delisted(on=on("2027-03-10")), RepairRevoked(on=on("2027-09-01")))
    record = listing("2026-03-02", published="2026-03-09", events=events)
    removed = ask(record, "2027-03-10")
    assert removed.standing is Standing.repaired
    assert removed.take_down_by is not None
    assert removed.take_down_by.day == day("2027-03-15")
    back = ask(record, "2027-09-01")
    assert (back.standing, back.last_day, back.repair_from) == (Standing.public, day("2030-09-01"), None)


def test_deregistration_ends_a_publication_but_not_a_bar_on_a_person() -> None:
    gone = Deregistered(on=on("2026-08-03"))
    assert ask(fined(gone), "2026-08-03").standing is Standing.ended
    barred = penalty(
        "2026-01-05", Kind.barred, published="2026-01-12", restricted_until=on("2027-01-04"), events=(gone,)
    )
    assert ask(barred, "2027-01-04").public
    assert ask(barred, "2027-01-05").standing is Standing.ended
    for_life = penalty("2026-01-05", Kind.barred, published="2026-01-12", events=(gone,))
    assert ask(for_life, "2036-01-01").public


def test_who_was_deregistered_before_is_covered_from_the_first_day_of_the_article() -> None:
    record = fined(Deregistered(on=on("2024-08-05")), decided="2024-03-01", published="2024-03-11")
    assert ask(record, "2025-12-24").public
    found = ask(record, "2025-12-25")
    assert (found.standing, found.last_day) == (Standing.ended, day("2025-12-24"))


def test_a_stay_hides_a_record_and_does_not_stop_its_term() -> None:
    stay = Stayed(on=on("2026-02-02"), lifted_on=on("2026-03-02"))
    assert ask(fined(stay), "2026-02-01").public
    assert ask(fined(stay), "2026-02-02").standing is Standing.stayed
    assert ask(fined(stay), "2026-03-02").public
    assert ask(penalty("2026-01-05", published="2026-01-12", events=(stay,)), "2026-03-02").last_day == day(
        "2026-04-12"
    )


def test_what_falls_before_it_was_published_is_not_published() -> None:
    found = ask(fined(Annulled(on=on("2026-01-08")), published=None), "2026-01-09")
    assert (found.standing, found.first_day, found.parts) == (Standing.withdrawn, None, ())


def test_an_annulled_decision_does_not_come_back_when_its_repair_is_revoked() -> None:
    events = (Repaired(on=on("2027-01-20")), Annulled(on=on("2027-02-01")), RepairRevoked(on=on("2027-06-01")))
    found = ask(fined(*events), "2027-07-01")
    assert (found.standing, found.last_day) == (Standing.withdrawn, day("2027-01-19"))


def test_events_after_the_end_of_the_term_change_nothing() -> None:
    light = penalty("2026-01-05", published="2026-01-12", events=(Annulled(on=on("2026-04-13")),))
    assert ask(light, "2026-05-01").standing is Standing.expired
    assert ask(light, "2026-05-01").last_day == day("2026-04-12")


def test_an_event_before_the_record_is_refused() -> None:
    with pytest.raises(ValueError, match="an event lies before"):
        fined(Corrected(on=on("2026-01-04")))
