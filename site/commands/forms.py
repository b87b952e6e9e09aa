"""Forms of the desk as TOML files: printed empty with what may stand in each field, and read back when filled."""

from __future__ import annotations

import json
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime
from decimal import Decimal
from enum import EnumType
from pathlib import Path
from typing import Any

import click

from zuofang.credit.codec import Unreadable, load
from zuofang.credit.file import VALUES
from zuofang.credit.models import RecordKind
from zuofang.credit.records import Record

KEPT_BESIDE = {"published_on", "events", "followed_by", "reinspection", "objections"}
"""What the desk enters by acts of their own, never in a form."""
HEAD = {
    "workshop": "登记证编号，或者档案的编号；不在登记之列的留空",
    "party": "当事人名称，按文书；留空用登记的名称",
    "document": "文号",
    "authority": "作出决定或者检查、抽样的机关",
    "title": "一行说明是什么事（处罚写违法行为类型，抽检写食品名称）",
    "content": "可以公示的文字；不写身份证号、电话、住址和第三人姓名",
}
LABELS = {
    "accepted_on": "复查合格（或者公安机关立案）的日期",
    "attended": "是否到场",
    "basis": "法律依据，写到条",
    "called": "约谈方式",
    "closed_on": "关闭日期",
    "completed_on": "召回完成日期",
    "concluded_on": "检验结论日期",
    "confiscated": "没收金额（元）",
    "consent_on": "上一级机关同意列入的日期",
    "convicted_on": "判决生效日期",
    "decided_on": "决定日期",
    "demands": "改正要求",
    "disposal_began_on": "核查处置开始日期",
    "disposal_ended_on": "核查处置完成日期",
    "done_on": "作坊报告完成的日期",
    "due_on": "整改期限",
    "ends_on": "措施届满日期",
    "faults": "不符合的项数",
    "field": "处罚领域",
    "fine": "罚款金额（元）",
    "found_on": "检查日期",
    "ground": "约谈事由",
    "grounds": "列入事由",
    "handling": "结果处理",
    "held_on": "约谈日期",
    "honour": "荣誉名称",
    "items": "检查的项数",
    "kept_on": "核实兑现的日期",
    "kinds": "处罚种类",
    "known_at": "知悉的时间",
    "left_on": "退出日期",
    "level": "级别",
    "lifted_on": "解除日期",
    "listed_on": "列入日期",
    "microbiological": "是否微生物指标不合格（不予复检）",
    "no_intent": "是否证明没有主观故意",
    "ordered_on": "决定日期",
    "outcome": "检验结论",
    "party": "处罚对象",
    "performed_on": "履行完毕日期",
    "place": "行业约谈：地区",
    "procedure": "程序",
    "promised": "承诺的整改",
    "promised_until": "承诺期限",
    "province": "登记地",
    "pushed_on": "推送至登记地的日期",
    "rectified_on": "改正完成日期",
    "rectify_by": "书面限期整改的期限",
    "referred_on": "移送日期",
    "repair_told_on": "信用修复告知书送达日期（两书同达）",
    "restricted_until": "限制届满日期",
    "result": "检查结果",
    "returned_on": "退回日期",
    "sampled_on": "抽样日期",
    "served_on": "不合格结论送达日期",
    "sort": "检查方式",
    "suspicion": "涉嫌的罪名",
    "tier": "裁量幅度",
    "to": "移送给哪个公安机关",
    "trade": "行业约谈：行业",
    "why": "原因",
}
ITEMS = '\n# 抽检的每个项目写一段：\n# [[items]]\n# item = "铅"\n# result = "0.3"\n# limit = "≤0.2"\n# unit = "mg/kg"\n'
TABLE = "facts"


def form(kind: RecordKind) -> str:
    """An empty form for a record of this kind; a line that begins with # may be left out."""
    lines = [*_head(), "", f"[{TABLE}]", *(_line(one) for one in own_fields(kind))]
    return "\n".join(lines) + "\n" + (ITEMS if kind is RecordKind.sample else "")


def own_fields(kind: RecordKind) -> Iterator[Field[Any]]:
    """The fields of a record's value that a form asks for."""
    return (one for one in fields(VALUES[kind]) if one.name not in KEPT_BESIDE)


def _head() -> Iterator[str]:
    for name, about in HEAD.items():
        yield f'{name} = ""  # {about}'


def _line(one: Field[Any]) -> str:
    example, words = _example(str(one.type), one)
    needed = one.default is MISSING and one.default_factory is MISSING
    may = "" if needed else "# "
    return f"{may}{one.name} = {example}  # {LABELS[one.name]}{words}"


def _example(hint: str, one: Field[Any]) -> tuple[str, str]:
    chosen = _choices(one)
    if chosen:
        several = hint.startswith(("tuple", "frozenset"))
        first = f'"{chosen[0]}"'
        return (f"[{first}]" if several else first), f"：{'；'.join(chosen)}"
    for word, example in (("datetime", "2026-11-02T09:30:00"), ("date", "2026-11-02"), ("bool", "false")):
        if word in hint:
            return example, ""
    return ("0" if "Decimal" in hint or "int" in hint else '""'), ""


def _choices(one: Field[Any]) -> list[str]:
    return [word for kind in _enums(_hint(one)) for word in _words(kind)]


def _words(kind: EnumType) -> list[str]:
    members: Mapping[str, Any] = kind.__members__
    return [str(member.value) for member in members.values()]


def _hint(one: Field[Any]) -> Any:
    owner = next(value for value in VALUES.values() if one in fields(value))
    return typing.get_type_hints(owner)[one.name]


def _enums(hint: Any) -> Iterator[EnumType]:
    if isinstance(hint, EnumType):
        yield hint
    for part in typing.get_args(hint):
        if part is not types.NoneType:
            yield from _enums(part)


def read(path: Path) -> dict[str, Any]:
    """A filled form.

    Raises:
        click.ClickException: it is no TOML, or no text.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise click.ClickException(f"{path}: not a form: {wrong}") from wrong


def value(kind: RecordKind, told: Mapping[str, Any]) -> Record:
    """The value of a record from the facts of a form.

    Raises:
        click.ClickException: a field is unknown, missing or holds what cannot stand there.
    """
    facts = told.get(TABLE, {})
    known = {one.name for one in own_fields(kind)}
    if unknown := sorted(set(facts) - known):
        raise click.ClickException(f"{kind.value} has no {', '.join(unknown)}; it has {', '.join(sorted(known))}")
    try:
        return load(VALUES[kind], json.dumps({name: _plain(one) for name, one in facts.items() if one != ""}))
    except Unreadable as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _plain(one: Any) -> Any:
    if isinstance(one, datetime | date):
        return one.isoformat()
    return str(Decimal(str(one))) if isinstance(one, float) else one
