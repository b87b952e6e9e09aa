"""Print runs are found by their batch

The index that keeps serials apart holds item labels only, so every label page read the whole table.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_index(op.f("ix_label_run_batch_id"), "label_run", ["batch_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_label_run_batch_id"), "label_run")
