"""Cases and what is paid for them

What the bureau does about a complaint or a report, the digests that recognise a sender, rewards and their payment.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "report_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=9), nullable=False, comment="办理编号, random"),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("complaint", "report", name="report_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum("letter", "clue", name="origin", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "anonymous", "named", "insider", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False, comment="day from which its first term is counted"),
        sa.Column("workshop_id", sa.Integer(), nullable=True, comment="who it is about"),
        sa.Column("place", sa.String(length=6), nullable=False, comment="division code of the place of the act"),
        sa.Column("food", sa.Boolean(), nullable=False, comment="it concerns food (食品安全法 第一百一十五条)"),
        sa.Column("unlicensed", sa.Boolean(), nullable=False, comment="无证无照经营 (无证无照经营查处办法 第九条)"),
        sa.Column(
            "small",
            sa.Boolean(),
            nullable=False,
            comment="about one of the small kinds that a province has its own rule for",
        ),
        sa.Column(
            "platform_number", sa.String(length=40), nullable=True, comment="number on the national 12315 platform"
        ),
        sa.Column("joined_id", sa.Integer(), nullable=True, comment="the case that it is part of"),
        sa.Column("outcome", sa.Text(), nullable=True, comment="what was decided, as JSON, for the reward alone"),
        sa.Column("finished", sa.Boolean(), nullable=False, comment="copy: nothing more is to be done"),
        sa.CheckConstraint("joined_id IS NULL OR joined_id <> id", name=op.f("ck_report_case_not_joined_to_itself")),
        sa.ForeignKeyConstraint(["joined_id"], ["report_case.id"], name=op.f("fk_report_case_joined_id_report_case")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_case_report_id_report")),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"], name=op.f("fk_report_case_workshop_id_workshop")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_case")),
        sa.UniqueConstraint("number", name=op.f("uq_report_case_number")),
        sa.UniqueConstraint("platform_number", name=op.f("uq_report_case_platform_number")),
        sa.UniqueConstraint("report_id", "kind", name=op.f("uq_report_case_report_id_kind")),
    )
    op.create_index(op.f("ix_report_case_finished"), "report_case", ["finished"], unique=False)
    op.create_index(op.f("ix_report_case_received_on"), "report_case", ["received_on"], unique=False)
    op.create_index(op.f("ix_report_case_workshop_id"), "report_case", ["workshop_id"], unique=False)
    op.create_table(
        "report_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "identity_number",
                "phone",
                "name_and_address",
                "address",
                name="mark_field",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "digest",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="HMAC-SHA-256 under a key that only custodians hold",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["report_case.id"], name=op.f("fk_report_mark_case_id_report_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_mark")),
        sa.UniqueConstraint("case_id", "field", name=op.f("uq_report_mark_case_id_field")),
    )
    op.create_index(op.f("ix_report_mark_digest"), "report_mark", ["digest"], unique=False)
    op.create_table(
        "report_reward",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="what bears on it, as JSON; never who it is"),
        sa.Column(
            "amount",
            sa.String(length=32),
            nullable=False,
            comment="yuan, as computed under the text of the report's day",
        ),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(length=100), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=100), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column(
            "told_on", sa.Date(), nullable=True, comment="day on which the decision was told; the claim runs from it"
        ),
        sa.Column("longer", sa.Integer(), nullable=False, comment="working days by which the claim was extended"),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("given_up_on", sa.Date(), nullable=True, comment="the last day to claim it had passed"),
        sa.CheckConstraint("(approved_by IS NULL) = (approved_on IS NULL)", name=op.f("ck_report_reward_approval")),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by", name=op.f("ck_report_reward_four_eyes")
        ),
        sa.CheckConstraint(
            "claimed_on IS NULL OR told_on IS NOT NULL", name=op.f("ck_report_reward_told_before_claimed")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["report_case.id"], name=op.f("fk_report_reward_case_id_report_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_reward")),
        sa.UniqueConstraint("case_id", name=op.f("uq_report_reward_case_id")),
    )
    op.create_table(
        "report_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "disputed",
                "agreed",
                "referred",
                "assigned",
                "handed_over",
                "stopped",
                "resumed",
                "extended",
                "told",
                "joined",
                "withdrawn",
                "accepted",
                "rejected",
                "settled",
                "terminated",
                "renewed",
                "filed",
                "not_filed",
                "decided",
                "served",
                "closed",
                name="what",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "检测",
                "检验",
                "检疫",
                "鉴定",
                "辨认",
                "鉴别",
                "中止",
                "听证",
                "公告",
                "责令退款",
                name="stop_cause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="why days stop counting",
        ),
        sa.Column("until", sa.Date(), nullable=True, comment="day fixed by a collective discussion"),
        sa.Column(
            "notice",
            sa.Enum(
                "acceptance",
                "rejection",
                "termination",
                "filing",
                "result",
                "hand_over",
                "reward",
                name="notice_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
            comment="what was told",
        ),
        sa.Column("detail", sa.String(length=200), nullable=False, comment="ground, officer or receiving authority"),
        sa.Column("done_by", sa.String(length=100), nullable=False),
        sa.Column("approved_by", sa.String(length=100), nullable=True, comment="head of the bureau who approved it"),
        sa.Column("undone", sa.Boolean(), nullable=False, comment="taken back"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> done_by", name=op.f("ck_report_step_four_eyes")),
        sa.ForeignKeyConstraint(["case_id"], ["report_case.id"], name=op.f("fk_report_step_case_id_report_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_step")),
    )
    op.create_index(op.f("ix_report_step_case_id"), "report_step", ["case_id"], unique=False)
    op.create_table(
        "reward_payment",
        sa.Column("reward_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("paid_by", sa.String(length=100), nullable=False),
        sa.Column("amount", sa.String(length=32), nullable=False, comment="yuan"),
        sa.ForeignKeyConstraint(
            ["reward_id"], ["report_reward.id"], name=op.f("fk_reward_payment_reward_id_report_reward")
        ),
        sa.PrimaryKeyConstraint("reward_id", name=op.f("pk_reward_payment")),
    )
    op.create_index(op.f("ix_reward_payment_paid_on"), "reward_payment", ["paid_on"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_reward_payment_paid_on"), table_name="reward_payment")
    op.drop_table("reward_payment")
    op.drop_index(op.f("ix_report_step_case_id"), table_name="report_step")
    op.drop_table("report_step")
    op.drop_table("report_reward")
    op.drop_index(op.f("ix_report_mark_digest"), table_name="report_mark")
    op.drop_table("report_mark")
    op.drop_index(op.f("ix_report_case_workshop_id"), table_name="report_case")
    op.drop_index(op.f("ix_report_case_received_on"), table_name="report_case")
    op.drop_index(op.f("ix_report_case_finished"), table_name="report_case")
    op.drop_table("report_case")
