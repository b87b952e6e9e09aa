"""Publication of measures that are no penalty: interviews and orders to rectify, and why a referral never is public.

The law puts interviews and rectification into the credit file (FSL Art 113, 114; INSP Art 41) and is silent on how long
they are shown; the terms are this site's own and never longer than that of the lightest penalty.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from zuofang.credit.measures import Called, Interview, Rectification, Referral
from zuofang.credit.publishing.case import Case
from zuofang.credit.publishing.standing import Dated
from zuofang.credit.reasons import Reason, Step, because
from zuofang.rules.sentences import say


class InterviewCase(Case[Interview]):
    """An interview: shown for the site's own term; who spoke for the operator never is."""

    prefix: ClassVar[str] = "interview"

    def due(self) -> Dated:
        """20 working days from the interview (OGI Art 26)."""
        return self.days_to_publish(self.record.held_on, "gov.publish")

    def term(self, anchor: date | None) -> Dated:
        """The site's own term from publication."""
        return self.plain_term(anchor, "interview.term")

    def remarks(self) -> tuple[Reason, ...]:
        """That an interview is no penalty, and that of a trade is no finding against one of those called in."""
        text = self.texts("interview.text")
        if self.record.called is Called.trade:
            return (because(text, Step.remark, say("行业约谈针对共性问题，不表示这家作坊有违法行为")),)
        return (because(text, Step.remark, say("约谈不是行政处罚")),)


class RectificationCase(Case[Rectification]):
    """An order to rectify: open until the bureau found it done, then for the site's own term."""

    prefix: ClassVar[str] = "rectification"

    def due(self) -> Dated:
        """20 working days from the order (OGI Art 26)."""
        return self.days_to_publish(self.record.ordered_on, "gov.publish")

    def term(self, anchor: date | None) -> Dated:
        """Open until it is accepted; a record that was published later still has its term."""
        accepted = self.record.accepted_on
        if accepted is None:
            sentence = say("整改复查合格以前一直公示")
            return Dated(None, (because(self.texts("rectification.text"), Step.term, sentence),))
        return self.plain_term(max(accepted, anchor) if anchor else None, "rectification.shown_after")


class ReferralCase(Case[Referral]):
    """A referral to the police: never public. Nobody is guilty before a court has said so."""

    prefix: ClassVar[str] = "referral"

    def obstacle(self) -> Reason:
        """No article lets the bureau publish a referral, before a judgment or after it."""
        return because(self.texts("referral.text"), Step.scope, say("移送公安机关的情况只记入信用档案，不公示"))

    def due(self) -> Dated:
        """Return no day: it is never due."""
        return Dated()

    def term(self, anchor: date | None) -> Dated:
        """Return no day: what is never shown has no last day."""
        return Dated()
