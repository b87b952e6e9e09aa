"""The kinds of blank: a field without a value says why it has none."""

from __future__ import annotations

from enum import StrEnum


class Blank(StrEnum):
    """Why a field has no value. The fourth state of a field is to have one."""

    none = "none"
    """There is none (无): looked for, and found not to exist."""
    not_recorded = "not_recorded"
    """Not recorded (未记载): whoever kept the record left it out."""
    not_read = "not_read"
    """Not read yet (待核): it stands somewhere, but nobody has checked it."""


def is_blank(value: object) -> bool:
    """Whether a field has no value; the test ``is blank`` of templates."""
    return isinstance(value, Blank)


def or_blank(value: object, blank: Blank = Blank.not_recorded) -> object:
    """The value, or why it is not there."""
    return blank if value is None or value == "" else value
