"""The repository as something to measure: its files and its Python sources, read once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".ico", ".webp", ".jpg", ".pdf", ".xlsx"}


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file: its path from the root, and what it says."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The top-level folder it lives in."""
        return self.path.partition("/")[0]

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and full name of everything imported, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, name.name) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def ignored() -> set[str]:
    """Folders that the repository ignores, from its own list, and the one of git."""
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return {line.strip("/") for line in lines if line.endswith("/")} | {".git"}


def walk(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the repository that is not ignored, links not followed."""
    skipped = ignored()
    for path in sorted(folder.iterdir()):
        inside = str(path.relative_to(ROOT))
        if inside in skipped or path.name in skipped or path.name.endswith((".egg-info", ".mo", ".pyc")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from walk(path)
        else:
            yield path


@pytest.fixture(scope="session")
def texts() -> dict[str, str]:
    """Every text file of the repository by its path."""
    files = [path for path in walk() if path.is_file() and not path.is_symlink() and path.suffix not in BINARY]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}


@pytest.fixture(scope="session")
def sources(texts: dict[str, str]) -> list[Source]:
    """Every Python file of the repository."""
    return [Source(path, text, ast.parse(text)) for path, text in texts.items() if path.endswith(".py")]


@pytest.fixture(scope="session")
def shipped(sources: list[Source]) -> list[Source]:
    """The product alone: neither tests nor benches nor migrations already run somewhere."""
    return [one for one in sources if one.room not in ("tests", "bench") and "migrations/versions" not in one.path]
