"""Templates made ready when they are compiled: the same bytes with less to do."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader

from zuofang.site.app import create_public_app
from zuofang.site.folding import FoldingEnvironment
from zuofang.site.locales import LANGUAGES, Language
from zuofang.site.public.samples import LABELS
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.settings import Settings


@pytest.fixture(scope="module")
def site() -> BilingualFlask:
    """The public site as it is served: only in development templates stay as they are written."""
    return create_public_app(Settings(base_url="https://zf.example.cn"))


@pytest.fixture
def english(site: BilingualFlask) -> FoldingEnvironment:
    return site.environments["en"]


def unfolded(environment: FoldingEnvironment) -> FoldingEnvironment:
    plain = environment.overlay(cache_size=0)
    plain.messages = None
    return plain


def templates(environment: FoldingEnvironment, **sources: str) -> FoldingEnvironment:
    """An environment with templates of the test beside none of ours."""
    return environment.overlay(loader=DictLoader(sources))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
@pytest.mark.parametrize("verdict", LABELS)
def test_folded_and_unfolded_pages_have_the_same_bytes(site: BilingualFlask, language: Language, verdict: str) -> None:
    folded = site.environments[language.code]
    with site.test_request_context(f"/t/x?lang={language.query}"):
        pages = [
            environment.get_template("public/label.html").render(view=LABELS[verdict])
            for environment in (folded, unfolded(folded))
        ]
    assert pages[0] == pages[1]


def test_literals_and_their_values_need_no_look_up(english: FoldingEnvironment) -> None:
    compiled = english.compile("{{ _('查询') }}{{ _('错误编号 %(status)s', status=number) }}", raw=True)
    assert "Look up" in compiled
    assert "resolve('_')" not in compiled


def test_a_text_that_is_not_literal_is_looked_up_when_the_page_is_made(english: FoldingEnvironment) -> None:
    assert english.from_string("{{ _(text) }}").render(text="查询") == "Look up"


def test_values_are_escaped_and_per_cent_signs_are_kept(english: FoldingEnvironment) -> None:
    template = english.from_string("{{ _('100%% 的 <%(what)s>', what=what) }}")
    assert template.render(what="<i>") == "100% 的 &lt;&lt;i&gt;&gt;"


BOX = "{% macro box(value, mark='!') %}<b>{{ value }}{{ mark }}</b>{% endmacro %}"
FRAME = "{% macro frame(title) %}<h1>{{ title }}</h1>{{ caller() }}{% endmacro %}"


def test_a_component_is_written_out_where_it_is_called(english: FoldingEnvironment) -> None:
    page = "{% from 'box' import box %}{% for one in many %}{{ box(one) }}{{ box(mark='?', value=one) }}{% endfor %}"
    made = templates(english, box=BOX, page=page)
    assert made.get_template("page").render(many=["<", 2]) == "<b>&lt;!</b><b>&lt;?</b><b>2!</b><b>2?</b>"
    assert "context.call" not in made.compile(page, "page", raw=True)
    assert "get_template" not in made.compile(page, "page", raw=True), "nothing is imported that is not used"


def test_a_component_around_something_is_written_out_too(english: FoldingEnvironment) -> None:
    page = "{% from 'frame' import frame %}{% set name = 'x' %}{% call frame('T') %}<p>{{ name }}</p>{% endcall %}"
    made = templates(english, frame=FRAME, page=page)
    assert made.get_template("page").render() == "<h1>T</h1><p>x</p>"
    assert "context.call" not in made.compile(page, "page", raw=True)


@pytest.mark.parametrize(
    ("component", "page", "shown"),
    [
        # What stands inside names something that is an argument of the component.
        (FRAME, "{% set title = 'mine' %}{% call it('T') %}{{ title }}{% endcall %}", "<h1>T</h1>mine"),
        # The page gives a value to a name that every template knows and the component uses.
        ("{% macro frame(x) %}{{ dfmt }}{% endmacro %}", "{% set dfmt = 1 %}{{ it(2) is string }}", "True"),
        # A value is only known as a whole.
        (BOX.replace("box", "frame"), "{{ it(*['v', 'm']) }}{{ it(**{'value': 1}) }}", "<b>vm</b><b>1!</b>"),
        # The result is wanted as a value.
        (BOX.replace("box", "frame"), "{% set kept = it(1) %}{{ kept }}{{ it(2)|upper }}", "<b>1!</b><B>2!</B>"),
        # The component calls itself.
        ("{% macro frame(n) %}{{ n }}{% if n %}{{ frame(n - 1) }}{% endif %}{% endmacro %}", "{{ it(2) }}", "210"),
    ],
)
def test_where_writing_out_would_change_the_page_the_component_is_called(
    english: FoldingEnvironment, component: str, page: str, shown: str
) -> None:
    made = templates(english, c=component, page="{% from 'c' import frame as it %}" + page)
    assert made.get_template("page").render() == shown


def test_a_component_that_lacks_an_argument_still_stops_the_page(english: FoldingEnvironment) -> None:
    made = templates(english, box=BOX, page="{% from 'box' import box %}{{ box() }}")
    with pytest.raises(Exception, match="value"):
        made.get_template("page").render()


def test_a_component_of_a_component_is_written_out(english: FoldingEnvironment) -> None:
    list_of = (
        "{% from 'box' import box %}{% macro all(many) %}{% for one in many %}{{ box(one) }}{% endfor %}{% endmacro %}"
    )
    page = "{% from 'list' import all %}{{ all([1, 2]) }}"
    made = templates(english, box=BOX, list=list_of, page=page)
    assert made.get_template("page").render() == "<b>1!</b><b>2!</b>"
    assert "context.call" not in made.compile(page, "page", raw=True)
