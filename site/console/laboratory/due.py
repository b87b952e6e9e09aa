"""What is due at a zone laboratory: recalls by their clocks, and batches that nobody has decided."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from zuofang.rules.calendar import china_day
from zuofang.rules.sentences import say
from zuofang.site.console.counter import Counter
from zuofang.site.console.rights import reach
from zuofang.site.console.work import Work, waiting, work
from zuofang.storage.accounts.models import Role
from zuofang.storage.accounts.sessions import Held
from zuofang.traceability.queries import bench

BENCH = (Role.laboratory, Role.zone_manager)
RECALL, TEST, RELEASE = say("召回"), say("检验"), say("放行")
FINISH = say("公告后应当完成（食品召回管理办法 第十八条）")


def due(connection: Connection, here: Counter, held: list[Held]) -> Iterable[Work]:
    """What is due in the zones of these roles."""
    zones, today = reach(held, *BENCH).zones, here.today
    for one in bench.open_recalls(connection, zones):
        title = say("%(product)s，批号 %(lot)s", product=one.product, lot=one.lot)
        path = f"/laboratory/batches/{one.batch}"
        if one.announced_on is None:
            start = say("应当在%(moment)s之前启动（食品召回管理办法 第十三条）", moment=one.start_due)
            yield work(title, path, china_day(one.start_due), RECALL, start, today)
        elif one.last_day is not None:
            yield work(title, path, one.last_day, RECALL, FINISH, today)
    for line in bench.waiting(connection, zones):
        title = say("%(product)s，批号 %(lot)s", product=line.product, lot=line.lot)
        path = f"/laboratory/batches/{line.id}" + ("" if line.tested else "/sheet")
        why = say("%(workshop)s。出厂检验合格才能放行（食品安全法 第五十二条）", workshop=line.workshop)
        yield waiting(title, path, line.made_on, RELEASE if line.passed else TEST, why, today)
