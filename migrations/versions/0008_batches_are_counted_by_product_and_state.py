"""Batches are counted by product and state

The counts beside the list of batches read every row of the table; with the index they read the index alone.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(op.f("ix_batch_product_id_state"), "batch", ["product_id", "state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_batch_product_id_state"), "batch")
