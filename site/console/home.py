"""The page on which every desk opens: what is due, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Blueprint, Response
from sqlalchemy import Connection

from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.answers import page
from zuofang.site.console.campaigns import due as campaign_due
from zuofang.site.console.counter import Counter, counter
from zuofang.site.console.gate import counted, mine
from zuofang.site.console.laboratory import due as bench_due
from zuofang.site.console.office import due as office_due
from zuofang.site.console.office.errands import ASKERS
from zuofang.site.console.owner import due as owner_due
from zuofang.site.console.records import due as record_due
from zuofang.site.console.reports import due as report_due
from zuofang.site.console.reports import identities, payments, supervision
from zuofang.site.console.rights import signed_in
from zuofang.site.console.work import Work
from zuofang.site.console.zone import due as zone_due
from zuofang.site.console.zone.deciding import DECIDERS
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Guest, Held

pages = Blueprint("desk_home", __name__)
Due = Callable[[Connection, Counter, list[Held]], Iterable[Work]]
DUE: dict[frozenset[Role], Due] = {
    frozenset({Role.laboratory, Role.zone_manager}): bench_due.due,
    frozenset({Role.officer, Role.reviewer}): record_due.due,
    frozenset({Role.officer}): campaign_due.due,
    frozenset({Role.case_officer}): report_due.due,
    frozenset({Role.reviewer}): supervision.due,
    frozenset({Role.custodian}): identities.due,
    frozenset({Role.finance}): payments.due,
    frozenset({Role.owner}): owner_due.due,
    frozenset({Role.zone_manager}): zone_due.manager,
    frozenset(DECIDERS): zone_due.decisions,
    frozenset({Role.editor, Role.administrator}): office_due.due,
}
"""What is due at each desk, by the roles that work there."""
MENU: tuple[tuple[str, str, Sentence, frozenset[Role]], ...] = (
    ("home", "/", say("今天"), frozenset(Role)),
    ("reports", "/reports", say("投诉和举报"), frozenset({Role.case_officer})),
    ("supervision", "/supervision", say("督办"), frozenset({Role.reviewer})),
    ("identities", "/identities", say("来件人身份"), frozenset({Role.custodian})),
    ("payments", "/payments", say("奖金"), frozenset({Role.finance})),
    ("records", "/records", say("记录"), frozenset({Role.officer, Role.reviewer})),
    ("sampling", "/sampling", say("抽样"), frozenset({Role.officer, Role.reviewer})),
    ("campaigns", "/campaigns", say("专项整治"), frozenset({Role.officer, Role.reviewer})),
    ("calendar", "/calendar", say("日历"), frozenset({Role.officer, Role.reviewer})),
    ("quarters", "/quarters", say("季报"), frozenset({Role.officer, Role.reviewer})),
    ("register", "/register", say("登记名录"), frozenset({Role.officer})),
    ("matching", "/matching", say("匹配"), frozenset({Role.officer})),
    ("imports", "/imports", say("导入"), frozenset({Role.officer})),
    ("mine", "/mine", say("我的作坊"), frozenset({Role.owner})),
    ("laboratory", "/laboratory", say("检验室"), frozenset({Role.laboratory, Role.zone_manager})),
    ("zone", "/zone", say("我的加工区"), frozenset({Role.zone_manager})),
    ("zone-waiting", "/zone/waiting", say("加工区"), frozenset(DECIDERS)),
    ("users", "/users", say("账号"), frozenset({Role.administrator})),
    ("journal", "/journal", say("日志"), frozenset({Role.administrator, Role.editor})),
    ("health", "/health", say("运行状况"), frozenset({Role.administrator})),
    ("keys", "/keys", say("密钥"), frozenset({Role.administrator})),
    ("settings", "/settings", say("设置"), frozenset({Role.editor, Role.administrator})),
    ("errands", "/errands", say("后台工作"), frozenset(ASKERS)),
)


def desks_of(who: Guest) -> list[tuple[str, str, Sentence]]:
    """The desks a person can go to: key, address, name."""
    roles = {one.role for one in counted(who)}
    return [(key, path, name) for key, path, name, ours in MENU if key == "home" or ours & roles]


@pages.get("/")
@signed_in
def home() -> Response:
    """What is due."""
    here, held = counter(), mine()
    roles = {one.role for one in held}
    found: list[Work] = []
    with here.reading() as connection:
        for ours, due in DUE.items():
            if ours & roles:
                found.extend(due(connection, here, held))
    return page("console/home.html", work=sorted(found, key=lambda one: one.due))
