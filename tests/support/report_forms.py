"""Filling in the forms of reports as a browser would: hidden fields are sent back as they came."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from flask.testing import FlaskClient
from style_guide import parse, text_of, told
from werkzeug.test import TestResponse

MATTER = {
    "want": ["report"], "standing": "anonymous", "who": "北溪陈记卤味作坊", "where": "清溪县北溪镇园区路 8 号",
    "facts": "十一月十日上午，后院用工业盐腌肉。",
}  # fmt: skip
PERSON = {"name": "沈小满", "phone": "0570-0000001", "address": "清溪县南街 3 号", "identity": "33990119900101123X"}
RECEIPT = re.compile(r'class="key">([0-9A-Z]{4,5})</dd>.*?class="key">([0-9A-Z-]{19})</dd>', re.DOTALL)


def hidden(answer: TestResponse, form: int = 0) -> dict[str, str]:
    """The hidden fields of a form of a page."""
    page = parse(told(answer))
    found = [one for one in page.iter("form") if one.get("action", "").startswith("/report")][form]
    return {one.get("name", ""): one.get("value", "") for one in found.iter("input") if one.get("type") == "hidden"}


EASY = 6
"""Zero bits of the work that tests do, where people's browsers do many more."""


def work(token: str, bits: int = EASY) -> str:
    """The computed work for a form: so many zero bits and, so that no test hangs on luck, not one more."""
    prefix = hashlib.sha256(f"{token}:".encode())
    number = 0
    while True:
        attempt = prefix.copy()
        attempt.update(str(number).encode())
        if int.from_bytes(attempt.digest()) >> (255 - bits) == 1:
            return str(number)
        number += 1


def hand_in(reader: FlaskClient, page: TestResponse | None = None, **said: Any) -> TestResponse:
    """Fill the form in and send it, with the work done."""
    sent = hidden(page or reader.get("/report/"))
    sent["work"] = sent["work"] or work(sent["token"])
    return reader.post("/report/", data={**sent, **MATTER, **said}, content_type="multipart/form-data")


def receipts(answer: TestResponse) -> list[str]:
    """The receipts on a page."""
    return [f"{locator}-{secret}" for locator, secret in RECEIPT.findall(told(answer))]


def follow(reader: FlaskClient, receipt: str, **said: Any) -> TestResponse:
    """Type a receipt in."""
    sent = hidden(reader.get("/report/follow"))
    return reader.post("/report/follow", data={**sent, "work": work(sent["token"]), "receipt": receipt, **said})


def plain(answer: TestResponse) -> str:
    """The words of a page's main part."""
    return text_of(parse(told(answer)).find(".//main"))  # type: ignore[arg-type]
