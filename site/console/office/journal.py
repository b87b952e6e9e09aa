"""The journal at the desk: by act, person, subject and day, held against its chain, and carried away as a table."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.calendar import YEARS, china_day
from zuofang.rules.sentences import say
from zuofang.site.console.acting import attempt
from zuofang.site.console.answers import form, onward, page
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.office.errands import started
from zuofang.site.console.rights import may
from zuofang.site.locales import current_language, local
from zuofang.site.public.disclosure_table import harmless
from zuofang.storage import errands, journal, journal_pages
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import DAY_ALONE, last_noted
from zuofang.storage.errands import Errand, ErrandState
from zuofang.storage.journal_pages import Asked

pages = Blueprint("journal_desk", __name__)
READERS = (Role.administrator, Role.editor)
PAGE = 50
MOST = 10_000
"""Lines of the table that is carried away at once; the whole journal is made into files as an errand."""
RECOUNT = "recount"
LONGEST = 100


@pages.get("/journal")
@may(*READERS)
def entries() -> Response:
    """The journal, newest first, narrowed by act, person, subject and day."""
    asked, text = _asked(), request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    with Session(counter().office.database.read) as session:
        found = journal_pages.entries(session, asked, PAGE, before)
        shown: dict[str, Any] = {
            "found": found, "total": journal_pages.count(session, asked), "unfit": journal_pages.unfit(session, found),
            "acts": journal_pages.acts(session), "kinds": journal_pages.kinds(session),
            "head": journal.read_head(session), "recounted": _recounted(session),
        }  # fmt: skip
    here = counter().office
    noted = last_noted(here.heads) if here.heads else None
    return page(
        "console/office/journal.html",
        asked=asked,
        at=_at,
        noted=noted,
        first=before is None,
        page=PAGE,
        day_alone=DAY_ALONE,
        day_of=china_day,
        **shown,
    )


@pages.get("/journal/entries.csv")
@may(*READERS)
def table() -> Response:
    """The same entries as a table, the newest ten thousand of them."""
    kept, asked = io.StringIO(), _asked()
    write = csv.writer(kept).writerow
    write(["number", "at", "who", "act", "about", "key", "reason", "facts", "digest"])
    with Session(counter().office.database.read) as session:
        for one in journal_pages.entries(session, asked, MOST):
            told = (one.who, one.act, one.subject_kind, one.subject_key, one.why, one.facts)
            write([one.seq, one.at.isoformat(), *map(harmless, told), one.digest.hex()])
    answer = make_response("\ufeff" + kept.getvalue())
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="journal-{counter().today}.csv"'
    return answer


@pages.post("/journal/verify")
@may(Role.administrator)
def verify() -> AnyResponse:
    """Have the whole journal recounted and its end compared with what was noted outside the database."""
    answers = form()
    made = attempt(
        answers, lambda desk: errands.ask(desk, RECOUNT, {}, guest().account, str(say("管理员要求核对日志"))).id
    )
    return onward("/journal") if made is None else started(made)


def _asked() -> Asked:
    args = request.args
    act, who, kind, key = (args.get(name, "").strip()[:LONGEST] for name in ("act", "who", "kind", "key"))
    return Asked(act, who, kind, key, _day("since"), _day("until"))


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _at(asked: Asked, path: str = "/journal", before: int | None = None, **changed: str) -> str:
    """The address of these entries, from the one below ``before``."""
    values = {name: getattr(asked, name) for name in ("act", "who", "kind", "key", "since", "until")}
    told = urlencode({name: one for name, one in {**values, **changed, "before": before}.items() if one})
    return local(f"{path}{'?' if told else ''}{told}")


def _recounted(session: Session) -> tuple[Errand, str] | None:
    """The newest recount that ended, and what it found in words."""
    ended = (ErrandState.done, ErrandState.refused)
    statement = select(Errand).where(Errand.kind == RECOUNT, Errand.state.in_(ended)).order_by(Errand.id.desc())
    row = session.scalars(statement.limit(1)).first()
    return None if row is None else (row, row.outcome.get("sentence", {}).get(current_language().code, ""))
