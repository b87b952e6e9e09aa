"""A real server and a real browser. These tests are slow and few; run them with ``make journeys``."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo site of its own process, stopped at the end as an operator stops it."""
    environment = {**os.environ, "ZUOFANG_DATA": str(tmp_path_factory.mktemp("demo")), "PYTHONUNBUFFERED": "1"}
    command = [
        sys.executable,
        "-c",
        "from zuofang.site.commands import main; main()",
        "demo",
        "--scale",
        "0",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told = ""
        while not (found := re.search(r"http://\S+", told)):
            line = server.stdout.readline()
            assert line, f"the server ended: {told}"
            told += line
        yield found[0]
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=15) == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "no Chromium on this machine; `make browser` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser, demo_site: str) -> Iterator[Page]:
    """A page on a small phone, with script switched off as it may be."""
    context = browser.new_context(
        base_url=demo_site, viewport={"width": 360, "height": 640}, java_script_enabled=False, locale="zh-CN"
    )
    yield context.new_page()
    context.close()
