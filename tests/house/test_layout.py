"""What lies where, and what no file may say."""

import re
from pathlib import Path

from tests.house.conftest import ROOT, ignored

FOLDERS = {
    "site", "templates", "translations", "search", "reporting", "programmes", "credit", "traceability", "rules",
    "storage", "migrations", "tests", "bench", "docs", "examples", "requirements", "src",
}  # fmt: skip
ROOMS = FOLDERS - {"tests", "bench", "docs", "examples", "requirements", "src"}
FILES = {"pyproject.toml", "Makefile", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}
HIDDEN = {".ci", ".git", ".gitignore"}
# Spelt so that this file does not say them itself.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", "debian" + r"\.org/debian",
              r"mirrors?\.[a-z]+\.", "--(extra-)?index" + "-url", "--find" + "-links"])
)  # fmt: skip
MACHINE = re.compile(
    r"(?<![\w./-])/(" + "|".join(["wo" + "rk", "tm" + "p", "ro" + "ot", "ho" + "me", "o" + "pt"]) + r")/"
)


def test_the_top_level_is_the_one_of_the_house() -> None:
    found = {path.name for path in ROOT.iterdir()} - ignored()
    assert found - {".coverage"} <= FOLDERS | FILES | HIDDEN


def test_the_package_holds_one_link_per_room_and_nothing_else() -> None:
    package = ROOT / "src" / "zuofang"
    links = {path.name: path.readlink() for path in package.iterdir() if path.is_symlink()}
    rooms = {room for room in ROOMS if (ROOT / room).is_dir()}
    assert links == {room: Path("../../") / room for room in rooms}
    plain = {path.name for path in package.iterdir() if not path.is_symlink()}
    assert plain - {"__pycache__"} == {"__init__.py", "py.typed"}


def test_no_file_names_a_registry(texts: dict[str, str]) -> None:
    assert [path for path, text in texts.items() if REGISTRIES.search(text)] == []


def test_no_file_names_a_path_of_a_machine(texts: dict[str, str]) -> None:
    assert [f"{path}: {found[0]}" for path, text in texts.items() if (found := MACHINE.search(text))] == []


def test_requirements_are_pinned_with_hashes(texts: dict[str, str]) -> None:
    for name in ("base", "build", "dev", "production", "bench"):
        text = texts[f"requirements/{name}.txt"]
        pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_base_and_tests_agree_on_every_version(texts: dict[str, str]) -> None:
    base, dev = (
        set(re.findall(r"^\S+==\S+", texts[f"requirements/{name}.txt"], re.MULTILINE)) for name in ("base", "dev")
    )
    assert base <= dev


def test_continuous_integration_runs_what_people_run(texts: dict[str, str]) -> None:
    said = [line for line in texts[".ci/run"].splitlines() if line and not line.startswith("#")]
    assert said == ["set -eu", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_the_first_screen_of_the_readme_shows_both_commands_and_the_label_page(texts: dict[str, str]) -> None:
    first_screen = "\n".join(texts["README.md"].splitlines()[:40])
    assert "make demo" in first_screen
    assert "make test" in first_screen
    picture = re.search(r"docs/pictures/label\.png", first_screen)
    assert picture
    assert (ROOT / picture[0]).is_file()


def test_links_in_the_documents_lead_somewhere(texts: dict[str, str]) -> None:
    broken = []
    for path, text in texts.items():
        if path.endswith(".md"):
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
                if not (ROOT / path).parent.joinpath(link).exists():
                    broken.append(f"{path}: {link}")
    assert broken == []
