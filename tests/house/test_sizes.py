"""The measures of the house: short functions, short files. A function counts from its ``def`` line to its last line."""

from statistics import median, quantiles

import pytest
from tests.house.conftest import Source

LONGEST_FUNCTION = 60
NINETIETH = 30
TYPICAL = 11
LONGEST_FILE = 400


def lengths(sources: list[Source]) -> dict[str, int]:
    return {
        f"{source.path}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for source in sources
        if "migrations/versions" not in source.path  # a list of tables, written by a tool
        for function in source.functions()
    }


def test_no_function_is_long(sources: list[Source]) -> None:
    assert {name: length for name, length in lengths(sources).items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("tests", [False, True], ids=["product", "tests"])
def test_functions_are_short_as_a_rule(sources: list[Source], tests: bool) -> None:
    found = list(lengths([source for source in sources if (source.room == "tests") == tests]).values())
    assert median(found) <= TYPICAL
    assert quantiles(found, n=10)[-1] <= NINETIETH


def test_no_file_is_long(texts: dict[str, str]) -> None:
    written = {path: text.count("\n") for path, text in texts.items() if path.endswith((".py", ".html", ".css", ".js"))}
    assert {path: lines for path, lines in written.items() if lines > LONGEST_FILE} == {}
