"""No page of the site leads nowhere: links are followed through the whole example city, in either language."""

from __future__ import annotations

import re
import shutil
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from style_guide import StyleGuide, parse, told
from tests.city.conftest import NOW, City

from zuofang.site.wsgi import open_public_site
from zuofang.storage.settings import Settings
from zuofang.traceability.codes import LabelKeyring, mint
from zuofang.traceability.verdict import Verdict

OF_ONE_KIND = 2
"""Addresses of one kind that are visited; the next thousand workshops are made by the same template."""
NAMES = re.compile(r"(?<=/t/)\w+|(?<=/zones/)[a-z-]+|\d+")
TAGS = {"zh": "zh-Hans", "en": "en"}


@pytest.fixture(scope="module")
def visitor(city: City, role_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A reader of the site of the example city, which takes reports, and whose scans are counted elsewhere."""
    data: Path = tmp_path_factory.mktemp("visited")
    for keys in (city.heads.parent / "keys", role_folder):
        shutil.copytree(keys, data / "keys", dirs_exist_ok=True)
    settings = Settings(data=data, database_url=f"sqlite:///{city.heads.parent / 'zuofang.db'}")
    site = open_public_site(settings, clock=lambda: NOW)
    site.test_client_class = StyleGuide
    return site.test_client()


def kind(href: str) -> tuple[str, frozenset[str]]:
    """What kind of address it is: its path without names, and what it asks for."""
    parts = urlsplit(href)
    return NAMES.sub("…", parts.path), frozenset(name for name, _ in parse_qsl(parts.query))


def links(page: Element, base: str) -> Iterator[str]:
    """The links of a page that stay on this site and in its language, and its forms with what they send unasked."""
    anchors = [anchor.get("href", "") for anchor in page.iter("a") if not anchor.get("hreflang")]
    for href in [*anchors, *map(sent, page.iter("form"))]:
        if not urlsplit(href).scheme and not href.startswith("#"):
            yield urljoin(base, href).partition("#")[0]


def sent(form: Element) -> str:
    hidden = [(one.get("name"), one.get("value")) for one in form.iter("input") if one.get("type") == "hidden"]
    action = form.get("action", "")
    return f"{action}?{urlencode(hidden)}" if form.get("method") == "get" and hidden else action


@pytest.mark.parametrize("language", TAGS)
def test_every_link_of_the_site_answers_in_the_language_it_was_asked_in(
    city: City, visitor: FlaskClient, language: str
) -> None:
    ring = LabelKeyring(city.keys.labels, max(city.keys.labels))
    issued = [one for verdict, one in city.report.examples.items() if verdict != Verdict.not_issued]
    codes = [mint(ring, one.batch_id, one.serial or None) for one in issued]
    waiting = deque([f"/?lang={language}", *(f"/t/{code}?lang={language}" for code in codes)])
    found, visited, wrong = set(waiting), Counter[tuple[str, frozenset[str]]](), {}
    while waiting:
        href = waiting.popleft()
        visited[kind(href)] += 1
        if visited[kind(href)] > OF_ONE_KIND:
            continue
        answer = visitor.get(href)
        if answer.status_code >= 400:
            wrong[href] = str(answer.status_code)
        elif answer.mimetype == "text/html" and answer.status_code < 300:
            page = parse(told(answer))
            if page.get("lang") != TAGS[language]:
                wrong[href] = f"speaks {page.get('lang')}"
            waiting.extend(new := set(links(page, href)) - found)
            found |= new
    assert wrong == {}
    assert {"/workshops/…", "/batches/…", "/zones/…", "/t/…"} <= {path for path, _ in visited}
