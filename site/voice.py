"""Saying a thing in one language: sentences of rules, texts of templates, days and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from babel.support import NullTranslations
from markupsafe import Markup, escape

from zuofang.rules.sentences import Sentence
from zuofang.site.catalogue import PLACE, catalogue
from zuofang.site.formats import Formats, formats_of


@dataclass(frozen=True, slots=True)
class Voice:
    """One language: its messages and the way it writes days and numbers."""

    messages: NullTranslations
    formats: Formats

    def gettext(self, text: str, **values: Any) -> str:
        """A text of a template, its places filled; markup in a value is kept, all else is escaped."""
        translated: str = self.messages.ugettext(text)
        return _fill(translated, values) if values else translated

    def ngettext(self, one: str, many: str, num: int, **values: Any) -> str:
        """A text that depends on a number; ``%(num)s`` is the number, written out."""
        return _fill(self.messages.ungettext(one, many, num), {"num": self.formats.nfmt(num), **values})

    def sentence(self, sentence: Sentence) -> str:
        """A sentence of the rules, its values written out."""
        text: str = self.messages.ugettext(sentence.text)
        if not sentence.values:
            return text
        return _places_of_text(text) % {name: self.said(value) for name, value in sentence.values.items()}

    def said(self, value: object) -> str:
        """Any value as a reader sees it.

        Raises:
            TypeError: the value is None; whoever has no value passes the kind of blank it is.
        """
        if isinstance(value, str):
            return value
        if isinstance(value, Sentence):
            return self.sentence(value)
        if value is None:
            raise TypeError("a field without a value must say which blank it is")
        return str(self.formats.value(value))


@cache
def voice_of(locale: str) -> Voice:
    """The voice of a locale."""
    return Voice(catalogue(locale), formats_of(locale))


@lru_cache(4096)
def _places_of_text(text: str) -> str:
    """``%(n)d`` as ``%(n)s``, because numbers arrive written out."""
    return PLACE.sub(r"%(\1)s", text)


def _fill(text: str, values: dict[str, Any]) -> Markup:
    return escape(_places_of_text(text)) % values
