import gzip
import re
from itertools import product

import pytest

from zuofang.site.styles import FOLDER, bundles, squeeze

ENOUGH = 4.5
TEXT = ("ink", "quiet", "link", "released", "care", "stop", "unknown")
GROUND = ("paper", "sheet", "wash")
SCHEMES = ("light", "dark", "print")


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme, those of the light one where the scheme keeps them."""
    text = (FOLDER / "tokens.css").read_text(encoding="utf-8")
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    dark, _, printed = rest.partition("@media print")
    colours = re.compile(r"--(\w+): (#[0-9a-f]+);")
    chosen = {"light": light, "dark": dark, "print": printed}[scheme]
    return dict(colours.findall(light)) | dict(colours.findall(chosen))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_can_be_read_on_every_ground(scheme: str) -> None:
    colours = tokens(scheme)
    for text, ground in product(TEXT, GROUND):
        ratio = contrast(colours[text], colours[ground])
        assert ratio >= ENOUGH, f"{text} on {ground} is {ratio:.2f} : 1 in {scheme}"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_border_of_a_field_can_be_seen(scheme: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours["line"], colours["paper"]) >= 3


def test_colours_stand_in_one_file() -> None:
    for sheet in FOLDER.glob("*.css"):
        if sheet.stem != "tokens":
            text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text), f"a colour of its own in {sheet.name}"


def test_style_sheets_fetch_nothing_and_fit_the_first_flight() -> None:
    for name, limit in (("label", 4 * 1024), ("site", 9 * 1024)):
        text = bundles()[name].text
        assert "url(" not in text
        assert "@import" not in text
        assert len(gzip.compress(text.encode(), 9)) <= limit, name


def test_squeezing_changes_no_rule() -> None:
    assert squeeze(
        "a:hover > b , c { width: calc(1px + 2px) ; }\n/* x */ @media (min-width: 3em) { p { top: 0 } }"
    ) == ("a:hover>b,c{width:calc(1px + 2px)}@media (min-width:3em){p{top:0}}")
