"""A child that reads a stranger's file can neither grow, nor write, nor open anything more."""

import subprocess
import sys

import pytest

CHILD = "from zuofang.storage.confinement import confine\nimport os\nconfine({memory}, 5)\n{deed}\nprint('done')"
MEMORY = 512 * 1024 * 1024


def run(deed: str) -> subprocess.CompletedProcess[str]:
    program = CHILD.format(memory=MEMORY, deed=deed)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("deed", "ends"),
    [
        (f"bytearray({MEMORY})", "MemoryError"),
        ("open(os.devnull)", "Too many open files"),
        ("import socket; socket.socket()", "Error"),
        ("os.truncate('{file}', 1)", "File too large"),
    ],
    ids=["grow", "open a file", "open a connection", "write"],
)
def test_what_a_confined_child_may_not_do_fails(deed: str, ends: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("confined") / "file"
    file.touch()
    answer = run(deed.replace("{file}", str(file)))
    assert "done" not in answer.stdout
    assert answer.returncode != 0
    assert ends in answer.stderr or answer.returncode < 0


def test_a_confined_child_still_does_its_work() -> None:
    assert run("sum(range(10))").stdout == "done\n"
