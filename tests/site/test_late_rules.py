"""Rules of addresses get ready when they are first needed, and build what Werkzeug's own would build."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.routing import Map, Rule

from zuofang.site.converters import CONVERTERS, LateRule

TEMPLATES = ("/workshops/<slug:zone>/<key:workshop>", "/workshops/<slug:zone>/", "/about")
VALUES = ({"zone": "qing-xi", "workshop": 7}, {"zone": "qing-xi", "lang": "en", "self": "己"}, {"lang": "en"})


class Counted(Rule):
    """Counts what it compiles."""

    compiled = 0

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        Counted.compiled += 1
        return super()._compile_builder(append_unknown)


class Late(LateRule, Counted):
    """A late rule that is counted."""


def addresses(kind: type[Rule]) -> Any:
    """Builds addresses by rules of a kind."""
    rules = [kind(template, endpoint=template) for template in TEMPLATES]
    return Map(rules, converters=CONVERTERS).bind("zf.example.cn")


def test_nothing_is_compiled_before_the_first_address_and_then_once() -> None:
    before = Counted.compiled
    site = addresses(Late)
    assert Counted.compiled == before
    for _ in range(2):
        site.build(TEMPLATES[0], VALUES[0])
    assert Counted.compiled == before + 1


@pytest.mark.parametrize(("template", "values"), list(zip(TEMPLATES, VALUES, strict=True)))
def test_a_late_rule_builds_the_same_addresses(template: str, values: dict[str, Any]) -> None:
    for unknown in (True, False):
        late, plain = (addresses(kind).build(template, values, append_unknown=unknown) for kind in (LateRule, Rule))
        assert late == plain
