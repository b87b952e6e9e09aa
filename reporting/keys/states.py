"""What can be told of the keys of an installation: purposes, short names, days; never anything of a secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from zuofang.reporting.keys.letterbox import RECOVERY, public_keys, read_letterbox
from zuofang.reporting.keys.roles import read_versions
from zuofang.reporting.models import Role
from zuofang.rules.calendar import ONE_DAY
from zuofang.storage.keys import key_name, label_key_name, made_on, read_answer_keys, read_keys

RENEWED_AFTER = 365
"""Days after which a newer key should follow: practice of this house, no law."""


class Purpose(StrEnum):
    """What a key is for."""

    journal = "journal"
    answers = "answers"
    acknowledgements = "acknowledgements"
    labels = "labels"
    case = "case"
    identity = "identity"
    payout = "payout"
    recovery = "recovery"


SEALS: dict[Purpose, Role] = {Purpose.case: Role.case, Purpose.identity: Role.identity, Purpose.payout: Role.payout}
STAYS = frozenset({Purpose.recovery, Purpose.acknowledgements})
"""Keys that no command renews: a newer recovery key would leave what is sealed to the older one without a way back."""


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key by its short name; ``since`` is unknown for keys of older installations."""

    purpose: Purpose
    name: str
    since: date | None
    newest: bool

    @property
    def due(self) -> date | None:
        """The day by which a newer key should follow; none where it is no longer used, stays, or is of unknown age."""
        if not self.newest or self.since is None or self.purpose in STAYS:
            return None
        return self.since + RENEWED_AFTER * ONE_DAY


def key_states(keys: Path) -> list[KeyState]:
    """Every key, by purpose, the oldest first.

    Raises:
        NoKeys: keys are missing or damaged.
    """
    days = made_on(keys)
    return [state for purpose in Purpose for state in _states(purpose, _names(keys, purpose), days)]


def holders(keys: Path) -> dict[Purpose, tuple[str, ...]]:
    """Who can open the newest key of each role, by the names under which they hold it."""
    found = {purpose: read_versions(keys, role) for purpose, role in SEALS.items()}
    return {purpose: tuple(sorted(versions[-1].holders)) if versions else () for purpose, versions in found.items()}


def _states(purpose: Purpose, names: Iterable[str], days: dict[str, date]) -> Iterator[KeyState]:
    found = list(names)
    yield from (KeyState(purpose, name, days.get(name), name == found[-1]) for name in found)


def _names(keys: Path, purpose: Purpose) -> list[str]:
    match purpose:
        case Purpose.journal:
            return list(read_keys(keys).verifier.known)
        case Purpose.answers:
            return list(read_answer_keys(keys).verifier.known)
        case Purpose.labels:
            return [label_key_name(version) for version in read_keys(keys).labels]
        case Purpose.acknowledgements:
            box = read_letterbox(keys)
            return [] if box is None else [key_name(one) for one in box.known]
        case Purpose.recovery:
            return [key_name(one) for one in public_keys(keys, RECOVERY)]
        case _:
            return [key_name(one) for one in public_keys(keys, SEALS[purpose])]
