"""How long a penalty may be public: the class of each of its kinds, the term of that class, and the longest of them.

What "minor" means decides most cases. A fine is minor (较低数额罚款) when nothing heavier than a warning or a notice
of criticism stands beside it, when it was set at a tier the text accepts, and when its sum is within the text's limit
for the party. Any other penalty for a breach of food safety is serious whatever its sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.publishing.standing import Dated
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Field, Kind, Party, Penalty
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY, Deadline
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts, fixed, later, longest


class TermClass(StrEnum):
    """Classes of penalty by how long they stay public (PUB Art 13–15, REP Art 6–9)."""

    minor = "minor"
    general = "general"
    food = "food"
    restriction = "restriction"
    heaviest = "heaviest"


@dataclass(frozen=True, slots=True)
class KindTerm:
    """The term of one kind of penalty: its class and its last day, open where a restriction has no known end."""

    kind: Kind
    term_class: TermClass
    last: Deadline | None
    reason: Reason


def published_kinds(penalty: Penalty, texts: Texts) -> list[Kind]:
    """Return the kinds that make the decision public, in the order of the law; none where there is only a warning."""
    unpublished = texts("pub.unpublished_kinds").words
    return [kind for kind in Kind if kind in penalty.kinds and kind not in unpublished]


def is_minor(penalty: Penalty, texts: Texts) -> bool:
    """Whether the whole decision is minor: only criticism or a lower fine (仅受到通报批评或者较低数额罚款)."""
    return penalty.kinds <= set(texts("pub.minor.kinds").words) and _is_lower_fine(penalty, texts)


def _is_lower_fine(penalty: Penalty, texts: Texts) -> bool:
    if penalty.fine is None:
        return True
    tiers = texts.find("pub.minor.tiers")
    if tiers is not None and penalty.tier not in tiers.words:
        return False
    limit = texts("pub.minor.fine_trader" if penalty.party is Party.trader else "pub.minor.fine_person")
    return penalty.fine <= limit.number


def class_of(kind: Kind, penalty: Penalty, texts: Texts) -> TermClass:
    """Return the class of one kind of penalty within its decision."""
    if kind in texts("pub.kinds.heaviest").words:
        return TermClass.heaviest
    if kind in texts("pub.kinds.restriction").words:
        return TermClass.restriction
    if is_minor(penalty, texts):
        return TermClass.minor
    return TermClass.food if penalty.field is Field.food else TermClass.general


def gravest_class(penalty: Penalty, texts: Texts) -> TermClass:
    """Return the gravest class among the published kinds of a decision."""
    order = list(TermClass)
    return max((class_of(kind, penalty, texts) for kind in published_kinds(penalty, texts)), key=order.index)


def penalty_term(penalty: Penalty, anchor: date | None, texts: Texts) -> Dated:
    """Return the last day of a penalty's publication counted from ``anchor``; the longest kind wins (REP Art 6)."""
    if anchor is None:
        return Dated()
    terms = [_kind_term(kind, penalty, anchor, texts) for kind in published_kinds(penalty, texts)]
    last = terms[0].last
    for term in terms[1:]:
        last = longest(last, term.last)
    return Dated(last, (*(term.reason for term in terms), *_remarks(penalty, terms, texts)))


def _kind_term(kind: Kind, penalty: Penalty, anchor: date, texts: Texts) -> KindTerm:
    term_class = class_of(kind, penalty, texts)
    name = f"pub.term.{term_class}"
    last: Deadline | None = texts.after(anchor, name)
    if term_class is TermClass.restriction and texts.find("pub.restriction_runs"):
        last = longest(last, fixed(penalty.restricted_until) if penalty.restricted_until else None)
    reason = because(texts(name), Step.term, _term_sentence(kind, term_class, anchor, last), last.day if last else None)
    return KindTerm(kind, term_class, last, reason)


def _term_sentence(kind: Kind, term_class: TermClass, anchor: date, last: Deadline | None) -> Sentence:
    if last is None:
        return say("%(kind)s的期限未录入，公示至限制期届满", kind=Sentence(str(kind)))
    return Sentence(_SENTENCES[term_class].text, {"kind": Sentence(str(kind)), "start": anchor, "day": last.day})


_SENTENCES = {
    TermClass.minor: say("%(kind)s：仅受到通报批评或者较低数额罚款，自%(start)s起公示至%(day)s"),
    TermClass.general: say("%(kind)s：一般失信信息，自%(start)s起公示至%(day)s"),
    TermClass.food: say("%(kind)s：食品安全领域的处罚，不论数额，自%(start)s起公示至%(day)s"),
    TermClass.restriction: say("%(kind)s：自%(start)s起满规定期限并且限制期届满，公示至%(day)s"),
    TermClass.heaviest: say("%(kind)s：自%(start)s起公示至%(day)s，不得提前停止"),
}


def _remarks(penalty: Penalty, terms: list[KindTerm], texts: Texts) -> list[Reason]:
    remarks = []
    rule = texts.find("pub.longest")
    if rule is not None and len({term.term_class for term in terms}) > 1:
        remarks.append(because(rule, Step.term, say("同一决定有数种处罚，以公示期最长的为准")))
    tiers = texts.find("pub.minor.tiers")
    if tiers is not None and penalty.fine is not None and penalty.tier is None:
        remarks.append(because(tiers, Step.remark, say("裁量幅度未录入，不能按较低数额罚款处理，请核对决定书")))
    return remarks


def earliest_repair(penalty: Penalty, anchor: date | None, rules: RuleBook) -> Dated:
    """Return the first day on which early take-down of a penalty may be applied for.

    An application is judged by the text of the day it is made on, so every text from the decision onwards is asked in
    turn, and the first that admits an application while it is in force gives the day.
    """
    for text in rules.parameters.history("repair.excluded"):
        texts = Texts(rules, max(text.since, penalty.decided_on))
        if anchor is None or not text.in_force(texts.day):
            continue
        waited = _waited(penalty, anchor, texts)
        if waited.deadline and text.in_force(max(waited.deadline.day, text.since)):
            return Dated(later(waited.deadline, fixed(text.since)), waited.reasons)
    return Dated()


def _waited(penalty: Penalty, anchor: date, texts: Texts) -> Dated:
    """The day on which every kind of the decision has waited long enough; none where one admits no early stop."""
    last = fixed(anchor)
    reasons: list[Reason] = []
    for kind in published_kinds(penalty, texts):
        found = _kind_waited(kind, penalty, anchor, texts)
        if found.deadline is None:
            return Dated()
        last = later(last, found.deadline)
        reasons += found.reasons
    return Dated(last, tuple(reasons))


def _kind_waited(kind: Kind, penalty: Penalty, anchor: date, texts: Texts) -> Dated:
    term_class = class_of(kind, penalty, texts)
    wait = texts.find(f"repair.wait.{term_class}")
    if wait is None or kind in texts("repair.excluded").words:
        return Dated()
    waited = texts.after(anchor, wait.name)
    if term_class is TermClass.restriction:
        if penalty.restricted_until is None:
            return Dated()
        waited = later(waited, fixed(penalty.restricted_until + ONE_DAY))
    sentence = say("%(kind)s：自%(day)s起可以申请信用修复", kind=Sentence(str(kind)), day=waited.day)
    return Dated(waited, (because(wait, Step.repair, sentence, waited.day),))
