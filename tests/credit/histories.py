"""Random histories of records, as plain data, and the records the engine reads made from the same data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from zuofang.credit.events import (
    Annulled,
    Corrected,
    Delisted,
    Deregistered,
    Event,
    Repaired,
    RepairRefused,
    RepairRevoked,
    Repeated,
    Stayed,
    Withdrawn,
)
from zuofang.credit.findings import Inspection, Objection, Reinspection, Sample
from zuofang.credit.measures import Interview, Rectification
from zuofang.credit.records import (
    Dispute,
    Field,
    Ground,
    Kind,
    Listing,
    Outcome,
    Party,
    Penalty,
    Procedure,
    Province,
    Record,
    Result,
    Tier,
)

History = dict[str, Any]

SWITCHES = (date(2021, 9, 1), date(2022, 3, 15), date(2025, 12, 25), date(2026, 4, 1), date(2026, 12, 31))
FINES = (1, 500, 1500, 4999, 5000, 5001, 49999, 50000, 50001, 300000)
EVENTS = (
    ["repaired"] * 5
    + ["revoked"] * 4
    + ["delisted", "delisted", "annulled", "deregistered", "repeated", "refused"]
    + ["stayed", "stayed", "corrected", "withdrawn"]
)


def _days(random: Random, most: int) -> timedelta:
    return timedelta(days=random.randint(0, most))


def _made(random: Random) -> date:
    if random.random() < 0.4:
        return random.choice(SWITCHES) + timedelta(days=random.randint(-3, 3))
    return date(2021, 7, 1) + _days(random, 2000)


def _published(random: Random, made: date) -> date | None:
    return random.choice([made, None, made + _days(random, 30), made + _days(random, 30), made + _days(random, 500)])


def _events(random: Random, made: date) -> list[tuple[date, str, Any]]:
    found = []
    for _ in range(random.choice([0, 0, 1, 1, 2, 3, 4, 5])):
        day, name = made + _days(random, random.choice([90, 500, 1500])), random.choice(EVENTS)
        more: Any = None
        if name == "stayed":
            more = random.choice([None, day + _days(random, 200)])
        if name == "refused":
            more = random.random() < 0.7
        found.append((day, name, more))
    return found


def _base(random: Random, kind: str) -> History:
    made = _made(random)
    return {"kind": kind, "made": made, "published": _published(random, made), "events": _events(random, made)}


def random_penalty(random: Random) -> History:
    history = _base(random, "penalty")
    kinds = random.sample([str(kind) for kind in Kind], random.choice([1, 1, 2, 3]))
    if random.random() < 0.5:
        kinds = random.choice([["罚款"], ["罚款"], ["警告", "罚款"], ["罚款", "没收违法所得"], ["通报批评"], ["警告"]])
    made = history["made"]
    return history | {
        "kinds": kinds,
        "fine": random.choice(FINES) if "罚款" in kinds else None,
        "tier": random.choice([*(str(tier) for tier in Tier), "从轻", "减轻", None]),
        "person": random.random() < 0.3,
        "food": random.random() < 0.6,
        "summary": random.random() < 0.03,
        "elsewhere": random.random() < 0.3,
        "pushed": random.choice([None, made + _days(random, 20)]),
        "until": random.choice([None, made + _days(random, 300), made + _days(random, 2500)]),
    }


def random_listing(random: Random) -> History:
    history = _base(random, "listing")
    made = history["made"]
    return history | {
        "consent": random.choice([made, made, made, made, made + _days(random, 9), None]),
        "no_intent": random.random() < 0.03,
        "elsewhere": random.random() < 0.3,
        "pushed": random.choice([None, made + _days(random, 20)]),
        "until": random.choice([None, None, made + _days(random, 2500)]),
    }


def _after(random: Random, made: date) -> History | None:
    if random.random() < 0.5:
        return None
    after = random.choice([random_penalty, random_listing])(random)
    shift = made + _days(random, 200) - after["made"]
    return _shifted(after, shift)


def _shifted(history: History, by: timedelta) -> History:
    """Move a whole history in time."""
    moved = {name: value + by if isinstance(value, date) else value for name, value in history.items()}
    moved["events"] = [
        (day + by, name, more + by if isinstance(more, date) else more) for day, name, more in history["events"]
    ]
    return moved


def random_sample(random: Random) -> History:
    history = _base(random, "sample")
    made = history["made"]
    asked, filed = made + _days(random, 20), made + _days(random, 20)
    again = {
        "asked": asked,
        "concluded": random.choice([None, asked + _days(random, 40)]),
        "failed": random.random() < 0.6,
    }
    objection = {
        "filed": filed,
        "decided": random.choice([None, filed + _days(random, 60)]),
        "upheld": random.random() < 0.3,
    }
    return history | {
        "bad": random.random() < 0.8,
        "served": random.choice([None, made + _days(random, 12)]),
        "again": again if random.random() < 0.3 else None,
        "objections": [objection] if random.random() < 0.3 else [],
        "after": _after(random, made),
        "own_standing": "withdrawn",
    }


def random_inspection(random: Random) -> History:
    history = _base(random, "inspection")
    return history | {"bad": random.random() < 0.6, "after": _after(random, history["made"])}


def random_measure(random: Random) -> History:
    history = _base(random, random.choice(["interview", "rectification"]))
    return history | {"accepted": random.choice([None, history["made"] + _days(random, 60)])}


def random_history(random: Random) -> History:
    makers = [random_penalty, random_penalty, random_penalty, random_listing, random_sample, random_inspection]
    makers.append(random_measure)
    return random.choice(makers)(random)


def _event(day: date, name: str, more: Any) -> Event:
    makers: dict[str, Callable[[], Event]] = {
        "annulled": lambda: Annulled(on=day),
        "withdrawn": lambda: Withdrawn(on=day),
        "corrected": lambda: Corrected(on=day),
        "repaired": lambda: Repaired(on=day),
        "refused": lambda: RepairRefused(on=day, fraud=more),
        "revoked": lambda: RepairRevoked(on=day),
        "delisted": lambda: Delisted(on=day),
        "deregistered": lambda: Deregistered(on=day),
        "repeated": lambda: Repeated(on=day),
        "stayed": lambda: Stayed(on=day, lifted_on=more),
    }
    return makers[name]()


def as_record(history: History) -> Record:
    """The record that the engine reads."""
    shared = {"published_on": history["published"], "events": tuple(_event(*event) for event in history["events"])}
    match history["kind"]:
        case "penalty":
            return _as_penalty(history, shared)
        case "listing":
            return _as_listing(history, shared)
        case "sample":
            return _as_sample(history, shared)
        case "interview":
            return Interview(held_on=history["made"], ground="共性问题", **shared)
        case "rectification":
            shared["accepted_on"] = history["accepted"]
            return Rectification(ordered_on=history["made"], demands="改正", **shared)
        case _:
            result = Result.not_conforming if history["bad"] else Result.largely_conforming
            return Inspection(found_on=history["made"], result=result, followed_by=_followed(history), **shared)


def _as_penalty(history: History, shared: dict[str, Any]) -> Penalty:
    return Penalty(
        decided_on=history["made"],
        kinds=frozenset(Kind(kind) for kind in history["kinds"]),
        fine=None if history["fine"] is None else Decimal(history["fine"]),
        tier=history["tier"] and Tier(history["tier"]),
        party=Party.person if history["person"] else Party.trader,
        field=Field.food if history["food"] else Field.general,
        procedure=Procedure.summary if history["summary"] else Procedure.ordinary,
        province=Province.other if history["elsewhere"] else Province.same,
        pushed_on=history["pushed"],
        restricted_until=history["until"],
        **shared,
    )


def _as_listing(history: History, shared: dict[str, Any]) -> Listing:
    return Listing(
        listed_on=history["made"],
        grounds=(Ground.no_permit,),
        consent_on=history["consent"],
        no_intent=history["no_intent"],
        province=Province.other if history["elsewhere"] else Province.same,
        pushed_on=history["pushed"],
        restricted_until=history["until"],
        **shared,
    )


def _as_sample(history: History, shared: dict[str, Any]) -> Sample:
    again = history["again"]
    return Sample(
        concluded_on=history["made"],
        outcome=_outcome(history["bad"]),
        served_on=history["served"],
        reinspection=again
        and Reinspection(
            asked_on=again["asked"],
            concluded_on=again["concluded"],
            outcome=_outcome(again["failed"]) if again["concluded"] else None,
        ),
        objections=tuple(
            Objection(
                about=Dispute.method,
                filed_on=objection["filed"],
                decided_on=objection["decided"],
                upheld=objection["upheld"] if objection["decided"] else None,
            )
            for objection in history["objections"]
        ),
        followed_by=_followed(history),
        **shared,
    )


def _outcome(failed: bool) -> Outcome:
    return Outcome.failed if failed else Outcome.passed


def _followed(history: History) -> Any:
    return (as_record(history["after"]),) if history["after"] else ()
