"""What a second officer should look at before approving a record: places that only a person can judge (PUB Art 6).

What a machine can be sure of is masked before a record is entered; names of third persons, homes, health and minors are
marked here and left to the officer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zuofang.credit.models import CreditRecord
from zuofang.credit.personal_data import Personal
from zuofang.credit.redaction import mask
from zuofang.rules.sentences import Sentence

TEXTS = ("title", "content", "party", "document", "authority")
"""The columns of a record that leave as they are written."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place: in which text it stands, what it says, what it may be, and the parameter that names the article."""

    text: str
    words: str
    kind: Personal
    note: Sentence
    rule: str


def sightings(record: CreditRecord) -> Iterator[Sighting]:
    """Everything in a record's texts and its items that a person should look at; the party's own name may stand."""
    told = [(name, getattr(record, name) or "") for name in TEXTS]
    told += [("item", f"{item.item} {item.result} {item.limit}") for item in record.items]
    for name, text in told:
        for mark in mask(text, keep=(record.party,))[1]:
            yield Sighting(name, text[mark.start : mark.end], mark.kind, mark.note, mark.rule)
