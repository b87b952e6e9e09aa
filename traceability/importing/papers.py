"""Certificates on the rows of operators: 登记证, 核准证, 登记卡, as the province calls the paper of that kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import insert, select

from zuofang.rules.registers import CertificateKind
from zuofang.rules.sentences import Sentence, say
from zuofang.traceability.importing.columns import Row
from zuofang.traceability.importing.merging import Target, Wish, merge
from zuofang.traceability.importing.registry import Entry
from zuofang.traceability.importing.work import Work
from zuofang.traceability.models import Certificate, CertificateEvent, PaperEventKind

STATED = ("issued_on", "since", "until", "issuer", "scope")


@dataclass(frozen=True, slots=True)
class Term:
    """First and last day of a certificate; the last is empty where there is no term."""

    since: date
    until: date | None

    def covers(self, on: date) -> bool:
        """Whether the certificate holds on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def keep_order(found: Found[Any], changes: dict[str, Any]) -> Sentence | None:
    """A certificate does not end before it begins, and keeps its first day and day of issue."""
    days = {**found._mapping, **changes}
    if days["since"] is None or days["issued_on"] is None:
        return say("已登记的证书不能没有发证日期和有效期起。")
    if days["until"] is not None and days["until"] < days["since"]:
        return say("有效期止早于有效期起。")
    return None


PAPERS = Target(Certificate, ("number",), "certificate", part=True, guard=keep_order)


def bring_papers(work: Work, entries: dict[Row, Entry]) -> dict[Row, Term]:
    """Bring the certificates to what the rows say; the terms of those that stand afterwards."""
    numbers = [row.cells["certificate"] for row in entries]
    columns = select(Certificate.number, Certificate.id, Certificate.since, Certificate.until, Certificate.scope)
    stored = {one.number: one for one in work.find(columns, Certificate.number.expression, numbers)}
    known = {number: Term(one.since, one.until) for number, one in stored.items()}
    wishes = []
    for row, entry in entries.items():
        _check_foods(work, row, entry)
        fresh = _fresh(work, row, entry) if row.cells["certificate"] not in known else {}
        if not row.refused:
            stated = {name: row.cells[name] for name in STATED if name in row.cells}
            wishes.append(Wish(row, (row.cells["certificate"],), {"workshop_id": entry.id, **stated}, fresh))
    merge(work, PAPERS, wishes)
    _note_events(work, wishes, stored)
    return {wish.row: _term(wish, known) for wish in wishes if not wish.row.refused}


def _check_foods(work: Work, row: Row, entry: Entry) -> None:
    """Refuse foods that the lists of the place forbid, and tell those that an officer must check."""
    on = row.cells.get("issued_on") or row.cells.get("since") or work.today
    for remark in work.desk.rules.foods.remarks(row.cells.get("scope") or "", entry.district, entry.kind, on):
        if remark.final:
            work.refuse(row, "scope", remark.sentence)
        else:
            work.look_at(row, "scope", remark.sentence)


def _note_events(work: Work, wishes: list[Wish], stored: dict[str, Any]) -> None:
    """A table that lets a known certificate run longer renews it, and one that names other products changes it."""
    told: dict[tuple[int, PaperEventKind], dict[str, Any]] = {}
    for wish in wishes:
        before = stored.get(wish.key[0])
        if before is None or wish.row.refused:
            continue
        until, scope = wish.stated.get("until"), wish.stated.get("scope")
        if until is not None and before.until is not None and until > before.until:
            renewal = {"field": "until", "before": before.until.isoformat(), "after": until.isoformat()}
            told[before.id, PaperEventKind.renewed] = renewal
        if scope is not None and scope != before.scope:
            told[before.id, PaperEventKind.changed] = {"field": "scope", "before": before.scope, "after": scope}
    rows = [{"certificate_id": key, "kind": kind, "on": work.today, **said} for (key, kind), said in told.items()]
    if rows:
        work.connection.execute(insert(CertificateEvent), rows)


def _term(wish: Wish, known: dict[str, Term]) -> Term:
    before = known.get(wish.key[0])
    said = wish.fresh | wish.stated
    return Term(
        said.get("since") or (before.since if before else date.min),
        said["until"] if "until" in said or before is None else before.until,
    )


def _fresh(work: Work, row: Row, entry: Entry) -> dict[str, Any]:
    """What a new certificate needs beyond what the row states: its kind, its first day and its last."""
    kind = work.desk.rules.registers.certificate_for(entry.district[:2], entry.kind)
    since = row.cells.get("since") or row.cells.get("issued_on")
    if since is None:
        work.refuse(row, "since", say("新的证书要有发证日期或有效期起。"))
        return {}
    if kind.number_pattern and not re.fullmatch(kind.number_pattern, row.cells["certificate"]):
        work.refuse(row, "certificate", say("%(paper)s的编号不是这样写的。", paper=kind.name))
    issued = row.cells.get("issued_on") or since
    until = row.cells.get("until", _last_day(work, kind, since))
    if until is not None and until < since:
        work.refuse(row, "until", say("有效期止早于有效期起。"))
    for name in ("since", "issued_on"):
        if row.cells.get(name, ...) is None:
            row.cells.pop(name)  # 无 under a day that the other column gives
    return {"kind": kind.key, "issued_on": issued, "since": since, "until": until}


def _last_day(work: Work, kind: CertificateKind, since: date) -> date | None:
    if kind.validity_years is None:
        return None
    return work.desk.rules.calendar.after_months(since, kind.validity_years * 12).day
