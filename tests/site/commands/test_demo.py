"""The example city is made once, made anew when asked, and never over a real register."""

import re
from pathlib import Path

from tests import scene
from tests.site.commands.conftest import Run

from zuofang.storage.acts import Office
from zuofang.traceability.verdict import Verdict

DEMO = ("demo", "--no-serve", "--scale", "0")


def test_the_second_time_nothing_is_made_again(run: Run, data: Path) -> None:
    assert run(*DEMO).exit_code == 0
    first = (data / "keys" / "labels.key").read_bytes()
    again = run(*DEMO)
    assert (again.exit_code, again.stdout) == (0, "")
    assert (data / "keys" / "labels.key").read_bytes() == first
    assert run("verify").exit_code == 0


def test_the_city_says_which_label_to_scan_for_each_verdict(run: Run, data: Path) -> None:
    told = dict(re.findall(r"(\w+) +/t/(\w+)", run(*DEMO).stdout))
    assert set(told) == set(Verdict)
    refused = {verdict for verdict, code in told.items() if run("labels", "check", code).exit_code}
    assert refused == {Verdict.not_issued}


def test_a_city_of_another_size_is_made_only_when_asked(run: Run, data: Path) -> None:
    run(*DEMO)
    (data / "example-city.json").write_text('{"scale": 2, "whole": true}')
    assert "--fresh" in run(*DEMO).stderr
    assert run(*DEMO, "--fresh").exit_code == 0
    assert run(*DEMO).stdout == ""
    assert run("verify").exit_code == 0


def test_a_city_that_was_cut_short_is_made_anew(run: Run, data: Path) -> None:
    run(*DEMO)
    (data / "example-city.json").write_text('{"scale": 0, "whole": false}')
    assert "Making the example city" in run(*DEMO).stdout


def test_a_real_register_is_never_touched(run: Run, office: Office, data: Path) -> None:
    with office.writing("officer") as desk:
        scene.build(desk)
    before = (data / "heads.log").read_bytes()
    for words in (("demo",), ("demo", "--fresh")):
        assert "another folder" in run(*words, "--no-serve").stderr
    assert (data / "heads.log").read_bytes() == before
    assert run("verify").exit_code == 0


def test_a_mark_that_cannot_be_read_is_a_sentence(run: Run, data: Path) -> None:
    data.mkdir()
    (data / "example-city.json").write_text("{")
    assert run(*DEMO).exit_code == 1
