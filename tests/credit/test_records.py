"""Records refuse what cannot be, and can be seen as they stood on any day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from zuofang.credit.events import Annulled, Corrected, Stayed
from zuofang.credit.findings import Objection, Reinspection, Sample
from zuofang.credit.records import Dispute, Ground, Kind, Listing, Outcome, Penalty
from zuofang.rules.book import read_rules

DAY = date(2026, 3, 2)
parameters = read_rules().parameters


def test_a_decision_without_any_penalty_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one kind"):
        Penalty(decided_on=DAY, kinds=frozenset())


@pytest.mark.parametrize("fine", [None, Decimal(0), Decimal(-5)])
def test_a_fine_without_a_sum_is_refused(fine: Decimal | None) -> None:
    with pytest.raises(ValueError, match="sum above zero"):
        Penalty(decided_on=DAY, kinds=frozenset({Kind.fine}), fine=fine)


def test_a_sum_without_a_fine_is_refused() -> None:
    with pytest.raises(ValueError, match="only a fine has one"):
        Penalty(decided_on=DAY, kinds=frozenset({Kind.warning}), fine=Decimal(100))


def test_a_record_published_before_it_was_made_is_refused() -> None:
    with pytest.raises(ValueError, match="before it was made"):
        Listing(listed_on=DAY, grounds=(Ground.no_permit,), published_on=DAY - timedelta(days=1))


def test_a_listing_without_a_ground_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one ground"):
        Listing(listed_on=DAY, grounds=())


def test_a_record_seen_on_an_earlier_day_knows_nothing_of_later_days() -> None:
    stay = Stayed(on=date(2026, 4, 1), lifted_on=date(2026, 5, 1))
    penalty = Penalty(
        decided_on=DAY,
        published_on=date(2026, 3, 20),
        kinds=frozenset({Kind.goods_confiscated}),
        events=(Annulled(on=date(2026, 6, 1)), stay, Corrected(on=date(2026, 3, 25))),
    )
    assert penalty.as_of(date(2026, 3, 19)).published_on is None
    assert penalty.as_of(date(2026, 3, 19)).events == ()
    assert penalty.as_of(date(2026, 4, 30)).events == (Corrected(on=date(2026, 3, 25)), Stayed(on=stay.on))
    assert penalty.as_of(date(2026, 6, 1)).events[-1] == Annulled(on=date(2026, 6, 1))


def test_a_sample_seen_on_an_earlier_day_has_its_first_conclusion_only() -> None:
    sample = Sample(
        concluded_on=DAY,
        outcome=Outcome.failed,
        reinspection=Reinspection(asked_on=date(2026, 3, 9), concluded_on=date(2026, 4, 1), outcome=Outcome.passed),
        objections=(
            Objection(about=Dispute.method, filed_on=date(2026, 3, 9), decided_on=date(2026, 4, 8), upheld=True),
        ),
    )
    early = sample.as_of(date(2026, 3, 31))
    assert early.final_outcome is Outcome.failed
    assert early.refuted_on is None
    assert sample.as_of(date(2026, 3, 8)).reinspection is None
    assert sample.final_outcome is Outcome.passed
    assert sample.refuted_on == date(2026, 4, 8)


def test_every_kind_of_penalty_that_the_rules_name_is_one_a_record_can_have() -> None:
    kinds = {str(kind) for kind in Kind}
    for name in parameters.names():
        if name.startswith(
            ("pub.kinds.", "pub.minor.kinds", "pub.unpublished_kinds", "repair.excluded", "svl.heavier_k")
        ):
            for version in parameters.history(name):
                assert set(version.words) <= kinds, name
