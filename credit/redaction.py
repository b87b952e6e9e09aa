"""Masking personal data before a text may be public (PUB Art 6, PIPL Art 6 and 28, OGI Art 15).

What a machine can be sure of is masked; what only looks like personal data is marked for a person. Nothing is ever
silently kept: a text is fit to be shown when :func:`leaks` finds nothing in it and an officer has looked at every mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from zuofang.credit.personal_data import DETECTORS, Detector, Personal, fold, fold_spoken
from zuofang.rules.sentences import Sentence

MASK = "*"


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a text: ``[start, end)`` counts characters, the same in the masked and in the original text.

    ``masked`` says whether it is hidden already or waits for a person; ``rule`` names the parameter with its article.
    """

    kind: Personal
    start: int
    end: int
    masked: bool
    rule: str
    note: Sentence


def mask(text: str, *, keep: Collection[str] = ()) -> tuple[str, tuple[Mark, ...]]:
    """Hide personal data in ``text`` and mark what a person must look at.

    The masked text is as long as the original. ``keep`` holds what may stand: the operator's name as on the
    certificate, the bureau's own telephone number. Marks come in the order of their places.
    """
    shown, folded = text, fold(text)
    marks: list[Mark] = []
    for detector in DETECTORS:
        for start, end in _places(detector, folded):
            if text[start:end] in keep:
                continue
            marks.append(Mark(detector.kind, start, end, detector.hides, detector.rule, detector.note))
            if detector.hides:
                shown, folded = _covered(shown, start, end), _covered(folded, start, end)
    return shown, tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))


def _covered(text: str, start: int, end: int) -> str:
    return text[:start] + MASK * (end - start) + text[end:]


def leaks(text: str, *, keep: Collection[str] = ()) -> tuple[Mark, ...]:
    """Return what would still have to be masked in ``text``; the check that public output passes last."""
    return tuple(mark for mark in mask(text, keep=keep)[1] if mark.masked)


def _places(detector: Detector, folded: str) -> list[tuple[int, int]]:
    """Return where a detector finds something, each place once, none inside another."""
    views = [folded, fold_spoken(folded)] if detector.spoken else [folded]
    spans = {_span(found): view for view in views for found in detector.pattern.finditer(view)}
    return _outermost([span for span, view in spans.items() if detector.check(view[slice(*span)])])


def _span(found: re.Match[str]) -> tuple[int, int]:
    return found.span("hit") if "hit" in found.re.groupindex else found.span()


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
