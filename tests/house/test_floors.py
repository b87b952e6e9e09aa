"""Who may import whom: a room imports only from the floors below it. The floors are drawn in docs/architecture.md."""

import ast
import re
from itertools import pairwise
from pathlib import Path

from tests.house.conftest import ROOT, Source

FLOORS: dict[str, set[str]] = {
    "rules": set(),
    "storage": {"rules"},
    "traceability": {"rules", "storage"},
    "credit": {"rules", "storage", "traceability"},
    "search": {"rules", "storage", "traceability", "credit"},
    "reporting": {"rules", "storage", "traceability", "credit"},
    "programmes": {"rules", "storage", "traceability", "credit"},
    "migrations": {"rules", "storage", "traceability", "credit", "reporting", "programmes", "search"},
    "site": {"rules", "storage", "traceability", "credit", "search", "reporting", "programmes"},
}
SPEAKS_TO_PEOPLE = {"flask", "flask_babel", "click", "werkzeug", "jinja2", "waitress"}
PURE = {"verdict", "conformity", "publication", "clocks", "codes", "grade", "reward", "recalls", "accreditation"}
STATEFUL = {"sqlalchemy", "alembic", *SPEAKS_TO_PEOPLE}
CLOCKS = {
    "storage/acts.py": "the clock that every act is given",
}


def test_a_room_imports_only_from_the_floors_below(shipped: list[Source]) -> None:
    wrong = []
    for source in shipped:
        for line, name in source.imports():
            package, _, rest = name.partition(".")
            room = rest.partition(".")[0]
            if package == "zuofang" and room in FLOORS and room != source.room and room not in FLOORS[source.room]:
                wrong.append(f"{source.path}:{line} imports {name}")
    assert wrong == []


def test_our_own_rooms_are_imported_by_their_full_name(sources: list[Source]) -> None:
    # A file imported under two names is two modules, and its tables would be mapped twice.
    bare = {*FLOORS, "templates", "translations"} - {"site"}
    relative = [s.path for s in sources for n in ast.walk(s.tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert relative == []
    assert [f"{s.path}:{line}" for s in sources for line, name in s.imports() if name.partition(".")[0] in bare] == []


def test_only_the_site_speaks_to_people(shipped: list[Source]) -> None:
    assert [
        f"{source.path}:{line} {name}"
        for source in shipped
        for line, name in source.imports()
        if source.room != "site" and name.partition(".")[0] in SPEAKS_TO_PEOPLE
    ] == []


def is_pure(path: Path) -> bool:
    return path.parent.name == "law" or (path.stem in PURE and path.parent.name not in ("acts", "queries"))


def test_rules_that_people_trust_are_pure(shipped: list[Source]) -> None:
    pure = [s for s in shipped if s.room == "rules" or (s.room != "site" and is_pure(Path(s.path)))]
    assert len(pure) > 10
    assert [f"{s.path}:{line} {n}" for s in pure for line, n in s.imports() if n.partition(".")[0] in STATEFUL] == []


def test_time_is_a_parameter(shipped: list[Source]) -> None:
    """Nothing below the commands looks at the clock by itself."""
    asking = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|time\.time)\(")
    asked = {s.path for s in shipped if asking.search(s.text) and not s.path.startswith("site/commands/")}
    assert asked == set(CLOCKS)


def test_the_site_is_no_package_of_its_own() -> None:
    # A top-level `site` with an __init__.py is loaded instead of Python's own start-up module and ends the interpreter.
    assert not (ROOT / "site" / "__init__.py").exists()


def test_the_floors_are_drawn_in_the_documents() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    order = ["site/", "traceability/", "rules/"]
    assert all(drawn.index(above) < drawn.index(below) for above, below in pairwise(order))
    assert [room for room in FLOORS if (ROOT / room).exists() and f"{room}/" not in drawn] == []
