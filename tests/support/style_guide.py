"""The test client as a style guide: every page fetched by any test is checked against the habits of the house."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
HALF_WIDTH = re.compile(rf"{HAN}[,;:?!]{HAN}|{HAN}[,;?!](?=\s|$)")
EVENT_HANDLER = re.compile(r"on[a-z]+")
FIELDS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button", "reset", "image")
FETCHING = {"src", "href", "action", "formaction", "poster", "data", "srcset"}
# Addresses a page may send a reader to, though it never fetches anything from them.
LINKS_ONLY = ("a", "link")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17))
# html5lib looks for characters that no document may hold in a set that names them; naming those that it may hold, in
# the order in which they are met, finds the same ones in a tenth of the time; it was two fifths of reading a page.
html5lib._inputstream.invalid_unicode_re = re.compile(f"[^\0\t\n\f\r -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{PLANES}]")


class StyleGuide(FlaskClient):
    """Fetches pages and refuses those that break the style guide."""

    sets_cookies = False

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Fetch, check, and hand back the answer."""
        options.setdefault("buffered", True)  # files are read to their end and closed
        answer = super().open(*args, **options)
        self.check(answer)
        return answer

    def check(self, answer: TestResponse) -> None:
        """Refuse an answer that breaks the style guide."""
        check_headers(answer, cookies=self.sets_cookies)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 307, 308) and answer.data:
            check_page(told(answer))


def told(answer: TestResponse) -> str:
    """The text of an answer, as a browser would unpack it."""
    data = answer.get_data()
    return (gzip.decompress(data) if answer.content_encoding == "gzip" else data).decode()


def check_headers(answer: TestResponse, *, cookies: bool) -> None:
    for name, start in HEADERS.items():
        assert start in answer.headers.get(name, ""), f"{name} is missing or weak"
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    if not cookies:
        assert "Set-Cookie" not in answer.headers, "a public page sets a cookie"
        assert "Cookie" not in answer.headers.get("Vary", ""), "a public page varies by cookie"


@lru_cache(maxsize=4096)
def check_page(text: str) -> None:
    """Every check of the style guide on one page of HTML."""
    page = parse(text)
    for check in (_language, _headline, _ids, _labels, _forms, _hosts, _scripts, _typography):
        check(page)


@lru_cache(maxsize=32)
def parse(text: str) -> Element:
    """The document, to be read only; it must be HTML without a single parse error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        document: Element = parser.parse(text)
    except html5lib.html5parser.ParseError as error:
        where = parser.errors[-1][0] if parser.errors else (0, 0)
        line = text.splitlines()[where[0] - 1][:300] if where[0] else ""
        raise AssertionError(f"not valid HTML: {error} at {where}: {line}") from error
    for element in document.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return document


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _language(page: Element) -> None:
    assert page.get("lang") in ("zh-Hans", "en")


def _headline(page: Element) -> None:
    headlines = page.findall(".//h1")
    assert len(headlines) == 1, f"{len(headlines)} h1 on the page"
    title = text_of(page.find(".//title"))
    plain = re.sub("^(错误：|Error: ?)", "", title)
    assert plain.startswith(text_of(headlines[0])), f"title {title!r} does not start with {text_of(headlines[0])!r}"
    levels = [int(e.tag[1]) for e in page.iter() if isinstance(e.tag, str) and re.fullmatch("h[1-6]", e.tag)]
    for above, below in pairwise(levels):
        assert below <= above + 1, f"h{above} is followed by h{below}"


def _ids(page: Element) -> None:
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids)), f"ids stand twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for element in page.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for wanted in (element.get(name) or "").split():
                assert wanted in ids, f"{name}={wanted!r} names nothing"
        if (element.get("href") or "").startswith("#"):
            assert element.get("href")[1:] in ids, f"link to {element.get('href')} leads nowhere"


def _labels(page: Element) -> None:
    labelled = {label.get("for") for label in page.iter("label")}
    inside = {id(field) for label in page.iter("label") for field in label.iter() if field.tag in FIELDS}
    for field in (f for f in page.iter() if f.tag in FIELDS and f.get("type") not in UNLABELLED):
        known = field.get("id") in labelled or id(field) in inside or field.get("aria-label")
        assert known, f"a field has no label: {field.attrib}"
    for button in page.iter("button"):
        assert text_of(button) or button.get("aria-label"), "a button says nothing"
    for link in page.iter("a"):
        assert text_of(link) or link.get("aria-label"), f"a link says nothing: {link.attrib}"
    for picture in page.iter("img"):
        assert picture.get("alt") is not None, f"a picture has no text: {picture.attrib}"


def _forms(page: Element) -> None:
    for form in page.iter("form"):
        assert (form.get("action") or "").startswith("/"), "a form does not say where it goes"
        assert form.get("method") in ("get", "post"), "a form does not say how it goes"


def _hosts(page: Element) -> None:
    for element in page.iter():
        for name, value in element.attrib.items():
            if name in FETCHING and element.tag not in LINKS_ONLY:
                assert not urlsplit(value).netloc, f"<{element.tag} {name}={value!r}> goes to another host"
        if element.tag == "link" and element.get("rel") not in ("alternate", "canonical"):
            assert not urlsplit(element.get("href", "")).netloc, f"another host is asked for {element.get('href')}"
        assert not (element.get("href") or "").lower().startswith(("javascript:", "data:"))


def _scripts(page: Element) -> None:
    for script in page.iter("script"):
        assert script.get("src"), "a script stands in the page"
    for element in page.iter():
        for name in element.attrib:
            assert not EVENT_HANDLER.fullmatch(str(name)), f"<{element.tag}> has the handler {name}"
            assert name != "style", f"<{element.tag}> has a style of its own"


def _typography(page: Element) -> None:
    for element in page.iter():
        if element.tag in ("style", "script", "pre", "code", "samp"):
            continue
        for text in (element.text, *(child.tail for child in element)):
            found = HALF_WIDTH.search(text or "")
            assert not found, f"half-width punctuation in Chinese: …{(text or '')[max(0, found.start() - 12) :][:40]}…"
