"""The translation catalogue, read from its ``.po`` text at start-up: no compiled file can be stale.

One rule holds for every message, in templates, views and rules alike: a per cent sign is doubled exactly where the
message has places to fill (``%(name)s``), because only then is the message filled.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask_babel import Domain, get_locale

FOLDER = Path(__file__).parent / "../translations"
PLACE = re.compile(r"%\((\w+)\)[sd]")


class BadMessage(Exception):
    """A message and its translation do not fit together; the text says which and how."""


@cache
def catalogue(locale: str) -> NullTranslations:
    """The messages of a locale. Chinese is the language the messages are written in and needs no file."""
    path = FOLDER / locale / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as text:
        messages = read_po(text, locale=locale)
    for message in messages:
        for source, translation in pairs(message.id, message.string):
            check_message(source, translation)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def pairs(source: str | tuple[str, ...] | list[str], translation: object) -> list[tuple[str, str]]:
    """Each form of a message beside the text it comes from; a plural message has several forms of one text."""
    if isinstance(source, str):
        return [(source, str(translation))] if source else []
    forms = translation if isinstance(translation, tuple | list) else [translation]
    return [(source[0], str(form)) for form in forms]


def check_message(source: str, translation: str) -> None:
    """Make sure that a translation can be filled with the values of its message.

    Raises:
        BadMessage: the places differ, or a per cent sign is single where it must be doubled, or the reverse.
    """
    places = set(PLACE.findall(source))
    if translation and set(PLACE.findall(translation)) != places:
        raise BadMessage(f"{source!r} and {translation!r} do not have the same places to fill")
    for text in (source, translation):
        rest = PLACE.sub("", text)
        if places and "%" in rest.replace("%%", ""):
            raise BadMessage(f"write %% for a per cent sign in {text!r}: the message has places to fill")
        if not places and "%%" in rest:
            raise BadMessage(f"write a single % in {text!r}: the message has no places to fill")


class CatalogueDomain(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Flask-Babel's door to our catalogues, so that ``gettext`` in views and forms reads the same text as templates."""

    def get_translations(self) -> NullTranslations:
        """The messages of the language being spoken now."""
        return catalogue(str(get_locale()))
