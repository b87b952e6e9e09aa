"""Pictures of receipts

What a workshop photographs of the paper that came with a material: the pixels on the shelf, nothing that came with them.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "receipt_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column(
            "digest",
            sa.String(length=32),
            nullable=False,
            comment="beginning of the SHA-256 of its largest JPEG copy, in hexadecimal",
        ),
        sa.Column("width", sa.Integer(), nullable=False, comment="pixels across, as it is kept"),
        sa.Column("height", sa.Integer(), nullable=False, comment="pixels high, as it is kept"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_receipt_picture_size")),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["material_receipt.id"], name=op.f("fk_receipt_picture_receipt_id_material_receipt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_picture")),
        sa.UniqueConstraint("receipt_id", "digest", name=op.f("uq_receipt_picture_receipt_id_digest")),
    )
    op.create_index(op.f("ix_receipt_picture_digest"), "receipt_picture", ["digest"], unique=False)


def downgrade() -> None:
    op.drop_table("receipt_picture")
