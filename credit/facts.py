"""What a grade may look at: dated facts about one workshop, and nothing that the public may not see.

A record is a fact only while it is public, so that a grade never tells what the register no longer may. There is no
place here for the figures of a release test: those of a laboratory without 资质认定 may neither be published nor graded
by (FSLR Art 43), and the gate is that they cannot get in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zuofang.credit.findings import Closure, HonourExit, Inspection, Recall, RepairFraud, Sample, Suspension
from zuofang.credit.measures import Interview, Rectification, Referral
from zuofang.credit.publication import Publication, publication
from zuofang.credit.publishing.terms import gravest_class
from zuofang.credit.records import Listing, Outcome, Penalty, Record, Result
from zuofang.rules.book import RuleBook
from zuofang.rules.texts import Texts


class Conduct(StrEnum):
    """Conduct that raises the risk grade by itself (``rules.md`` 7, risk.raise)."""

    deliberate = "deliberate"
    accident = "accident"
    not_recalled = "not_recalled"
    refused_inspection = "refused_inspection"


@dataclass(frozen=True, slots=True)
class Behaved:
    """A piece of conduct, established on the day ``on``."""

    conduct: Conduct
    on: date


@dataclass(frozen=True, slots=True)
class Certified:
    """A management-system certificate such as HACCP or GMP, and the days it is valid."""

    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One workshop as a grade sees it. ``categories`` holds its product categories with those they lie within."""

    registered_on: date
    categories: tuple[str, ...] = ()
    in_zone: bool = True
    records: tuple[Record, ...] = ()
    conduct: tuple[Behaved, ...] = ()
    certificates: tuple[Certified, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that holds on the day asked about: its name, its first day, and its last where one is known."""

    name: str
    since: date
    until: date | None = None
    bad: bool = False


def facts_on(facts: Facts, on: date, rules: RuleBook) -> tuple[Fact, ...]:
    """Return every fact that holds on the day ``on``, the oldest first."""
    return facts_given(facts, ((record, publication(record, on, rules)) for record in facts.records), on, rules)


def facts_given(
    facts: Facts, records: Iterable[tuple[Record, Publication]], on: date, rules: RuleBook
) -> tuple[Fact, ...]:
    """The same, where what is public of each record on the day ``on`` was asked already."""
    found = [*_lasting(facts, on), *_recorded(records, on, rules)]
    clean_since = max((fact.since for fact in found if fact.bad), default=facts.registered_on)
    found.append(Fact("clean", max(clean_since, facts.registered_on)))
    return tuple(sorted(found, key=lambda fact: (fact.since, fact.name)))


def _lasting(facts: Facts, on: date) -> Iterator[Fact]:
    for category in facts.categories:
        yield Fact(f"category:{category}", facts.registered_on)
    if not facts.in_zone:
        yield Fact("outside_zone", facts.registered_on)
    for held in facts.certificates:
        if held.since <= on and (held.until is None or on <= held.until):
            yield Fact(f"certificate:{held.name}", held.since, held.until)
    for act in facts.conduct:
        if act.on <= on:
            yield Fact(f"conduct:{act.conduct}", act.on, bad=True)


def _recorded(records: Iterable[tuple[Record, Publication]], on: date, rules: RuleBook) -> Iterator[Fact]:
    for record, found in records:
        if found.public:
            name, bad = _named(record.as_of(on), rules)
            yield Fact(name, record.made_on, found.last_day, bad)


def _named(record: Record, rules: RuleBook) -> tuple[str, bool]:
    """Name a record as the rule set does, and say whether it speaks against the workshop."""
    return _name(record, rules), speaks_against(record)


def speaks_against(record: Record) -> bool:
    """Whether a record tells of something found wrong (查处); a passed sample and a conforming inspection do not.

    An interview is a warning and no finding; an order to rectify speaks against the workshop until it is done.
    """
    match record:
        case Interview():
            return False
        case Rectification():
            return record.accepted_on is None
        case Sample():
            return record.final_outcome is Outcome.failed
        case Inspection():
            return record.result is Result.not_conforming
        case _:
            return True


def _name(record: Record, rules: RuleBook) -> str:
    match record:
        case Penalty():
            return f"penalty:{gravest_class(record, Texts(rules, record.decided_on))}"
        case Sample():
            return f"sample:{record.final_outcome}"
        case Inspection():
            return f"inspection:{record.result}"
        case _:
            return _NAMES[type(record)]


_NAMES: dict[type[Record], str] = {
    Listing: "listing",
    Suspension: "suspension",
    Closure: "closure",
    Recall: "recall",
    RepairFraud: "fraud",
    HonourExit: "honour_exit",
    Interview: "interview",
    Rectification: "rectification",
    Referral: "referral",
}
