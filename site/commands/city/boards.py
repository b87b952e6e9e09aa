"""Notice boards and commitments of the city's workshops in every state: seen in full, in part, bare, never seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from zuofang.site.commands.city.agenda import Agenda, Shift
from zuofang.site.commands.city.chance import chance, share
from zuofang.site.commands.city.days import ago, later
from zuofang.site.commands.city.suppliers import MATERIALS
from zuofang.site.commands.city.workshops import Maker
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import boards
from zuofang.traceability.acts.boards import Seen, Supplier

RULES = "进货查验记录、从业人员健康管理、生产过程控制、出厂检验、食品安全自查"
PROMISE = "不用非食品原料，不滥用添加剂，每批检验合格再出厂，接受监督。"
SUPPLIERS = tuple(
    Supplier(material.supplier.name, name, material.supplier.licence)
    for name, material in MATERIALS.items()
    if material.supplier.licence
)


def plan_boards(agenda: Agenda, makers: Sequence[Maker]) -> None:
    """Put a look at most boards on the agenda, and the commitments of those who signed one."""
    for number, maker in enumerate(makers):
        throws = chance("board", number)
        days_ago = throws.randrange(3, 60)
        if not share(throws, 6):
            agenda.add(ago(agenda.today, days_ago), Shift.bureau, partial(_see, agenda, maker, number, days_ago))
        if not share(throws, 4):
            agenda.add(ago(agenda.today, days_ago), Shift.bureau, partial(_commit, agenda, maker, number, days_ago))


def _see(agenda: Agenda, maker: Maker, number: int, days_ago: int, desk: Desk) -> None:
    desk.session.add(maker.workshop)
    on = ago(agenda.today, days_ago)
    throws = chance("board", number, "seen")
    goods = tuple(throws.sample(SUPPLIERS, throws.randrange(1, 4)))
    expiry = later(on, throws.randrange(20, 340))
    full = Seen(
        certificate_shown=True, rules=RULES, handlers=throws.randrange(2, 8), all_certified=True, next_expiry=expiry,
        suppliers=goods,
    )  # fmt: skip
    kinds = (full, full, full, Seen(certificate_shown=True, handlers=3, all_certified=False, suppliers=()), Seen())
    alone = Seen(certificate_shown=False, rules="", handlers=0, suppliers=goods[:1])
    seen = (*kinds, alone)[throws.randrange(len(kinds) + 1)]
    boards.see_board(desk, maker.workshop, on, seen, "示例城市：查看信息公开栏")


def _commit(agenda: Agenda, maker: Maker, number: int, days_ago: int, desk: Desk) -> None:
    desk.session.add(maker.workshop)
    displayed = (True, True, False, None)[number % 4]
    on = ago(agenda.today, days_ago)
    boards.commit(desk, maker.workshop, on, "示例城市：签订承诺书", words=PROMISE, displayed=displayed)
