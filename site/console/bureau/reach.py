"""The divisions in which an officer works."""

from __future__ import annotations

from zuofang.rules.sentences import say
from zuofang.site.console.answers import Answers
from zuofang.site.console.counter import counter
from zuofang.site.console.gate import my_reach
from zuofang.storage.accounts.models import Role
from zuofang.traceability.queries.districts import county_codes


def districts(*roles: Role) -> list[tuple[str, str]]:
    """Code and name of every county of today in which the person works in one of these roles, by their codes."""
    here = counter()
    span = my_reach(*(roles or (Role.officer,)))
    with here.reading() as connection:
        known = county_codes(connection, here.today)
    return sorted((code, name) for name, code in known.items() if span.covers(code))


def in_reach(answers: Answers, district: str) -> None:
    """Note in the form that its district is none of those in which the person works."""
    if district not in dict(districts()):
        answers.wrong("district", say("请选您负责的县区。"))
