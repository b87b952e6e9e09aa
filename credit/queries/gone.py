"""What may still be said of a record after it left public view: when, why in general, and by which article.

The sentence tells neither the kind of the record nor a word of its content; the reason that the publication engine
gives would (a fine, a listing), so it is not used here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zuofang.credit.publication import Publication, Standing
from zuofang.credit.queries.told import Gone
from zuofang.credit.reasons import Step
from zuofang.rules.calendar import ONE_DAY
from zuofang.rules.sentences import Sentence, say

OWN_RULE = "本站公示规则"
"""Stands where no article of law says more."""
WHY: Mapping[Standing, Sentence] = {
    Standing.expired: say("公示期满，已停止公示"),
    Standing.repaired: say("已依法提前停止公示"),
    Standing.ended: say("公示的事由已经消失，已停止公示"),
    Standing.withdrawn: say("已依法撤回公示"),
    Standing.stayed: say("决定停止执行，暂停公示"),
}
TAKEN_DOWN = say("已停止公示")


def gone(found: Publication, taken_down_on: date | None, today: date) -> Gone:
    """The bare fact of a record that is not shown; ``found`` is its publication on the day it is not."""
    return Gone(_since(found, taken_down_on) or today, WHY.get(found.standing, TAKEN_DOWN), _article(found))


def _since(found: Publication, taken_down_on: date | None) -> date | None:
    """The first day on which it was not shown."""
    over = found.standing in WHY and found.standing is not Standing.stayed
    if over and found.last_day is not None:
        return found.last_day + ONE_DAY
    return taken_down_on


def _article(found: Publication) -> str:
    """The article that ended it: that of its ending, else that of the longest term, else the last one named."""
    endings = [reason.article for reason in found.reasons if reason.step is Step.ending]
    terms = [reason for reason in found.reasons if reason.step is Step.term and reason.day is not None]
    if endings:
        return endings[-1]
    if found.standing is Standing.expired and terms:
        return max(terms, key=lambda reason: reason.day or date.min).article
    return found.reasons[-1].article if found.reasons else OWN_RULE
