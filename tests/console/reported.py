"""Reports at the desks: letters that drop in, and people whose accounts hold the keys of their roles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import scene
from tests.conftest import PASSPHRASE
from tests.console.conftest import Browser, Staff, words
from werkzeug.test import TestResponse

from zuofang.reporting.cases.acts.opening import About, split
from zuofang.reporting.cases.models import ReportCase
from zuofang.reporting.evidence.uploads import Uploads
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Accepted, Letterbox, Statement
from zuofang.reporting.keys.letterbox import read_letterbox
from zuofang.reporting.models import Report, ReportKind, Standing
from zuofang.reporting.models import Role as Seal
from zuofang.storage.accounts import acts
from zuofang.storage.accounts.models import Account, AccountState, Role, ScopeKind
from zuofang.storage.acts import Office
from zuofang.traceability.acts import districts

SECRET = "后院用工业盐腌肉"
PERSON = {"name": "沈小满", "phone": "0570-0000001", "address": "清溪县北溪镇南街 3 号", "identity": ""}
HOLDERS = {Seal.case: Role.case_officer, Seal.identity: Role.custodian, Seal.payout: Role.finance}
PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass
class Bureau:
    """A letter box before the desks; an account that is called like a seal holds its key."""

    staff: Staff
    office: Office
    box: Letterbox
    files: dict[str, bytes] = field(default_factory=lambda: {"单.pdf": PDF})
    """What comes with every letter."""

    def letter(self, kind: ReportKind = ReportKind.report, **said: Any) -> tuple[int, Accepted]:
        """Somebody writes; answers the number of the letter and what they were given."""
        now, form = self.office.clock(), new_form(self.office.clock())
        for name, content in self.files.items():
            Uploads(self.office.database).park(form, name, content, now)
        told = {"standing": Standing.named, "person": PERSON, "language": "zh", **said}
        told.setdefault("matter", {"who": "北溪陈记卤味作坊", "where": "北溪镇", "facts": SECRET})
        (accepted,) = self.box.hand_in(form, [Statement(kind=kind, **told)], now)
        with Session(self.office.database.read) as session:
            found = session.scalars(select(Report.id).where(Report.locator == accepted.receipt.locator))
            return found.one(), accepted

    def case(self, kind: ReportKind = ReportKind.report, place: str = "339901", **said: Any) -> int:
        """A letter with its case."""
        letter, _ = self.letter(kind, **said)
        with self.office.writing("tests") as desk:
            return split(desk, desk.session.get_one(Report, letter), About(place=place), "测试")[0].id

    def holder(self, seal: Seal) -> Browser:
        """A browser of the person who holds the key of a seal."""
        with self.office.writing("tests") as desk:
            if desk.session.scalars(select(Account).filter_by(name=seal.value)).first() is None:
                account = acts.open_account(desk, seal.value, "许知", "测试")
                account.password, account.state = "$argon2id$none", AccountState.active
                acts.grant(desk, account, HOLDERS[seal], ScopeKind.city, "", "测试")
        return self.staff.seat(seal.value)

    def row(self, case: int) -> ReportCase:
        """The case as it stands, with what belongs to it loaded."""
        with Session(self.office.database.read) as session:
            found = session.get_one(ReportCase, case)
            assert (found.steps, found.asks, found.marks, found.reward) is not None
            if found.reward is not None:
                assert found.reward.payment is None or found.reward.payment.paid_on
            return found

    def at(self, who: str = "tests") -> Any:
        """One transaction of somebody."""
        return self.office.writing(who)


def bureau_of(staff: Staff, office: Office, role_folder: Path, data: Path) -> Bureau:
    """The scene, the keys of the roles in the folder of the desks, and the letter box."""
    (data / "keys").symlink_to(role_folder)
    keys = read_letterbox(role_folder)
    assert keys is not None
    with office.writing("tests") as desk:
        scene.build(desk)
        districts.enter(desk, "339901", "清溪县", date(2014, 1, 1), "测试")
    return Bureau(staff, office, Letterbox(office.database, keys))


def act(browser: Browser, page: str, action: str, **typed: str) -> TestResponse:
    """Send one form of a page."""
    return browser.submit(page, typed, action=f"{page}/{action}")


def opened(browser: Browser, page: str) -> TestResponse:
    """Open what a page is about with one's passphrase; answers the page that follows."""
    answer = act(browser, page, "open", passphrase=PASSPHRASE)
    assert answer.status_code == 303, words(answer)
    return browser.get(page)
