"""What the bureau decides itself: who runs the site, the calendar, rule files; with a preview, and by two people."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.book import SHIPPED
from zuofang.rules.notices import BadNotice, read_notice, typed, with_notice
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.tables import RuleFileError
from zuofang.site.console.acting import attempt, carry_out, last_seen, locked
from zuofang.site.console.answers import Answers, form, no_such, onward, page, page_with
from zuofang.site.console.counter import counter, guest
from zuofang.site.console.office.errands import Shown, as_shown
from zuofang.site.console.office.words import IDENTITY_LABELS, LANGUAGES_OFFERED
from zuofang.site.console.rights import may
from zuofang.storage import editions, errands
from zuofang.storage.accounts.models import Role
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.editions import IDENTITY, Edition, EditionState
from zuofang.storage.errands import Errand
from zuofang.storage.identity import FIELDS, LONGEST, Identity, identity_of
from zuofang.storage.journal import canonical
from zuofang.storage.settings import Settings

pages = Blueprint("settings", __name__)
EDITORS = (Role.editor, Role.administrator)
CALENDAR = "calendar.csv"
PREVIEW = "preview"
FILES = tuple(sorted(path.name for path in SHIPPED.glob("*.csv")))
SHOWN = 100
"""Lines of a difference that a page shows."""
LANGUAGES = say("公众网站用什么语言")
REASON = say("请写理由；它会记入日志。")


@pages.get("/settings")
@may(*EDITORS)
def settings() -> Response:
    """What can be decided here, what is in force, and what waits."""
    with Session(counter().office.database.read) as session:
        found = session.scalars(select(Edition).order_by(Edition.id.desc()).limit(50)).all()
        texts = editions.in_force(session.connection())
    known = counter().rules.calendar.known_through
    return page("console/office/settings.html", found=found, files=FILES, own=frozenset(texts), known=known)


@pages.get("/settings/identity")
@may(*EDITORS)
def identity() -> Response:
    """Who runs the site, to be changed."""
    return _identity(Answers({name: getattr(_now(), name) for name in FIELDS}))


@pages.post("/settings/identity")
@may(*EDITORS, fresh=True)
def propose_identity() -> AnyResponse:
    """Propose who runs the site."""
    answers = form()
    told = Identity(**{name: answers.text(name, most=LONGEST) for name in FIELDS})
    why = answers.text("why", REASON, most=500)
    for name, sentence in told.mistakes().items():
        answers.wrong(name, sentence)
    made = attempt(answers, lambda desk: editions.propose(desk, IDENTITY, told.json(), why).id)
    return _identity(answers) if made is None else onward(f"/settings/editions/{made}", "propose")


@pages.get("/settings/calendar")
@may(*EDITORS)
def calendar() -> Response:
    """The days off of one year, as the notice says them."""
    asked = request.args.get("year", "")
    first = counter().rules.calendar.known_through.year + 1
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == len("2027") else first
    return _calendar(Answers({"year": str(year), "days": typed(_text(CALENDAR), year)}))


@pages.post("/settings/calendar")
@may(*EDITORS, fresh=True)
def propose_calendar() -> AnyResponse:
    """Propose the days off of one year."""
    answers = form()
    year = answers.whole("year", say("请填年份。"), 2015, 2199) or 0
    source = answers.text("source", say("请填通知的文号。"))
    days = answers.text("days", say("请照通知写出放假和上班的日子。"), most=4000)
    why = answers.text("why", REASON, most=500)
    content = ""
    if not answers.errors:
        try:
            content = with_notice(_text(CALENDAR), year, read_notice(days, year, source))
        except BadNotice as bad:
            answers.wrong("days", bad.sentence)
    made = attempt(answers, lambda desk: _asks(desk, editions.propose(desk, CALENDAR, content, why).id))
    return _calendar(answers) if made is None else _put_forward(made)


@pages.get("/settings/rules/<name>")
@may(*EDITORS)
def rule_file(name: str) -> Response:
    """A rule file as it is in force, to be carried away and changed."""
    if name not in FILES:
        no_such(say("没有这个规则文件。"))
    answer = make_response("\ufeff" + _text(name))
    answer.mimetype = "text/csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.get("/settings/rules")
@may(*EDITORS)
def rules() -> Response:
    """The form for a rule file."""
    return _rules(Answers())


@pages.post("/settings/rules")
@may(*EDITORS, fresh=True)
def propose_rules() -> AnyResponse:
    """Propose a rule file; one that cannot be read is refused with its line."""
    answers = form()
    name, why = answers.choice("name", FILES, say("请选规则文件。")), answers.text("why", REASON, most=500)
    file = request.files.get("file")
    content = _decoded(answers, file.stream.read() if file and file.filename else b"")
    if not answers.errors:
        try:
            editions.rules_of({**_texts(), name: content})
        except RuleFileError as bad:
            answers.wrong("file", say("第 %(line)s 行：%(what)s", line=bad.line, what=bad.complaint))
    made = attempt(answers, lambda desk: _asks(desk, editions.propose(desk, name, content, why).id))
    return _rules(answers) if made is None else _put_forward(made)


@pages.get("/settings/editions/<key:edition>")
@may(*EDITORS)
def edition(edition: int) -> Response:
    """One edition: its text beside the one in force, and what it would change."""
    return _edition(edition, Answers())


@pages.post("/settings/editions/<key:edition>/adopt")
@may(*EDITORS, fresh=True)
def adopt(edition: int) -> AnyResponse:
    """Put a proposal in force."""
    return _decide(edition, "adopted", editions.adopt)


@pages.post("/settings/editions/<key:edition>/send-back")
@may(*EDITORS, fresh=True)
def send_back(edition: int) -> AnyResponse:
    """Refuse a proposal."""
    return _decide(edition, "sent_back", editions.send_back)


@pages.post("/settings/editions/<key:edition>/withdraw")
@may(*EDITORS)
def withdraw(edition: int) -> AnyResponse:
    """Take one's own proposal back."""
    return _decide(edition, "undo_proposal", editions.withdraw)


