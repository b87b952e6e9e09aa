"""No number of law and no counting of days stands in code, as far as a test can see; both live in the rules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.conftest import Source

DECIDING = {"verdict", "conformity", "publication", "clocks", "codes", "grade", "reward", "recalls", "accreditation"}
DECIDING_FOLDERS = {"acts", "law", "publishing"}
COUNTING_DAYS = {
    "traceability/acts/batches.py": "the shelf life printed on the packet",
    "traceability/scans.py": "when the log of a day is closed",
    "traceability/queries/home.py": "what the front page calls recent",
    "reporting/evidence/uploads.py": "until when a file may wait for its form to be handed in",
    "storage/accounts/terms.py": "how long sessions, links and counted tries last",
    "site/public/wellknown.py": "until when a copy of security.txt may be trusted",
    "site/window.py": "until when an answer of today may be kept",
    "site/commands/city/letters.py": "how long ago people of the example city handed something in",
    "site/commands/city/days.py": "the made-up calendar of the example city",
    "site/commands/findings.py": "when the operator should add the next calendar",
}
PLAIN = {0, 1, 2}
NUMBERS = {
    "traceability/codes.py": "the arithmetic of base 32",
    "traceability/acts/operators.py": "months of a year",
}
PERIOD = re.compile(
    r"([0-9]+ ?|[一二两三四五六七八九十]+)(小时|个?工作日|日[内后以前]|[年天][内后以]|个月)|再保留 [0-9]+ 日"
)
PERIODS_OF_OURS = {
    "30 天以内": "what the front page calls recent",
    "近 12 个月": "how far back the pages of zones count",
    "一年以上": "how old a key may become",
    "最多一小时": "how long a network is remembered",
    "24 小时有人值守": "a promise in the plan of a city",
    "登记一个月": "the hours of one month",
    "再保留 90 日": "backups, as the manual for operators says",
}


def decides(path: Path) -> bool:
    """Whether a module decides something about a case, rather than reading a text or filling a page."""
    return path.parts[0] not in ("site", "rules") and (path.stem in DECIDING or path.parent.name in DECIDING_FOLDERS)


def numbers(source: Source) -> Iterator[str]:
    """Bare numbers in the bodies of functions; defaults of parameters and named constants are not meant."""
    for function in source.functions():
        for statement in function.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in PLAIN:
                    yield f"{source.path}:{node.lineno} {node.value}"


def test_days_are_counted_by_the_rules(shipped: list[Source]) -> None:
    counting = {
        source.path
        for source in shipped
        for _line, name in source.imports()
        if name.rpartition(".")[2] in ("timedelta", "relativedelta") and source.room != "rules"
    }
    assert counting == set(COUNTING_DAYS)


def test_no_bare_number_decides_a_case(shipped: list[Source]) -> None:
    judged = [source for source in shipped if decides(Path(source.path))]
    assert len(judged) > 10
    found = {source.path: list(numbers(source)) for source in judged}
    assert [number for path, those in found.items() if path not in NUMBERS for number in those] == []
    assert [path for path in NUMBERS if not found.get(path)] == [], "an exception that nothing needs any more"


def test_no_sentence_says_a_period_of_the_law_by_heart(texts: dict[str, str]) -> None:
    said = re.findall(r'^msgid "(.+)"', texts["translations/en/LC_MESSAGES/messages.po"], re.MULTILINE)
    periods = [sentence for sentence in said if PERIOD.search(sentence)]
    assert [one for one in periods if not any(ours in one for ours in PERIODS_OF_OURS)] == []
    assert [ours for ours in PERIODS_OF_OURS if not any(ours in one for one in periods)] == [], (
        "nothing says it any more"
    )
