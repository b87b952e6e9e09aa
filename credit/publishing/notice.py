"""Publication of notices that no penalty rule covers: suspensions, closures, recalls, lost honours, fraud in a repair.

Where no law sets a term, the term is a parameter of this site with its uncertainty written beside it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from zuofang.credit.findings import Closure, HonourExit, Recall, RepairFraud, Suspension
from zuofang.credit.publishing.case import Case, Ending
from zuofang.credit.publishing.standing import Dated, Standing
from zuofang.credit.reasons import Reason, Step, because
from zuofang.rules.sentences import say
from zuofang.rules.texts import fixed
from zuofang.traceability.recalls import start_due


class SuspensionCase(Case[Suspension]):
    """An order to stop for the time being: public as long as it runs."""

    prefix: ClassVar[str] = "suspension"

    def due(self) -> Dated:
        """20 working days from the order (OGI Art 26)."""
        return self.days_to_publish(self.record.ordered_on, "gov.publish")

    def term(self, anchor: date | None) -> Dated:
        """To the day the order itself ends, open where it names none."""
        last = self.record.ends_on
        if last is None:
            return Dated(None, (because(self.texts("suspension.text"), Step.term, say("公示至措施解除")),))
        sentence = say("措施至%(day)s届满，公示至该日", day=last)
        return Dated(fixed(last), (because(self.texts("suspension.text"), Step.term, sentence, last),))

    def own_ending(self) -> Ending | None:
        """Lifted orders are no longer shown."""
        if self.record.lifted_on is None:
            return None
        sentence = say("措施已于%(day)s解除，停止公示", day=self.record.lifted_on)
        return self.ending(Standing.ended, self.record.lifted_on, "suspension.text", sentence)


class ClosureCase(Case[Closure]):
    """The closing of an unlicensed place: shown without the person's name, and only with a local article."""

    prefix: ClassVar[str] = "closure"

    def obstacle(self) -> Reason | None:
        """取缔 is no kind of penalty and has no national measure any more: without a local article nothing is shown."""
        if self.record.basis.strip():
            return None
        return because(self.texts("closure.text"), Step.scope, say("没有写明地方性法规依据，不予公示"))

    def due(self) -> Dated:
        """20 working days from the closing (OGI Art 26)."""
        return self.days_to_publish(self.record.closed_on, "gov.publish")

    def term(self, anchor: date | None) -> Dated:
        """The site's own term from publication."""
        return self.plain_term(anchor, "closure.term")


class RecallCase(Case[Recall]):
    """A recall: open until it is completed, then for the site's own term, for those who still have a packet."""

    prefix: ClassVar[str] = "recall"

    def due(self) -> Dated:
        """The day on which the hours for starting the recall run out (RECALL Art 13)."""
        rule = self.texts(f"recall.level{self.record.level.number}.start")
        moment = start_due(self.record.level.number, self.record.known_at, self.texts.rules)
        sentence = say("最迟应当于%(moment)s启动召回并公告", moment=moment)
        return Dated(fixed(moment.date()), (because(rule, Step.due, sentence, moment.date()),))

    def term(self, anchor: date | None) -> Dated:
        """Open until the recall is completed."""
        if self.record.completed_on is None:
            return Dated(None, (because(self.texts("recall.text"), Step.term, say("公示至召回完成以后")),))
        return self.plain_term(self.record.completed_on, "recall.shown_after")


class HonourExitCase(Case[HonourExit]):
    """The loss of an honour, shown for as long as a new award would look back."""

    prefix: ClassVar[str] = "honour"

    def due(self) -> Dated:
        """20 working days from the loss (OGI Art 26)."""
        return self.days_to_publish(self.record.left_on, "gov.publish")

    def anchor(self) -> date:
        """The day the honour was lost."""
        return self.record.left_on

    def term(self, anchor: date | None) -> Dated:
        """The site's own term from the loss."""
        return self.plain_term(anchor, "honour.exit_term")


class RepairFraudCase(Case[RepairFraud]):
    """The decision on fraud in a repair: public for three years from its day (REP Art 23)."""

    prefix: ClassVar[str] = "fraud"

    def due(self) -> Dated:
        """Three working days from the decision (REP Art 17)."""
        return self.days_to_publish(self.record.decided_on, "repair.data_done")

    def anchor(self) -> date:
        """The day of the decision."""
        return self.record.decided_on

    def term(self, anchor: date | None) -> Dated:
        """Three years."""
        return self.plain_term(anchor, "repair.fraud.published")
