"""A case: one record, seen on one day, under the texts of its own day; kinds of record differ in what they override."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Generic, TypeVar

from zuofang.credit.events import Annulled, Delisted, Deregistered, Event, Repaired, Withdrawn
from zuofang.credit.publishing.standing import Dated, Standing
from zuofang.credit.reasons import Reason, Step, because
from zuofang.credit.records import Province, Record
from zuofang.rules.book import RuleBook
from zuofang.rules.calendar import Deadline
from zuofang.rules.parameters import Parameter
from zuofang.rules.sentences import Sentence, say
from zuofang.rules.texts import Texts, fixed

AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True)
class Ending:
    """What ended a publication on the day ``on``: from that day nothing is shown."""

    standing: Standing
    on: date
    take_down: Deadline
    reason: Reason


@dataclass(frozen=True, slots=True)
class Prospect:
    """An article that may still end or extend a publication, with the sentence that says so."""

    rule: str
    sentence: Sentence


class Case(ABC, Generic[AnyRecord]):
    """The questions every record answers; a kind of record overrides those its own articles answer otherwise."""

    prefix: ClassVar[str]
    annulled_rule: ClassVar[str] = "pub.withdraw_on_change"
    restart_rule: ClassVar[str] = "repair.fraud.restart"
    repeated: ClassVar[Prospect] = Prospect("repair.conditions", say("因同一类违法行为再次受到处罚，不能提前停止公示"))
    ends_by: ClassVar[tuple[Prospect, ...]] = (
        Prospect("pub.withdraw_on_change", say("原决定被依法变更、撤销、确认违法或者无效的，撤回公示")),
    )

    def __init__(self, record: AnyRecord, on: date, rules: RuleBook) -> None:
        self.record = record.as_of(on)
        self.on = on
        self.texts = Texts(rules, self.text_day)

    @property
    def text_day(self) -> date:
        """The day whose texts decide the case."""
        return self.record.made_on

    @property
    def text(self) -> Parameter | None:
        """The text applied; nothing where the rule files know none for that day."""
        return self.texts.find(f"{self.prefix}.text")

    @property
    def parts(self) -> tuple[str, ...]:
        """What of the record may be shown."""
        return self.texts(f"{self.prefix}.parts").words

    def obstacle(self) -> Reason | None:
        """Why the law keeps the record from the public altogether."""
        return None

    @abstractmethod
    def due(self) -> Dated:
        """By which day it must be public."""

    def anchor(self) -> date | None:
        """The day the term is counted from, if it is known."""
        return self.record.published_on

    @abstractmethod
    def term(self, anchor: date | None) -> Dated:
        """The last day it may be shown when its term is counted from ``anchor``; no day where it is open or unknown."""

    def earliest_repair(self, anchor: date | None) -> Dated:
        """The first day on which early take-down may be applied for."""
        return Dated()

    def own_ending(self) -> Ending | None:
        """An end that lies in the record itself and not in an event."""
        return None

    def remarks(self) -> tuple[Reason, ...]:
        """What a reader must be told beside the dates."""
        return ()

    def extends_by(self) -> Iterator[Prospect]:
        """What may still extend the term."""
        return iter(())

    def happenings(self) -> list[tuple[date, Event | Ending]]:
        """What happened, with the day each takes effect, in that order, as far as the day asked about."""
        own = self.own_ending()
        dated: list[tuple[date | None, Event | Ending]] = [(own.on, own)] if own else []
        dated += [(self.takes_effect(event), event) for event in self.record.events]
        known = [(day, what) for day, what in dated if day is not None and day <= self.on]
        return sorted(known, key=lambda entry: entry[0])

    def takes_effect(self, event: Event) -> date | None:
        """The day an event takes effect.

        Deregistration is a state and not an act: whoever was deregistered earlier is covered from the first day of the
        article that ends the publication (REP Art 20).
        """
        if not isinstance(event, Deregistered):
            return event.on
        first = self.texts.first_in_force("repair.deregistered", event.on)
        return max(event.on, first.since) if first else None

    def annulled(self, event: Annulled) -> Ending:
        """The decision fell: withdraw within the days the article gives (PUB Art 11, SVL Art 19)."""
        sentence = say("原决定于%(day)s被依法%(change)s，撤回公示", day=event.on, change=Sentence(str(event.change)))
        return self.ending(Standing.withdrawn, event.on, self.annulled_rule, sentence)

    def withdrawn(self, event: Withdrawn) -> Ending:
        """Shown in error: taken back at once (PUB Art 12)."""
        return self.ending(Standing.withdrawn, event.on, "pub.correction", say("公示有误，立即撤回"))

    def deregistered(self, day: date) -> Ending:
        """The party is gone from the register: publication stops (REP Art 20)."""
        return self.ending(Standing.ended, day, "repair.deregistered", say("当事人已依法注销，停止公示"))

    def early_ending(self, event: Repaired | Delisted) -> Ending | Reason:
        """What a granted repair or a removal from the list does to this record; a reason where it does nothing."""
        sentence = say("准予信用修复，提前停止公示")
        return self.ending(Standing.repaired, event.on, "repair.data_done", sentence)

    def ending(self, standing: Standing, on: date, rule: str, sentence: Sentence) -> Ending:
        """Make an ending; its article gives a number of days for the take-down, or none and it is done at once."""
        texts = self.texts.at(on)
        article = texts.find(rule) or self.texts(f"{self.prefix}.text")
        take_down = texts.rules.calendar.after(on, article) if article.unit.is_number else fixed(on)
        return Ending(standing, on, take_down, because(article, Step.ending, sentence, on))

    def plain_term(self, anchor: date | None, rule: str) -> Dated:
        """Return the plain term ``rule`` counted from ``anchor``; nothing while that day is not known."""
        if anchor is None:
            return Dated()
        last = self.texts.after(anchor, rule)
        sentence = say("自%(start)s起公示至%(day)s", start=anchor, day=last.day)
        return Dated(last, (because(self.texts(rule), Step.term, sentence, last.day),))

    def days_to_publish(self, start: date, rule: str) -> Dated:
        """Return the due day counted from ``start``."""
        deadline = self.texts.after(start, rule)
        sentence = say("最迟应当于%(day)s公示", day=deadline.day)
        return Dated(deadline, (because(self.texts(rule), Step.due, sentence, deadline.day),))

    def days_to_publish_by_province(self, province: Province, pushed_on: date | None) -> Dated:
        """Return the due day of a decision on a party of this or of another province (PUB Art 9–10, SVL Art 14).

        For another province the decision is first pushed there; until it is, the last day for pushing stands in.
        """
        name = f"{self.prefix}.deadline_"
        if province is Province.same:
            return self.days_to_publish(self.record.made_on, f"{name}same_province")
        push = self.texts.after(self.record.made_on, f"{name}other_province.push")
        sentence = say("最迟应当于%(day)s推送至当事人登记地", day=push.day)
        reason = because(self.texts(f"{name}other_province.push"), Step.due, sentence, push.day)
        published = self.days_to_publish(pushed_on or push.day, f"{name}other_province.publish")
        return Dated(published.deadline, (reason, *published.reasons))
