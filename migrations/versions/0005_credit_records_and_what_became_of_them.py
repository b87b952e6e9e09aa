"""Credit records and what became of them

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:

    op.create_table(
        "credit_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "penalty",
                "listing",
                "sample",
                "inspection",
                "suspension",
                "closure",
                "recall",
                "honour_exit",
                "repair_fraud",
                "interview",
                "referral",
                "rectification",
                name="record_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("workshop_id", sa.Integer(), nullable=True, comment="empty: not matched, or nobody"),
        sa.Column(
            "party", sa.String(length=200), nullable=False, comment="name as printed, masked where the law asks for it"
        ),
        sa.Column("party_address", sa.String(length=200), nullable=True),
        sa.Column("document", sa.String(length=100), nullable=True, comment="文号、公告号或抽样编号"),
        sa.Column("authority", sa.String(length=200), nullable=True, comment="who found or decided"),
        sa.Column("made_on", sa.Date(), nullable=False, comment="day of the finding or decision"),
        sa.Column("title", sa.String(length=200), nullable=False, comment="what it is about, on one line"),
        sa.Column("content", sa.Text(), nullable=False, comment="the text that may be shown, redacted"),
        sa.Column(
            "facts", sa.Text(), nullable=False, comment="the value of the record as JSON, see zuofang.credit.codec"
        ),
        sa.Column("source", sa.String(length=64), nullable=True, comment="digest of the row it came from"),
        sa.Column(
            "state",
            sa.Enum(
                "entered",
                "proposed",
                "approved",
                "returned",
                name="record_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=100), nullable=True),
        sa.Column("approved_by", sa.String(length=100), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True, comment="copy: last public day as computed by the clock"),
        sa.Column("look_again_on", sa.Date(), nullable=True, comment="copy: day on which something changes next"),
        sa.CheckConstraint(
            "state = 'approved' OR published_on IS NULL", name=op.f("ck_credit_record_approved_before_public")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by", name=op.f("ck_credit_record_four_eyes")
        ),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_credit_record_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_record")),
        sa.UniqueConstraint("source", name=op.f("uq_credit_record_source")),
    )
    with op.batch_alter_table("credit_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_record_document"), ["document"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_record_look_again_on"), ["look_again_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_record_made_on"), ["made_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_credit_record_published_on"), ["published_on"], unique=False)
        batch_op.create_index("ix_credit_record_workshop_id_made_on", ["workshop_id", "made_on"], unique=False)

    op.create_table(
        "credit_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "repair",
                "objection",
                "reinspection",
                name="case_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("extended_by", sa.String(length=100), nullable=True, comment="who approved the extension"),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True, comment="when the data were brought up to date"),
        sa.Column("words", sa.Text(), nullable=False, comment="what is asked for and why"),
        sa.CheckConstraint("(decided_on IS NULL) = (granted IS NULL)", name=op.f("ck_credit_case_decision")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_credit_case_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_case")),
    )
    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_case_record_id"), ["record_id"], unique=False)

    op.create_table(
        "credit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="name of the event's class"),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="the event as JSON"),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True, comment="recorded in error"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_credit_event_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_event")),
    )
    with op.batch_alter_table("credit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_event_record_id"), ["record_id"], unique=False)

    op.create_table(
        "credit_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_credit_reply_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_reply")),
    )
    with op.batch_alter_table("credit_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_reply_record_id"), ["record_id"], unique=False)

    op.create_table(
        "credit_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_credit_version_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_version")),
        sa.UniqueConstraint("record_id", "number", name=op.f("uq_credit_version_record_id_number")),
    )
    op.create_table(
        "sample_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("result", sa.String(length=200), nullable=False),
        sa.Column("limit", sa.String(length=200), nullable=False),
        sa.Column("judgement", sa.String(length=32), nullable=False, comment="word of conformity.Outcome"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_sample_item_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_item")),
        sa.UniqueConstraint("record_id", "position", name=op.f("uq_sample_item_record_id_position")),
    )


def downgrade() -> None:

    op.drop_table("sample_item")
    op.drop_table("credit_version")
    with op.batch_alter_table("credit_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_reply_record_id"))

    op.drop_table("credit_reply")
    with op.batch_alter_table("credit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_event_record_id"))

    op.drop_table("credit_event")
    with op.batch_alter_table("credit_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_case_record_id"))

    op.drop_table("credit_case")
    with op.batch_alter_table("credit_record", schema=None) as batch_op:
        batch_op.drop_index("ix_credit_record_workshop_id_made_on")
        batch_op.drop_index(batch_op.f("ix_credit_record_published_on"))
        batch_op.drop_index(batch_op.f("ix_credit_record_made_on"))
        batch_op.drop_index(batch_op.f("ix_credit_record_look_again_on"))
        batch_op.drop_index(batch_op.f("ix_credit_record_document"))

    op.drop_table("credit_record")
