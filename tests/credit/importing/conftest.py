"""Somebody who imports into the credit file, on each of the two databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.credit.importing.offices import CreditOffice

from zuofang.storage.acts import Office


@pytest.fixture
def credit(office: Office, tmp_path: Path) -> CreditOffice:
    """A bureau whose register holds the workshop of the scene."""
    credit = CreditOffice(office, tmp_path)
    credit.register()
    return credit
