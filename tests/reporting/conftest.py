"""A letter box with keys of its own, and forms to drop into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOON

from zuofang.reporting.forms import FormToken, new_form
from zuofang.reporting.intake import Accepted, Letterbox, Statement
from zuofang.reporting.keys.letterbox import read_letterbox
from zuofang.reporting.models import ReportKind, Standing
from zuofang.storage.database import Database

PERSON = {"name": "沈小满", "phone": "0570-0000001"}
MATTER = {"facts": "后院用工业盐腌肉，十一月十日上午看到。", "who": "北溪陈记卤味作坊", "where": "清溪县北溪镇"}


@pytest.fixture
def box(database: Database, role_folder: Path) -> Letterbox:
    """The letter box of a database."""
    keys = read_letterbox(role_folder)
    assert keys is not None
    return Letterbox(database, keys)


@pytest.fixture
def hand_in(box: Letterbox) -> Callable[..., Accepted]:
    """Drops one anonymous report, or what a test says instead."""

    def drop(form: FormToken | None = None, **changes: Any) -> Accepted:
        said: dict[str, Any] = {
            "kind": ReportKind.report, "standing": Standing.anonymous, "matter": MATTER, "person": {},
            "language": "zh", **changes,
        }  # fmt: skip
        return box.hand_in(form or new_form(NOON), [Statement(**said)], NOON)[0]

    return drop
