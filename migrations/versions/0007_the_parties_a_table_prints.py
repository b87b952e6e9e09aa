"""The parties a table prints

A sampling table prints a producer and a sampled unit; a record keeps both, so that it can be matched when one of them
is registered later.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "credit_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "party",
                "producer",
                "principal",
                "distributor",
                "sampled",
                name="party_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "name", sa.String(length=200), nullable=False, comment="as printed, masked where the law asks for it"
        ),
        sa.Column("address", sa.String(length=200), nullable=True),
        sa.Column(
            "certificate", sa.String(length=100), nullable=True, comment="number of a certificate, as printed"
        ),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("district_code", sa.String(length=6), nullable=True, comment="division that the table names"),
        sa.ForeignKeyConstraint(["record_id"], ["credit_record.id"], name=op.f("fk_credit_party_record_id_credit_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_party")),
    )
    op.create_index(op.f("ix_credit_party_record_id"), "credit_party", ["record_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_credit_party_record_id"), "credit_party")
    op.drop_table("credit_party")
