"""Pictures, and what zones put forward

Pictures of zones and honours, changes of a zone's page that wait for another person, applications for a unit, and the
brand and story of a zone in English.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "zone_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "words",
                "standard",
                "unit_cameras",
                "step",
                "subsidy",
                "camera_hours",
                "live",
                name="proposal_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("facts", sa.String(length=20000), nullable=False, comment="what is to be said, as JSON"),
        sa.Column(
            "before",
            sa.String(length=20000),
            nullable=True,
            comment="what was said before, or the number of the row that was made, as JSON",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "done",
                "sent_back",
                "taken_back",
                "undone",
                name="proposal_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=60), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True, comment="why it was sent back or undone"),
        sa.CheckConstraint("state <> 'done' OR decided_by <> proposed_by", name=op.f("ck_zone_proposal_four_eyes")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_proposal_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_proposal")),
    )
    op.create_index(op.f("ix_zone_proposal_zone_id"), "zone_proposal", ["zone_id"], unique=False)
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("honour_id", sa.Integer(), nullable=True),
        sa.Column(
            "digest",
            sa.String(length=32),
            nullable=False,
            comment="beginning of the SHA-256 of its largest JPEG copy, in hexadecimal",
        ),
        sa.Column("width", sa.Integer(), nullable=False, comment="pixels across, as it is kept"),
        sa.Column("height", sa.Integer(), nullable=False, comment="pixels high, as it is kept"),
        sa.Column(
            "sent_bytes", sa.Integer(), nullable=False, comment="length of the file it was made from, which is not kept"
        ),
        sa.Column("alt", sa.String(length=200), nullable=False, comment="what is to be seen, in Chinese"),
        sa.Column("alt_en", sa.String(length=200), nullable=False, comment="what is to be seen, in English"),
        sa.Column(
            "credit",
            sa.String(length=200),
            nullable=False,
            comment="who took or drew it, and by what right it is shown",
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "shown",
                "withdrawn",
                name="picture_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=60), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.String(length=200), nullable=True, comment="why it was sent back or taken away"),
        sa.CheckConstraint("state <> 'shown' OR approved_by IS NOT NULL", name=op.f("ck_picture_four_eyes")),
        sa.CheckConstraint("(zone_id IS NULL) <> (honour_id IS NULL)", name=op.f("ck_picture_shows")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_picture_size")),
        sa.ForeignKeyConstraint(["honour_id"], ["honour.id"], name=op.f("fk_picture_honour_id_honour")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_picture_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
    )
    op.create_index(op.f("ix_picture_digest"), "picture", ["digest"], unique=False)
    op.create_index(op.f("ix_picture_honour_id"), "picture", ["honour_id"], unique=False)
    op.create_index(op.f("ix_picture_zone_id"), "picture", ["zone_id"], unique=False)
    op.create_table(
        "zone_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("wants", sa.String(length=200), nullable=True, comment="what it would make there, and what it needs"),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "admitted",
                "turned_down",
                "taken_back",
                name="application_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True, comment="why it was turned down or taken back"),
        sa.Column("tenancy_id", sa.Integer(), nullable=True, comment="the time in a unit it led to"),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_zone_application_tenancy_id_tenancy")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_zone_application_workshop_id_workshop")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_zone_application_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_application")),
    )
    op.create_index(op.f("ix_zone_application_workshop_id"), "zone_application", ["workshop_id"], unique=False)
    op.create_index(op.f("ix_zone_application_zone_id"), "zone_application", ["zone_id"], unique=False)
    op.add_column("zone", sa.Column("brand_en", sa.String(length=200), nullable=True, comment="the brand in English"))
    op.add_column("zone", sa.Column("story_en", sa.String(length=4000), nullable=True, comment="the story in English"))
    op.add_column(
        "zone_unit", sa.Column("cameras_on", sa.Date(), nullable=True, comment="day on which they were counted")
    )
    op.add_column(
        "zone_unit",
        sa.Column("cameras_evidence", sa.String(length=200), nullable=True, comment="document that shows it"),
    )


def downgrade() -> None:
    for table, columns in (("zone_unit", ("cameras_evidence", "cameras_on")), ("zone", ("story_en", "brand_en"))):
        with op.batch_alter_table(table) as altered:
            for column in columns:
                altered.drop_column(column)
    for table in ("zone_application", "picture", "zone_proposal"):
        op.drop_table(table)
