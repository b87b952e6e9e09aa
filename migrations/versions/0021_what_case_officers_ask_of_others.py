"""What case officers ask of others

Approvals by a second person and requests to the custodian; and a copy of every reply for the desks.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

KINDS = ("approval", "notice", "recognition", "mediation")
STEPS = (
    "disputed", "agreed", "referred", "assigned", "handed_over", "stopped", "resumed", "extended", "told", "joined",
    "withdrawn", "accepted", "rejected", "settled", "terminated", "renewed", "filed", "not_filed", "decided", "served",
    "closed",
)  # fmt: skip
NOTICES = ("acceptance", "rejection", "termination", "filing", "result", "hand_over", "reward")


def upgrade() -> None:
    comment = "what we wrote, sealed to the key of the report, so that case officers can read it again"
    op.add_column("report_letter", sa.Column("copy", sa.LargeBinary(), nullable=True, comment=comment))
    op.create_table(
        "report_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", _stored("ask_kind", KINDS), nullable=False),
        sa.Column("what", _stored("what", STEPS), nullable=True, comment="the step that is to be approved"),
        sa.Column("until", sa.Date(), nullable=True, comment="day fixed by a collective discussion"),
        sa.Column("detail", sa.String(length=200), nullable=False, comment="receiving authority of a hand-over"),
        sa.Column("notice", _stored("notice_kind", NOTICES), nullable=True, comment="what the sender is to be told"),
        sa.Column("asked_by", sa.String(length=100), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False, comment="reason, without personal data"),
        sa.Column("answered_by", sa.String(length=100), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True, comment="whether it was done; empty while it waits"),
        sa.Column(
            "answer", sa.String(length=1000), nullable=False, comment="words of whoever answered, without personal data"
        ),
        sa.Column(
            "sealed", sa.LargeBinary(), nullable=True,
            comment="how to reach the complainant for a mediation, sealed to the key of the report",
        ),
        sa.CheckConstraint("answered_by IS NULL OR answered_by <> asked_by", name="four_eyes"),
        sa.CheckConstraint("(answered_by IS NULL) = (answered_on IS NULL)", name="answer"),
        sa.CheckConstraint("(answered_by IS NULL) = (granted IS NULL)", name="granted"),
        sa.ForeignKeyConstraint(["case_id"], ["report_case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index(op.f("ix_report_ask_case_id"), "report_ask", ["case_id"])
    op.create_index(op.f("ix_report_ask_kind"), "report_ask", ["kind"])


def downgrade() -> None:
    op.drop_table("report_ask")
    with op.batch_alter_table("report_letter") as table:
        table.drop_column("copy")


def _stored(name: str, values: Sequence[str]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
