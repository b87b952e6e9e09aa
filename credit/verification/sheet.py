"""The answer sheet (核验答复单): dated, signed, and told again from what it carries with it, because nothing is kept.

A sheet is signed over its canonical JSON, whole; sealed, it is short enough to travel inside a form, a workbook or a
PDF, from which it can be checked without our remembering that it was ever made.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zuofang.credit.verification.answers import Candidate, LineAnswer, Paper, Standing, What
from zuofang.rules.sentences import Sentence
from zuofang.storage.journal import canonical
from zuofang.storage.keys import AnswerKeys, Verifier
from zuofang.traceability.queries.certificates import CertificateState

DOMAIN = b"zuofang answer sheet 1\n"
MARK = "ZF1."
"""What a sealed sheet begins with, wherever it travels."""
SEALED = re.compile(rf"{re.escape(MARK)}[A-Za-z0-9_-]+")
NAME_BYTES, SIGNATURE_BYTES = 8, 64
LARGEST = 16 * 1024 * 1024
"""Bytes of a sheet unpacked; five thousand of the longest lines take less."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class NotOurSheet(Exception):
    """The text is no sheet that this site signed, or it was changed since."""


@dataclass(frozen=True, slots=True)
class DataState:
    """Which state of the register was answered from: the number of its last act and the head of that act's digest."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """The answers to one list, at a moment, from one state of the register of one site."""

    at: datetime
    on: date
    site: str
    state: DataState
    answers: tuple[LineAnswer, ...]

    @property
    def counts(self) -> dict[Standing, int]:
        """How many lines came to each answer."""
        found = Counter(answer.standing for answer in self.answers)
        return {standing: found[standing] for standing in Standing}


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A sheet with its canonical form and the signature over it."""

    sheet: AnswerSheet
    content: bytes
    key: str
    signature: bytes

    @property
    def sealed(self) -> str:
        """The sheet, its signature and the name of the key in one word of letters, digits, ``-`` and ``_``."""
        packed = bytes.fromhex(self.key) + self.signature + zlib.compress(self.content, 6)
        return MARK + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def sign(sheet: AnswerSheet, keys: AnswerKeys) -> SignedSheet:
    """Sign a sheet with the newest key."""
    content = canonical(_told(sheet)).encode()
    return SignedSheet(sheet, content, keys.signing.name, keys.signing.sign(DOMAIN + content))


def unseal(text: str, verifier: Verifier) -> SignedSheet:
    """Open a sealed sheet; nothing of it is looked at before its signature is found to be ours.

    Raises:
        NotOurSheet: it is damaged, was changed, or was signed by somebody else.
    """
    found = SEALED.fullmatch("".join(text.split()))
    if found is None:
        raise NotOurSheet
    word = found[0].removeprefix(MARK)
    try:
        packed = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        content = _unpacked(packed[NAME_BYTES + SIGNATURE_BYTES :])
    except (binascii.Error, ValueError, zlib.error):
        raise NotOurSheet from None
    key, signature = packed[:NAME_BYTES].hex(), packed[NAME_BYTES:][:SIGNATURE_BYTES]
    if not verifier.accepts(key, DOMAIN + content, signature):
        raise NotOurSheet
    return SignedSheet(_read(json.loads(content)), content, key, signature)


def _unpacked(packed: bytes) -> bytes:
    opened = zlib.decompressobj()
    content = opened.decompress(packed, LARGEST)
    if not opened.eof or opened.unused_data:
        raise NotOurSheet
    return content


def _told(sheet: AnswerSheet) -> dict[str, Any]:
    return {
        "at": sheet.at,
        "on": sheet.on,
        "site": sheet.site,
        "state": {"seq": sheet.state.seq, "digest": sheet.state.digest},
        "lines": [_told_line(answer) for answer in sheet.answers],
    }


def _told_line(answer: LineAnswer) -> dict[str, Any]:
    """A line without what it has not; ``docs/verify.md`` says what the fields mean."""
    told = {
        "line": answer.number,
        "text": answer.text,
        "what": answer.what,
        "standing": answer.standing,
        "workshop": answer.workshop,
        "name": answer.name,
        "product": answer.product,
        "certificate": answer.paper
        and _with_values(state=answer.paper.state, number=answer.paper.number, until=answer.paper.until),
        "reasons": [_told_sentence(point) for point in answer.points],
        "honours": list(answer.honours),
        "candidates": [
            _with_values(workshop=one.workshop, name=one.name, district=one.district) for one in answer.candidates
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def _with_values(**told: Any) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _told_sentence(sentence: Sentence) -> dict[str, Any]:
    values = {n: _told_sentence(v) if isinstance(v, Sentence) else v for n, v in sentence.values.items()}
    return {"text": sentence.text, "values": values}


def _read(told: Mapping[str, Any]) -> AnswerSheet:
    return AnswerSheet(
        at=datetime.fromisoformat(told["at"]),
        on=date.fromisoformat(told["on"]),
        site=told["site"],
        state=DataState(**told["state"]),
        answers=tuple(_read_lines(told["lines"])),
    )


def _read_lines(lines: Iterable[Mapping[str, Any]]) -> Iterable[LineAnswer]:
    for one in lines:
        yield LineAnswer(
            number=one["line"],
            text=one["text"],
            what=What(one["what"]),
            standing=Standing(one["standing"]),
            workshop=one.get("workshop"),
            name=one.get("name"),
            product=one.get("product"),
            paper=_read_paper(one.get("certificate")),
            points=tuple(_read_sentence(point) for point in one.get("reasons", ())),
            honours=tuple(one.get("honours", ())),
            candidates=tuple(
                Candidate(of["workshop"], of["name"], of.get("district")) for of in one.get("candidates", ())
            ),
        )


def _read_paper(told: Mapping[str, Any] | None) -> Paper | None:
    if told is None:
        return None
    until = date.fromisoformat(told["until"]) if "until" in told else None
    return Paper(CertificateState(told["state"]), told.get("number"), until)


def _read_sentence(told: Mapping[str, Any]) -> Sentence:
    return Sentence(told["text"], {name: _read_value(value) for name, value in told["values"].items()})


def _read_value(value: Any) -> Any:
    """A value as the sentence was given it: days are written as days, and a sentence may stand inside another."""
    if isinstance(value, dict):
        return _read_sentence(value)
    return date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else value
