"""Honours are asked to be kept

The day on which its holder applied for a re-evaluation, so that an honour in time is not lost while it is looked at.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    comment = "复评申请: when its holder last asked to keep it"
    op.add_column("honour", sa.Column("applied_on", sa.Date(), nullable=True, comment=comment))


def downgrade() -> None:
    with op.batch_alter_table("honour") as table:
        table.drop_column("applied_on")
