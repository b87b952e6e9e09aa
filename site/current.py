"""Going by what is in force: before a request is answered, another edition is noticed and taken up.

The data version says cheaply that something changed; only then the database is asked whether it was an edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from zuofang.rules.book import RuleBook
from zuofang.site.errors import make_failure_pages
from zuofang.site.locales import CHINESE, ENGLISH, LANGUAGES, OFFERED
from zuofang.site.rendering import BilingualFlask
from zuofang.storage import editions
from zuofang.storage.database import Database
from zuofang.storage.editions import IDENTITY
from zuofang.storage.identity import Identity, identity_of
from zuofang.storage.settings import Settings
from zuofang.storage.version import DataVersion

BOTH = ("site_name", "bureau", "contact")
"""What is said in each language in its own words."""
FILED = ("icp", "police", "site_code")


def keep_current(
    app: BilingualFlask,
    database: Database,
    watched: Callable[[], DataVersion],
    renew: Callable[[RuleBook, Settings], None],
    *,
    for_readers: bool = False,
) -> None:
    """Let an application go by the editions in force; ``renew`` gives its views the rules and the settings.

    ``watched`` gives the data version; it is asked for when the first request comes. ``for_readers`` says
    that the bureau decides which languages the application offers; the desks offer all of them.
    """
    version = cache(watched)
    begun: Settings = app.config["ZUOFANG"]
    known: dict[str, object] = {"version": None, "mark": (0, 0)}

    @app.before_request
    def _look() -> None:
        now = version()()
        if now == known["version"]:
            return
        with database.read.connect() as connection:
            mark = editions.mark(connection)
            if mark != known["mark"]:
                _take_up(app, begun, editions.in_force(connection), renew, for_readers)
        known.update(version=now, mark=mark)


def _take_up(
    app: BilingualFlask,
    begun: Settings,
    texts: Mapping[str, str],
    renew: Callable[[RuleBook, Settings], None],
    for_readers: bool,
) -> None:
    identity = identity_of(texts.get(IDENTITY), begun)
    app.config["ZUOFANG"] = identity.given_to(begun)
    if for_readers:
        app.config[OFFERED] = LANGUAGES if identity.offers_english else (CHINESE,)
    say_who(app, identity)
    make_failure_pages(app)
    renew(editions.rules_of(texts), app.config["ZUOFANG"])


def say_who(app: BilingualFlask, identity: Identity) -> None:
    """Give the templates of each language who runs the site."""
    for code, environment in app.environments.items():
        environment.globals.update({name: identity.said(name, code == ENGLISH.code) for name in BOTH})
        environment.globals.update({name: getattr(identity, name) for name in FILED})
        if environment.cache is not None:
            environment.cache.clear()  # a template knows the names that were set when it was first used
