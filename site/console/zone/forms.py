"""Reading what a zone manager typed: one reader for each kind of thing that can be put forward."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from zuofang.credit.models import ProposalKind
from zuofang.credit.proposals import CameraHours, Facts, Found, Live, Paid, Step, UnitCameras, Words
from zuofang.rules.sentences import say
from zuofang.site.console.answers import DAY_MISSING, Answers
from zuofang.traceability.models import StandardState, ZoneStepKind

MOST_HOURS = 10_000_000
STORY = 4000


def words(answers: Answers) -> Words:
    """Brand and story."""
    brand = answers.text("brand", say("请填品牌的名称。"), most=60)
    story = answers.text("story", say("请写品牌的故事。"), most=STORY)
    return Words(brand, _lines(story), answers.text("brand_en", most=60), _lines(answers.text("story_en", most=STORY)))


def standard(answers: Answers) -> Found | None:
    """A finding about a standard."""
    key = answers.text("standard", say("请选建设标准。"), most=60)
    state = answers.member("state", StandardState, say("请选情况。"))
    found, evidence = answers.maybe("found"), answers.maybe("standard_evidence")
    on = answers.day("standard_on", DAY_MISSING)
    return Found(key, state, found, evidence, on) if state else None


def unit_cameras(answers: Answers) -> UnitCameras | None:
    """The cameras of a unit."""
    unit = answers.key("unit", say("请选单元。"))
    cameras = answers.whole("cameras", say("请填点位数。"), 0, 500)
    on, evidence = answers.day("cameras_on", DAY_MISSING), answers.maybe("cameras_evidence")
    return UnitCameras(unit, cameras, on, evidence) if unit else None


def step(answers: Answers) -> Step | None:
    """A step to acceptance."""
    kind = answers.member("step", ZoneStepKind, say("请选步骤。"))
    on = answers.day("step_on", DAY_MISSING)
    by, report = answers.maybe("step_by"), answers.maybe("step_report", most=100)
    return Step(kind, on, by, report) if kind and on else None


def subsidy(answers: Answers) -> Paid | None:
    """Public money received."""
    on = answers.day("paid_on", DAY_MISSING)
    amount = answers.amount("amount", say("请填金额。"))
    purpose, payer = answers.text("purpose", say("请填用途。")), answers.text("payer", say("请填拨付单位。"))
    document = answers.maybe("paid_document", most=100)
    return Paid(on, amount or Decimal(0), purpose, payer, document) if on else None


def camera_hours(answers: Answers) -> CameraHours | None:
    """A month of cameras."""
    month = answers.day("month", say("请填月份，写当月 1 日。"))
    owed = answers.whole("owed", say("请填应在线小时。"), 0, MOST_HOURS)
    online = answers.whole("online", say("请填在线小时。"), 0, MOST_HOURS)
    return None if month is None or owed is None or online is None else CameraHours(month, owed, online)


def live(answers: Answers) -> Live:
    """The address of live pictures; empty takes it away."""
    return Live(answers.text("address"))


READERS: dict[ProposalKind, Callable[[Answers], Facts | None]] = {
    ProposalKind.standard: standard,
    ProposalKind.unit_cameras: unit_cameras,
    ProposalKind.step: step,
    ProposalKind.subsidy: subsidy,
    ProposalKind.camera_hours: camera_hours,
    ProposalKind.live: live,
}


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines()).strip()
