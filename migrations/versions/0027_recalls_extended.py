"""Recalls extended

The later last day to which the bureau agreed, and why (食品召回管理办法 Art 18).

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    day = sa.Column(
        "extended_to", sa.Date(), nullable=True, comment="the later last day to which the bureau agreed (Art 18)"
    )
    op.add_column("recall", day)
    op.add_column("recall", sa.Column("extended_why", sa.String(length=200), nullable=True, comment="why it agreed; public"))


def downgrade() -> None:
    op.drop_column("recall", "extended_why")
    op.drop_column("recall", "extended_to")
