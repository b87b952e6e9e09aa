"""The one way by which a step is taken: what may follow what, who must approve, and what the clock says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from zuofang.credit.redaction import leaks
from zuofang.reporting.acts import close_report, reopen_report
from zuofang.reporting.cases.matter import ended_on, happened, matter_of
from zuofang.reporting.cases.models import ReportCase, ReportStep
from zuofang.reporting.law.clocks import open_duties
from zuofang.reporting.law.matters import Happening, ReportKind, What
from zuofang.reporting.models import Report
from zuofang.rules.sentences import Sentence, say
from zuofang.storage.acts import Desk, Refused

BOTH = frozenset(ReportKind)
COMPLAINT, REPORT = frozenset({ReportKind.complaint}), frozenset({ReportKind.report})
DONE, NOT_DONE = "来件的各案均已办结", "来件还有没有办结的案件"
OVER = (What.handed_over, What.joined, What.closed)


@dataclass(frozen=True, slots=True)
class Move:
    """When a step may be taken: for which kinds, after one of ``after``, and before any of ``before``."""

    kinds: frozenset[ReportKind]
    after: tuple[What, ...] = ()
    before: tuple[What, ...] = OVER
    approved: bool = False


MOVES: dict[What, Move] = {
    What.disputed: Move(BOTH, before=(*OVER, What.disputed)),
    What.agreed: Move(BOTH, after=(What.disputed,), before=(*OVER, What.agreed, What.referred)),
    What.referred: Move(BOTH, after=(What.disputed,), before=(*OVER, What.agreed, What.referred)),
    What.assigned: Move(BOTH),
    What.handed_over: Move(BOTH, approved=True),
    What.stopped: Move(BOTH),
    What.resumed: Move(BOTH, after=(What.stopped,), before=()),
    What.extended: Move(REPORT, before=(*OVER, What.not_filed, What.decided), approved=True),
    What.told: Move(BOTH, before=()),
    What.joined: Move(REPORT, before=(*OVER, What.filed, What.not_filed)),
    What.withdrawn: Move(BOTH),
    What.accepted: Move(COMPLAINT, before=(*OVER, What.accepted, What.rejected, What.withdrawn)),
    What.rejected: Move(COMPLAINT, before=(*OVER, What.accepted, What.rejected, What.withdrawn)),
    What.settled: Move(COMPLAINT, after=(What.accepted,), before=(*OVER, What.settled, What.terminated)),
    What.terminated: Move(COMPLAINT, after=(What.accepted,), before=(*OVER, What.settled, What.terminated)),
    What.renewed: Move(REPORT, before=(*OVER, What.filed, What.not_filed)),
    What.filed: Move(REPORT, before=(*OVER, What.filed, What.not_filed), approved=True),
    What.not_filed: Move(REPORT, before=(*OVER, What.filed, What.not_filed), approved=True),
    What.decided: Move(REPORT, after=(What.filed,), before=(*OVER, What.decided)),
    What.served: Move(REPORT, after=(What.decided,), before=(*OVER, What.served)),
    What.closed: Move(
        BOTH,
        after=(What.rejected, What.settled, What.terminated, What.withdrawn, What.not_filed, What.decided),
    ),
}


def step(desk: Desk, case: ReportCase, what: Happening, why: str, approved_by: str | None = None) -> ReportStep:
    """Take a step, or refuse it in words.

    Raises:
        Refused: it is not this step's turn, its day cannot be, or nobody else approved what another must approve.
    """
    move = MOVES[what.what]
    _names_nobody(why)
    _is_its_turn(desk, case, what, move)
    if move.approved:
        named = (approved_by or "").strip()
        refuse(not named or named == desk.who, say("须由另一位负责人批准，并写明姓名。"))
    taken = ReportStep(
        what=what.what, on=what.on, cause=what.cause, until=what.until, notice=what.notice, detail=what.detail,
        done_by=desk.who, approved_by=approved_by if move.approved else None, undone=False,
    )  # fmt: skip
    case.steps.append(taken)
    refresh(desk, case)
    note(desk, str(what.what), case, why, on=what.on, approved_by=taken.approved_by)
    return taken


def take_back(desk: Desk, case: ReportCase, why: str) -> ReportStep:
    """Take the last step back; it stays in the file, marked. The opposite of every step.

    Raises:
        Refused: there is none, it belongs to a joining, or a reward already rests on it.
    """
    kept = [one for one in case.steps if not one.undone]
    if not kept:
        raise Refused(say("没有可以撤回的步骤。"))
    last = max(kept, key=lambda one: one.id)
    refuse(last.what in (What.joined, What.renewed) and bool(last.detail), say("请先撤销并案。"))
    rests = last.what in (What.closed, What.decided) and case.reward is not None
    refuse(rests, say("奖励以这一步为据，请先撤回奖励。"))
    last.undone = True
    if last.what is What.decided:
        case.outcome = None
    refresh(desk, case)
    note(desk, "take_back", case, why, step=last.what, on=last.on)
    return last


def possible(case: ReportCase) -> frozenset[What]:
    """The steps whose turn it is, whatever the day."""
    known = {one.what for one in happened(case)}
    return frozenset(what for what, move in MOVES.items() if _fits(case, move, known))


def _fits(case: ReportCase, move: Move, known: set[What]) -> bool:
    begun = not move.after or bool(known & set(move.after))
    return case.kind in move.kinds and begun and not known & set(move.before)


def refresh(desk: Desk, case: ReportCase) -> None:
    """Bring the copy up to date that says whether anything is left to do."""
    desk.session.flush()
    left = open_duties(matter_of(case, desk.rules), desk.today, desk.rules)
    case.finished = not left and ended_on(case) is not None and not _reward_waits(case)
    _settle_letter(desk, case)


def _reward_waits(case: ReportCase) -> bool:
    reward = case.reward
    return reward is not None and reward.payment is None and reward.given_up_on is None


def _settle_letter(desk: Desk, case: ReportCase) -> None:
    """Close the letter when the last of its cases is finished, so that its retention begins, or open it again."""
    desk.session.flush()
    left = select(ReportCase.id).where(ReportCase.report_id == case.report_id, ReportCase.finished.is_(False)).limit(1)
    done = desk.session.scalar(left) is None
    report = desk.session.get_one(Report, case.report_id)
    if done and report.closed_on is None:
        close_report(desk, report, desk.today, DONE)
    elif not done and report.closed_on is not None:
        reopen_report(desk, report, NOT_DONE)


def refuse(holds: bool, sentence: Sentence) -> None:
    """Refuse where something holds.

    Raises:
        Refused: it does.
    """
    if holds:
        raise Refused(sentence)


def settle_at_once(desk: Desk, sentence: Sentence) -> None:
    """Write what was done so far, so that the database itself has the last word on what may stand only once.

    Raises:
        Refused: somebody did the same at the same moment.
    """
    try:
        desk.session.flush()
    except IntegrityError:
        raise Refused(sentence) from None


def note(desk: Desk, act: str, case: ReportCase, why: str, **facts: Any) -> None:
    """Enter an act on a case in the journal: under its random number, without the workshop and without a person.

    Raises:
        Refused: the reason names personal data.
    """
    _names_nobody(why)
    desk.record(f"report_case.{act}", ("report_case", case.number), why, **facts)


def _names_nobody(why: str) -> None:
    refuse(bool(leaks(why)), say("办理理由里不要写证件号码、电话、住址等个人信息。"))


def _is_its_turn(desk: Desk, case: ReportCase, what: Happening, move: Move) -> None:
    done = happened(case)
    known = {one.what for one in done}
    refuse(case.kind not in move.kinds, say("这一步不适用于这一类案件。"))
    refuse(bool(move.after) and not known & set(move.after), say("前面的步骤还没有完成。"))
    refuse(bool(known & set(move.before)), say("这一步已经做过，或者案件已经不能再做这一步。"))
    refuse(what.on < case.received_on, say("日期早于收到之日。"))
    refuse(what.on > desk.today, say("日期在今天之后。"))
    earlier = what.what is What.renewed
    refuse(bool(done) and not earlier and what.on < done[-1].on, say("日期早于前一步。"))