@pages.post("/settings/editions/<key:edition>/undo")
@may(*EDITORS, fresh=True)
def undo(edition: int) -> AnyResponse:
    """Put back what was in force before."""
    return _decide(edition, "undo_adoption", editions.undo_adoption)


@pages.post("/settings/editions/<key:edition>/preview")
@may(*EDITORS)
def preview(edition: int) -> AnyResponse:
    """Work out anew what a proposed rule file would change."""
    answers = form()

    def act(desk: Desk) -> int:
        row = desk.session.get(Edition, edition)
        if row is None or row.about == IDENTITY or row.state is not EditionState.proposed:
            raise Refused(say("没有等待决定的规则文件。"))
        return _asks(desk, edition)

    return _edition(edition, answers) if attempt(answers, act) is None else _put_forward(edition, "errand")


def _put_forward(edition: int, done: str = "propose") -> AnyResponse:
    counter().start()
    return onward(f"/settings/editions/{edition}", done)


def _decide(key: int, done: str, act: Callable[[Desk, Edition, str], None]) -> AnyResponse:
    answers = form()
    why = answers.text("why", REASON, most=500)

    return carry_out(
        answers,
        lambda desk: act(desk, locked(desk, Edition, key), why),
        onto=f"/settings/editions/{key}",
        done=done,
        again=partial(_edition, key),
        seen=("edition", str(key)),
    )


def _decoded(answers: Answers, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        answers.wrong("file", say("文件要用 UTF-8 编码的 CSV。"))
        return ""
    if not text.strip():
        answers.wrong("file", say("请选一个文件。"))
    return text


def _texts() -> dict[str, str]:
    with counter().reading() as connection:
        return editions.in_force(connection)


def _text(name: str) -> str:
    """A rule file as it is in force."""
    return _texts().get(name) or (SHIPPED / name).read_text(encoding="utf-8")


def _now() -> Identity:
    return identity_of(_texts().get(IDENTITY), current_app.config["ZUOFANG"])


def _lines(session: Session, row: Edition) -> tuple[str, ...]:
    """What an edition changes in the text that is in force."""
    texts = editions.in_force(session.connection())
    if row.about == IDENTITY:
        return ()
    return _difference(texts.get(row.about) or (SHIPPED / row.about).read_text(encoding="utf-8"), row.content)


def _fields(session: Session, row: Edition) -> list[tuple[Sentence, Sentence | str, Sentence | str]]:
    """What an edition changes of who runs the site: the field, what it says, and what it would say."""
    if row.about != IDENTITY:
        return []
    running: Settings = current_app.config["ZUOFANG"]
    now = identity_of(editions.in_force(session.connection()).get(IDENTITY), running)
    then = identity_of(row.content, running)
    found = [(IDENTITY_LABELS[name], getattr(now, name), getattr(then, name)) for name in IDENTITY_LABELS]
    found.append((LANGUAGES, LANGUAGES_OFFERED[now.languages], LANGUAGES_OFFERED[then.languages]))
    return [one for one in found if one[1] != one[2]]


def _broken(session: Session, row: Edition) -> str:
    """The line of a proposed rule file that cannot be read beside what is in force since; empty where all can."""
    if row.about == IDENTITY or row.state is not EditionState.proposed:
        return ""
    try:
        editions.rules_beside(session, row)
    except RuleFileError as bad:
        return str(bad.line)
    return ""


def _asks(desk: Desk, edition: int) -> int:
    """Ask what a proposed rule file would change; worked out while nobody waits."""
    errands.ask(desk, PREVIEW, {"edition": edition}, guest().account, str(say("看采用以后会变什么")))
    return edition


def _foreseen(session: Session, edition: int) -> Shown | None:
    """What was last worked out of the changes that an edition brings, or how far that has come."""
    statement = select(Errand).filter_by(kind=PREVIEW, wanted=canonical({"edition": edition}))
    row = session.scalars(statement.order_by(Errand.id.desc()).limit(1)).first()
    return None if row is None else as_shown(row)


def _difference(before: str, after: str) -> tuple[str, ...]:
    """The lines that go and that come, each with its sign."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return tuple(line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---")))


def _edition(key: int, answers: Answers) -> Response:
    with Session(counter().office.database.read) as session:
        row = session.get(Edition, key)
        if row is None:
            no_such()
        shown: dict[str, Any] = {
            "view": row,
            "lines": _lines(session, row),
            "fields": _fields(session, row),
            "broken": _broken(session, row),
        }
        shown |= {"foreseen": _foreseen(session, key), "most": SHOWN, "day": date.fromisoformat}
        newest = session.scalars(
            select(Edition.id).filter_by(about=row.about, state=EditionState.adopted).order_by(Edition.id.desc())
        ).first()
        seen = last_seen(Desk(session, "", counter().now, counter().rules, counter().office.keys), row.subject)
    mine, newest_one = row.proposed_by == guest().name, newest == key
    return page_with("console/office/edition.html", answers, mine=mine, newest=newest_one, seen=seen, **shown)


def _identity(answers: Answers) -> Response:
    return page_with("console/office/identity.html", answers, labels=IDENTITY_LABELS, offered=LANGUAGES_OFFERED)


def _calendar(answers: Answers) -> Response:
    known = counter().rules.calendar.known_through
    return page_with("console/office/calendar.html", answers, known=known)


def _rules(answers: Answers) -> Response:
    return page_with("console/office/rules.html", answers, files=FILES)
