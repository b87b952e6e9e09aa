"""Who may do what where: every address of the desks says so itself, and one that does not stops the start.

``may(Role.laboratory, place=of_batch)`` lets in who holds the role in the place that the address is about. The whole
table stands in ``docs/rights.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Connection

from zuofang.storage.accounts.models import Role, ScopeKind
from zuofang.storage.accounts.sessions import Held
from zuofang.traceability.queries.belonging import Belonging

View = TypeVar("View", bound=Callable[..., Any])


PlaceOf = Callable[[Connection, int], Belonging | None]


class Door(Enum):
    """How far a person must have come: not at all, with the password, with the second factor, with a role."""

    open = "everybody"
    half = "password"
    inside = "signed in"
    role = "role"


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may use one address."""

    door: Door
    roles: frozenset[Role] = frozenset()
    place: PlaceOf | None = None
    fresh: bool = False
    """Whether a second factor must have been given lately."""


_declared: dict[Callable[..., Any], Rights] = {}


class Undeclared(Exception):
    """An address says nothing of who may use it; the desks do not open like that."""


def _declare(rights: Rights) -> Callable[[View], View]:
    def declare(view: View) -> View:
        _declared[view] = rights
        return view

    return declare


everybody = _declare(Rights(Door.open))
half_way = _declare(Rights(Door.half))
signed_in = _declare(Rights(Door.inside))
signed_in_lately = _declare(Rights(Door.inside, fresh=True))


def may(*roles: Role, place: PlaceOf | None = None, fresh: bool = False) -> Callable[[View], View]:
    """Let in who holds one of these roles; with ``place``, who holds it there."""
    return _declare(Rights(Door.role, frozenset(roles), place, fresh))


def rights_of(app: Flask) -> dict[str, Rights]:
    """The rights of every endpoint of an application.

    Raises:
        Undeclared: an endpoint says nothing of who may use it.
    """
    silent = sorted(name for name, view in app.view_functions.items() if view not in _declared and name != "static")
    if silent:
        raise Undeclared(f"these addresses do not say who may use them: {', '.join(silent)}")
    rights = {name: _declared[view] for name, view in app.view_functions.items() if name != "static"}
    return rights | {"static": Rights(Door.open)}


def reaches(held: Held, place: Belonging) -> bool:
    """Whether a role held somewhere reaches a place."""
    if held.kind is ScopeKind.district:
        return place.district.startswith(held.key)
    if held.kind is ScopeKind.zone:
        return int(held.key) in place.zones
    if held.kind is ScopeKind.workshop:
        return int(held.key) == place.workshop
    return True


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody's roles go together, for lists: everything, or these districts, zones and workshops."""

    everything: bool
    districts: frozenset[str] = frozenset()
    zones: frozenset[int] = frozenset()
    workshops: frozenset[int] = frozenset()

    @property
    def within(self) -> frozenset[str] | None:
        """The districts that a list keeps to; none where it keeps to nothing."""
        return None if self.everything else self.districts

    def covers(self, district: str) -> bool:
        """Whether a district is in reach; what has none belongs to the whole city."""
        return self.everything or any(district.startswith(code) for code in self.districts)


def reach(held: Iterable[Held], *roles: Role) -> Reach:
    """How far these roles reach."""
    mine = [one for one in held if one.role in roles]

    def keys(kind: ScopeKind) -> list[str]:
        return [one.key for one in mine if one.kind is kind]

    return Reach(
        everything=any(one.kind is ScopeKind.city for one in mine),
        districts=frozenset(keys(ScopeKind.district)),
        zones=frozenset(map(int, keys(ScopeKind.zone))),
        workshops=frozenset(map(int, keys(ScopeKind.workshop))),
    )
