"""What people of the example city handed in: complaints and reports in every state, all of it invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from zuofang.reporting import acts, followup, receiving
from zuofang.reporting.evidence.uploads import Uploads
from zuofang.reporting.forms import new_form
from zuofang.reporting.intake import Letterbox, Statement
from zuofang.reporting.keys import roles
from zuofang.reporting.keys.letterbox import public_keys, read_letterbox
from zuofang.reporting.models import LetterKind, Proof, Report, ReportKind, Role, Standing
from zuofang.reporting.receipts import Receipt
from zuofang.site.commands.city.staff import PASSWORD, STAFF
from zuofang.storage.accounts.models import Role as DeskRole
from zuofang.storage.acts import Desk, Office
from zuofang.traceability.models import Workshop

WHY = "演示"
HALVES = "recovery-halves.txt"
HOLDERS = {
    Role.case: DeskRole.case_officer,
    Role.identity: DeskRole.custodian,
    Role.payout: DeskRole.finance,
}
"""At which desk the key of each seal is held."""
PERSON = {"name": "许阿满", "phone": "0570-0000017", "address": "清溪县南街 3 号"}
TEXTS = (
    "后院的大桶没有盖，苍蝇很多，我上周三早上送货时看到的，照片在附件里。",
    "配料表没写防腐剂，吃的时候味道很重，和上个月买的不一样。",
    "工人没有健康证，有人咳嗽还在包装，我在那里做过两个月。",
    "标签上的生产日期用小刀刮过，下面还能看到另一个日期。",
    "登记证过期了还在做，门口的牌子翻过去了。",
)
NOTE = "%PDF-1.4\n% 演示用的送货单\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that was handed in: how many days ago, as what, and what happened to it since."""

    age: int
    kind: ReportKind = ReportKind.report
    standing: Standing = Standing.anonymous
    then: tuple[Callable[[Plot], None], ...] = ()
    proof: Proof = Proof.worked


@dataclass(slots=True)
class Plot:
    """One letter while its story is told."""

    office: Office
    box: Letterbox
    receipt: Receipt
    now: datetime
    report: int = 0

    def write(self, kind: LetterKind, told: dict[str, Any], account: dict[str, str] | None = None) -> None:
        """Let the person write."""
        followup.write(self.box, self.receipt, kind, told, new_form(self.now), self.now, account)

    def act(self, what: Callable[[Desk, Report], object]) -> None:
        """Let the bureau act."""
        with self.office.writing("zuofang demo") as desk:
            what(desk, desk.session.get_one(Report, self.report))


def _reply(plot: Plot) -> None:
    plot.act(lambda desk, report: acts.reply(desk, report, "收到。能不能补充是哪一天看到的？", WHY))


def _add(plot: Plot) -> None:
    plot.write(LetterKind.addition, {"text": "是上周三早上七点左右。"})


def _withdraw(plot: Plot) -> None:
    plot.write(LetterKind.withdrawal, {"text": ""})


def _claim(plot: Plot) -> None:
    account = {"payee": "许阿满", "bank": "清溪农商行", "account": "0000 0000 0000"}
    plot.write(LetterKind.claim, {"declared": True}, account)


def _close(plot: Plot) -> None:
    plot.act(lambda desk, report: acts.close_report(desk, report, desk.today, WHY))


LETTERS = (
    Letter(1),
    Letter(2, standing=Standing.named),
    Letter(3, proof=Proof.waited),
    Letter(5, ReportKind.complaint, Standing.named),
    Letter(6, then=(_reply,)),
    Letter(8, standing=Standing.insider, then=(_reply, _add)),
    Letter(12, ReportKind.complaint, Standing.named, then=(_withdraw,)),
    Letter(20, then=(_reply, _add, _withdraw)),
    Letter(40, ReportKind.complaint, Standing.named, then=(_reply, _close)),
    Letter(60, standing=Standing.insider, then=(_reply, _add, _close, _claim)),
    Letter(90, then=(_close,)),
)
SHOWN = 5
"""Number of the letter whose receipt is shown to a newcomer: of an insider who was answered and answered back."""


def hand_in_letters(office: Office, keys: Path) -> str:
    """Make keys for every role and hand everything in; answers one receipt to try."""
    make_role_keys(keys)
    found = read_letterbox(keys)
    if found is None:
        raise AssertionError("the keys of the letter box were just made")
    box, receipts = Letterbox(office.database, found), []
    for number, (letter, workshop) in enumerate(zip(LETTERS, _subjects(office), strict=False)):
        receipts.append(_hand_in(office, box, letter, workshop, TEXTS[number % len(TEXTS)]))
    receiving.take_note(office)
    return receipts[SHOWN].text


def make_role_keys(keys: Path) -> None:
    """Keys of an invented city: every role opens with the password of its desks, and the halves lie beside them."""
    if not public_keys(keys, "recovery"):
        halves = roles.new_recovery(keys)
        (keys / HALVES).write_text("\n".join(halves) + "\n", encoding="ascii")
    for role, desk in HOLDERS.items():
        if not public_keys(keys, role):
            first, *others = (hand.name for hand in STAFF if hand.role is desk)
            roles.add_role_key(keys, role, first, PASSWORD)
            for name in others:
                roles.share(keys, roles.open_role(keys, role, first, PASSWORD), name, PASSWORD)


def _hand_in(office: Office, box: Letterbox, letter: Letter, subject: tuple[str, str], text: str) -> Receipt:
    now = office.clock() - timedelta(days=letter.age)
    form, uploads = new_form(now), Uploads(office.database)
    uploads.park(form, "送货单.pdf", NOTE.encode(), now)
    matter = {"who": subject[0], "where": subject[1], "facts": text}
    if letter.kind is ReportKind.complaint:
        matter |= {"request": "退款 38 元。"}
    if letter.standing is Standing.insider:
        matter |= {"relation": "temporary"}
    person = {} if letter.standing is Standing.anonymous else PERSON
    accepted = box.hand_in(form, [Statement(letter.kind, letter.standing, matter, person, "zh", letter.proof)], now)[0]
    plot = Plot(office, box, accepted.receipt, office.clock(), _key_of(office, accepted.receipt))
    for step in letter.then:
        step(plot)
    return accepted.receipt


def _key_of(office: Office, receipt: Receipt) -> int:
    with Session(office.database.read) as session:
        return session.scalars(select(Report.id).where(Report.locator == receipt.locator)).one()


def _subjects(office: Office) -> list[tuple[str, str]]:
    """Workshops of the city, one for each letter."""
    wanted = select(Workshop.name, Workshop.address).order_by(Workshop.id).limit(len(LETTERS))
    with Session(office.database.read) as session:
        return [(name, address) for name, address in session.execute(wanted)]
