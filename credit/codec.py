"""Values of the credit room as JSON and back: one spelling, checked when it is read.

Dates, amounts and words of an enumeration are text. A value that was written by an older release and lacks a field gets
the field's default; a field nobody knows is refused.
"""

from __future__ import annotations

import json
import sys
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")


class Unreadable(ValueError):
    """The text is not the JSON of such a value."""


def dump(value: Any) -> str:
    """The JSON of a frozen dataclass, with sorted keys."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def load(kind: type[Value], text: str) -> Value:
    """The value back from its JSON.

    Raises:
        Unreadable: the text is no JSON of this kind.
    """
    try:
        built = _build(kind, json.loads(text))
    except (ValueError, TypeError, ArithmeticError, KeyError) as failure:
        raise Unreadable(f"not a {kind.__name__}: {failure}") from failure
    return typing.cast(Value, built)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        told = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **{name: one for name, one in told.items() if one not in (None, [])}}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _build(kind: Any, told: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _one_of(typing.get_args(kind), told)
    if origin in (tuple, frozenset):
        return origin(_build(typing.get_args(kind)[0], one) for one in told)
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind, dict(told))
    if kind in (date, datetime):
        return kind.fromisoformat(told)
    if kind in (int, str, bool):
        return _exactly(kind, told)
    return kind(told)


def _one_of(kinds: tuple[Any, ...], told: Any) -> Any:
    """A union: nothing, or the dataclass that the value names, or the one kind beside nothing."""
    if told is None:
        return None
    for kind in kinds:
        if is_dataclass(kind) and isinstance(told, dict) and told.get("is") == getattr(kind, "__name__", ""):
            return _build(kind, told)
    plain = [kind for kind in kinds if kind is not type(None)]
    if len(plain) != 1:
        raise ValueError(f"none of {kinds} is meant by {told!r}")
    return _build(plain[0], told)


def _dataclass(kind: Any, told: dict[str, Any]) -> Any:
    named = told.pop("is", kind.__name__)
    chosen: Any = _subclass(kind, named)
    hints = _hints(chosen)
    return chosen(**{name: _build(hints[name], one) for name, one in told.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


@cache
def _subclass(kind: Any, name: str) -> type[Any]:
    """The class called ``name``: the kind itself, or one that is a kind of it (an event, for example)."""
    # A slotted dataclass leaves its unslotted draft behind as a subclass; the module's own name tells them apart.
    for one in (kind, *kind.__subclasses__()):
        if one.__name__ == name and vars(sys.modules[one.__module__]).get(name) is one:
            return typing.cast(type[Any], one)
    raise ValueError(f"{name} is no {kind.__name__}")


def _exactly(kind: type[Any], told: Any) -> Any:
    if not isinstance(told, kind):
        raise TypeError(f"{told!r} is no {kind.__name__}")
    return told
