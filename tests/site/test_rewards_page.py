"""``/rewards/``: what is offered, by which rule, and what was paid without anybody being recognised."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from style_guide import StyleGuide, parse, text_of
from tests.conftest import NOON

from zuofang.reporting.law.claims import RewardState
from zuofang.reporting.law.offer import offer
from zuofang.rules.book import read_rules
from zuofang.site.public.rewards import yuan
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings

RULES = read_rules()


def told(reader: FlaskClient, language: str = "zh") -> str:
    answer = reader.get(f"/rewards/?lang={language}")
    assert answer.status_code == 200
    return text_of(parse(answer.text).find(".//main"))


def test_the_page_says_what_is_paid_for_what_and_by_which_rule(reader: FlaskClient) -> None:
    page = told(reader)
    for part in ("100,000 元起", "5%", "5,000 元", "1,000,000 元", "最多按 2 倍", "第十二条", "条文待核对"):
        assert part in page
    assert "多数小作坊的违法达不到这个程度" in page
    assert "还没有发放过奖励" in page


def test_the_page_computes_its_examples(reader: FlaskClient) -> None:
    page = told(reader)
    for part in ("没有奖励", "3,000 元", "2,000 元", "10,000 元", "不足3,000元的，按3,000元计算"):
        assert part in page


def test_the_page_is_english_too(reader: FlaskClient) -> None:
    page = told(reader, "en")
    for part in (
        "from 100,000 yuan",
        "No reward",
        "Less than 3,000 yuan: counted as 3,000 yuan",
        "Anonymous reporters",
    ):
        assert part in page


def test_a_province_that_has_not_told_its_threshold_is_not_guessed(
    writer: Office, key_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "keys").symlink_to(key_folder)
    app = open_public_site(Settings(data=tmp_path, base_url="https://zf.example.cn", province="32"), clock=lambda: NOON)
    app.test_client_class = StyleGuide
    page = told(app.test_client())
    assert writer.database is not None
    assert "标准还没有填入" in page
    assert "本省的幅度还没有填入" in page


def test_what_is_offered_follows_the_day() -> None:
    today, before = offer(date(2026, 11, 20), "33", RULES), offer(date(2021, 11, 30), "33", RULES)
    assert [one.floor.number for one in today.grades] == [5000, 3000, 1000]
    assert [one.floor.number for one in before.grades] == [2000, 1000, 200]
    assert (today.cap.number, before.cap.number) == (1_000_000, 500_000)
    assert today.examples[0].reward.state is RewardState.refused
    assert before.examples[0].reward.state is RewardState.due


@pytest.mark.parametrize(("sum_", "words"), [("1000", "1,000"), ("3703.70", "3,703.70"), ("0", "0")])
def test_sums_are_read_in_thousands_without_empty_cents(sum_: str, words: str) -> None:
    assert yuan(Decimal(sum_)) == words
