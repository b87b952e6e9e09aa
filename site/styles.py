"""The style sheets of the components, put together into one text that stands in the page itself.

A page needs no second request to be painted. Each bundle is the same bytes on every page, so the content security
policy can name it by its hash and pages can be cached.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "css"

# The label page is opened most, on the slowest phones, and carries only what it shows.
LABEL = ("tokens", "base", "page", "tones", "seal", "label", "card", "facts", "blank", "code", "button")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOUR = re.compile(r"--(\w+): (#[0-9a-f]+);")
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,>]) ?")
_AFTER_COLON = re.compile(r"(?<=[\w)\]-]): ")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A style sheet as it stands in the page, with the hash by which the security policy allows it."""

    text: str

    @property
    def source(self) -> str:
        """The expression for ``style-src``."""
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def bundles() -> dict[str, Bundle]:
    """``label`` for the label page, ``site`` for every other one."""
    every = tuple(sorted(path.stem for path in FOLDER.glob("*.css")))
    first = ("tokens", "base", "page", "tones")
    return {"label": _bundle(LABEL), "site": _bundle(first + tuple(name for name in every if name not in first))}


@cache
def colours() -> dict[str, str]:
    """The colours of the light scheme by name, for drawings that stand outside our pages."""
    light = (FOLDER / "tokens.css").read_text(encoding="utf-8").partition("@media")[0]
    return dict(_COLOUR.findall(light))


def _bundle(names: tuple[str, ...]) -> Bundle:
    return Bundle(squeeze("".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in names)))


def squeeze(css: str) -> str:
    """The same rules without comments and needless space."""
    css = _SPACE.sub(" ", _COMMENT.sub("", css))
    css = _AFTER_COLON.sub(":", _AROUND.sub(r"\1", css))
    return css.replace(";}", "}").strip()
