"""From what stands in a cell to a value: dates in every usual spelling, full-width signs, three ways to say nothing.

Each cleaner takes the text of a cell and returns the value, ``None`` where the cell says that there is none (无、/),
or :data:`NOT_RECORDED` where it says nothing at all (blank, 未记载). A blank is never good news and never erases what
is known; "none" does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from zuofang.rules import identifiers
from zuofang.rules.calendar import YEARS
from zuofang.rules.sentences import Sentence, say

Cleaner = Callable[[str], Any]


class Blank(Enum):
    """The one value of a cell that says nothing."""

    not_recorded = "not_recorded"


NOT_RECORDED: Final = Blank.not_recorded
NONE_WORDS = frozenset({"/", "//", "-", "--", "---", "—", "——", "无", "没有", "不适用"})
SILENT_WORDS = frozenset({"", "未记载", "未标注", "未标示", "未填写", "未提供", "不详", "未知"})
ENDLESS_WORDS = frozenset({"长期", "长期有效", "永久", "无期限", "无固定期限"})

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Control characters, and marks that turn or join text unseen."""
SPREADSHEET_TEXT = re.compile(r'="([^"]*)"')
"""How exporting programs keep a long number from being rounded."""
LOST_DIGITS = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+[0-9]+")
DAY = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))(?:[ T][0-9:.]+)?")
SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
SERIAL_START = date(1899, 12, 30).toordinal()
"""Day 0 of a spreadsheet's count of days."""
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SEPARATORS = re.compile(r"[、，,;；\n]")


class BadCell(Exception):
    """A cell says something that cannot be; the sentence says what to write."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity number on its way to being blinded; it prints masked, so that no log can hold it."""

    number: str = field(repr=False)

    def __str__(self) -> str:
        return identifiers.mask_identity(self.number)


def tidy(text: str) -> str:
    """The text without invisible signs, with single blanks, unwrapped from ``="…"``.

    Raises:
        BadCell: it is a formula.
    """
    text = " ".join(INVISIBLE.sub("", text).split())
    if text.startswith("="):
        wrapped = SPREADSHEET_TEXT.fullmatch(text)
        if wrapped is None:
            raise BadCell(say("这一格是公式，请改成公式算出的值。"))
        text = wrapped[1].strip()
    return text


def optional(clean: Cleaner) -> Cleaner:
    """A cleaner that understands the words for nothing before it asks ``clean``."""

    def cleaned(text: str) -> Any:
        text = tidy(text)
        if text in SILENT_WORDS:
            return NOT_RECORDED
        return None if text in NONE_WORDS else clean(text)

    return cleaned


def required(clean: Cleaner) -> Cleaner:
    """A cleaner for a cell that must say something."""

    def cleaned(text: str) -> Any:
        text = tidy(text)
        if text in SILENT_WORDS or text in NONE_WORDS:
            raise BadCell(say("这一格不能为空。"))
        return clean(text)

    return cleaned


def words(limit: int) -> Cleaner:
    """Text for people, with identity numbers masked."""

    def clean(text: str) -> str:
        return identifiers.mask_identity_numbers(_short(text, limit))

    return clean


def spoken(limit: int) -> Cleaner:
    """Text of which "none" is itself a fact worth keeping, such as 致敏物质：无."""
    clean = words(limit)

    def cleaned(text: str) -> Any:
        text = tidy(text)
        return NOT_RECORDED if text in SILENT_WORDS else "无" if text in NONE_WORDS else clean(text)

    return cleaned


def number(limit: int = 100) -> Cleaner:
    """A number in the sense of a name: of a certificate, a lot, a report. Full-width signs become ordinary."""

    def clean(text: str) -> str:
        text = _short(unicodedata.normalize("NFKC", text), limit)
        if LOST_DIGITS.fullmatch(text):
            raise BadCell(say("号码被电子表格改成了科学计数法，末几位已丢失。请把这一列设为文本，重新填写。"))
        if identifiers.find_identity_numbers(text):
            raise BadCell(say("这一格里有身份证号，不能作为编号。"))
        return text

    return clean


