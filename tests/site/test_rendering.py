from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import render_template_string
from flask_babel import force_locale, gettext
from jinja2 import UndefinedError
from style_guide import parse

from zuofang.rules.sentences import say
from zuofang.site.formats import formats_of
from zuofang.site.rendering import BilingualFlask
from zuofang.site.voice import voice_of

NIGHT = datetime(2026, 9, 11, 18, 5, tzinfo=UTC)


def test_dates_and_numbers_are_written_as_each_language_writes_them() -> None:
    chinese, english = formats_of("zh_Hans_CN"), formats_of("en")
    assert chinese.dfmt(date(2026, 9, 12)) == "2026年9月12日"
    assert english.dfmt(date(2026, 9, 12)) == "12 September 2026"
    assert chinese.tfmt(NIGHT) == "2026年9月12日 02:05"
    assert english.tfmt(NIGHT) == "12 September 2026, 02:05"
    assert chinese.nfmt(1234567) == "1,234,567"
    assert chinese.yuan(50000) == "50,000 元"
    assert english.yuan(Decimal("1234.50")) == "1,234.50 yuan"


@pytest.mark.parametrize(("number", "text"), [("1.20", "1.20"), ("1E+3", "1,000"), ("0.0001", "0.0001")])
def test_no_digit_of_a_measured_value_is_lost(number: str, text: str) -> None:
    assert formats_of("en").nfmt(Decimal(number)) == text


def test_a_sentence_of_the_rules_is_said_in_each_language_with_its_values() -> None:
    sentence = say("错误编号 %(status)s", status=say("没有这一页"))
    assert [voice_of(locale).sentence(sentence) for locale in ("zh_Hans_CN", "en")] == [
        "错误编号 没有这一页",
        "Error There is no such page",
    ]


def test_values_in_a_sentence_are_written_out() -> None:
    say_it = voice_of("zh_Hans_CN").sentence
    assert say_it(say("%(day)s 有 %(count)d 批", day=date(2026, 9, 12), count=1200)) == "2026年9月12日 有 1,200 批"
    assert say_it(say("不超过 5%")) == "不超过 5%"


def test_translations_are_text_and_values_are_escaped(shell_app: BilingualFlask) -> None:
    with shell_app.test_request_context("/"):
        assert render_template_string("{{ _('a<b') }}") == "a&lt;b"
        assert render_template_string("{{ _('看%(x)s', x='<i>') }}") == "看&lt;i&gt;"
        assert render_template_string("{{ _('看%(x)s', x='<i>'|safe) }}") == "看<i>"


def test_a_field_without_a_value_must_say_why() -> None:
    with pytest.raises(TypeError, match="which blank"):
        voice_of("en").said(None)


def test_a_misspelt_name_stops_the_page(shell_app: BilingualFlask) -> None:
    with shell_app.test_request_context("/"), pytest.raises(UndefinedError):
        render_template_string("{{ nmae }}")


def test_views_and_forms_speak_the_same_catalogue(shell_app: BilingualFlask) -> None:
    with shell_app.test_request_context("/?lang=en"):
        assert gettext("查询") == "Look up"
        with force_locale("zh_Hans_CN"):
            assert gettext("查询") == "查询"


def test_every_template_compiles_in_every_language(shell_app: BilingualFlask) -> None:
    for environment in shell_app.environments.values():
        for name in environment.list_templates(extensions=["html"]):
            environment.get_template(name)


def test_the_parser_of_the_style_guide_is_strict() -> None:
    with pytest.raises(AssertionError, match="not valid HTML"):
        parse("<!doctype html><html lang=en><title>x</title><p><div></p>")
