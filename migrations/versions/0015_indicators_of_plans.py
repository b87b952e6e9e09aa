"""Indicators of plans

The value of every indicator on every past day, as the daily clock computes it; copies that can be made again.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "programme_reckoning",
        sa.Column("programme", sa.String(length=60), nullable=False, comment="slug of the plan"),
        sa.Column("on", sa.Date(), nullable=False, comment="day up to which it was computed"),
        sa.Column(
            "plan", sa.String(length=16), nullable=False, comment="fingerprint of the indicators as they were then"
        ),
        sa.PrimaryKeyConstraint("programme", name=op.f("pk_programme_reckoning")),
    )
    op.create_table(
        "programme_value",
        sa.Column("programme", sa.String(length=60), nullable=False, comment="slug of the plan"),
        sa.Column("indicator", sa.String(length=60), nullable=False, comment="key of the indicator"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "part", sa.Integer(), nullable=False, comment="what counts; the number itself where there is no whole"
        ),
        sa.Column(
            "whole",
            sa.Integer(),
            nullable=True,
            comment="what it is a part of; empty where the indicator is a number",
        ),
        sa.PrimaryKeyConstraint("programme", "indicator", "on", name=op.f("pk_programme_value")),
    )


def downgrade() -> None:
    op.drop_table("programme_value")
    op.drop_table("programme_reckoning")
