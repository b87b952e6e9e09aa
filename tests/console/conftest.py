"""The desks over a database of their own, people to sit at them, and a client that fills forms in as a browser does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from style_guide import StyleGuide, parse, text_of, told
from tests.conftest import NOON
from werkzeug.test import TestResponse

from zuofang.site.console.app import create_console_app
from zuofang.site.console.counter import Counter
from zuofang.site.console.desks import DESKS
from zuofang.site.rendering import BilingualFlask
from zuofang.storage.accounts import acts, sessions
from zuofang.storage.accounts.models import Account, AccountState, Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.storage.database import Database
from zuofang.storage.keys import Keys
from zuofang.storage.settings import Settings

ADDRESS = "https://desk.example.cn"


class Browser(StyleGuide):
    """A browser at the desks: it keeps cookies and sends the forms of pages as they stand there."""

    sets_cookies = True

    def submit(self, path: str, typed: dict[str, Any] | None = None, *, action: str = "", **more: Any) -> TestResponse:
        """Open a page, fill in the form that goes to ``action`` (by default to the page), and send it."""
        return self.send(self.get(path), typed, action=action or path, **more)

    def send(
        self, answer: TestResponse, typed: dict[str, Any] | None = None, *, action: str, **more: Any
    ) -> TestResponse:
        """Send a form of a page that was fetched before."""
        assert answer.status_code in (200, 422), (answer.status_code, answer.headers.get("Location"))
        return self.post(action, data={**fields_of(told(answer), action), **(typed or {})}, **more)


def fields_of(page: str, action: str) -> dict[str, str]:
    """What the form that goes to ``action`` holds before anything is typed."""
    there = [one for one in parse(page).iter("form") if one.get("action", "").partition("?")[0] == action]
    form = next((one for one in there if one.get("method") == "post"), None)
    assert form is not None, f"no form goes to {action}"
    found = {}
    for one in form.iter():
        name = one.get("name")
        if name and one.tag == "input" and (one.get("type") not in ("radio", "checkbox") or one.get("checked") == ""):
            found[name] = one.get("value") or ""
        elif name and one.tag == "textarea":
            found[name] = (one.text or "").removeprefix("\n")
        elif name and one.tag == "select":
            found[name] = _selected(one)
    return found


def _selected(select: Element) -> str:
    options = list(select.iter("option"))
    chosen = next((one for one in options if one.get("selected") == ""), options[0] if options else None)
    return "" if chosen is None else chosen.get("value") or ""


def words(answer: TestResponse) -> str:
    """What a reader reads on a page."""
    body = parse(told(answer)).find("body")
    assert body is not None
    return text_of(body)


@dataclass
class Clock:
    """A clock that a test turns."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@dataclass
class Staff:
    """Opens accounts and seats people; a session made here skips the password, whose tests type it."""

    office: Office
    app: BilingualFlask
    _numbers: Any = field(default_factory=lambda: count(1))

    def hire(self, role: Role | None, kind: ScopeKind = ScopeKind.city, key: object = "") -> str:
        """A new account with a role in a place; answers its name."""
        name = f"{(role or 'nobody').replace('_', '-')}.{next(self._numbers)}"
        with self.office.writing("tests") as desk:
            account = acts.open_account(desk, name, "许知", "测试")
            account.password, account.state = "$argon2id$none", AccountState.active
            if role is not None:
                acts.grant(desk, account, role, kind, str(key), "测试")
        return name

    def seat(self, name: str, *, factor: str = "passkey") -> Browser:
        """A browser in which this person is signed in; without a factor only the password was given."""
        with self.office.writing(name) as desk:
            account = desk.session.query(Account).filter_by(name=name).one()
            secret = sessions.start(desk, account)
        if factor:
            with self.office.database.read.connect() as connection:
                who = sessions.guest(connection, secret, self.office.clock())
            assert who is not None
            with self.office.writing(name) as desk:
                secret = sessions.proved(desk, who, factor)
        browser = self.stranger()
        browser.set_cookie("__Host-session", secret, secure=True)
        return browser

    def at(self, role: Role, kind: ScopeKind = ScopeKind.city, key: object = "") -> Browser:
        """A browser of a new person with this role."""
        return self.seat(self.hire(role, kind, key))

    def stranger(self) -> Browser:
        """A browser in which nobody is signed in."""
        client = self.app.test_client()
        assert isinstance(client, Browser)
        return client


@pytest.fixture
def clock() -> Clock:
    """The clock of the desks, at noon of the day of the tests."""
    return Clock()


@pytest.fixture
def writer(sqlite: Database, keys: Keys, clock: Clock) -> Office:
    """A place to write from, behind the desks."""
    return Office(sqlite, keys, clock=clock)


@pytest.fixture
def open_desks(writer: Office, tmp_path: Path) -> Callable[..., BilingualFlask]:
    """Opens another worker of the desks over the same data."""

    def open_desks(**options: Any) -> BilingualFlask:
        settings = Settings(data=tmp_path, base_url="https://zf.example.cn", console_url=ADDRESS)
        app = create_console_app(Counter(writer, settings, **options), DESKS)
        app.test_client_class = Browser
        return app

    return open_desks


@pytest.fixture
def staff(writer: Office, open_desks: Callable[..., BilingualFlask]) -> Staff:
    """The people at the desks."""
    return Staff(writer, open_desks())


@pytest.fixture
def bureau(staff: Staff, writer: Office, role_folder: Path, tmp_path: Path) -> Any:
    """A letter box before the desks, and accounts that hold the keys of the roles."""
    from tests.console.reported import bureau_of

    return bureau_of(staff, writer, role_folder, tmp_path)
