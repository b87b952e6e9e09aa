"""A letter box with keys of its own, and forms to drop into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import NOON

from zuofang.reporting.forms import FormToken, new_form
from zuofang.reporting.intake import Accepted, Letterbox, Statement
from zuofang.reporting.keys import roles
from zuofang.reporting.keys.letterbox import new_letterbox, read_letterbox
from zuofang.reporting.keys.roles import RoleKeys
from zuofang.reporting.models import ReportKind, Role, Standing
from zuofang.storage.database import Database

PASSPHRASE = "青溪镇的桂花糕一共有十二块"
PERSON = {"name": "沈小满", "phone": "0570-0000001"}
MATTER = {"facts": "后院用工业盐腌肉，十一月十日上午看到。", "who": "北溪陈记卤味作坊", "where": "清溪县北溪镇"}


@pytest.fixture(scope="session")
def role_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the keys of the letter box and of all roles lie."""
    keys = tmp_path_factory.mktemp("reporting")
    new_letterbox(keys)
    (keys / "halves").write_text("\n".join(roles.new_recovery(keys)), encoding="ascii")
    for role in Role:
        roles.add_role_key(keys, role, role.value, PASSPHRASE)
    return keys


@pytest.fixture(scope="session")
def opened(role_folder: Path) -> dict[Role, RoleKeys]:
    """The opened keys of each role."""
    return {role: roles.open_role(role_folder, role, role.value, PASSPHRASE) for role in Role}


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
