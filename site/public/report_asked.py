"""What the address of the form says it is about: a label, a workshop, a batch, a zone, a public record, or a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from zuofang.reporting.subjects import (
    NOBODY,
    Subject,
    subject_of_batch,
    subject_of_record,
    subject_of_workshop,
    subject_of_zone,
)
from zuofang.site.public.report_form import LIMITS
from zuofang.site.window import Window, window
from zuofang.traceability.codes import NotOurCode, canonical, read
from zuofang.traceability.queries.paging import key_in

Finder = Callable[[Connection, int], Subject | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a report is about, and the label that led to it."""

    subject: Subject = NOBODY
    code: str = ""
    is_foreign: bool = False
    """A code was named that we did not issue."""


def read_asked(query: Mapping[str, str]) -> Asked:
    """What an address names; what it names wrongly is left for the person to fill in."""
    here = window()
    finders: dict[str, Finder] = {
        "workshop": subject_of_workshop,
        "batch": subject_of_batch,
        "record": lambda connection, key: subject_of_record(connection, key, here.today, here.rules),
    }
    with here.reading() as connection:
        for name, find in finders.items():
            if (key := key_in(query.get(name, ""))) is not None:
                return Asked(find(connection, key) or NOBODY)
        if zone := query.get("zone", "")[: LIMITS["where"]]:
            return Asked(subject_of_zone(connection, zone) or NOBODY)
        if code := query.get("code", "").strip()[: LIMITS["code"]]:
            return _label(connection, here, code)
    return Asked(Subject(_printable(query.get("who", ""))[: LIMITS["who"]], ""))


def _label(connection: Connection, here: Window, code: str) -> Asked:
    try:
        known = read(here.keyring, code)
    except NotOurCode:
        return Asked(code=_tidy(code), is_foreign=True)
    return Asked(subject_of_batch(connection, known.batch) or NOBODY, known.text)


def _tidy(code: str) -> str:
    try:
        return canonical(code)
    except NotOurCode:
        return _printable(code)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
