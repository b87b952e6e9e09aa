"""The application of the desks: another host, another process, another set of pages than the public site's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory

from zuofang.rules.book import RuleBook
from zuofang.site.app import create_bilingual_app
from zuofang.site.console import counter as counters
from zuofang.site.console.bureau.words import change_word, column_word, paper_word
from zuofang.site.console.campaigns.words import triage_meaning
from zuofang.site.console.counter import Counter
from zuofang.site.console.entrance.tokens import form_field, form_number
from zuofang.site.console.gate import keep_gate
from zuofang.site.console.home import desks_of
from zuofang.site.console.office.words import LEVELS, checked_word, edition_word, subject_word
from zuofang.site.console.owner.words import asked_word
from zuofang.site.console.records.words import day_word, tie_word
from zuofang.site.console.rights import everybody
from zuofang.site.console.words import DONE, act_word, console_word, mistake_in, mistakes_in
from zuofang.site.current import keep_current
from zuofang.site.headers import PinnedHost, content_policy
from zuofang.site.public.credit_words import WORDS
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.settings import Settings
from zuofang.storage.version import watch

shell = Blueprint("desk_shell", __name__)
STATIC = Path(__file__).parents[1] / "static"
POLICY = {"script_src": "'self'", "connect_src": "'self'", "media_src": "'self'"}
LARGEST_FORM = 12 * 1024 * 1024
"""Bytes of a form with the table it brings."""


def create_console_app(counter: Counter, blueprints: Iterable[Blueprint]) -> BilingualFlask:
    """Make the desks.

    Raises:
        Undeclared: one of their addresses does not say who may use it.
    """
    app = create_bilingual_app(
        counter.settings, "console/error.html", content_policy(**POLICY), Cache_Control="no-store"
    )
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_FORM)
    app.extensions[counters.NAME] = counter
    for environment in app.environments.values():
        environment.globals.update(
            form_field=form_field,
            form_number=form_number,
            desk_word=console_word,
            act_word=act_word,
            asked_word=asked_word,
            rows_of=WORDS["rows_of"],
            item_marks=WORDS["marks"],
            change_word=change_word,
            column_word=column_word,
            day_word=day_word,
            paper_word=paper_word,
            tie_word=tie_word,
            edition_word=edition_word,
            subject_word=subject_word,
            checked_word=checked_word,
            level_words=LEVELS,
            triage_meaning=triage_meaning,
            done=lambda: DONE.get(request.args.get("done", "")),
            desks=desks_of,
            mistakes=mistakes_in(environment),
            mistake=mistake_in(environment),
            asked=lambda: request.method == "GET",
        )
    app.register_blueprint(shell)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    database = counter.office.database
    keep_current(app, database, partial(watch, database), partial(_renew, app))
    keep_gate(app)
    app.wsgi_app = PinnedHost(app.wsgi_app, counter.settings.console_url)  # type: ignore[method-assign]
    return app


def _renew(app: BilingualFlask, rules: RuleBook, settings: Settings) -> None:
    """Let the counter go by these rules, and say who runs the site."""
    here: Counter = app.extensions[counters.NAME]
    app.extensions[counters.NAME] = replace(here, office=replace(here.office, rules=rules), settings=settings)


@shell.get("/icon.svg")
@everybody
def icon() -> Response:
    """The mark of the site."""
    return send_from_directory(STATIC, "icon.svg")


@shell.get("/robots.txt")
@everybody
def robots() -> Response:
    """Nothing here is for search engines."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@shell.get("/healthz")
@everybody
def health() -> Response:
    """Whether the process answers."""
    return Response("ok\n", mimetype="text/plain")
