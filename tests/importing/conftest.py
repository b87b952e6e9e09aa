"""Somebody who imports tables, on each of the two databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importing.tables import Bureau

from zuofang.storage.acts import Office


@pytest.fixture
def bureau(office: Office, tmp_path: Path) -> Bureau:
    """A bureau with an empty register."""
    return Bureau(office, tmp_path)
