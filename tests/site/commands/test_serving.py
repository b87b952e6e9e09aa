"""Serving and stopping, in a process of its own as in life."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.site.commands.conftest import Run

from zuofang.storage.settings import Settings

pytestmark = pytest.mark.enable_socket
COMMAND = [sys.executable, "-c", "from zuofang.site.commands import main; main()"]
ALONE = [*COMMAND, "serve", "--port", "0", "--public-only"]
"""The public site without the desks, whose process takes longest to load."""
SLOW = """
import time
from zuofang.site.commands.serving import listening, serve_until_told
def slow(environ, start_response):
    time.sleep(0.7)
    start_response("200 OK", [("Content-Length", "20000000")])
    return [b"x" * 20_000_000]
with listening("127.0.0.1", 0) as listener:
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    serve_until_told(slow, listener, 4)
"""


@contextmanager
def running(command: list[str], data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server and its port."""
    environment = {**os.environ, "ZUOFANG_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            told = ""
            while not (found := re.search(r"http://127.0.0.1:(\d+)", told)):
                line = server.stdout.readline()
                assert line, told
                told += line
            yield server, int(found[1])
        finally:
            server.kill()


def fetch(port: int, path: str = "/") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_the_public_site_is_served_and_stops_when_told(installed: Settings) -> None:
    with running(ALONE, installed.data) as (server, port):
        assert fetch(port, "/robots.txt")[0] == 200
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_desks_stand_in_a_process_of_their_own_and_end_with_the_site(installed: Settings, end: int) -> None:
    with running([*COMMAND, "serve", "--port", "0", "--desk-port", "0"], installed.data) as (server, port):
        assert server.stdout is not None
        found = re.search(r"http://localhost:(\d+)", server.stdout.readline())
        assert found
        desks = int(found[1])
        assert fetch(desks, "/sign-in")[0] == 200
        assert fetch(port, "/sign-in")[0] == 404
        assert fetch(desks, "/workshops/")[0] == 404
        server.send_signal(end)
        server.wait(timeout=30)
        patience = time.monotonic() + 10
        while _answers(desks) and time.monotonic() < patience:
            time.sleep(0.1)
        assert not _answers(desks)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_files_are_not_replaced_under_a_running_server(run: Run, installed: Settings, tmp_path: Path) -> None:
    assert run("backup", "--to", str(tmp_path / "away")).exit_code == 0
    (backup,) = (tmp_path / "away").iterdir()
    with running(ALONE, installed.data):
        assert "stop the server" in run("restore", "--replace", str(backup)).stderr
    assert run("restore", "--replace", str(backup)).exit_code == 0


def test_an_answer_under_way_is_finished_before_the_server_stops(tmp_path: Path) -> None:
    answers: list[tuple[int, bytes]] = []
    with running([sys.executable, "-c", SLOW], tmp_path) as (server, port):
        reader = threading.Thread(target=lambda: answers.append(fetch(port)))
        reader.start()
        time.sleep(0.3)
        server.send_signal(signal.SIGTERM)
        reader.join()
        assert server.wait(timeout=30) == 0
    assert [(status, len(content)) for status, content in answers] == [(200, 20_000_000)]


def test_a_port_that_is_taken_is_a_sentence(run: Run, installed: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "--port" in result.stderr
