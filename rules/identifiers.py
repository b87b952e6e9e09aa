"""Numbers that name a business or a person: check digits, and keeping identity numbers out of sight.

统一社会信用代码 by GB 32100-2015, 公民身份号码 by GB 11643-1999. An identity number is never published; where a form
forces it, digits 11 to 14 are hidden (个人信息保护法 第二十八条).
"""

from __future__ import annotations

import re
from datetime import date

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100: no I, O, S, V and Z, which read like 1, 0, 5, U and 2."""
CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
CREDIT_CODE = re.compile(f"[{CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_ALPHABET}]{{10}}")

LENGTH = 18
IDENTITY_ALPHABET = "0123456789X"
IDENTITY_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
IDENTITY_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
IDENTITY_IN_TEXT = re.compile(r"(?<![0-9])[1-9][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9X](?![0-9])")
HIDDEN = "****"

HALF_WIDTH = str.maketrans(
    {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF0D)}
    | {0x3000: " "}
)
"""Full-width digits, letters, hyphen and blank to their ordinary forms, one character for one."""


def credit_check(body: str) -> str:
    """The check character of the first 17 characters of a credit code.

    Raises:
        ValueError: a character is not of the alphabet, or there are not 17.
    """
    total = sum(CREDIT_ALPHABET.index(sign) * weight for sign, weight in zip(body, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether this is a 统一社会信用代码 with the right check character; small letters are not accepted."""
    return bool(CREDIT_CODE.fullmatch(text)) and credit_check(text[:17]) == text[17]


def credit_code_district(code: str) -> str:
    """The division (GB/T 2260) in which a credit code was issued; it stays when the business moves."""
    return code[2:8]


def identity_check(body: str) -> str:
    """The check character of the first 17 digits of an identity number.

    Raises:
        ValueError: a character is not a digit, or there are not 17.
    """
    total = sum(int(digit) * weight for digit, weight in zip(body, IDENTITY_WEIGHTS, strict=True))
    return IDENTITY_ALPHABET[(12 - total) % 11]


def is_identity_number(text: str) -> bool:
    """Whether this is an 公民身份号码: 18 characters, a day of birth that exists, the right check character."""
    return bool(IDENTITY_NUMBER.fullmatch(text)) and _is_day(text[6:14]) and identity_check(text[:17]) == text[17]


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return digits[:2] in ("18", "19", "20")


def mask_identity(number: str) -> str:
    """An identity number with its digits 11 to 14 hidden, the only form that may ever be shown."""
    return number[:10] + HIDDEN + number[14:]


def find_identity_numbers(text: str) -> list[str]:
    """Every identity number inside a text, also in full-width digits or with blanks inside, in its plain form."""
    return [number for _, number in _alike(text) if is_identity_number(number)]


def mask_identity_numbers(text: str) -> str:
    """The text with everything masked that looks like an identity number, even one with a slip in it."""
    for place, number in reversed(_alike(text)):
        text = text[: place.start] + mask_identity(number) + text[place.stop :]
    return text


def _alike(text: str) -> list[tuple[slice, str]]:
    """What has the form of an identity number and a day of birth that exists, with its place in the text."""
    if len(text) < LENGTH:
        return []
    plain = text.translate(HALF_WIDTH).upper()
    if len(plain) != len(text):  # a letter that has no single capital, such as ß; it is not part of any number
        plain = text.translate(HALF_WIDTH)
    found = [(slice(*one.span()), plain_number(one.group())) for one in IDENTITY_IN_TEXT.finditer(plain)]
    return [(place, number) for place, number in found if _is_day(number[6:14])]


def plain_number(text: str) -> str:
    """A number as it is compared: ordinary digits, capitals, no blanks and hyphens."""
    return re.sub(r"[\s-]", "", text.translate(HALF_WIDTH)).upper()
