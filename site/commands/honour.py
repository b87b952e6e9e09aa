"""Honours and evaluations on the command line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from zuofang.credit.acts import honours
from zuofang.credit.models import CreditRecord, Evaluation, EvaluationPart, Honour, HonourKind
from zuofang.site.commands import forms
from zuofang.site.commands.context import KEY
from zuofang.site.commands.desk import DAY, acting, at_counter, one
from zuofang.site.commands.desk import workshop as named
from zuofang.site.commands.record import FILE
from zuofang.storage.acts import Desk

FORM = """\
workshop = ""  # 登记证编号，或者档案的编号
kind = "five_s"  # fine_workshop 名特优；five_s 5S；model_workshop 示范单位；heritage 非遗；brand 品牌
# honour = 0  # 复评的，写荣誉的编号（zuofang honour list）
# applied_on = 2026-11-02  # 申请日期
evaluated_on = 2026-11-12  # 评价日期
evaluated_by = ""  # 评价机关
form = ""  # 评价表的名称
# score = 90  # 总分
passed = true  # 是否合格
# 每一项写一段；5S 依次写整理、整顿、清扫、清洁、素养：
# [[parts]]
# name = "整理"
# score = 18
# most = 20
"""


@click.group()
def honour() -> None:
    """Honours of workshops: evaluations, re-evaluation, renewal and exit. New honours come in by `import honours`."""


@honour.command("list")
@click.argument("which")
def list_(which: str) -> None:
    """List the honours and evaluations of a workshop with their numbers."""
    with at_counter() as desk:
        key = named(desk, which).id
        for held in desk.session.query(Honour).filter_by(workshop_id=key).order_by(Honour.id):
            lost = f", lost {held.withdrawn_on}" if held.withdrawn_on else ""
            click.echo(f"honour {held.id}: {held.kind.value}, {held.title}, {held.since} to {held.until or '-'}{lost}")
        for made in desk.session.query(Evaluation).filter_by(workshop_id=key).order_by(Evaluation.id):
            result = "passed" if made.passed else "failed"
            click.echo(f"evaluation {made.id}: {made.kind.value}, {made.evaluated_on}, {made.score or '-'}, {result}")


@honour.command()
def form() -> None:
    """Print an empty form for an evaluation."""
    click.echo(FORM, nl=False)


@honour.command()
@click.argument("file", type=FILE)
@acting
def evaluate(desk: Desk, file: Path, why: str) -> None:
    """Enter an evaluation from a filled form in FILE."""
    made = honours.evaluate(desk, _evaluation(desk, forms.read(file)), why)
    click.echo(f"evaluation {made.id}")


def _evaluation(desk: Desk, told: dict[str, Any]) -> Evaluation:
    try:
        return Evaluation(
            kind=HonourKind(told["kind"]), workshop_id=named(desk, str(told["workshop"])).id,
            honour_id=told.get("honour"), applied_on=told.get("applied_on"), evaluated_on=told["evaluated_on"],
            evaluated_by=told["evaluated_by"], form=told["form"], passed=bool(told["passed"]),
            score=_points(told.get("score")), parts=[_part(part) for part in told.get("parts", [])],
        )  # fmt: skip
    except (KeyError, ValueError, InvalidOperation) as wrong:
        raise click.ClickException(f"the form of an evaluation lacks or misspells {wrong}") from wrong


def _part(told: dict[str, Any]) -> EvaluationPart:
    return EvaluationPart(name=told["name"], score=_points(told["score"]), most=_points(told.get("most")))


def _points(said: object) -> Decimal | None:
    return None if said is None else Decimal(str(said))


@honour.command("strike-out")
@click.argument("number", type=KEY)
@acting
def strike_out(desk: Desk, number: int, why: str) -> None:
    """Strike out an evaluation that was entered in error."""
    honours.strike_out_evaluation(desk, one(desk, Evaluation, number, "evaluation"), why)


@honour.command()
@click.argument("number", type=KEY)
@click.argument("until", type=DAY)
@acting
def renew(desk: Desk, number: int, until: date, why: str) -> None:
    """Let honour NUMBER run on UNTIL a day, after a re-evaluation that was passed."""
    honours.renew(desk, one(desk, Honour, number, "honour"), until, why)


@honour.command()
@click.argument("number", type=KEY)
@click.option("--on", type=DAY, help="The day, today where none is given.")
@click.option("--undo", is_flag=True, help="Take the entry back.")
@acting
def apply(desk: Desk, number: int, on: date | None, undo: bool, why: str) -> None:
    """Enter the day on which its holder asked to keep honour NUMBER (复评申请)."""
    held = one(desk, Honour, number, "honour")
    honours.apply_to_keep(desk, held, None if undo else on or desk.today, why)


@honour.command()
@click.argument("number", type=KEY)
@click.argument("reason")
@click.option("--on", type=DAY, help="The day, today where none is given.")
@acting
def leave(desk: Desk, number: int, reason: str, on: date | None, why: str) -> None:
    """Let a workshop go out of honour NUMBER for REASON; the exit is put forward for publication."""
    row = honours.leave(desk, one(desk, Honour, number, "honour"), on or desk.today, reason, why)
    click.echo(f"record {row.id}: proposed; another officer approves it with: zuofang record approve {row.id}")


@honour.command("undo-leave")
@click.argument("number", type=KEY)
@click.argument("key", type=KEY)
@acting
def undo_leave(desk: Desk, number: int, key: int, why: str) -> None:
    """Let a workshop back into honour NUMBER; KEY is the record of its exit."""
    exit_ = one(desk, CreditRecord, key, "record")
    honours.undo_leave(desk, one(desk, Honour, number, "honour"), exit_, why)
