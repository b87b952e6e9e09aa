"""Labels, page versions and honours

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "page_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_key", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 for the first version"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="journal entry that brought the change"),
        sa.Column("shown", sa.Text(), nullable=False, comment="the facts shown, as canonical JSON"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_version")),
        sa.UniqueConstraint(
            "subject_kind", "subject_key", "number", name=op.f("uq_page_version_subject_kind_subject_key_number")
        ),
    )
    op.create_table(
        "honour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fine_workshop",
                "five_s",
                "model_workshop",
                "model_zone",
                "heritage",
                "brand",
                name="honour_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=True),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("granted_by", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=True, comment="number of the document that grants it"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(workshop_id IS NULL) <> (zone_id IS NULL)", name=op.f("ck_honour_holder")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_honour_workshop_id_workshop")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_honour_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour")),
    )
    with op.batch_alter_table("honour", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_honour_workshop_id"), ["workshop_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_honour_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "label_revocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last >= first", name=op.f("ck_label_revocation_range")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_label_revocation_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_revocation")),
    )
    with op.batch_alter_table("label_revocation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_label_revocation_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "label_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("batch", "item", name="label_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("first", sa.Integer(), nullable=False, comment="first serial; 0 for batch labels"),
        sa.Column("last", sa.Integer(), nullable=False, comment="last serial; 0 for batch labels"),
        sa.Column("copies", sa.Integer(), nullable=False, comment="number of labels printed"),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("layout", sa.String(length=40), nullable=False, comment="name of the sheet or roll layout"),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True, comment="when every file was on disk"),
        sa.CheckConstraint(
            "(kind = 'item' AND first >= 1 AND last >= first) OR (kind = 'batch' AND first = 0)",
            name=op.f("ck_label_run_range"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_label_run_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_run")),
    )
    op.create_index(
        "uq_label_run_item",
        "label_run",
        ["batch_id", "first"],
        unique=True,
        sqlite_where=sa.text("kind = 'item'"),
        postgresql_where=sa.text("kind = 'item'"),
    )


def downgrade() -> None:

    op.drop_table("label_run")
    with op.batch_alter_table("label_revocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_label_revocation_batch_id"))

    op.drop_table("label_revocation")
    with op.batch_alter_table("honour", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_honour_zone_id"))
        batch_op.drop_index(batch_op.f("ix_honour_workshop_id"))

    op.drop_table("honour")
    op.drop_table("page_version")
