"""How often the evaluator reaches a bureau's own conclusion, on the official tables of failed samples.

Usage: python bench/conformity_against_announcements.py TABLE.xlsx …

Every sample of such a table was found to fail. The script reads the column 不合格项目║检验结果║标准值 of each, judges
each item by what the cell states, and lists every item that it cannot read or judges otherwise.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from zuofang.rules.book import read_rules
from zuofang.rules.quantities import Unreadable
from zuofang.traceability.announcements import judge_finding, parse_official_cell
from zuofang.traceability.conformity import Outcome

SEPARATE = ("不合格项目", "检验结果", "标准值")


def cells(path: Path) -> Iterator[tuple[str, str]]:
    """Sample number and the text of its column; three separate columns are joined."""
    columns: list[int] = []
    for sheet in openpyxl.load_workbook(path, read_only=True):
        for row in sheet.iter_rows(values_only=True):
            texts = ["" if value is None else str(value) for value in row]
            if not columns:
                columns = header(texts)
            elif any(texts):
                yield f"{path.name} {texts[0]}", "║".join(texts[column] for column in columns)


def header(texts: list[str]) -> list[int]:
    joined = [number for number, text in enumerate(texts) if "不合格项目" in text and "标准值" in text]
    return joined or ([texts.index(name) for name in SEPARATE] if set(SEPARATE) <= set(texts) else [])


def main(paths: list[Path]) -> None:
    items = read_rules().limits.items
    outcomes: Counter[Outcome] = Counter()
    samples = read = agreed = 0
    for path in paths:
        for place, text in cells(path):
            samples += 1
            findings = parse_official_cell(text)
            if isinstance(findings, Unreadable) or not findings:
                print(f"{place}: cell cannot be taken apart: {text}")
                continue
            read += 1
            judged = [(finding, judge_finding(finding, items)) for finding in findings]
            outcomes.update(judgement.outcome for _, judgement in judged)
            agreed += all(judgement.outcome is Outcome.fails for _, judgement in judged)
            for finding, judgement in judged:
                if judgement.outcome is not Outcome.fails:
                    stated = f"{finding.item}║{finding.result}║{finding.limit}"
                    print(f"{place}: {stated} → {judgement.outcome}: {judgement.sentence}")
                for remark in judgement.remarks:
                    print(f"{place}: {finding.item}: {remark}")
    print(f"samples {samples}, cells taken apart {read}, every item judged as the bureau did {agreed}")
    print(f"items {outcomes.total()}: " + ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common()))


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
