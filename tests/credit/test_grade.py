"""Grades: what adds up, what caps, what moves a grade, until when, and that no day's grade depends on later days."""

from dataclasses import fields
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.credit.cases import listing, penalty, rules
from tests.credit.histories import as_record, random_history

from zuofang.credit.events import Annulled, Repaired
from zuofang.credit.facts import Behaved, Certified, Conduct, Facts
from zuofang.credit.findings import Inspection, Sample
from zuofang.credit.grade import Grade, grade
from zuofang.credit.records import Kind, Outcome, Record, Result, Tier
from zuofang.rules.grade_rules import Part, read_grade_rules
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.tables import RuleFileError

ORDER = "ABCD"


def on(text: str) -> date:
    return date.fromisoformat(text)


def facts(*records: Record, **more: Any) -> Facts:
    return Facts(**{"registered_on": on("2025-06-02"), "categories": ("pastry",), "records": records, **more})


def risk(known: Facts, day: str = "2026-06-01") -> Grade:
    return grade(known, on(day), "risk", rules)


def inspection(day: str, result: Result = Result.not_conforming) -> Inspection:
    return Inspection(found_on=on(day), result=result, published_on=on(day))


def failed(day: str) -> Sample:
    return Sample(concluded_on=on(day), outcome=Outcome.failed, published_on=on(day))


SERIOUS = penalty("2026-04-15", published="2026-04-20", tier=Tier.ordinary)


def test_a_workshop_with_nothing_against_it_has_its_static_points_only() -> None:
    found = risk(facts(categories=("cooked-meat", "bulk-ready-to-eat"), in_zone=False))
    assert (found.letter, found.score, found.points) == ("B", 35, {Part.static: 35, Part.dynamic: 0})


def test_a_category_no_line_names_counts_as_the_others() -> None:
    assert risk(facts(categories=("tea",))).score == 10
    assert risk(facts(categories=("pastry", "cooked-meat", "baijiu"))).score == 25


@pytest.mark.parametrize(
    ("records", "score", "letter"),
    [
        ((inspection("2026-05-06", Result.conforming),), 10, "A"),
        ((inspection("2026-05-06", Result.largely_conforming),), 15, "A"),
        ((inspection("2026-05-06"),), 25, "A"),
        ((inspection("2026-05-06"), inspection("2026-05-07"), inspection("2026-05-08")), 40, "B"),
        ((SERIOUS,), 25, "A"),
        ((failed("2026-05-06"),), 25, "B"),
        ((failed("2026-05-06"), failed("2026-05-07")), 40, "C"),
        ((listing("2026-04-15", published="2026-04-20"),), 10, "D"),
        ((penalty("2026-04-15", Kind.permit_revoked, published="2026-04-20"),), 50, "D"),
    ],
)
def test_findings_add_up_under_their_caps_and_triggers_move_the_grade(
    records: tuple[Record, ...], score: int, letter: str
) -> None:
    found = risk(facts(*records))
    assert (found.score, found.letter) == (score, letter)


def test_no_part_goes_over_its_cap() -> None:
    worst = facts(
        inspection("2026-05-06"),
        inspection("2026-05-07"),
        failed("2026-05-06"),
        failed("2026-05-07"),
        SERIOUS,
        penalty("2026-04-15", Kind.permit_revoked, published="2026-04-20"),
        categories=("cooked-meat", "baijiu", "bulk-ready-to-eat"),
        in_zone=False,
    )
    found = risk(worst)
    assert (found.points, found.letter) == ({Part.static: 40, Part.dynamic: 60}, "D")


def test_a_contribution_names_its_article_and_the_last_day_it_counts() -> None:
    found = risk(facts(inspection("2026-05-06", Result.largely_conforming)))
    (one,) = (c for c in found.contributions if c.part is Part.dynamic)
    assert (one.points, one.until) == (5, on("2027-05-06"))
    assert "监督检查结果为基本符合" in str(one.reason)
    assert found.holds_until == on("2027-05-06")
    assert risk(facts(inspection("2026-05-06", Result.largely_conforming)), "2027-05-06").score == 15
    assert risk(facts(inspection("2026-05-06", Result.largely_conforming)), "2027-05-07").score == 10
    assert all(c.reason.article for c in found.contributions)


def test_what_is_no_longer_public_no_longer_counts() -> None:
    repaired = penalty(
        "2026-04-15", published="2026-04-20", tier=Tier.ordinary, events=(Repaired(on=on("2027-05-06")),)
    )
    annulled = penalty(
        "2026-04-15", published="2026-04-20", tier=Tier.ordinary, events=(Annulled(on=on("2026-05-06")),)
    )
    assert [risk(facts(repaired), day).score for day in ("2027-05-05", "2027-05-06")] == [25, 10]
    assert [risk(facts(annulled), day).score for day in ("2026-05-05", "2026-05-06")] == [25, 10]
    light = facts(penalty("2026-04-15", published="2026-04-20"))
    assert [risk(light, day).score for day in ("2026-07-15", "2026-07-16")] == [15, 10]
    assert risk(light).holds_until == on("2026-07-15")


