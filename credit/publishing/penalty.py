"""Publication of penalties (行政处罚信息公示; PUB, REP, NDRC36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from zuofang.credit.events import Delisted, Deregistered, Event, Repaired
from zuofang.credit.publishing.case import Case, Ending, Prospect
from zuofang.credit.publishing.standing import Dated, Standing
from zuofang.credit.publishing.terms import TermClass, class_of, earliest_repair, penalty_term, published_kinds
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Kind, Penalty
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import ONE_DAY
from zuofang.rules.parameters import NoSuchRule
from zuofang.rules.sentences import Sentence, say


class PenaltyCase(Case[Penalty]):
    """A penalty decision on its way through the register.

    From where the term is counted is a dated parameter, ``pub.term_anchor``. The text of 2021 counts from publication
    (自公示之日起). The text of 2025 only says that the term has run out (公示期满); the old reading is kept for it.
    Order 36 of the NDRC, in force since 2026-04-01, counts from the day of the document (自行政公务文书认定之日起) for
    the national credit portal. Counting the same way keeps both registers in step and never shows a decision longer
    than either reading allows. The choice is an inference: an officer of law changes it in the table, not in code.
    """

    prefix: ClassVar[str] = "pub"
    ends_by: ClassVar[tuple[Prospect, ...]] = (
        *Case.ends_by,
        Prospect("repair.conditions", say("符合条件的，经申请修复可以提前停止公示")),
        Prospect("repair.deregistered", say("当事人依法注销的，停止公示；对个人的限制继续有效")),
        Prospect("svl.on_removal", say("因此列入严重违法失信名单的，移出名单时同时停止公示")),
    )

    def __init__(self, record: Penalty, on: date, rules: RuleBook) -> None:
        self._rules = rules
        super().__init__(record, on, rules)

    @property
    def text_day(self) -> date:
        """The day of the decision, or that of publication, as ``pub.text_day`` chooses."""
        decided, published = self.record.decided_on, self.record.published_on
        try:
            chosen = self._rules.parameters("pub.text_day", decided).value
        except NoSuchRule:
            return decided
        return decided if chosen == "decision" else published or self.on

    def obstacle(self) -> Reason | None:
        """On-the-spot decisions and bare warnings are not published (PUB Art 2)."""
        if self.record.procedure not in self.texts("pub.procedures").words:
            sentence = say("适用%(procedure)s作出的决定不予公示", procedure=Sentence(str(self.record.procedure)))
            return because(self.texts("pub.procedures"), Step.scope, sentence)
        if not published_kinds(self.record, self.texts):
            return because(self.texts("pub.unpublished_kinds"), Step.scope, say("仅受到警告的，不予公示"))
        return None

    def due(self) -> Dated:
        """20 working days from the decision, or ten for pushing and ten for publishing (PUB Art 9–10)."""
        return self.days_to_publish_by_province(self.record.province, self.record.pushed_on)

    def anchor(self) -> date | None:
        """The day of publication or of the decision, as ``pub.term_anchor`` says."""
        chosen = self.texts("pub.term_anchor").value
        return self.record.decided_on if chosen == "decision" else self.record.published_on

    def term(self, anchor: date | None) -> Dated:
        """Return the longest term among the decision's kinds of penalty."""
        term = penalty_term(self.record, anchor, self.texts)
        if anchor is None:
            return term
        parameter = self.texts("pub.term_anchor")
        counted = because(parameter, Step.start, say("公示期自%(day)s起算", day=anchor), anchor)
        return Dated(term.deadline, (counted, *term.reasons))

    def earliest_repair(self, anchor: date | None) -> Dated:
        """Return the first day for an application; only the length of the term limits it further."""
        return earliest_repair(self.record, anchor, self._rules)

    def takes_effect(self, event: Event) -> date | None:
        """A bar on a person outlives the deregistration of the trader (REP Art 20)."""
        day = super().takes_effect(event)
        if day is None or not isinstance(event, Deregistered) or Kind.barred not in self.record.kinds:
            return day
        until = self.record.restricted_until
        return max(day, until + ONE_DAY) if until else None

    def early_ending(self, event: Repaired | Delisted) -> Ending | Reason:
        """Repair ends the publication; so does removal from the list, unless a kind keeps its own term."""
        if isinstance(event, Delisted):
            return self._delisted(event)
        texts = self.texts.at(event.on)
        excluded = [kind for kind in published_kinds(self.record, texts) if kind in texts("repair.excluded").words]
        if excluded:
            sentence = say("%(kind)s不得提前停止公示，修复决定不产生停止公示的效果", kind=Sentence(str(excluded[0])))
            return because(texts("repair.excluded"), Step.remark, sentence, event.on)
        return super().early_ending(event)

    def _delisted(self, event: Delisted) -> Ending | Reason:
        rule = self.texts.at(event.on).find("svl.on_removal")
        if rule is None:
            sentence = say("当时的规定没有要求随移出名单停止公示")
            return because(self.texts("pub.text"), Step.remark, sentence, event.on)
        if self._keeps_own_term(event.on):
            return because(rule, Step.remark, say("公示期限另有规定，不随移出名单停止公示"), event.on)
        sentence = say("已移出严重违法失信名单，相关处罚信息同时停止公示")
        ending = self.ending(Standing.repaired, event.on, "svl.take_down", sentence)
        return Ending(ending.standing, ending.on, ending.take_down, because(rule, Step.ending, sentence, event.on))

    def _keeps_own_term(self, on: date) -> bool:
        classes = {class_of(kind, self.record, self.texts) for kind in published_kinds(self.record, self.texts)}
        restricted_until = self.record.restricted_until
        running = TermClass.restriction in classes and (restricted_until is None or restricted_until >= on)
        return TermClass.heaviest in classes or running

    def extends_by(self) -> Iterator[Prospect]:
        """A running restriction and fraud in a repair extend the term."""
        if any(kind in self.texts("pub.kinds.restriction").words for kind in self.record.kinds):
            yield Prospect("pub.restriction_runs", say("限制期长于规定期限的，公示至限制期届满"))
        yield Prospect("repair.fraud.restart", say("申请修复弄虚作假的，撤销修复，公示期重新计算"))
