"""``/programmes/``: plans with their figures, how they are computed, and what cannot be."""

import csv
import re

import pytest
from flask.testing import FlaskClient
from style_guide import parse, text_of, told
from tests import scene
from tests.conftest import NOON

from zuofang.programmes import reckoning
from zuofang.programmes.plans import read_plans
from zuofang.rules.calendar import china_day
from zuofang.storage.acts import Office


@pytest.fixture
def reckoned(writer: Office) -> None:
    with writer.writing("lab") as desk:
        scene.released(desk)
    reckoning.refresh(writer.database, china_day(NOON), writer.rules)


@pytest.mark.usefixtures("reckoned")
def test_a_plan_says_target_figure_formula_and_source(reader: FlaskClient) -> None:
    text = text_of(parse(told(reader.get("/programmes/jian-2019"))))
    assert "2020年底前，全市各类小作坊登记率均达到100%" in text
    assert "当天持有有效证书的户数 ÷ 当天登记簿里的户数" in text
    assert "1 / 1" in text
    assert "登记簿算不出的" in text


@pytest.mark.usefixtures("reckoned")
def test_every_plan_is_light_and_speaks_both_languages(reader: FlaskClient) -> None:
    for plan in read_plans():
        answer = reader.get(f"/programmes/{plan.slug}?lang=en", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert len(answer.data) < 50 * 1024
        text = told(answer)
        assert plan.title.english in text_of(parse(text))
        drawings = re.findall(r'<svg viewBox="0 0 360.*?</svg>', text, re.DOTALL)
        assert drawings
        assert max(len(drawing) for drawing in drawings) < 10 * 1024


def test_before_the_clock_has_run_nothing_is_made_up(reader: FlaskClient) -> None:
    text = text_of(parse(told(reader.get("/programmes/ningbo-2020"))))
    assert "待核" in text
    assert "%" not in text.split("一览")[1].split("登记率", 1)[0]


@pytest.mark.usefixtures("reckoned")
def test_every_day_is_there_as_a_table(reader: FlaskClient) -> None:
    answer = reader.get("/programmes/jian-2019/values.csv")
    rows = list(csv.DictReader(answer.get_data(as_text=True).splitlines()))
    assert {"indicator": "registration", "day": "2026-11-20", "part": "1", "whole": "1", "figure": "100"} in rows


def test_an_unknown_plan_is_no_page(reader: FlaskClient) -> None:
    assert reader.get("/programmes/nowhere-2020").status_code == 404
    assert reader.get("/programmes/nowhere-2020/values.csv").status_code == 404


@pytest.mark.usefixtures("reckoned")
def test_the_list_leads_to_every_plan(reader: FlaskClient) -> None:
    page = parse(told(reader.get("/programmes/?lang=en")))
    links = {link.get("href") for link in page.iter("a")}
    assert {f"/programmes/{plan.slug}?lang=en" for plan in read_plans()} <= links
