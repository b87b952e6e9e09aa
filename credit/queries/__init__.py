"""What pages read of the credit room."""

from zuofang.credit.queries.blacklist import blacklist
from zuofang.credit.queries.file import credit_file
from zuofang.credit.queries.honours import HonourState, HonourView, honours_of_workshop, honours_of_zone

__all__ = [
    "HonourState",
    "HonourView",
    "blacklist",
    "credit_file",
    "honours_of_workshop",
    "honours_of_zone",
]
