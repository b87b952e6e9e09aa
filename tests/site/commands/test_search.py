"""The search looked after by hand: built, compared, repaired, and spoken of by doctor and verify."""

import re
import time

import pytest
from tests import scene
from tests.credit import filed
from tests.site.commands.conftest import Run

from zuofang.search.engines import engine_named
from zuofang.search.generations import Shelf, seal
from zuofang.search.sphinx.layout import Layout
from zuofang.site.commands import findings
from zuofang.site.commands.search import IndexKeeper
from zuofang.storage.acts import Office
from zuofang.storage.settings import Settings


def published(office: Office) -> None:
    with office.writing("officer") as desk:
        workshop = scene.build(desk).workshop.id
    filed.filed(office, workshop, filed.PASSED)


def test_a_rebuild_finds_every_record_and_a_check_agrees(run: Run, office: Office, installed: Settings) -> None:
    published(office)
    assert "1 documents in the index" in run("search", "rebuild").stdout
    assert "it is sound" in run("search", "check").stdout
    assert "well   search: 1 records" in run("doctor").stdout
    assert "well   search index: 1 documents" in run("verify").stdout


def test_a_damaged_index_is_told_and_repaired(run: Run, office: Office, installed: Settings) -> None:
    published(office)
    run("search", "rebuild")
    folder = Shelf(installed.indexes).current
    assert folder is not None
    next(folder.glob("*.pst")).write_bytes(b"")
    told = run("verify")
    assert told.exit_code == 0
    assert "note   search index" in told.stdout
    mended = run("search", "check").stdout
    assert "was not in order" in mended
    assert "1 documents in the new index" in mended
    assert "it is sound" in run("search", "check").stdout


def test_without_an_index_everything_is_said_and_nothing_is_wrong(run: Run, office: Office) -> None:
    assert "there is no sound index" in run("doctor").stdout
    assert "the database answers alone" in run("doctor", search_engine="database").stdout
    assert "there is no index" in run("search", "rebuild", search_engine="database").stdout
    assert "it is sound" not in run("search", "check", search_engine="database").stdout


@pytest.mark.parametrize(("engine", "larger"), [("whoosh", "tantivy"), ("tantivy", "sphinxql")])
def test_doctor_says_when_a_register_has_outgrown_its_engine(
    run: Run, office: Office, monkeypatch: pytest.MonkeyPatch, engine: str, larger: str
) -> None:
    published(office)
    run("search", "rebuild", search_engine=engine)
    assert f"well   search: 1 records in the index of {engine}" in run("doctor", search_engine=engine).stdout
    monkeypatch.setitem(findings.MOST_RECORDS, engine, 0)
    told = run("doctor", search_engine=engine).stdout
    assert f"note   search: 1 records; {engine} is meant for 0 at most: set search_engine to {larger}" in told


def test_doctor_names_the_servers_that_do_not_answer(run: Run, office: Office, installed: Settings) -> None:
    servers = [str(installed.data / f"s{number}") for number in range(3)]
    shelf = Shelf(installed.indexes)
    folder = shelf.begin()
    Layout(1, "a", 3).write(folder)
    seal(folder, engine_named("sphinxql", servers).NAME, 0, 0)
    shelf.switch(folder)
    told = run("doctor", search_engine="sphinxql", search_servers=",".join(servers)).stdout
    assert f"note   search: {', '.join(servers)}: the other servers, or the database, answer instead" in told


def test_keeping_builds_what_is_missing(run: Run, office: Office, installed: Settings) -> None:
    published(office)
    assert run("search", "keep").exit_code == 0
    assert "it is sound" in run("search", "check").stdout


def test_a_second_writer_is_asked_to_wait(run: Run, office: Office, installed: Settings) -> None:
    with Shelf(installed.indexes).writing():
        result = run("search", "rebuild")
    assert result.exit_code == 1
    assert "another process is writing" in result.stderr


def test_an_engine_that_does_not_exist_is_refused(run: Run, office: Office) -> None:
    result = run("doctor", search_engine="solr")
    assert result.exit_code == 1
    assert "search_engine must be one of" in result.stderr


def test_an_index_that_cannot_be_kept_is_not_tried_again_at_once(
    office: Office, installed: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = IndexKeeper(installed, office.database, ("false",))
    keeper()
    deadline = time.monotonic() + 10
    while "could not be kept" not in caplog.text and time.monotonic() < deadline:
        keeper()
        time.sleep(0.02)
    assert caplog.text.count("could not be kept") == 1
    for _ in range(20):
        keeper()
        time.sleep(0.01)
    assert caplog.text.count("could not be kept") == 1
    keeper.stop()


def test_the_configuration_of_a_server_is_printed_and_one_that_is_not_named_is_refused(
    run: Run, installed: Settings
) -> None:
    named = {"search_engine": "sphinxql", "search_servers": "10.0.0.1:9306, 10.0.0.2:9306,10.0.0.3:9306"}
    printed = run("search", "server", "2", "/srv/search", **named).stdout
    assert "listen = 10.0.0.2:9306:mysql41" in printed
    assert re.findall(r"index zuofang_a_(\d)", printed) == ["0", "1"]
    assert "there is no number 4" in run("search", "server", "4", "/srv/search", **named).stderr


@pytest.mark.parametrize(
    ("servers", "sentence"), [("", "name its servers"), ("10.0.0.1", "host:port or /folder/socket, not '10.0.0.1'")]
)
def test_servers_that_cannot_be_right_are_refused(run: Run, servers: str, sentence: str) -> None:
    result = run("doctor", search_engine="sphinxql", search_servers=servers)
    assert result.exit_code == 1
    assert sentence in result.stderr
