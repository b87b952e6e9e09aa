"""The desks of the town, really served, and people who come to them with a password and a second factor."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.journeys.town import ZUOFANG, Town, environment

from zuofang.site.commands.city.staff import PASSWORD


@dataclass(frozen=True, slots=True)
class Desks:
    """Where they answer."""

    address: str

    def sign_in(self, page: Page, name: str) -> None:
        """Come in as somebody of the example city; the page shows the code of the moment."""
        page.goto(f"{self.address}/sign-in?lang=zh")
        page.fill("#name", name)
        page.fill("#password", PASSWORD)
        page.click("main button")
        self.prove(page)

    def prove(self, page: Page) -> None:
        """Type the code that the page shows."""
        code = re.search(r"\d{6}", page.inner_text(".notice"))
        assert code, page.inner_text("main")
        page.fill("#code", code[0])
        page.click("form[action*=second] button")
        page.wait_for_url(lambda url: "/sign-in" not in url)


@contextmanager
def served(town: Town) -> Iterator[Desks]:
    """Serve the desks of the town from a process of their own."""
    command = [*ZUOFANG, "desks", "--port", "0", "--demonstration"]
    settings = environment(town.data, PYTHONUNBUFFERED="1", ZUOFANG_BASE_URL=town.address)
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        told = server.stdout.readline()
        found = re.search(r"http://\S+", told)
        assert found, f"the desks did not start: {told}"
        yield Desks(found[0])
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=15) == 0
