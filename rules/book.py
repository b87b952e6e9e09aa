"""Everything the rule files say, read once at start-up and asked by every other room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from zuofang.rules.calendar import WorkingCalendar, read_calendar
from zuofang.rules.food_catalogues import FoodCatalogues, read_food_catalogues
from zuofang.rules.grade_rules import GradeRules, read_grade_rules
from zuofang.rules.label_contents import LabelRules, read_label_rules
from zuofang.rules.limit_tables import LimitBook, read_limits
from zuofang.rules.parameters import Parameters, read_parameters
from zuofang.rules.registers import Registers, read_registers

SHIPPED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of one installation; immutable, so that one answer never mixes two versions."""

    parameters: Parameters
    calendar: WorkingCalendar
    registers: Registers
    labels: LabelRules
    limits: LimitBook
    grades: GradeRules
    foods: FoodCatalogues
    fingerprint: str
    """Sixteen digits that differ where any rule file differs; what was computed by other rules is known by it."""


@cache
def read_rules(folder: Path = SHIPPED) -> RuleBook:
    """Read and check every rule file of a folder.

    Raises:
        RuleFileError: naming the file and the line that cannot be right.
    """
    return _read(folder)


@lru_cache(8)
def rules_with(files: tuple[tuple[str, str], ...]) -> RuleBook:
    """The shipped rules with some files replaced: pairs of a file's name and its whole text.

    Raises:
        RuleFileError: naming the file and the line that cannot be right.
    """
    if not files:
        return read_rules()
    with TemporaryDirectory(prefix="zuofang-rules-") as place:
        for path in SHIPPED.glob("*.csv"):
            (Path(place) / path.name).write_bytes(path.read_bytes())
        for name, text in files:
            (Path(place) / name).write_text(text, encoding="utf-8")
        return _read(Path(place))


def _read(folder: Path) -> RuleBook:
    return RuleBook(
        parameters=read_parameters(folder),
        calendar=read_calendar(folder / "calendar.csv"),
        registers=read_registers(folder),
        labels=read_label_rules(folder),
        limits=read_limits(folder),
        grades=read_grade_rules(folder / "grade_rules.csv"),
        foods=read_food_catalogues(folder / "food_catalogues.csv"),
        fingerprint=_fingerprint(folder),
    )


def _fingerprint(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.glob("*.csv")):
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
