"""Long work of the desks

What was asked for at a desk and is done by a process of its own; and the journal is found by who, what and when.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None
FOUND_BY = ("at", "who", "act")


def upgrade() -> None:
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="labels, import, export, search …"),
        sa.Column("wanted", sa.Text(), nullable=False, comment="what exactly, as canonical JSON; never personal data"),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "running", "done", "refused", "stopped",
                name="errand_state", native_enum=False, create_constraint=True, length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, comment="times it was begun"),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Text(), nullable=False, comment="how it ended, as JSON: sentences by language"),
        sa.Column("file", sa.String(length=200), nullable=True, comment="name of the file it made, in its folder"),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_errand_tries")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_errand_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
    )  # fmt: skip
    op.create_index(op.f("ix_errand_account_id"), "errand", ["account_id"], unique=False)
    op.create_index(op.f("ix_errand_state"), "errand", ["state"], unique=False)
    for column in FOUND_BY:
        op.create_index(op.f(f"ix_journal_{column}"), "journal", [column], unique=False)


def downgrade() -> None:
    for column in FOUND_BY:
        op.drop_index(op.f(f"ix_journal_{column}"), table_name="journal")
    op.drop_table("errand")
