"""The search of everything published as an address asks for it; page, feed and files ask in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from http import HTTPStatus

from sqlalchemy import Connection

from zuofang.rules.sentences import say
from zuofang.search.finder import Found
from zuofang.search.results import Result, in_portions
from zuofang.search.wanted import FACETS, BadQuery, Cursor, Order, Wanted, read_words
from zuofang.site.errors import refuse
from zuofang.site.public.days import day_typed
from zuofang.site.public.lists import AFTER, Asked, asked
from zuofang.site.window import Window, window

PATH = "/disclosures/"
DAYS = ("since", "until")
NAMES = ("q", *FACETS, *DAYS, "order")
LONGEST = 200
"""Characters of a filter: the title of a breach may be long."""


@dataclass(frozen=True, slots=True)
class Search:
    """What an address asks, as typed and as a query."""

    wants: Asked
    wanted: Wanted

    @property
    def feeds(self) -> Mapping[str, str]:
        """The addresses of this very search as a feed and as files, by their kind."""
        kept = replace(self.wants, path=f"{PATH}feed", values={
            name: value for name, value in self.wants.values.items() if name not in (AFTER, "order")
        })  # fmt: skip
        return {kind: replace(kept, path=f"{PATH}feed.{kind}").href() for kind in ("atom", "csv", "xlsx", "json")}


def read_search(path: str = PATH) -> Search:
    """The search that the address of this request asks for; one that cannot be answered ends the request."""
    wants = asked(path, *NAMES, longest=LONGEST)
    days = {name: day_typed(wants[name]) for name in DAYS}
    if days["since"] and days["until"] and days["since"] > days["until"]:
        refuse(HTTPStatus.BAD_REQUEST, say("开始日期晚于结束日期，请对调后再查。"))
    try:
        return Search(wants, _wanted(wants, days["since"], days["until"]))
    except BadQuery as bad:
        refuse(HTTPStatus.BAD_REQUEST, bad.sentence)


def _wanted(wants: Asked, since: date | None, until: date | None) -> Wanted:
    words = read_words(wants["q"], window().synonyms)
    order = wants.member("order", Order) or (Order.relevance if words else Order.date)
    return Wanted(
        words=words,
        filters={name: wants[name] for name in FACETS if wants[name]},
        since=since,
        until=until,
        order=order,
        after=Cursor.read(wants[AFTER]) if wants[AFTER] else None,
    )


def look(connection: Connection, here: Window, wanted: Wanted) -> tuple[Found, list[Result]]:
    """A page of the search, with the results that may be shown today. Two to four statements."""
    found = here.finder.find(connection, wanted)
    shown = list(in_portions(connection, found.keys, here.today, here.rules))
    away = len(found.keys) - len(shown)
    return (replace(found, total=max(found.total - away, 0)) if away else found), shown
