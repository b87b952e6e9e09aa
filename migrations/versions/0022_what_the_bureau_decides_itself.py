"""What the bureau decides itself

Who runs the site, and rule files of its own: proposed by one person and put in force by another.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False, comment="identity, or the name of a rule file"),
        sa.Column(
            "content", sa.Text(), nullable=False, comment="the whole text: JSON of the identity, or the rule file"
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed", "adopted", "sent_back", "withdrawn", "undone",
                name="edition_state", native_enum=False, create_constraint=True, length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=60), nullable=False, comment="name of the account"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True, comment="name of the account"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by OR state = 'withdrawn'",
            name=op.f("ck_edition_four_eyes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
    )  # fmt: skip
    op.create_index("ix_edition_about_state", "edition", ["about", "state"], unique=False)


def downgrade() -> None:
    op.drop_table("edition")
