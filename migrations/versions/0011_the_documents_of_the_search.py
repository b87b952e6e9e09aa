"""The documents of the search

One row for each published record, made from the record and deletable at any time; ``zuofang search rebuild`` fills it.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

KINDS = (
    "penalty", "listing", "sample", "inspection", "suspension", "closure", "recall", "honour_exit", "repair_fraud",
    "interview", "referral", "rectification",
)


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="record_kind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "search_document",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column(
            "changed", sa.Integer(), nullable=False,
            comment="counts changes of documents; an index knows how far it is",
        ),
        sa.Column("gone", sa.Boolean(), nullable=False, comment="left public view; everything else is empty"),
        sa.Column(
            "digest", sa.String(length=32), nullable=False,
            comment="of everything below, so that nothing is written twice",
        ),
        sa.Column("kind", kind, nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True, comment="last public day; empty while none is known"),
        sa.Column("workshop_id", sa.Integer(), nullable=True, comment="whose credit file the record stands in"),
        sa.Column("party", sa.String(length=200), nullable=False, comment="name as printed, masked"),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=True, comment="文号、公告号或抽样编号"),
        sa.Column("authority", sa.String(length=200), nullable=True),
        sa.Column("told", sa.Text(), nullable=False, comment="items, sums and text that a result shows, as JSON"),
        sa.Column("facets", sa.Text(), nullable=False, comment="what the result can be narrowed by, as JSON"),
        sa.Column(
            "words", sa.Text(), nullable=False, comment="what is searched, folded; names first, then a form feed"
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["credit_record.id"], name=op.f("fk_search_document_record_id_credit_record")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_search_document")),
    )
    op.create_index(op.f("ix_search_document_changed"), "search_document", ["changed"])
    op.create_index(op.f("ix_search_document_made_on"), "search_document", ["made_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_search_document_made_on"), "search_document")
    op.drop_index(op.f("ix_search_document_changed"), "search_document")
    op.drop_table("search_document")
