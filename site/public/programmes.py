"""``/programmes/``: three-year plans, what they promised, and what the records say of it."""

from __future__ import annotations

import csv
from decimal import Decimal
from http import HTTPStatus
from io import StringIO

from flask import Blueprint, Response, abort

from zuofang.programmes.formulas import FORMULAS
from zuofang.programmes.plans import Plan, Text, read_plans
from zuofang.programmes.queries import HUNDRED, IndicatorView, every_value, plan_list, plan_page
from zuofang.rules.sentences import Sentence, say
from zuofang.site.charts import Columns, Point
from zuofang.site.locales import ENGLISH, current_language
from zuofang.site.public.answers import page
from zuofang.site.window import window

pages = Blueprint("programmes", __name__)
SHARE, NUMBER = say("比例（%）"), say("数")


@pages.get("/programmes/")
def programmes() -> Response:
    """The plans, and how many of their indicators are reached today."""
    here = window()
    with here.reading() as connection:
        found = plan_list(connection, read_plans(), here.today)
    return page("public/programmes.html", plans=found, worded=worded, on=here.today)


@pages.get("/programmes/<slug:programme>")
def programme(programme: str) -> Response:
    """One plan: each indicator with its targets, its value, its course and how it is computed."""
    here, plan = window(), _plan(programme)
    with here.reading() as connection:
        found = plan_page(connection, plan, here.today)
    return page("public/programme.html", view=found, how=how, worded=worded, chart=course_chart, on=here.today)


@pages.get("/programmes/<slug:programme>/values.csv")
def values(programme: str) -> Response:
    """Every value of a plan for every past day, as a table."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["indicator", "day", "part", "whole", "figure"])
    with window().reading() as connection:
        for key, day, value in every_value(connection, _plan(programme)):
            whole = "" if value.whole is None else value.whole
            table.writerow([key, day.isoformat(), value.part, whole, value.figure])
    response = Response(written.getvalue(), mimetype="text/csv")
    response.cache_control.no_cache = True
    response.headers["Content-Disposition"] = f'attachment; filename="{programme}.csv"'
    return response


def _plan(slug: str) -> Plan:
    return next((plan for plan in read_plans() if plan.slug == slug), None) or abort(HTTPStatus.NOT_FOUND)


def worded(text: Text) -> str:
    """Our own words about a plan in the language of the page; Chinese where there are no others."""
    return text.english if text.english and current_language() is ENGLISH else text.chinese


def how(view: IndicatorView) -> Sentence:
    """How an indicator is computed, its settings filled in."""
    told = FORMULAS[view.indicator.formula].how
    return say(told.text, **{name: value for name, value in view.indicator.settings if isinstance(value, int)})


def course_chart(view: IndicatorView) -> Columns | None:
    """The indicator at the end of each quarter; none where no quarter has a value."""
    figures = [value.figure for _, value in view.course if value is not None]
    if not figures:
        return None
    return Columns(
        title=_title(view),
        unit=SHARE if view.is_share else NUMBER,
        points=[
            Point(f"{day:%Y-%m-%d}", f"{day:%y}.{day.month}", None if value is None else value.figure)
            for day, value in view.course
        ],
        highest=HUNDRED if view.is_share else max([*figures, view.aim or Decimal(1), Decimal(1)]),
        target=view.aim,
    )


def _title(view: IndicatorView) -> Sentence:
    if view.is_share:
        return say("近三年每季度末的“%(name)s”（%%）", name=worded(view.indicator.name))
    return say("近三年每季度末的“%(name)s”", name=worded(view.indicator.name))
