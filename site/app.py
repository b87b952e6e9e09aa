"""The public application: made from settings, answering at one address, the same for every reader."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint

from zuofang.site.blanks import Blank
from zuofang.site.compression import compress_answers
from zuofang.site.converters import CONVERTERS
from zuofang.site.current import say_who
from zuofang.site.errors import explain_errors
from zuofang.site.headers import PinnedHost, guard_answers
from zuofang.site.hot import HotLabels
from zuofang.site.locales import (
    address_in,
    keep_language,
    language_field,
    local,
)
from zuofang.site.public import shell
from zuofang.site.public.words import word
from zuofang.site.rendering import BilingualFlask, speak_both_languages
from zuofang.site.styles import bundles
from zuofang.site.window import Window, open_window, seconds_of
from zuofang.storage.identity import identity_of
from zuofang.storage.settings import Settings

FOLDER = Path(__file__).parent
MEBIBYTE = 1024 * 1024
LARGEST_FORM = 1 * MEBIBYTE  # pages that take files raise it for themselves


def create_public_app(
    settings: Settings, blueprints: Iterable[Blueprint] = (), window: Window | None = None
) -> BilingualFlask:
    """Make the public site.

    ``blueprints`` are its pages beside the shell (error pages, icons, ``robots.txt``); ``window`` is what they answer
    from, and is missing where only the shell is wanted.
    """
    app = create_bilingual_app(settings)
    if window is not None:
        open_window(app, window)
        app.wsgi_app = HotLabels(app.wsgi_app, window.version, window.scans, seconds_of(window.clock))  # type: ignore[method-assign]
    app.wsgi_app = PinnedHost(app.wsgi_app, settings.base_url)  # type: ignore[method-assign]
    app.register_blueprint(shell.pages)
    if settings.development:
        from zuofang.site.public import styleguide

        app.register_blueprint(styleguide.pages)
        styleguide.stand_in(app)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    return app


def create_bilingual_app(
    settings: Settings, errors: str = "errors/error.html", policy: str | None = None, **headers: str
) -> BilingualFlask:
    """An application with our languages, look, headers and error pages, and no page yet.

    ``errors`` is the template of its error pages; ``policy`` and ``headers`` go to every answer.
    """
    app = BilingualFlask("zuofang", root_path=str(FOLDER), template_folder="../templates", static_folder="static")
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=200,
        TEMPLATES_AUTO_RELOAD=settings.development,
        ZUOFANG=settings,
    )
    app.url_map.converters.update(CONVERTERS)
    app.url_defaults(keep_language)
    speak_both_languages(app)
    _give_templates(app, settings)
    explain_errors(app, errors)
    guard_answers(app, policy, **headers)
    compress_answers(app)
    return app


def settle_memory() -> None:
    """Call once in a worker that is ready: what start-up made is never garbage and need not be looked through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _give_templates(app: BilingualFlask, settings: Settings) -> None:
    """The names every template knows; none of them reads the database."""

    @cache
    def served() -> frozenset[str]:
        return frozenset(rule.rule for rule in app.url_map.iter_rules())

    for environment in app.environments.values():
        environment.globals.update(
            base_url=settings.public(),
            development=settings.development,
            map_outline=settings.map_outline,
            map_host=urlsplit(settings.map_tiles).netloc,
            bundles=bundles(),
            address_in=address_in,
            language_field=language_field,
            local=local,
            word=word,
            blanks=Blank,
            has=lambda path: path in served(),
        )
    say_who(app, identity_of(None, settings))