@pytest.mark.parametrize("conduct", list(Conduct))
def test_conduct_moves_a_grade_for_a_year(conduct: Conduct) -> None:
    known = facts(conduct=(Behaved(conduct, on("2026-05-06")),))
    days = ("2026-05-05", "2026-05-06", "2027-05-06", "2027-05-07")
    assert [risk(known, day).letter for day in days] == ["A", "B", "B", "A"]


def test_three_clean_years_or_a_system_certificate_lower_a_grade_but_never_against_a_trigger() -> None:
    busy: dict[str, Any] = {"categories": ("cooked-meat", "bulk-ready-to-eat"), "in_zone": False}
    assert [risk(facts(**busy), day).letter for day in ("2028-06-01", "2028-06-02")] == ["B", "A"]
    certified = (Certified("HACCP", on("2026-01-05"), on("2026-12-31")),)
    assert [risk(facts(**busy, certificates=certified), day).letter for day in ("2026-12-31", "2027-01-01")] == [
        "A",
        "B",
    ]
    bad = facts(failed("2026-05-06"), **busy, certificates=certified)
    assert risk(bad).letter == "D"


def test_the_credit_grade_is_another_rule_set_of_the_same_kind() -> None:
    def credit(*records: Record) -> str:
        return grade(facts(*records), on("2026-06-01"), "credit", rules).letter

    assert [credit(), credit(failed("2026-05-06")), credit(SERIOUS)] == ["优", "良", "一般"]
    assert credit(listing("2026-04-15", published="2026-04-20")) == "差"


def test_no_grade_where_no_rule_set_is_in_force() -> None:
    with pytest.raises(NoSuchRule):
        risk(facts(), "2022-03-14")
    with pytest.raises(NoSuchRule):
        grade(facts(), on("2026-06-01"), "stars", rules)


def test_facts_have_no_place_for_the_figures_of_a_release_test() -> None:
    assert {field.name for field in fields(Facts)} == {
        "registered_on",
        "categories",
        "in_zone",
        "records",
        "conduct",
        "certificates",
    }


histories = st.integers(0, 10**6).map(lambda seed: random_history(Random(seed)))
days = st.dates(on("2022-03-15"), on("2027-12-31"))


@given(st.lists(histories, max_size=4), days)
def test_a_grade_depends_on_nothing_that_came_later(known: list[Any], day: date) -> None:
    records = tuple(as_record(history) for history in known)
    then = tuple(record.as_of(day) for record in records if record.made_on <= day)
    assert grade(facts(*records), day, "risk", rules) == grade(facts(*then), day, "risk", rules)


@given(st.lists(histories, max_size=3), days)
def test_one_more_failure_never_makes_a_grade_better(known: list[Any], day: date) -> None:
    records = tuple(as_record(history) for history in known)
    before, after = risk(facts(*records), str(day)), risk(facts(*records, failed(str(day))), str(day))
    assert ORDER.index(after.letter) >= ORDER.index(before.letter)
    assert after.score >= before.score


@given(st.lists(histories, max_size=3), days)
def test_a_grade_holds_as_long_as_it_says_when_nothing_happens(known: list[Any], day: date) -> None:
    quiet = facts(*(as_record({**history, "events": []}) for history in known if history["made"] <= day))
    now = risk(quiet, str(day))
    bad = [c for c in now.contributions if c.points > 0 and c.part is Part.dynamic]
    if bad and now.holds_until is not None and now.holds_until > day:
        tomorrow = risk(quiet, str(day + timedelta(days=1)))
        assert {c.key for c in now.contributions} <= {c.key for c in tomorrow.contributions}


HEAD = "scheme,key,part,fact,points,most,months,text,article,since,until,certainty,note\n"
OUTSIDE = "risk,a,static,outside_zone,5,5,,外,某办法 第一条,2022-03-15,,M,\n"
BULK = "risk,a,static,category:bulk,5,9,,散装,某办法 第一条,2022-03-15,,M,\n"


@pytest.mark.parametrize(
    ("lines", "complaint"), [(OUTSIDE, "没有分等级的行"), (OUTSIDE + BULK, ":3: a 各行的上限不一样")]
)
def test_a_rule_set_that_contradicts_itself_is_refused(tmp_path: Any, lines: str, complaint: str) -> None:
    file = tmp_path / "grade_rules.csv"
    file.write_text(HEAD + lines)
    with pytest.raises(RuleFileError, match=complaint):
        read_grade_rules(file)
