"""Acts on what zones put forward: ask, take back, do it or send it back as another person, undo what was done."""

from __future__ import annotations

from dataclasses import astuple

from sqlalchemy import select

from zuofang.credit.acts.zone_changes import CHANGES
from zuofang.credit.codec import dump, load
from zuofang.credit.models import ProposalState, ZoneProposal
from zuofang.credit.proposals import KINDS, Facts, Row, facts_of, thing_of
from zuofang.credit.redaction import leaks
from zuofang.rules.sentences import say
from zuofang.storage.acts import Desk, Refused
from zuofang.storage.outbox import Subject
from zuofang.traceability.models import Zone

LONGEST = 200
"""Letters of a reason."""
KIND_OF = {facts: kind for kind, facts in KINDS.items()}


def propose(desk: Desk, zone: Zone, facts: Facts, why: str) -> ZoneProposal:
    """Put a change forward; the page says it when another person has looked at it.

    Raises:
        Refused: it could not be done, or a text holds personal data.
    """
    kind = KIND_OF[type(facts)]
    _refuse_personal_data(facts, zone)
    CHANGES[kind].check(desk, zone, facts)
    row = ZoneProposal(
        zone_id=zone.id, kind=kind, facts=dump(facts), state=ProposalState.proposed, proposed_by=desk.who,
        proposed_at=desk.now,
    )  # fmt: skip
    desk.session.add(row)
    desk.record("proposal.put", row, why, kind=kind, touches=[_zone(row)])
    return row


def take_back(desk: Desk, row: ZoneProposal, why: str) -> None:
    """Take a proposal back before anybody decided about it; to ask again, put it forward again."""
    _require(row, ProposalState.proposed)
    row.state = ProposalState.taken_back
    desk.record("proposal.take_back", row, why, kind=row.kind, touches=[_zone(row)])


def approve(desk: Desk, row: ZoneProposal, why: str) -> None:
    """Do what was put forward; nobody does so with what they put forward themselves.

    Raises:
        Refused: it does not wait, the same person asks, or it can no longer be done.
    """
    _require(row, ProposalState.proposed)
    if row.proposed_by == desk.who:
        raise Refused(say("提交人不能审核自己提交的内容。"))
    zone = desk.session.get_one(Zone, row.zone_id)
    before = CHANGES[row.kind].make(desk, zone, facts_of(row), why)
    row.before = dump(before)
    row.state, row.decided_by, row.decided_at = ProposalState.done, desk.who, desk.now
    desk.record("proposal.approve", row, why, kind=row.kind, touches=[_zone(row)])


def send_back(desk: Desk, row: ZoneProposal, reason: str, why: str) -> None:
    """Send a proposal back with a reason; who asked may put it forward again, put right."""
    _require(row, ProposalState.proposed)
    if not reason.strip():
        raise Refused(say("请写明退回的原因。"))
    row.state, row.reason = ProposalState.sent_back, reason.strip()[:LONGEST]
    row.decided_by, row.decided_at = desk.who, desk.now
    desk.record("proposal.send_back", row, why, kind=row.kind, touches=[_zone(row)])


def undo(desk: Desk, row: ZoneProposal, reason: str, why: str) -> None:
    """Undo what was done; the page says again what it said before.

    Raises:
        Refused: it was not done, or something newer was done about the same thing since.
    """
    _require(row, ProposalState.done)
    if any(thing_of(facts_of(one)) == thing_of(facts_of(row)) for one in _newer(desk, row)):
        raise Refused(say("之后又有新的改动，请先撤销新的那一次。"))
    zone = desk.session.get_one(Zone, row.zone_id)
    CHANGES[row.kind].undo(desk, zone, _before(row), why)
    row.state, row.reason = ProposalState.undone, reason.strip()[:LONGEST] or None
    desk.record("proposal.undo", row, why, kind=row.kind, touches=[_zone(row)])


def _newer(desk: Desk, row: ZoneProposal) -> list[ZoneProposal]:
    done = select(ZoneProposal).filter_by(zone_id=row.zone_id, kind=row.kind, state=ProposalState.done)
    later = done.where(ZoneProposal.decided_at > row.decided_at)
    return list(desk.session.scalars(later))


def _before(row: ZoneProposal) -> Facts:
    text = row.before or ""
    return load(Row, text) if '"is":"Row"' in text else load(KINDS[row.kind], text)


def _require(row: ZoneProposal, state: ProposalState) -> None:
    if row.state is not state:
        raise Refused(say("这一项已经有人办过，请看现在的情况。"))


def _refuse_personal_data(facts: Facts, zone: Zone) -> None:
    """Nothing of a person may stand on the page; the office telephone of the zone may."""
    keep = [zone.phone] if zone.phone else []
    if any(leaks(text, keep=keep) for text in astuple(facts) if isinstance(text, str)):
        raise Refused(say("文字里还有个人信息（证件号码、手机号码等），请先删去。"))


def _zone(row: ZoneProposal) -> Subject:
    return "zone", str(row.zone_id)
