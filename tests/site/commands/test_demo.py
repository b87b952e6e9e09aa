"""The example city is made once, made anew when asked, and never over a real register."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests import scene
from tests.site.commands.conftest import Run

from zuofang.site.commands import main
from zuofang.site.commands.demo import City, invitation, prepare
from zuofang.site.wsgi import open_public_site
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings
from zuofang.traceability.verdict import Verdict

LINE = re.compile(r"  http://127\.0\.0\.1:8000(?P<path>/t/\S+)  (?P<words>.+)")
HEADLINE = re.compile(r"<h1[^>]*>\s*(?P<words>[^<]+?)\s*<")
DEMO = ("demo", "--no-serve", "--scale", "0")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the example city, to copy from; it lay there cut short, and was made anew."""
    folder = tmp_path_factory.mktemp("example") / "var"
    told = {"ZUOFANG_DATA": str(folder)}
    assert CliRunner().invoke(main, ["init"], env=told).exit_code == 0
    (folder / "example-city.json").write_text('{"scale": 0, "whole": false}')
    made = CliRunner().invoke(main, DEMO, env=told)
    assert made.exit_code == 0
    assert "Making the example city" in made.stdout
    return folder


@pytest.fixture
def made(example: Path, data: Path) -> Path:
    """The data folder of an installation with the example city."""
    shutil.copytree(example, data, symlinks=True)
    return data


def test_a_city_that_was_cut_short_is_made_anew_and_the_second_time_nothing_is_made_again(run: Run, made: Path) -> None:
    first = (made / "keys" / "labels.key").read_bytes()
    again = run(*DEMO)
    assert (again.exit_code, again.stdout) == (0, "")
    assert (made / "keys" / "labels.key").read_bytes() == first
    assert run("verify").exit_code == 0


def test_a_city_of_another_size_is_made_only_when_asked(run: Run, made: Path) -> None:
    (made / "example-city.json").write_text('{"scale": 2, "whole": true}')
    assert "--fresh" in run(*DEMO).stderr
    assert run(*DEMO, "--fresh").exit_code == 0
    assert run(*DEMO).stdout == ""
    assert run("verify").exit_code == 0


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


def test_a_newcomer_is_led_to_one_label_for_every_verdict(made: Path) -> None:
    settings = Settings(data=made)
    site = open_public_site(settings).test_client()
    found = list(map(LINE.fullmatch, invitation(prepare(settings, 0), settings)))
    promised = {line["path"]: line["words"] for line in found if line}
    shown = {path: HEADLINE.search(site.get(f"{path}?lang=en").text) for path in promised}
    assert {path: headline["words"].lower() for path, headline in shown.items() if headline} == promised
    assert len(promised) == len(Verdict)


def test_an_older_city_says_of_which_day_it_is(made: Path) -> None:
    lines = invitation(City(0, whole=True, made="2020-01-01"), Settings(data=made))
    assert "2020-01-01" in list(lines)[-1]
