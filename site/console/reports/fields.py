"""Which fields stand on the page of a case, so that a mistake leads to its field, or to the top where it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zuofang.reporting.cases.at_desk import CaseAtDesk
from zuofang.reporting.law.matters import ReportKind, Standing, What
from zuofang.site.console.reports.moves import Offered
from zuofang.site.console.reports.opened import Opened


def fields_of(view: CaseAtDesk, inside: Opened | None, offers: Iterable[Offered], me: str) -> set[str]:
    """The identities of the fields of the forms that are offered."""
    return {*_of_steps(offers), *_of_case(view), *_of_reward(view), *_of_letter(view, inside), *_of_asks(view, me)}


def _of_steps(offers: Iterable[Offered]) -> Iterator[str]:
    for one in offers:
        yield f"{one.what}-why"
        if not one.approved:
            yield f"{one.what}-on"
        if one.move.more:
            yield f"{one.what}-more"


def _of_case(view: CaseAtDesk) -> Iterator[str]:
    case = view.case
    begun = any(not one.undone for one in case.steps)
    if begun:
        yield "back_reason"
    elif case.reward is None and case.platform_number is None:
        yield "discard_reason"
    if case.platform_number is None:
        yield "platform"
    if case.kind is ReportKind.complaint:
        yield "clue_reason"
    elif case.joined_id is None and What.joined in view.possible:
        yield from ("main_case", "join_reason")


def _of_reward(view: CaseAtDesk) -> Iterator[str]:
    reward = view.case.reward
    if What.decided in view.possible and view.case.outcome is None:
        sums = ("kinds", "fine", "confiscated", "goods_value", "field", "on")
        yield from (f"decided_{name}" for name in sums)
    elif view.case.outcome is not None and reward is None:
        yield from ("match", "evidence", "exclusion", "clue", "percent", "applied_on")
    elif reward is not None and reward.approved_by and reward.told_on is None:
        yield "reward_text"
    elif reward is not None and reward.told_on and reward.claimed_on is None:
        yield "reward_longer"


def _of_letter(view: CaseAtDesk, inside: Opened | None) -> Iterator[str]:
    if inside is None and view.report.erased_on is None:
        yield "passphrase"
    for item in view.due:
        if item.duty.task.value.startswith("tell_"):
            yield f"tell-{item.duty.task.value.removeprefix('tell_')}"
    if inside is not None:
        yield "reply"
        yield from (f"original-{one.file.id}" for one in inside.files)


def _of_asks(view: CaseAtDesk, me: str) -> Iterator[str]:
    if view.case.standing is not Standing.anonymous:
        yield from ("ask", "ask_reason")
    yield from (f"decline-{ask.id}" for ask in view.waiting if ask.asked_by != me and ask.what is not None)
