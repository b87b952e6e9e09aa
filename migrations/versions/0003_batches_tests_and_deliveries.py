"""Batches, tests and deliveries

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "material_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("specification", sa.String(length=100), nullable=True),
        sa.Column("lot", sa.String(length=100), nullable=False, comment="生产日期或批号 of the supplier"),
        sa.Column("quantity", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("best_before", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("supplier_address", sa.String(length=200), nullable=True),
        sa.Column("supplier_contact", sa.String(length=100), nullable=True, comment="inside only"),
        sa.Column("supplier_licence", sa.String(length=100), nullable=True),
        sa.Column("voucher", sa.String(length=100), nullable=True, comment="number of the proof that came with it"),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_material_receipt_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_receipt")),
        sa.UniqueConstraint(
            "workshop_id",
            "name",
            "lot",
            "received_on",
            "supplier",
            name=op.f("uq_material_receipt_workshop_id_name_lot_received_on_supplier"),
        ),
    )
    with op.batch_alter_table("material_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_receipt_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("lot", sa.String(length=100), nullable=False, comment="批号"),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column(
            "best_before", sa.Date(), nullable=True, comment="last day of shelf life; empty where none is stated"
        ),
        sa.Column("quantity", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "released",
                "blocked",
                name="batch_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True, comment="when released or blocked"),
        sa.Column("block_reason", sa.String(length=200), nullable=True),
        sa.Column("next_serial", sa.Integer(), nullable=False, comment="first serial not yet given to a label"),
        sa.CheckConstraint("best_before IS NULL OR best_before >= made_on", name=op.f("ck_batch_days")),
        sa.CheckConstraint("next_serial BETWEEN 1 AND 33554432", name=op.f("ck_batch_serials")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_batch_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("product_id", "lot", name=op.f("uq_batch_product_id_lot")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_made_on"), ["made_on"], unique=False)

    op.create_table(
        "batch_material",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("receipt_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_material_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["material_receipt.id"], name=op.f("fk_batch_material_receipt_id_material_receipt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_material")),
        sa.UniqueConstraint("batch_id", "receipt_id", name=op.f("uq_batch_material_batch_id_receipt_id")),
    )
    with op.batch_alter_table("batch_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_material_receipt_id"), ["receipt_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.String(length=100), nullable=False, comment="number of the delivery note"),
        sa.Column(
            "kind",
            sa.Enum(
                "assigned",
                "zone_delivery",
                "other",
                name="delivery_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column(
            "receiver_kind",
            sa.Enum(
                "school",
                "canteen",
                "supermarket",
                "market",
                "shop",
                "restaurant",
                "wholesaler",
                "other",
                name="receiver_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("receiver_district", sa.String(length=6), nullable=True),
        sa.Column("receiver", sa.String(length=200), nullable=False, comment="inside only"),
        sa.Column("receiver_address", sa.String(length=200), nullable=True, comment="inside only"),
        sa.Column("receiver_contact", sa.String(length=100), nullable=True, comment="inside only"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_delivery_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("batch_id", "voucher", name=op.f("uq_delivery_batch_id_voucher")),
    )
    op.create_table(
        "recall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False, comment="1 is the gravest"),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column(
            "known_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the operator knew; the clock of the start runs from here",
        ),
        sa.Column("start_due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("finish_due", sa.Date(), nullable=True),
        sa.Column(
            "finish_provisional", sa.Boolean(), nullable=False, comment="the holidays of that time are not announced"
        ),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column(
            "withdrawn_on", sa.Date(), nullable=True, comment="declared in error; the batch is no longer called back"
        ),
        sa.CheckConstraint("finished_on IS NULL OR announced_on IS NOT NULL", name=op.f("ck_recall_order")),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_recall_level")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_recall_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall")),
    )
    with op.batch_alter_table("recall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recall_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "release_test",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("laboratory_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False, comment="检验合格证号 or number of the report"),
        sa.Column(
            "method",
            sa.Enum("regular", "quick", name="method", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("sampled_on", sa.Date(), nullable=True),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("tester", sa.String(length=200), nullable=True, comment="inside only"),
        sa.Column(
            "conclusion",
            sa.Enum(
                "passed", "failed", "undecided", name="conclusion", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("annulled_on", sa.Date(), nullable=True),
        sa.Column("annulled_why", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_release_test_batch_id_batch")),
        sa.ForeignKeyConstraint(
            ["laboratory_id"], ["laboratory.id"], name=op.f("fk_release_test_laboratory_id_laboratory")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_test")),
        sa.UniqueConstraint("laboratory_id", "number", name=op.f("uq_release_test_laboratory_id_number")),
    )
    with op.batch_alter_table("release_test", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_test_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "test_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("test_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=100), nullable=False),
        sa.Column("result", sa.String(length=200), nullable=False, comment="as printed"),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column(
            "limit", sa.String(length=200), nullable=True, comment="as printed, or the limit of the rule files that day"
        ),
        sa.Column(
            "standard", sa.String(length=100), nullable=True, comment="number of the standard the limit stands in"
        ),
        sa.Column("judgement", sa.String(length=32), nullable=False, comment="word of conformity.Outcome"),
        sa.ForeignKeyConstraint(["test_id"], ["release_test.id"], name=op.f("fk_test_result_test_id_release_test")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_result")),
        sa.UniqueConstraint("test_id", "item", name=op.f("uq_test_result_test_id_item")),
    )


def downgrade() -> None:

    op.drop_table("test_result")
    with op.batch_alter_table("release_test", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_test_batch_id"))

    op.drop_table("release_test")
    with op.batch_alter_table("recall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recall_batch_id"))

    op.drop_table("recall")
    op.drop_table("delivery")
    with op.batch_alter_table("batch_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_material_receipt_id"))

    op.drop_table("batch_material")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_made_on"))

    op.drop_table("batch")
    with op.batch_alter_table("material_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_receipt_workshop_id"))

    op.drop_table("material_receipt")
