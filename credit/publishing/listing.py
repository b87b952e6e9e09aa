"""Publication of the serious-violation list (严重违法失信名单; SVL, REP)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from zuofang.credit.events import Delisted, Repaired
from zuofang.credit.publishing.case import Case, Ending, Prospect
from zuofang.credit.publishing.standing import Dated, Standing
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Level, Listing
from zuofang.rules.calendar import ONE_DAY
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import fixed, later


class ListingCase(Case[Listing]):
    """An entry in the list: three years from listing, removal from the second year on."""

    prefix: ClassVar[str] = "svl"
    annulled_rule: ClassVar[str] = "svl.basis_annulled"
    restart_rule: ClassVar[str] = "svl.false_material"
    repeated: ClassVar[Prospect] = Prospect(
        "svl.early_removal_conditions", say("再次受到市场监管部门较重行政处罚，不能提前移出名单")
    )
    ends_by: ClassVar[tuple[Prospect, ...]] = (
        Prospect("svl.basis_annulled", say("列入所依据的处罚决定被撤销的，撤回公示")),
        Prospect("svl.early_removal_conditions", say("符合条件的，经申请可以提前移出")),
        Prospect("repair.deregistered", say("当事人依法注销的，停止公示；对个人的限制继续有效")),
    )

    def obstacle(self) -> Reason | None:
        """No entry without the consent of the next higher bureau, and none against proof that there was no intent."""
        if self.record.no_intent:
            return because(self.texts("svl.no_intent"), Step.scope, say("已证明没有主观故意，不列入名单"))
        if self.record.level is not Level.province and self.record.consent_on is None:
            sentence = say(
                "%(level)s部门列入名单须经上一级部门同意，尚无同意记录", level=Sentence(str(self.record.level))
            )
            return because(self.texts("svl.superior_consent"), Step.scope, sentence)
        return None

    def due(self) -> Dated:
        """20 working days from the listing, or ten for pushing and ten for publishing (SVL Art 14)."""
        return self.days_to_publish_by_province(self.record.province, self.record.pushed_on)

    def anchor(self) -> date:
        """The day of the listing (SVL Art 21)."""
        return self.record.listed_on

    def term(self, anchor: date | None) -> Dated:
        """Three years, or the end of a longer legal restriction."""
        start = anchor or self.anchor()
        last = self.texts.after(start, "svl.period")
        if self.record.restricted_until is not None:
            last = later(last, fixed(self.record.restricted_until))
        sentence = say("自%(start)s起列入，至%(day)s期满移出", start=start, day=last.day)
        return Dated(last, (because(self.texts("svl.period"), Step.term, sentence, last.day),))

    def earliest_repair(self, anchor: date | None) -> Dated:
        """A year after the listing, and after any legal restriction is over (SVL Art 16, REP Art 13)."""
        day = self.texts.after(anchor or self.anchor(), "svl.early_removal_after")
        if self.record.restricted_until is not None:
            day = later(day, fixed(self.record.restricted_until + ONE_DAY))
        sentence = say("自%(day)s起可以申请移出名单", day=day.day)
        return Dated(day, (because(self.texts("svl.early_removal_after"), Step.repair, sentence, day.day),))

    def early_ending(self, event: Repaired | Delisted) -> Ending:
        """Removed: taken down, and the measures lifted, within the days of the article (SVL Art 18, REP Art 17)."""
        sentence = say("已移出严重违法失信名单，停止公示，解除管理措施")
        return self.ending(Standing.repaired, event.on, "svl.take_down", sentence)

    def extends_by(self) -> Iterator[Prospect]:
        """Fraud in a removal restarts the term."""
        yield Prospect("svl.false_material", say("移出弄虚作假的，撤销移出，公示期重新计算"))
