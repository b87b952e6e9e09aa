"""A bureau on a day that a test chooses: its desks and its public site, really served, and who sits at them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import time

from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.journeys.desks import Desks
from tests.scene import WHY

from zuofang.credit import daily
from zuofang.credit.models import CreditRecord
from zuofang.reporting.keys.letterbox import new_letterbox
from zuofang.site.commands.city.letters import make_role_keys
from zuofang.site.commands.city.staff import PASSWORD
from zuofang.storage.accounts import acts, factors, passwords
from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.storage.database import open_database
from zuofang.storage.keys import new_keys
from zuofang.storage.settings import Settings

ROOT = Path(__file__).parents[2]
TURNED = (sys.executable, "-m", "tests.journeys.turned")


def moment(now: Path) -> datetime:
    """The moment by the file: what stands in it, and as much later as it was written long ago."""
    return datetime.fromisoformat(now.read_text()) + timedelta(seconds=time() - now.stat().st_mtime)


@dataclass
class Bureau:
    """The desks and the public site on a day that the test chooses, and who sits at them."""

    office: Office
    desks: Desks
    public: str
    browser: Browser
    now: Path
    seated: dict[tuple[str, date], Person] = field(default_factory=dict)

    def __call__(self) -> datetime:
        return moment(self.now)

    def turn(self, on: date) -> None:
        """Nine in the morning of a day."""
        self.now.write_text(datetime(on.year, on.month, on.day, 1, tzinfo=UTC).isoformat())

    def day(self, on: date) -> None:
        """Night falls, the clock runs, and it is the morning of another day."""
        daily.run(self.office)
        self.turn(on)
        daily.run(self.office)

    def hire(self, name: str, role: Role, kind: ScopeKind = ScopeKind.city, key: object = "") -> None:
        """An account that is ready to be used."""
        with self.office.writing("installation") as desk:
            account = acts.open_account(desk, name, name, WHY)
            acts.grant(desk, account, role, kind, str(key), WHY)
            acts.take_up(desk, acts.invite(desk, account, WHY), PASSWORD, passwords.digest(PASSWORD), WHY)
            generator = factors.new_generator()
            acts.set_generator(desk, account, generator, generator.code(desk.now), WHY)
            account.totp_step = 0

    def seat(self, name: str) -> Person:
        """Somebody who has signed in today; a code opens the desk once, so nobody does it twice."""
        if (name, self().date()) in self.seated:
            return self.seated[name, self().date()]
        context = self.browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.set_default_timeout(5_000)
        self.desks.sign_in(page, name)
        self.seated[name, self().date()] = Person(context, page, self.desks.address)
        return self.seated[name, self().date()]

    def citizen(self) -> Page:
        """A page on somebody's phone, without script."""
        context = self.browser.new_context(
            base_url=self.public, locale="zh-CN", viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        return context.new_page()

    def newest(self) -> int:
        """The number of the record that was entered last."""
        with Session(self.office.database.read) as session:
            return session.scalars(select(CreditRecord.id).order_by(CreditRecord.id.desc())).first() or 0

    def record(self, key: int) -> CreditRecord:
        """A record as it stands."""
        with Session(self.office.database.read) as session:
            return session.get_one(CreditRecord, key)


@dataclass
class Person:
    """A person at a desk, who goes to pages, types and presses."""

    context: BrowserContext
    page: Page
    address: str

    def to(self, path: str) -> None:
        """Open a page."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, path

    def fill(self, **typed: str) -> None:
        """Fill fields in; a choice is made by its value."""
        for name, text in typed.items():
            choice = self.page.locator(f'[id="{name}-{text}"]')
            if choice.count():
                choice.check()
            elif self.page.locator(f"select#{name}").count():
                self.page.select_option(f"#{name}", text)
            else:
                self.page.fill(f"#{name}", text)

    def press(self, action: str, said: str) -> None:
        """Open what hides the form, send it, and read what was done."""
        form = self.page.locator(f"form[method=post][action*='{action}']").first
        folded = self.page.locator("details:not([open])", has=form)
        if folded.count():
            folded.locator("summary").click()
        form.locator("button").click()
        expect(self.page.locator("main, body").first).to_contain_text(said)

    def open(self, action: str) -> None:
        """Unfold the form that goes to an address, if it is folded."""
        form = self.page.locator(f"form[method=post][action*='{action}']").first
        if not form.is_visible():
            self.page.locator("details", has=form).locator("summary").click()

    def bring(self, kind: str, name: str, table: str) -> None:
        """Take a table in: rehearse, then apply."""
        self.to("/imports")
        self.page.select_option("#kind", kind)
        self.page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": table.encode()})
        self.press("/imports", "可以导入")
        self.press("/imports/apply", "全部写入了")


@contextmanager
def opened(browser: Browser, database: Path, data: Path) -> Iterator[Bureau]:
    """An empty installation with the keys of a bureau, served on the day that the test turns to."""
    shutil.copy(database, data / "zuofang.db")
    settings = Settings(data=data)
    office = Office(open_database(settings.database), new_keys(settings.keys), heads=settings.heads)
    new_letterbox(settings.keys)
    make_role_keys(settings.keys)
    made = Bureau(office, Desks(""), "", browser, data / "now")
    made.office = replace(office, clock=made)
    made.turn(date(2026, 11, 20))
    with subprocess.Popen(
        [*TURNED, str(data)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        made.desks, made.public = Desks(server.stdout.readline().strip()), server.stdout.readline().strip()
        yield made
        server.terminate()
    office.database.dispose()
