"""Evaluations that were passed, with the points of their parts; one that failed is told by the exit it led to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from zuofang.credit.models import Evaluation, EvaluationPart, HonourKind
from zuofang.credit.queries.redacted import fit
from zuofang.storage.nested import Rows, nested
from zuofang.traceability.queries.label import day
from zuofang.traceability.queries.workshop import WORKSHOP


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of an evaluation; ``most`` is the most points it can get, empty where the form does not say."""

    name: str
    score: str
    most: str | None


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """An evaluation that was passed; ``again`` says that it kept an honour (复评)."""

    kind: HonourKind
    on: date
    by: str
    form: str
    score: str | None
    again: bool
    parts: tuple[PartLine, ...]


_PASSED = (Evaluation.workshop_id == WORKSHOP, Evaluation.passed)
EVALUATIONS = nested(
    Evaluation.id, Evaluation.kind, Evaluation.evaluated_on, Evaluation.evaluated_by, Evaluation.form,
    Evaluation.score, Evaluation.honour_id,
).where(*_PASSED)  # fmt: skip
PARTS = (
    nested(
        EvaluationPart.evaluation_id, EvaluationPart.position, EvaluationPart.name, EvaluationPart.score,
        EvaluationPart.most,
    )
    .join(Evaluation)
    .where(*_PASSED)
)  # fmt: skip


def evaluations(rows: Rows, parts: Rows, on: date) -> tuple[EvaluationLine, ...]:
    """The evaluations up to a day, the newest first."""
    by_key: dict[int, list[PartLine]] = defaultdict(list)
    for key, _, name, score, most in sorted(parts, key=lambda row: (int(row[0]), int(row[1]))):
        by_key[key].append(PartLine(fit(name), score, most))
    found = [
        EvaluationLine(
            HonourKind(kind), day(evaluated_on), fit(by), fit(form), score, honour is not None, tuple(by_key[key])
        )
        for key, kind, evaluated_on, by, form, score, honour in rows
        if day(evaluated_on) <= on
    ]
    return tuple(sorted(found, key=lambda line: line.on, reverse=True))
