"""Grades are kept to be searched

Copies of the computed grades, so that lists can be searched by them; empty until the daily clock fills them.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "credit_reckoning",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(length=16), nullable=False, comment="fingerprint of the rule files it was computed with"),
        sa.Column("on", sa.Date(), nullable=False, comment="day it was computed for"),
        sa.Column("again_on", sa.Date(), nullable=True, comment="first day on which it may change by itself"),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_credit_reckoning_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", name=op.f("pk_credit_reckoning")),
    )
    op.create_index(op.f("ix_credit_reckoning_again_on"), "credit_reckoning", ["again_on"])
    op.create_table(
        "credit_grade",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=40), nullable=False, comment="rule set: risk (风险) or credit (信用)"),
        sa.Column("letter", sa.String(length=8), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_credit_grade_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("workshop_id", "scheme", name=op.f("pk_credit_grade")),
    )
    op.create_index("ix_credit_grade_scheme_letter", "credit_grade", ["scheme", "letter"])


def downgrade() -> None:
    op.drop_index("ix_credit_grade_scheme_letter", "credit_grade")
    op.drop_table("credit_grade")
    op.drop_index(op.f("ix_credit_reckoning_again_on"), "credit_reckoning")
    op.drop_table("credit_reckoning")
