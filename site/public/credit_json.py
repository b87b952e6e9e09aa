"""The credit file as JSON-LD: the same facts as the page, under names that stay (``docs/credit-file.md``)."""

from __future__ import annotations

from datetime import date
from typing import Any

from zuofang.credit.grade import Grade
from zuofang.credit.queries.evaluations import EvaluationLine
from zuofang.credit.queries.honours import HonourState, HonourView
from zuofang.credit.queries.told import CreditFile, Gone, OrderLine, PaperLine, RegistrationLine, Told
from zuofang.credit.reasons import Reason
from zuofang.rules.sentences import Sentence
from zuofang.site.public.credit_words import rows_of

SCHEMA = "zuofang.credit-file/1"
"""Changes when a field changes its meaning or goes; new fields may come without it."""

Json = dict[str, Any]


def as_json(file: CreditFile, base: str) -> Json:
    """The file as plain values, under the address of the public site; days are ISO dates, sentences are Chinese."""
    return {
        "@context": {"@vocab": f"{base}/open/credit-file#"},
        "@id": f"{base}/workshops/{file.workshop}/credit?on={file.on.isoformat()}",
        "@type": "CreditFile",
        "schema": SCHEMA,
        "workshop": {"@id": f"{base}/workshops/{file.workshop}", "name": file.name},
        "on": file.on.isoformat(),
        "seen_on": file.today.isoformat(),
        "certificates": [_paper(paper) for paper in file.papers],
        "registrations": [_registration(line) for line in file.registrations],
        "orders": [_order(order) for order in file.orders],
        "grade_withheld": file.grade_withheld,
        "grades": [_grade(grade) for grade in file.grades],
        "records": [told_json(told) for told in file.told],
        "withdrawn": [_gone(gone) for gone in file.gone],
        "honours": [_honour(honour) for honour in file.honours],
        "evaluations": [_evaluation(line) for line in file.evaluations],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _paper(paper: PaperLine) -> Json:
    return {
        "number": paper.number,
        "issuer": paper.issuer,
        "since": _day(paper.since),
        "until": _day(paper.until),
        "revoked_on": _day(paper.revoked_on),
    }


def _registration(line: RegistrationLine) -> Json:
    return {
        "on": _day(line.on),
        "step": line.step.value,
        "number": line.number,
        "issuer": line.issuer,
        "until_before": _day(line.before),
        "until_after": _day(line.after),
        "scope": line.scope,
    }


def _evaluation(line: EvaluationLine) -> Json:
    return {
        "kind": line.kind.value,
        "on": _day(line.on),
        "by": line.by,
        "form": line.form,
        "score": line.score,
        "again": line.again,
        "parts": [{"name": part.name, "score": part.score, "most": part.most} for part in line.parts],
    }


def _order(order: OrderLine) -> Json:
    return {
        "kind": order.kind.value,
        "since": _day(order.since),
        "until": _day(order.until),
        "ground": order.ground,
        "article": order.article,
        "document": order.document,
    }


def _grade(grade: Grade) -> Json:
    return {
        "scheme": grade.scheme,
        "letter": grade.letter,
        "score": grade.score,
        "moved": grade.moved,
        "holds_until": _day(grade.holds_until),
        "contributions": [
            {
                "part": one.part.value,
                "points": one.points,
                "why": str(one.reason.sentence),
                "article": one.reason.article,
                "certainty": one.reason.certainty.value,
                "until": _day(one.until),
            }
            for one in grade.contributions
        ],
    }


def told_json(told: Told) -> Json:
    """One record."""
    found = told.publication
    return {
        "id": told.key,
        "kind": told.kind.value,
        "title": told.title,
        "content": told.content,
        "document": told.document,
        "authority": told.authority,
        "made_on": _day(told.record.made_on),
        "speaks_against": told.speaks_against,
        "facts": [{"name": str(name), "value": _plain(value)} for name, value in rows_of(told.record)],
        "published_on": _day(found.first_day),
        "last_day": _day(found.last_day),
        "provisional": found.provisional,
        "repair_from": _day(found.repair_from),
        "reasons": [_reason(reason) for reason in found.reasons],
        "items": [
            {"item": one.name, "result": one.result, "limit": one.limit, "judgement": one.judgement}
            for one in told.items
        ],
        "corrections": [{"on": _day(one.on), "title": one.title, "content": one.content} for one in told.corrections],
        "links": [{"kind": tie.kind.value, "later": tie.later, "id": tie.key} for tie in told.ties],
        "look_backs": [
            {"on": _day(one.on), "found": one.found.value, "words": one.words, "id": one.key} for one in told.visits
        ],
        "replies": [{"on": _day(reply.on), "text": reply.text} for reply in told.replies],
        "disputes": [
            {
                "kind": one.kind.value,
                "filed_on": _day(one.filed_on),
                "decided_on": _day(one.decided_on),
                "granted": one.granted,
            }
            for one in told.disputes
        ],
    }


def _plain(value: object) -> str:
    if isinstance(value, Sentence):
        return str(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _reason(reason: Reason) -> Json:
    return {
        "step": reason.step.value,
        "sentence": str(reason.sentence),
        "article": reason.article,
        "certainty": reason.certainty.value,
        "day": _day(reason.day),
    }


def _gone(gone: Gone) -> Json:
    return {"on": _day(gone.on), "why": str(gone.why), "article": gone.article}


def _honour(honour: HonourView) -> Json:
    taken_back = honour.state is HonourState.withdrawn
    return {
        "kind": honour.kind.value,
        "title": honour.title,
        "granted_by": honour.granted_by,
        "since": _day(honour.since),
        "until": _day(honour.until),
        "state": honour.state.value,
        "withdrawn_on": _day(honour.withdrawn_on) if taken_back else None,
    }
