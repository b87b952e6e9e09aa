from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from zuofang.site.catalogue import BadMessage, check_message, pairs

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "translations/en/LC_MESSAGES/messages.po"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "say": None}
HOW = "run translations/update.sh and write the English of what is empty"


@cache
def used() -> set[str]:
    """Every message of the code and the templates."""
    with (ROOT / "translations/babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    return {m[2] if isinstance(m[2], str) else m[2][0] for m in found}


@cache
def translated() -> dict[str, str]:
    """The English of every message."""
    with ENGLISH.open("rb") as text:
        catalogue = read_po(text, locale="en")
    return {source: english for message in catalogue for source, english in pairs(message.id, message.string)}


def test_every_message_has_its_english() -> None:
    missing = sorted(message for message in used() if not translated().get(message))
    assert not missing, f"{HOW}: {missing}"


def test_no_translation_is_stale() -> None:
    stale = sorted(set(translated()) - used())
    assert not stale, f"{HOW}: {stale}"


def test_places_and_per_cent_signs_agree() -> None:
    for source, english in translated().items():
        check_message(source, english)


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("检出 %(value)s", "found"),
        ("检出", "found %(value)s"),
        ("检出 %(value)s 50%", "%(value)s 50 percent"),
        ("检出 %(value)s 50%%", "%(value)s 50% of"),
        ("100%% 合格", "100% passed"),
    ],
)
def test_a_translation_that_cannot_be_filled_is_refused(source: str, english: str) -> None:
    with pytest.raises(BadMessage):
        check_message(source, english)


def test_english_uses_the_punctuation_of_english() -> None:
    assert not [english for english in translated().values() if set(english) & set("，。；：？！（）、")]
