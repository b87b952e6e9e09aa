"""What the pages of reports answer from: the letter box, the uploads on their way, and how hard they are being pressed.

A report is never refused for being one of many. When more arrive than people send, or too many from one network, a form
needs more computed work, or without script a little patience.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, make_response, render_template, request

from zuofang.reporting.evidence.budget import MEBIBYTE
from zuofang.reporting.evidence.budget import SHIPPED as BUDGET
from zuofang.reporting.evidence.uploads import Uploads
from zuofang.reporting.forms import FormToken, is_worked, new_form
from zuofang.reporting.intake import Letterbox
from zuofang.reporting.keys.letterbox import read_letterbox
from zuofang.reporting.limits import Counters, Limit, Pressure
from zuofang.reporting.models import Proof
from zuofang.rules.sentences import say
from zuofang.site.errors import held_in_memory, refuse
from zuofang.site.headers import content_policy
from zuofang.site.window import window
from zuofang.storage.database import Database
from zuofang.storage.keys import NoKeys
from zuofang.storage.settings import Settings

NAME = "zuofang.report_desk"
BITS = (17, 21)
"""Zero bits of the computed work: about a second on a phone, and under pressure sixteen times as much."""
PATIENCE, PATIENCE_UNDER_PRESSURE = 5, 60
"""Seconds that a form without computed work must have been open."""
AT_ONCE, TURN = 5, 180.0
"""Forms without computed work that one network may send within an hour as they come, and seconds between later ones."""
CALM = 30
"""Reports in ten minutes that are still what people send."""
HOUR = 3600.0
ROOM = 200 * 1024 * 1024
"""Bytes that must be free on the disk for a report to be taken in; uploads stop earlier."""
ROOM_FOR_UPLOADS = 5 * ROOM
SAME_ORIGIN = ("same-origin", "none")
CLOSED = say("网上投诉举报还没有开通。请拨打 12315，或者到本局接待窗口。")
FULL = say("现在存不下新的来件，您写的内容没有保存。请拨打 12315，或者过一会儿再试。")
NOT_OURS = say("这次提交不是从本站的页面发出的，没有处理。请从本站重新打开页面。")
FORM_AROUND_IT = MEBIBYTE
"""Bytes of a form beside its files."""


@dataclass(slots=True)
class ReportDesk:
    """One process's desk; opened after the process has forked."""

    box: Letterbox
    uploads: Uploads
    data: Path
    effort: tuple[int, int] = BITS
    counters: Counters = field(init=False)

    def __post_init__(self) -> None:
        """Count together with every other process of the installation."""
        self.counters = Counters(self.data / "limits.db")

    @property
    def pressure(self) -> Pressure:
        """How hard the form is being pressed."""
        return Pressure(self.counters, CALM)

    @property
    def reports(self) -> Limit:
        """Reports of one network beyond which each needs more work."""
        return Limit(self.counters, "report", 20, HOUR)

    @property
    def look_ups(self) -> Limit:
        """Look-ups of one network beyond which each needs more work."""
        return Limit(self.counters, "look-up", 30, HOUR / 6)

    @property
    def bytes_sent(self) -> Limit:
        """Bytes of files that are taken from one network."""
        return Limit(self.counters, "bytes", 400 * 1024 * 1024, HOUR)

    def has_turn(self, now: float) -> bool:
        """Whether a form without computed work may come in now from its network: a few at once, then one by one.

        Forms that a machine gathered and let grow old do not help it, and nobody in another network waits for them.
        """
        at_once, turns = Limit(self.counters, "waited", AT_ONCE, HOUR), Limit(self.counters, "turn", 1, TURN)
        return at_once.takes(client_address(), now) or turns.takes(client_address(), now)

    def bits(self, now: float) -> int:
        """The computed work that a form given out now asks for."""
        return self.effort[self.pressure.is_high(now)]

    def proof_of(self, form: FormToken, answer: str, limit: Limit) -> Proof | int:
        """What a form brings against machines, or the seconds it still has to wait without it."""
        now = window().now.timestamp()
        pressed = self.pressure.is_high(now) or limit.is_over(client_address(), now)
        if is_worked(form.text(self.box.keys.forms), answer, self.effort[pressed]):
            return Proof.worked
        missing = (PATIENCE_UNDER_PRESSURE if pressed else PATIENCE) - form.age(window().now)
        return Proof.waited if missing <= 0 else int(missing) + 1

    def has_room(self, needed: int = ROOM) -> bool:
        """Whether the disk has room for what is to be kept."""
        return shutil.disk_usage(self.data).free > needed


def open_report_desk(app: Flask, settings: Settings, database: Database) -> None:
    """Give an application its desk, where the keys of the letter box and of every role are there."""
    try:
        keys = read_letterbox(settings.keys)
    except (NoKeys, PermissionError):
        keys = None
    if keys is not None:
        app.extensions[NAME] = ReportDesk(Letterbox(database, keys), Uploads(database), settings.data)


def report_desk() -> ReportDesk:
    """The desk of the application that is answering; where there is none, the request ends with a sentence."""
    found: ReportDesk | None = current_app.extensions.get(NAME)
    return found or refuse(HTTPStatus.SERVICE_UNAVAILABLE, CLOSED)


def receive_form() -> None:
    """Let the form of a report be read, its files kept in memory alone; one that another site's page sent ends here."""
    held_in_memory(BUDGET.in_one_form + FORM_AROUND_IT, FORM_AROUND_IT)
    refuse_strangers()


def refuse_strangers() -> None:
    """End a request to change something that another site's page sent.

    Our pages send no referrer, so a browser without ``Sec-Fetch-Site`` says ``Origin: null``; the token then speaks.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    own = urlsplit(current_app.config["ZUOFANG"].base_url)
    foreign = origin not in ("null", "") and origin.lower() != f"{own.scheme}://{own.netloc}".lower()
    if site not in (None, *SAME_ORIGIN) or (site is None and foreign):
        refuse(HTTPStatus.FORBIDDEN, NOT_OURS)


def client_address() -> str:
    """The address a request came from; the last hop that a proxy on this machine names counts, no other claim does."""
    address = request.remote_addr or ""
    claimed = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return claimed if claimed and address in ("127.0.0.1", "::1") else address


def fresh_token() -> str:
    """A new form token."""
    return new_form(window().now).text(report_desk().box.keys.forms)


def private_page(template: str, status: HTTPStatus = HTTPStatus.OK, /, **shown: object) -> Response:
    """A page that nobody keeps: no cache, no search engine, no compression that its length could betray."""
    response = make_response(render_template(template, **shown), status)
    response.cache_control.no_store = True
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Security-Policy"] = content_policy(script_src="'self'", connect_src="'self'")
    return response
