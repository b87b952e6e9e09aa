"""What zones received and how their cameras ran

Subsidies, the hours of cameras month by month, and where live pictures are shown.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "camera_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="its first day"),
        sa.Column("owed_hours", sa.Integer(), nullable=False, comment="cameras times hours of the month"),
        sa.Column("online_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "online_hours >= 0 AND online_hours <= owed_hours", name=op.f("ck_camera_month_hours")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_camera_month_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera_month")),
        sa.UniqueConstraint("zone_id", "month", name=op.f("uq_camera_month_zone_id_month")),
    )
    op.create_table(
        "live_picture",
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column(
            "address",
            sa.String(length=200),
            nullable=False,
            comment="https address, never fetched by a page of ours",
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_live_picture_zone_id_zone")),
        sa.PrimaryKeyConstraint("zone_id", name=op.f("pk_live_picture")),
    )
    op.create_table(
        "subsidy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False, comment="day of the payment"),
        sa.Column("amount", sa.String(length=32), nullable=False, comment="yuan"),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=True),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_subsidy_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy")),
    )
    op.create_index(op.f("ix_subsidy_zone_id"), "subsidy", ["zone_id"], unique=False)


def downgrade() -> None:
    op.drop_table("subsidy")
    op.drop_table("live_picture")
    op.drop_table("camera_month")
