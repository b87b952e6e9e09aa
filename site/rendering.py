"""Drawing pages: one template environment per language, and the filters that write values out in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from types import CodeType

from flask import Flask, current_app
from flask_babel import Babel
from jinja2 import BytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from zuofang.rules.limits import Plan
from zuofang.rules.printed_limits import parse_limit
from zuofang.rules.sentences import Sentence
from zuofang.site.blanks import Blank, is_blank
from zuofang.site.catalogue import CatalogueDomain
from zuofang.site.converters import LateRule
from zuofang.site.folding import FoldingEnvironment
from zuofang.site.locales import CHINESE, LANGUAGES, Language, current_language, hans_in, other_than, select_locale
from zuofang.site.voice import Voice, voice_of


class Compiled(BytecodeCache):
    """The compiled templates of one language, kept for the next application that this process makes of them."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take up what was compiled from the same text before."""
        checksum, code = self._kept.get(bucket.key, (None, None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has just been compiled."""
        assert bucket.code is not None  # noqa: S101 - Jinja hands over what it has compiled
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


_compiled = cache(lambda _application, _language: Compiled())
"""By the application, as two may write their pages out of different components, and the language."""


class BilingualFlask(Flask):
    """A Flask application whose ``render_template`` uses the environment of the language being spoken."""

    url_rule_class = LateRule
    jinja_environment = FoldingEnvironment
    # StrictUndefined: a misspelt name stops the page in a test instead of leaving a blank for a reader.
    jinja_options = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}  # noqa: RUF012 - Flask's own class attribute

    @cached_property
    def environments(self) -> dict[str, FoldingEnvironment]:
        """The environment of each language, by the code of its catalogue."""
        return {language.code: self._environment(language) for language in LANGUAGES}

    @property
    def jinja_env(self) -> FoldingEnvironment:
        """The environment of the language being spoken; the Chinese one outside of requests."""
        return self.environments[current_language().code]

    def _environment(self, language: Language) -> FoldingEnvironment:
        environment = self.create_jinja_environment()
        assert isinstance(environment, FoldingEnvironment)  # noqa: S101 - it is made from the class attribute above
        voice, hans = voice_of(language.code), hans_in(language)
        environment.messages = voice.messages
        if not environment.auto_reload:
            environment.bytecode_cache = _compiled(self.import_name, language.code)
        environment.globals.update(
            _=voice.gettext,
            ngettext=voice.ngettext,
            dfmt=voice.formats.dfmt,
            tfmt=voice.formats.tfmt,
            nfmt=voice.formats.nfmt,
            yuan=voice.formats.yuan,
            language=lambda: language,
            other_language=lambda: other_than(language),
        )
        environment.filters.update(
            sentence=voice.sentence,
            said=voice.said,
            hans=hans,
            shown=_shown(environment, voice, hans),
            limit=lambda text: voice.said(_limit(text)),
        )
        environment.tests["blank"] = is_blank
        return environment


@lru_cache(4096)
def _limit(text: str) -> Sentence | str:
    """A limit of a release test in words or with raised powers; as it is printed where it cannot be read.

    The parts of a sampling plan stand apart, so that a narrow column breaks between them and not within a number.
    """
    read = parse_limit(text)
    return str(read).replace(",", ", ") if isinstance(read, Plan) else read.said()


def _shown(environment: FoldingEnvironment, voice: Voice, hans: Callable[[str], Markup]) -> Callable[[object], Markup]:
    """How a field's value stands on a page: a blank in words, a Chinese name as one, all else written out."""

    @cache
    def blank(kind: Blank) -> Markup:
        drawn: Markup = vars(environment.get_template("components/blank.html").module)["blank"](kind)
        return drawn

    def shown(value: object) -> Markup:
        if isinstance(value, str):
            return blank(value) if isinstance(value, Blank) else hans(value)
        return escape(voice.said(value))

    return shown


def render(template: str, **values: object) -> str:
    """A page in the language being spoken.

    Unlike Flask's own function it gives the template what is named here and what every template knows, no request and
    no session, and tells nobody; that halves what a small page costs.
    """
    environment: FoldingEnvironment = current_app.jinja_env  # type: ignore[assignment]
    return environment.get_template(template).render(values)


def speak_both_languages(app: BilingualFlask) -> None:
    """Connect Flask-Babel, so that views, forms and templates speak the language of the request."""
    babel = Babel(configure_jinja=False)
    babel.init_app(app, default_locale=CHINESE.code, default_timezone="Asia/Shanghai", locale_selector=select_locale)
    babel.domain_instance = CatalogueDomain()
