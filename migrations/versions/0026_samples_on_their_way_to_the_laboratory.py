"""Samples on their way to the laboratory

The sheet of a sample that was taken, the day on which the laboratory received it, and the record of its result.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sampling_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False, comment="抽样单编号"),
        sa.Column("workshop_id", sa.Integer(), nullable=False, comment="被抽样单位"),
        sa.Column(
            "authority", sa.String(length=200), nullable=False, comment="who had the sample taken (抽样的机关)"
        ),
        sa.Column(
            "basis", sa.String(length=200), nullable=False,
            comment="plan or campaign that asks for the sample (任务来源)",
        ),
        sa.Column("product", sa.String(length=200), nullable=False, comment="食品名称"),
        sa.Column(
            "specification", sa.String(length=200), nullable=False, comment="规格型号; empty: the sheet says nothing"
        ),
        sa.Column("brand", sa.String(length=200), nullable=False, comment="商标; empty: the sheet says nothing"),
        sa.Column(
            "lot", sa.String(length=200), nullable=False,
            comment="生产日期/批号 as on the packet; empty: it says nothing",
        ),
        sa.Column(
            "quantity", sa.String(length=200), nullable=False, comment="what was taken (抽样数量), with its unit"
        ),
        sa.Column(
            "spare", sa.String(length=200), nullable=False,
            comment="备样数量, with its unit; empty: no spare sample was kept",
        ),
        sa.Column("place", sa.String(length=200), nullable=False, comment="抽样地点; empty: the sheet says nothing"),
        sa.Column("first_officer", sa.String(length=100), nullable=False, comment="抽样人员, as on the sheet"),
        sa.Column("second_officer", sa.String(length=100), nullable=False, comment="抽样人员, as on the sheet"),
        sa.Column("laboratory", sa.String(length=200), nullable=False, comment="承检机构"),
        sa.Column("taken_on", sa.Date(), nullable=False, comment="抽样日期"),
        sa.Column(
            "delivered_on", sa.Date(), nullable=True, comment="day on which the laboratory received the sample"
        ),
        sa.Column(
            "agreed_on", sa.Date(), nullable=True,
            comment="last day for the report as agreed with the laboratory; empty: the days of the law count",
        ),
        sa.Column("record_id", sa.Integer(), nullable=True, comment="the result; empty: it is not there yet"),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "delivered_on IS NULL OR delivered_on >= taken_on", name=op.f("ck_sampling_sheet_delivered")
        ),
        sa.CheckConstraint("agreed_on IS NULL OR agreed_on >= taken_on", name=op.f("ck_sampling_sheet_agreed")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_sampling_sheet_record_id_credit_record")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_sampling_sheet_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampling_sheet")),
        sa.UniqueConstraint("number", name=op.f("uq_sampling_sheet_number")),
        sa.UniqueConstraint("record_id", name=op.f("uq_sampling_sheet_record_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_sampling_sheet_workshop_id"), "sampling_sheet", ["workshop_id"], unique=False)


def downgrade() -> None:
    op.drop_table("sampling_sheet")
