"""What the label room says no to."""

from __future__ import annotations

from zuofang.storage.acts import Refused


class LabelRefused(Refused):
    """A label, a sheet or a picture was refused; the sentence says why in words for the person who tried."""
