"""What a label must say, by province, packing and the day of making."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from zuofang.rules.book import SHIPPED, read_rules
from zuofang.rules.label_contents import LabelField, Packing, SizedText, read_label_rules
from zuofang.rules.parameters import Certainty, NoSuchRule
from zuofang.rules.tables import RuleFileError
from zuofang.traceability.labels.contents import ContentsMissing, LabelContents

rules = read_rules().labels
DAY = date(2026, 11, 20)
NEW_LABEL_LAW = date(2027, 3, 16)

EVERYTHING: dict[LabelField, str | None] = {
    LabelField.product_name: "卤牛肉",
    LabelField.ingredients: "牛肉、水、酱油、食用盐、香辛料",
    LabelField.net_content: "250克",
    LabelField.workshop_name: "清溪县老灶头卤味作坊",
    LabelField.workshop_address: "清溪县东河镇集中加工区3号",
    LabelField.contact: "0570-5550123",
    LabelField.certificate_number: "浙小作坊登3399010007",
    LabelField.made_on: "2026-11-20",
    LabelField.shelf_life: "7天",
    LabelField.storage: "0—4℃冷藏",
}


def contents(province: str = "33", packing: Packing = Packing.prepacked, **changes: str | None) -> LabelContents:
    recorded = EVERYTHING | {LabelField(name): value for name, value in changes.items()}
    return LabelContents.by_rules(rules, province, packing, DAY, recorded)


def fields(province: str, packing: Packing, on: date = DAY) -> list[str]:
    return [rule.field.value for rule in rules.owed(province, packing, on)]


def test_a_complete_label_says_its_lines_in_the_order_of_the_rules() -> None:
    label = contents()
    label.require_complete()
    assert label.missing == ()
    assert [str(line) for line in label.lines][:3] == [
        "食品名称：卤牛肉",
        "配料表：牛肉、水、酱油、食用盐、香辛料",
        "净含量：250克",
    ]
    assert "登记证编号：浙小作坊登3399010007" in map(str, label.lines)


@pytest.mark.parametrize("blank", [None, "", "  ", "\u3000\n"])
def test_a_blank_is_not_a_value(blank: str | None) -> None:
    label = contents(ingredients=blank, storage=blank)
    assert [rule.heading for rule in label.missing] == ["配料表", "贮存条件"]
    with pytest.raises(ContentsMissing, match=r"标签缺少配料表、贮存条件，不能印制（.*第十一条第一款）"):
        label.require_complete()


def test_what_is_not_mandatory_may_be_left_out() -> None:
    contents().require_complete()
    assert "规格：5片/袋" in map(str, contents(specification="5片/袋").lines)


def test_bulk_food_in_zhejiang_owes_six_things_and_no_certificate_number() -> None:
    owed = fields("33", Packing.bulk)
    assert owed == ["product_name", "made_on", "shelf_life", "workshop_name", "workshop_address", "contact"]


def test_fujian_calls_its_certificate_by_its_own_name() -> None:
    headings = {rule.field: rule.heading for rule in rules.owed("35", Packing.prepacked, DAY)}
    assert headings[LabelField.certificate_number] == "核准证编号"


def test_a_province_without_lines_follows_the_national_frame() -> None:
    assert fields("51", Packing.prepacked) == fields("*", Packing.prepacked)
    assert "certificate_number" in fields("51", Packing.prepacked)


def test_bulk_food_owes_its_ingredients_from_the_day_of_the_new_measure_on() -> None:
    assert "ingredients" not in fields("51", Packing.bulk, NEW_LABEL_LAW - timedelta(days=1))
    assert "ingredients" in fields("51", Packing.bulk, NEW_LABEL_LAW)


def test_no_rule_is_known_before_the_food_safety_law() -> None:
    with pytest.raises(NoSuchRule):
        rules.owed("51", Packing.bulk, date(2010, 1, 1))


def test_every_line_has_its_article_and_what_was_not_read_is_marked() -> None:
    assert all(rule.article and rule.heading for rule in rules.contents)
    by_reference = [rule for rule in rules.contents if "参照" in rule.article]
    assert {rule.province for rule in by_reference} == {"32", "35", "36"}
    assert {rule.certainty for rule in by_reference} == {Certainty.inferred, Certainty.memory}


@pytest.mark.parametrize(
    ("what", "surface", "on", "height"),
    [
        (SizedText.text, 100, DAY, "1.8"),
        (SizedText.date, 100, DAY, "1.8"),
        (SizedText.text, 100, NEW_LABEL_LAW, "1.8"),
        (SizedText.text, 150, NEW_LABEL_LAW, "1.8"),
        (SizedText.text, 151, NEW_LABEL_LAW, "2.0"),
        (SizedText.text, 401, NEW_LABEL_LAW, "2.5"),
        (SizedText.date, 34, NEW_LABEL_LAW, "2.0"),
        (SizedText.date, 36, NEW_LABEL_LAW, "3.0"),
    ],
)
def test_characters_are_as_high_as_the_packet_asks(what: SizedText, surface: int, on: date, height: str) -> None:
    assert rules.smallest_height(what, Decimal(surface), on).height == Decimal(height)


def test_larger_packets_never_ask_for_smaller_characters() -> None:
    heights = [rules.smallest_height(SizedText.text, Decimal(s), NEW_LABEL_LAW).height for s in range(1, 600, 7)]
    assert all(small <= large for small, large in pairwise(heights))


def test_a_field_that_stands_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    for name in ("label_contents.csv", "label_text_heights.csv"):
        (tmp_path / name).write_text((SHIPPED / name).read_text())
    file = tmp_path / "label_contents.csv"
    first = file.read_text().splitlines()[1]
    file.write_text(file.read_text() + first + "\n")
    last = len(file.read_text().splitlines())
    with pytest.raises(RuleFileError, match=rf"label_contents\.csv:{last}: .* 在同一天写了两次"):
        read_label_rules(tmp_path)
