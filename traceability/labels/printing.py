"""Labels ready for paper: each code with its symbol, and every symbol read back before it may be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from zuofang.traceability.labels.address import LabelAddress
from zuofang.traceability.labels.decoding import read_symbols
from zuofang.traceability.labels.symbols import Modules, draw

_AT_ONCE = 500


class UnreadableSymbol(Exception):
    """A symbol of ours does not say what it should; nothing may be printed until the cause is found."""


@dataclass(frozen=True, slots=True)
class DrawnLabel:
    """What differs from label to label of a run."""

    code: str
    text: str
    """What the symbol says: the address of the code."""
    modules: Modules


def drawn(codes: Iterable[str], address: LabelAddress) -> Iterator[DrawnLabel]:
    """Draw the labels of a run; codes of one kind only, so that all symbols have one size.

    Raises:
        UnreadableSymbol: an independent reader sees another text in a symbol than the one drawn.
    """
    remaining = iter(codes)
    while some := list(islice(remaining, _AT_ONCE)):
        texts = [address.of(code) for code in some]
        symbols = draw(texts)
        for text, seen in zip(texts, read_symbols(symbols), strict=True):
            if seen != text:
                raise UnreadableSymbol(f"the symbol of {text} reads as {seen}")
        yield from map(DrawnLabel, some, texts, symbols.modules)