def certificate_number(text: str) -> str:
    """The number of a certificate, which never has blanks."""
    cleaned: str = number()(text.replace(" ", ""))
    return cleaned


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadCell(say("这一格超过 %(limit)s 个字。", limit=limit))
    return text


def day(text: str) -> date:
    """A day: 2026-09-12, 2026.9.12, 2026/9/12, 2026年9月12日, 20260912, or a spreadsheet's count of days."""
    plain = unicodedata.normalize("NFKC", text)
    if SERIAL.fullmatch(plain):
        return date.fromordinal(SERIAL_START + int(plain[:5]))
    found = DAY.fullmatch(plain) or DAY.fullmatch(plain.replace(" ", ""))
    if found is None:
        raise BadCell(say("日期要写成 2026-09-12 这样的年月日。"))
    year, month, of_month = (int(part) for part in found.groups() if part)
    if year not in YEARS:
        raise BadCell(say("年份不对。"))
    try:
        return date(year, month, of_month)
    except ValueError:
        raise BadCell(say("没有这一天。")) from None


def last_day(text: str) -> date | None:
    """The last day of a term; 长期 means that there is none."""
    return None if text in ENDLESS_WORDS else day(text)


def amount(text: str) -> Decimal:
    """A quantity that is not negative, exactly as written; the unit has a column of its own."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not AMOUNT.fullmatch(plain):
        raise BadCell(say("这里只写数字，例如 12.5；单位写在单位一列。"))
    return Decimal(plain)


def whole(text: str) -> int:
    """A whole number that is not negative."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").removesuffix("个")
    if not re.fullmatch(r"[0-9]{1,6}", plain):
        raise BadCell(say("这里要写整数。"))
    return int(plain)


def shelf_life(text: str) -> int:
    """A shelf life in days. Months are not days: how many a month has must be said by whoever made the label."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    found = re.fullmatch(r"([0-9]{1,4})(?:天|日)?", plain)
    if found is None:
        raise BadCell(say("保质期要按天写，例如 15天。"))
    return int(found[1])


def choice(meanings: Mapping[str, Any]) -> Cleaner:
    """One of a few words."""
    shown = "、".join(word for word in meanings if not word.isascii())

    def clean(text: str) -> Any:
        try:
            return meanings[unicodedata.normalize("NFKC", text).replace(" ", "").lower()]
        except KeyError:
            raise BadCell(say("这里只能写：%(words)s。", words=shown)) from None

    return clean


def several(text: str) -> tuple[str, ...]:
    """Several names in one cell, separated by 、，；."""
    return tuple(dict.fromkeys(part.strip() for part in SEPARATORS.split(text) if part.strip()))


def slug(text: str) -> str:
    """The zone's part of its address."""
    if not SLUG.fullmatch(text) or len(text) > 60:
        raise BadCell(say("网址名只能用小写字母、数字和连字符，例如 qingxi-luwei。"))
    return text


def district(text: str) -> str:
    """An administrative division by its six digits (GB/T 2260); longer codes of towns are cut to their county."""
    plain = identifiers.plain_number(text)
    if not re.fullmatch(r"[1-8][0-9]{5}([0-9]{3}|[0-9]{6})?", plain):
        raise BadCell(say("区划代码是六位数字，例如 320281。"))
    return plain[:6]


def credit_code(text: str) -> str:
    """统一社会信用代码, checked."""
    plain = identifiers.plain_number(text)
    if not identifiers.is_credit_code(plain):
        raise BadCell(say("统一社会信用代码不对：应为 18 位，并且校验码相符。"))
    return plain


def identity(text: str) -> Identity:
    """身份证号, checked; it leaves this cell only blinded."""
    plain = identifiers.plain_number(text)
    if LOST_DIGITS.fullmatch(plain):
        raise BadCell(say("号码被电子表格改成了科学计数法，末几位已丢失。请把这一列设为文本，重新填写。"))
    if not identifiers.is_identity_number(plain):
        raise BadCell(say("身份证号不对：应为 18 位，日期存在，并且校验码相符。"))
    return Identity(plain)
