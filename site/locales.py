"""Which language a page speaks, and the address of the same page in the other one.

The languages of a browser are matched by hand: the negotiators of Babel and Werkzeug answer an ordinary Chinese browser
(``zh-CN,zh;q=0.9,en;q=0.8``) in English, because ``zh-CN`` is not spelt ``zh_Hans_CN``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from flask import Request, current_app, has_request_context, request
from flask_babel import get_locale
from markupsafe import Markup, escape
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

QUERY = "lang"
FILES = ("static", "icon", "favicon", "robots")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site.

    ``code`` names the catalogue, ``tag`` is what HTML calls it, ``query`` is the word in ``?lang=``, ``name`` is what
    the language calls itself.
    """

    code: str
    tag: str
    query: str
    name: str


CHINESE = Language("zh_Hans_CN", "zh-Hans", "zh", "中文")
ENGLISH = Language("en", "en", "en", "English")
LANGUAGES = (CHINESE, ENGLISH)
OFFERED = "ZUOFANG_LANGUAGES"
"""The configuration of an application that says which of them its readers may choose; all where it says nothing."""

_BY_QUERY = {language.query: language for language in LANGUAGES}
_LOCALES = {language: Locale.parse(language.code) for language in LANGUAGES}


def negotiate(wanted: str | None, accepted: str) -> Language:
    """The language of a page: what the address asks for, else what ``Accept-Language`` says.

    An unknown word in the address counts as none.
    """
    return _BY_QUERY.get(wanted or "") or language_in(accepted)


@lru_cache(1024)
def language_in(accepted: str) -> Language:
    """The first language of ``Accept-Language`` that we have, best first; Chinese where there is none."""
    for tag, weight in parse_accept_header(accepted, LanguageAccept):
        language = _BY_QUERY.get(tag.lower().partition("-")[0])
        if language and weight > 0:
            return language
    return CHINESE


def language_of(asked: Request) -> Language:
    """The language in which a request is to be answered; Chinese where the one wanted is not offered."""
    wanted = negotiate(_asked_for(asked), asked.headers.get("Accept-Language", ""))
    return wanted if wanted in offered() else CHINESE


def offered() -> tuple[Language, ...]:
    """The languages that readers of the application at hand may choose; Chinese is always among them."""
    languages: tuple[Language, ...] = current_app.config.get(OFFERED, LANGUAGES)
    return languages


def _asked_for(asked: Request) -> str | None:
    return asked.args.get(QUERY) if asked.query_string else None  # most addresses have no query to look into


def select_locale() -> Locale:
    """The locale of the request at hand, as Flask-Babel asks for it; Chinese outside of requests."""
    return _LOCALES[language_of(request) if has_request_context() else CHINESE]


def current_language() -> Language:
    """The language being spoken now, which ``flask_babel.force_locale`` may have set."""
    locale = get_locale()
    return CHINESE if locale is None else _BY_QUERY.get(locale.language, CHINESE)


def other_than(language: Language) -> Language | None:
    """The language a reader of this one can switch to, if there is one."""
    return next((other for other in offered() if other is not language), None)


def address_in(language: Language) -> str:
    """The address of this very page and search in another language, without a host."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name != QUERY]
    return f"{quote(request.path)}?{urlencode([*query, (QUERY, language.query)])}"


def chosen_language() -> str | None:
    """The word of the language that the address itself asks for and gets; none where the browser decided."""
    chosen = _asked_for(request) if has_request_context() else None
    return chosen if chosen and _BY_QUERY.get(chosen) in offered() else None


def local(path: str) -> str:
    """A path of our own that keeps the language chosen in the address, as no cookie remembers it."""
    chosen = chosen_language()
    if chosen is None:
        return path
    page, mark, place = path.partition("#")
    return f"{page}{'&' if '?' in page else '?'}{QUERY}={chosen}{mark}{place}"


def hans_in(language: Language) -> Callable[[str], Markup]:
    """How a Chinese name stands on a page in this language: on an English one marked, to be read aloud in Chinese."""
    marked = Markup('<span lang="{}">{}</span>')

    def hans(text: str) -> Markup:
        return marked.format(CHINESE.tag, text) if any("\u3400" <= sign <= "\u9fff" for sign in text) else escape(text)

    return escape if language is CHINESE else hans


def language_field() -> Markup:
    """The hidden field by which a search form keeps the language chosen in the address."""
    chosen = chosen_language()
    return Markup('<input type="hidden" name="{}" value="{}">').format(QUERY, chosen) if chosen else Markup()


def keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Let ``url_for`` do what :func:`local` does, save for files, which have no language."""
    chosen = chosen_language()
    if chosen is not None and endpoint.rpartition(".")[2] not in FILES:
        values.setdefault(QUERY, chosen)
