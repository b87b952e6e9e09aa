"""What a proposal asks for, in words: one label and one value after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from zuofang.credit.proposals import CameraHours, Facts, Found, Live, Paid, Step, UnitCameras, Words
from zuofang.rules.book import RuleBook
from zuofang.rules.sentences import Sentence, say
from zuofang.site.blanks import Blank
from zuofang.site.public.words import word
from zuofang.traceability.models import ZoneUnit

Told = str | Sentence | date | Decimal | int | Blank
Line = tuple[Sentence, Told]


def told(facts: Facts, rules: RuleBook, units: dict[int, ZoneUnit]) -> list[Line]:
    """Every fact of a proposal with its label, in the order of the form."""
    return list(_lines(facts, rules, units))


def _lines(facts: Facts, rules: RuleBook, units: dict[int, ZoneUnit]) -> Iterator[Line]:
    match facts:
        case Words():
            yield say("品牌"), facts.brand
            yield say("品牌的英文"), facts.brand_en or Blank.none
        case Found():
            standard = rules.registers.standards.get(facts.standard)
            yield say("建设标准"), standard.name if standard else facts.standard
            yield say("情况"), word(facts.state)
            yield say("查到的"), facts.found or Blank.not_recorded
            yield from _proof(facts.evidence, facts.on)
        case UnitCameras():
            unit = units.get(facts.unit)
            yield say("单元"), unit.number if unit else str(facts.unit)
            yield say("监控点位"), facts.cameras if facts.cameras is not None else Blank.not_recorded
            yield from _proof(facts.evidence, facts.on)
        case Step():
            yield say("步骤"), word(facts.kind)
            yield say("由谁办的"), facts.by or Blank.not_recorded
            yield from _proof(facts.report, facts.on)
        case Paid():
            yield say("金额（元）"), facts.amount
            yield say("用途"), facts.purpose
            yield say("拨付单位"), facts.payer
            yield from _proof(facts.document, facts.on)
        case CameraHours():
            yield say("月份"), f"{facts.month:%Y-%m}"
            yield say("应在线小时"), facts.owed
            yield say("在线小时"), facts.online
        case Live():
            yield say("实时画面的网址"), facts.address or say("撤下")


def _proof(evidence: str | None, on: date | None) -> Iterator[Line]:
    yield say("凭据"), evidence or Blank.not_recorded
    yield say("日期"), on or Blank.not_recorded
