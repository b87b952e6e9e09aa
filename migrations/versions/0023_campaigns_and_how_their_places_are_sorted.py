"""Campaigns and how their places are sorted

A campaign of a county with the last days of its steps, the places it looks at, and the visits that look back.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False, comment="number of the source document"),
        sa.Column("issuer", sa.String(length=200), nullable=False, comment="who issued the document"),
        sa.Column("district_code", sa.String(length=6), nullable=False),
        sa.Column(
            "category", sa.String(length=40), nullable=True,
            comment="key in categories.csv; empty where the campaign is about every food",
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column(
            "triage_by", sa.Date(), nullable=False,
            comment="last day of the survey (调查摸底): every place is sorted by then",
        ),
        sa.Column("until", sa.Date(), nullable=False, comment="last day of putting right (集中整治)"),
        sa.Column(
            "look_back_by", sa.Date(), nullable=False,
            comment="last day of the look-back visits (巩固提升、回头看)",
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "since <= triage_by AND triage_by <= until AND until <= look_back_by", name=op.f("ck_campaign_steps")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("document", name=op.f("uq_campaign_document")),
    )  # fmt: skip
    op.create_index(op.f("ix_campaign_district_code"), "campaign", ["district_code"], unique=False)
    op.create_table(
        "campaign_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column(
            "workshop_id", sa.Integer(), nullable=True, comment="empty where nobody of that name is in the register"
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column(
            "town", sa.String(length=200), nullable=False,
            comment="town or street (乡镇、街道); empty: not recorded",
        ),
        sa.Column(
            "triage",
            sa.Enum(
                "upgrade", "regulate", "phase_out",
                name="triage", native_enum=False, create_constraint=True, length=32,
            ),
            nullable=True,
        ),
        sa.Column("triaged_on", sa.Date(), nullable=True),
        sa.Column("triaged_by", sa.String(length=100), nullable=True, comment="name of the account"),
        sa.Column("reason", sa.String(length=500), nullable=True, comment="why it was sorted so; inside only"),
        sa.Column(
            "put_right_by", sa.Date(), nullable=True, comment="last day to put right (规范) or to shut (淘汰)"
        ),
        sa.CheckConstraint("(triage IS NULL) = (triaged_on IS NULL)", name=op.f("ck_campaign_place_triaged")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_place_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_campaign_place_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_place")),
        sa.UniqueConstraint("campaign_id", "name", "address", name=op.f("uq_campaign_place_campaign_id_name_address")),
    )  # fmt: skip
    op.create_index(op.f("ix_campaign_place_campaign_id"), "campaign_place", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_campaign_place_workshop_id"), "campaign_place", ["workshop_id"], unique=False)
    op.create_table(
        "campaign_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column(
            "found",
            sa.Enum(
                "holds", "slipped", "shut", "resurged",
                name="seen_again", native_enum=False, create_constraint=True, length=32,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.String(length=1000), nullable=True, comment="what was seen; inside only"),
        sa.CheckConstraint("(visited_on IS NULL) = (found IS NULL)", name=op.f("ck_campaign_visit_found")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["campaign_place.id"], name=op.f("fk_campaign_visit_place_id_campaign_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_visit")),
    )  # fmt: skip
    op.create_index(op.f("ix_campaign_visit_place_id"), "campaign_visit", ["place_id"], unique=False)
    op.create_index(op.f("ix_campaign_visit_planned_on"), "campaign_visit", ["planned_on"], unique=False)


def downgrade() -> None:
    op.drop_table("campaign_visit")
    op.drop_table("campaign_place")
    op.drop_table("campaign")
