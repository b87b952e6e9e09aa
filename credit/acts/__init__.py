"""What officers do to the credit file: each act with its opposite beside it and its journal entry inside."""

from zuofang.credit.acts.honours import grant, restore, withdraw

__all__ = ["grant", "restore", "withdraw"]
