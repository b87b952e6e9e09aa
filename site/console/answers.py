"""What a person typed, field by field, and the pages that answer it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar
from unicodedata import normalize

from flask import Response, g, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from zuofang.rules.calendar import YEARS
from zuofang.rules.identifiers import find_identity_numbers
from zuofang.rules.sentences import Sentence, say
from zuofang.site.console.entrance.tokens import FIELD
from zuofang.site.errors import refuse
from zuofang.site.locales import QUERY, local
from zuofang.storage.acts import Refused
from zuofang.traceability.queries.paging import LAST_KEY, key_in

Member = TypeVar("Member", bound=StrEnum)
HIDDEN = {FIELD, QUERY, "seen"}
PLAIN_NUMBER = re.compile(r"[0-9]+(?:[.][0-9]+)?")
"""An amount as it may be typed. No exponent: a number that is written short would be shown with all its noughts."""
NOTHING: MultiDict[str, str] = MultiDict()
NO_SUCH = say("没有这个编号。")
NOT_OFFERED = say("请从所列的选项中选。")
INCOMPLETE = say("请把表单填完整。")
REASON_MISSING = say("请写明理由。")
DAY_MISSING = say("请填日期。")


class Answers:
    """A form as it was sent. Reading a field checks it; what is wrong is noted and what was typed stays.

    Only what a view asks for is read; a field that it never asked for is a mistake of its own.
    """

    def __init__(self, typed: MultiDict[str, str] | Mapping[str, str] = NOTHING) -> None:
        self.typed: MultiDict[str, str] = MultiDict(typed)
        self.errors: dict[str, Sentence] = {}
        self._asked: set[str] = set(HIDDEN)

    def __getitem__(self, name: str) -> str:
        """What was typed into a field, for showing it again."""
        return self.typed.get(name, "").replace("\0", "")

    def text(self, name: str, missing: Sentence | None = None, *, most: int = 200) -> str:
        """A text without blanks around it; ``missing`` is said where it must not be empty."""
        self._asked.add(name)
        text = self.typed.get(name, "").strip()
        if len(text) > most:
            self.wrong(name, say("最多 %(count)s 个字符。", count=most))
        if "\0" in text:  # no database keeps it
            self.wrong(name, say("里面有认不出的字符，请重新输入。"))
            return ""
        if missing is not None and not text:
            self.wrong(name, missing)
        return text

    def maybe(self, name: str, *, most: int = 200) -> str | None:
        """A text that may be left out."""
        return self.text(name, most=most) or None

    def day(self, name: str, missing: Sentence | None = None) -> date | None:
        """A day, written as 2026-09-12."""
        text = self.text(name, missing, most=40)
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            self.wrong(name, say("日期写成 2026-09-12 这样。"))
            return None
        if day is not None and day.year not in YEARS:
            self.wrong(name, say("年份不对。"))
            return None
        return day

    def choice(self, name: str, offered: Collection[str], missing: Sentence | None = None) -> str:
        """One of the words offered; empty where none of them was sent."""
        text = self.text(name, missing)
        if text and text not in offered:
            self.wrong(name, NOT_OFFERED)
            return ""
        return text

    def member(self, name: str, kind: type[Member], missing: Sentence | None = None) -> Member | None:
        """One member of an enumeration, by its value."""
        text = self.choice(name, set(kind), missing)
        return kind(text) if text else None

    def named(self, name: str, kind: type[Member], missing: Sentence | None = None) -> Member | None:
        """One member of an enumeration whose values are sentences, by its name."""
        text = self.choice(name, kind.__members__, missing)
        return kind[text] if text else None

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.choice(name, ("yes",)) == "yes"

    def several(self, name: str) -> list[str]:
        """Every answer to a question that may have more than one."""
        self._asked.add(name)
        return self.typed.getlist(name)

    def key(self, name: str, missing: Sentence | None = None) -> int | None:
        """The number of a row."""
        return self.whole(name, missing, 1, LAST_KEY)

    def whole(self, name: str, missing: Sentence | None, low: int, high: int) -> int | None:
        """A whole number between two others."""
        text = self.text(name, missing, most=20)
        if not text:
            return None
        number = key_in(text)
        if number is None or not low <= number <= high:
            self.wrong(name, say("请填 %(low)s 到 %(high)s 之间的整数。", low=low, high=high))
            return None
        return number

    def amount(self, name: str, missing: Sentence | None = None) -> Decimal | None:
        """An amount that is not negative, with its decimals as they were typed."""
        text = normalize("NFKC", self.text(name, missing, most=20))
        if text and not PLAIN_NUMBER.fullmatch(text):
            self.wrong(name, say("请填数字，例如 12.5。"))
            return None
        return Decimal(text) if text else None

    def wrong(self, name: str, sentence: Sentence) -> None:
        """Note what is wrong with a field; the first thing found stays."""
        self.errors.setdefault(name, sentence)

    def impersonal(self, *names: str) -> None:
        """Note each of these fields that holds the identity number of a person."""
        for name in names:
            if find_identity_numbers(self[name]):
                self.wrong(name, say("这里不要写身份证号。"))

    @contextmanager
    def noting(self, name: str) -> Iterator[None]:
        """Note at a field why something was refused that is tried in the block; the block ends there."""
        try:
            yield
        except Refused as refused:
            self.wrong(name, refused.sentence)

    def take(self, *names: str) -> None:
        """Say that fields are read elsewhere."""
        self._asked.update(names)

    def mistaken(self, *names: str) -> bool:
        """Whether something is wrong with one of these fields."""
        return any(name in self.errors for name in names)

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong and nothing was sent that nobody asked for."""
        for name in set(self.typed) - self._asked:
            self.wrong("", say("表单里有本页没有的一栏（%(name)s），没有办理。", name=name[:40]))
        return not self.errors


def form() -> Answers:
    """What was sent with this request."""
    return Answers(request.form)


def page(template: str, status: HTTPStatus = HTTPStatus.OK, /, **shown: Any) -> Response:
    """A page of the desks: for this person alone, and never kept."""
    return make_response(render_template(template, who=g.guest, **shown), status)


def page_with(template: str, answers: Answers, /, **shown: Any) -> Response:
    """The page of a form with what was typed; what is wrong with it is said there, and by the status."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if answers.errors else HTTPStatus.OK
    return page(template, status, answers=answers, **shown)


def no_such(sentence: Sentence = NO_SUCH) -> NoReturn:
    """End the request: its address names nothing."""
    refuse(HTTPStatus.NOT_FOUND, sentence)


def onward(path: str, done: str = "") -> AnyResponse:
    """Go to a page of ours after an act; ``done`` names the sentence that says what was done."""
    mark = f"{'&' if '?' in path else '?'}done={done}" if done else ""
    page, sharp, part = path.partition("#")
    return redirect(local(f"{page}{mark}{sharp}{part}"), HTTPStatus.SEE_OTHER)
