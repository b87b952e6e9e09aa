"""Plan files: the five that are shipped, and what a file may not say."""

from pathlib import Path

import pytest

from zuofang.credit.models import HonourKind
from zuofang.programmes.formulas import FORMULAS
from zuofang.programmes.plans import PlanFileError, read_plans
from zuofang.programmes.records import Records
from zuofang.rules.book import read_rules
from zuofang.traceability.models import OperatorKind

PLAN = """
title = "甲市计划"
city = "甲市"
issuer = "甲市政府"
document = "1 号"
issued_on = 2026-01-01
since = 2026-01-01
until = 2026-12-31
summary = ["摘要", "Summary"]

[[indicator]]
key = "share"
name = "登记率"
sentence = "登记率达到100%。"
"""


def write(folder: Path, more: str, name: str = "a-plan") -> Path:
    (folder / f"{name}.toml").write_text(PLAN + more, encoding="utf-8")
    return folder


def test_the_five_plans_are_there_in_both_languages_with_nothing_left_unsaid() -> None:
    plans = read_plans()
    assert len(plans) == 5
    for plan in plans:
        for text in (plan.title, plan.summary, *(one.name for one in plan.indicators)):
            assert text.english, text
        for one in plan.indicators:
            assert one.sentence
            assert all(text.english for text in (one.why, one.note) if text)


def test_every_formula_takes_the_settings_that_the_plans_give_it() -> None:
    days = range(700_000, 700_003)
    for plan in read_plans():
        for one in plan.measured:
            assert len(FORMULAS[one.formula].values(Records(), one.settings, days)) in (0, len(days)), one.key


def test_settings_name_kinds_and_categories_that_exist() -> None:
    known = read_rules().limits.categories
    for plan in read_plans():
        for one in plan.measured:
            told = dict(one.settings)
            assert {*told.get("categories", ())} <= set(known), one.key
            assert {*told.get("kinds", ())} <= set(OperatorKind)
            assert {told[name] for name in ("kind", "also") if name in told} <= set(HonourKind)


def test_a_plan_of_another_city_is_one_more_file(tmp_path: Path) -> None:
    (plan,) = read_plans(write(tmp_path, 'formula = "registered"\ntarget = [{ by = 2026-12-31, value = 99.5 }]\n'))
    assert (plan.slug, plan.summary.english, plan.title.english) == ("a-plan", "Summary", "")
    assert str(plan.indicators[0].targets[0].value) == "99.5"


@pytest.mark.parametrize(
    "more",
    [
        "",
        'formula = "registered"\nwhy = "也算不出"\n',
        'formula = "registered"\nunknown = 1\n',
        'formula = "registered"\n[[indicator]]\nkey = "share"\nname = "x"\nsentence = "x"\nwhy = "x"\n',
        'formula = "registered"\ntarget = [{ by = 2026-12-31, value = "many" }]\n',
        "formula =",
    ],
)
def test_a_file_that_cannot_be_right_is_named(tmp_path: Path, more: str) -> None:
    with pytest.raises(PlanFileError, match=r"a-plan\.toml"):
        read_plans(write(tmp_path, more))


def test_a_name_that_cannot_stand_in_an_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanFileError):
        read_plans(write(tmp_path, 'formula = "registered"\n', "甲市"))
