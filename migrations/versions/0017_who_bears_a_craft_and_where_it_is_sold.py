"""Who bears a craft and where it is sold

Bearers and apprentices of heritage crafts, and places of sale.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bearer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("honour_id", sa.Integer(), nullable=False),
        sa.Column(
            "name", sa.String(length=200), nullable=False, comment="as the authority published it, or with consent"
        ),
        sa.Column(
            "role",
            sa.Enum("bearer", "apprentice", name="bearer_role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="last day; empty while it lasts"),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_bearer_days")),
        sa.ForeignKeyConstraint(["honour_id"], ["honour.id"], name=op.f("fk_bearer_honour_id_honour")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bearer")),
        sa.UniqueConstraint("honour_id", "name", "since", name=op.f("uq_bearer_honour_id_name_since")),
    )
    op.create_table(
        "outlet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "fair",
                "scenic_counter",
                "shop",
                "online",
                name="outlet_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "place",
            sa.String(length=200),
            nullable=False,
            comment="address, or where on the net; never a private home",
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True, comment="last day; of a fair always"),
        sa.CheckConstraint("(workshop_id IS NULL) <> (zone_id IS NULL)", name=op.f("ck_outlet_seller")),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_outlet_days")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_outlet_workshop_id_workshop")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_outlet_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
    )
    op.create_index(op.f("ix_outlet_workshop_id"), "outlet", ["workshop_id"], unique=False)
    op.create_index(op.f("ix_outlet_zone_id"), "outlet", ["zone_id"], unique=False)


def downgrade() -> None:
    op.drop_table("outlet")
    op.drop_table("bearer")
