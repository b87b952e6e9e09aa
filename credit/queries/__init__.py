"""What pages read of the credit room."""

from zuofang.credit.queries.honours import HonourState, HonourView, honours_of_workshop, honours_of_zone

__all__ = ["HonourState", "HonourView", "honours_of_workshop", "honours_of_zone"]
