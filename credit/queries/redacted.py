"""The last mask: whatever leaves for the public passes here, though it was checked when it came in (PIPL Art 6, 28)."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from zuofang.credit.records import Record
from zuofang.credit.redaction import mask


def fit(text: str) -> str:
    """A text with every trace of personal data masked; it was checked at its entry, and is checked where it leaves."""
    return mask(text)[0]


def maybe_fit(text: str | None) -> str | None:
    """The same for a text that may be missing."""
    return None if text is None else fit(text)


def fit_record(record: Record) -> Record:
    """A record whose own texts are masked, and whose events keep the reasons in their documents to themselves."""
    texts = {field.name: getattr(record, field.name) for field in fields(record)}
    plain: dict[str, Any] = {name: fit(text) for name, text in texts.items() if type(text) is str}
    return replace(record, events=tuple(replace(event, why="") for event in record.events), **plain)
