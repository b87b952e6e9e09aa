"""Why a rule decided as it did: one step, one sentence, one article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.rules.parameters import Certainty, Parameter
from zuofang.rules.sentences import Sentence


class Step(StrEnum):
    """Which question a reason answers; a page groups the reasons by it."""

    scope = "scope"
    text = "text"
    due = "due"
    start = "start"
    term = "term"
    repair = "repair"
    ending = "ending"
    take_down = "take_down"
    remark = "remark"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a decision: what follows, from which article, how sure we are of it, and the day it leads to."""

    step: Step
    sentence: Sentence
    article: str
    certainty: Certainty
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.sentence}（{self.article}）"


def because(parameter: Parameter, step: Step, sentence: Sentence, day: date | None = None) -> Reason:
    """Make the reason that rests on ``parameter``."""
    return Reason(step, sentence, parameter.article, parameter.certainty, day)
