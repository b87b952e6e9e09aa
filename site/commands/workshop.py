"""Papers, notice board and commitment of a workshop, on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from zuofang.rules.sentences import say
from zuofang.site.commands import forms
from zuofang.site.commands.desk import DAY, acting
from zuofang.site.commands.desk import workshop as named
from zuofang.site.commands.record import FILE
from zuofang.storage.acts import Desk
from zuofang.traceability.acts import boards, operators
from zuofang.traceability.acts.boards import Seen, Supplier
from zuofang.traceability.models import Certificate, Commitment, PaperEventKind

BOARD = """\
# 信息公开栏：看到的才写；没有看或者没有记的，整行留着 # 号。
# certificate_shown = true  # 登记证是否公示
# rules = "进货查验、从业人员健康管理"  # 食品安全管理制度；栏上没有的写 ""
# handlers = 4  # 从业人员人数；没有的写 0
# all_certified = true  # 是否全部持有有效的健康证明；不写是谁，不写健康情况
# next_expiry = 2027-03-01  # 最早到期的一张健康证明的到期日
# 原料供货者，每家写一段；栏上没有的写 suppliers = []；只写单位，不写个人：
# [[suppliers]]
# name = "某某肉联厂"
# supplies = "牛肉"
# permit = "许可证编号"
"""
FIELDS = ("certificate_shown", "rules", "handlers", "all_certified", "next_expiry")


@click.group()
def workshop() -> None:
    """Papers, notice board and commitment of one workshop, named by its certificate or its key."""


@workshop.command("board-form")
def board_form() -> None:
    """Print an empty form for what stands on a notice board."""
    click.echo(BOARD, nl=False)


@workshop.command("see-board")
@click.argument("which")
@click.argument("file", type=FILE)
@click.option("--on", type=DAY, help="The day, today where none is given.")
@acting
def see_board(desk: Desk, which: str, file: Path, on: date | None, why: str) -> None:
    """Note what stands on the notice board of WHICH, from a filled form in FILE."""
    boards.see_board(desk, named(desk, which), on or desk.today, _seen(forms.read(file)), why)


def _seen(told: dict[str, Any]) -> Seen:
    if unknown := sorted(set(told) - {*FIELDS, "suppliers"}):
        raise click.ClickException(f"a notice board has no {', '.join(unknown)}")
    try:
        suppliers = told.get("suppliers")
        named_there = None if suppliers is None else tuple(Supplier(**one) for one in suppliers)
    except TypeError:
        raise click.ClickException("a supplier has name, supplies and perhaps permit") from None
    return Seen(**{name: told[name] for name in FIELDS if name in told}, suppliers=named_there)


@workshop.command("forget-board")
@click.argument("which")
@acting
def forget_board(desk: Desk, which: str, why: str) -> None:
    """Forget a notice board that was entered in error."""
    boards.take_down_board(desk, named(desk, which), why)


@workshop.command()
@click.argument("which")
@click.argument("signed_on", type=DAY)
@click.option("--words", help="What is promised.")
@click.option("--displayed/--not-displayed", default=None, help="Whether it hangs where customers see it.")
@acting
def commit(desk: Desk, which: str, signed_on: date, words: str | None, displayed: bool | None, why: str) -> None:
    """Enter the commitment that WHICH signed; an earlier one ends with it."""
    boards.commit(desk, named(desk, which), signed_on, why, words=words, displayed=displayed)


@workshop.command()
@click.argument("which")
@click.argument("do", type=click.Choice(["end", "resume", "unsign"]))
@acting
def commitment(desk: Desk, which: str, do: str, why: str) -> None:
    """End the newest commitment of WHICH, take its end back, or strike it out."""
    made = _newest(desk, which)
    if do == "end":
        boards.end_commitment(desk, made, desk.today, why)
    elif do == "resume":
        boards.resume_commitment(desk, made, why)
    else:
        boards.unsign(desk, made, why)


def _newest(desk: Desk, which: str) -> Commitment:
    mine = desk.session.query(Commitment).filter_by(workshop_id=named(desk, which).id)
    found = mine.order_by(Commitment.signed_on.desc()).first()
    if found is None:
        raise click.ClickException(str(say("这家作坊没有诚信承诺。")))
    return found


@workshop.command()
@click.argument("certificate")
@click.argument("until", type=DAY)
@click.option("--on", type=DAY, help="The day, today where none is given.")
@acting
def renew(desk: Desk, certificate: str, until: date, on: date | None, why: str) -> None:
    """Renew CERTIFICATE (延续) UNTIL a later day."""
    operators.renew_certificate(desk, _paper(desk, certificate).id, on or desk.today, until, why)


@workshop.command()
@click.argument("certificate")
@click.argument("scope")
@click.option("--on", type=DAY, help="The day, today where none is given.")
@click.option("--checked", is_flag=True, help="Foods that are bound to a condition or not on the list were checked.")
@acting
def change(desk: Desk, certificate: str, scope: str, on: date | None, checked: bool, why: str) -> None:
    """Change what CERTIFICATE covers (变更品种明细) to SCOPE."""
    operators.change_certificate(desk, _paper(desk, certificate).id, on or desk.today, scope, why, checked=checked)


@workshop.command("undo-paper")
@click.argument("certificate")
@acting
def undo_paper(desk: Desk, certificate: str, why: str) -> None:
    """Take back the newest renewal or change of CERTIFICATE."""
    changed = [one for one in _paper(desk, certificate).events if one.field and one.undone_at is None]
    if not changed:
        raise click.ClickException(f"certificate {certificate} was neither renewed nor changed")
    operators.undo_paper_event(desk, changed[-1], why)


@workshop.command()
@click.argument("certificate")
@click.argument("kind", type=click.Choice([PaperEventKind.revoked.value, PaperEventKind.cancelled.value]))
@click.option("--on", type=DAY, help="The day, today where none is given.")
@acting
def revoke(desk: Desk, certificate: str, kind: str, on: date | None, why: str) -> None:
    """Take CERTIFICATE away: revoked (吊销、撤销) or cancelled (注销)."""
    operators.revoke_certificate(
        desk, _paper(desk, certificate).id, on or desk.today, why, PaperEventKind(kind)
    )  # fmt: skip


@workshop.command()
@click.argument("certificate")
@acting
def reinstate(desk: Desk, certificate: str, why: str) -> None:
    """Give CERTIFICATE back, where it was taken away in error."""
    operators.reinstate_certificate(desk, _paper(desk, certificate).id, why)


def _paper(desk: Desk, number: str) -> Certificate:
    found = desk.session.query(Certificate).filter_by(number=number).one_or_none()
    if found is None:
        raise click.ClickException(f"there is no certificate {number}")
    return found
