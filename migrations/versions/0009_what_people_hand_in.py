"""What people hand in

Complaints and reports with their letters, keys and evidence, all under seal.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "owner",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="digest of the form it came with",
        ),
        sa.Column(
            "ticket",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="digest of the upload's own number, so that it can go on",
        ),
        sa.Column(
            "expires", sa.DateTime(timezone=True), nullable=False, comment="until when it may wait to be handed in"
        ),
        sa.Column("declared", sa.Integer(), nullable=False, comment="bytes that were announced"),
        sa.Column("received", sa.Integer(), nullable=False, comment="bytes that have arrived"),
        sa.Column(
            "about",
            sa.LargeBinary(),
            nullable=True,
            comment="sealed: name, kind, size, SHA-256; there when it is whole",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("ticket", name=op.f("uq_evidence_file_ticket")),
    )
    op.create_index(op.f("ix_evidence_file_expires"), "evidence_file", ["expires"], unique=False)
    op.create_index(op.f("ix_evidence_file_owner"), "evidence_file", ["owner"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "locator", sa.String(length=5), nullable=False, comment="查询编号, first group of the receipt; no secret"
        ),
        sa.Column(
            "kind",
            sa.Enum("complaint", "report", name="report_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "anonymous", "named", "insider", name="standing", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "proof",
            sa.Enum("worked", "waited", name="proof", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False, comment="day in China; the minute stands under seal"),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False, comment="of this receipt alone"),
        sa.Column(
            "secret", sa.LargeBinary(length=32), nullable=False, comment="Argon2id of the secret half of the receipt"
        ),
        sa.Column(
            "token",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="digest of the form it came from; makes a retry the same report",
        ),
        sa.Column(
            "fingerprint",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="keyed digest of what was handed in, to tell a retry from a second thought",
        ),
        sa.Column(
            "reporter_key",
            sa.LargeBinary(length=1216),
            nullable=False,
            comment="public key derived from the receipt; seals replies",
        ),
        sa.Column(
            "case_key",
            sa.LargeBinary(length=1216),
            nullable=False,
            comment="public key of this report; seals what the person writes",
        ),
        sa.Column(
            "commitment",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="what the acknowledgement signs: time and content, both hidden",
        ),
        sa.Column("opening", sa.LargeBinary(), nullable=False, comment="what opens the commitment, sealed to the receipt"),
        sa.Column("language", sa.String(length=10), nullable=False, comment="zh or en: the language to answer in"),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "closed_on", sa.Date(), nullable=True, comment="day on which its case was closed; starts the retention"
        ),
        sa.Column("erased_on", sa.Date(), nullable=True, comment="day on which its keys and contents were destroyed"),
        sa.Column("journalled", sa.Boolean(), nullable=False, comment="whether the journal took note of it"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("locator", name=op.f("uq_report_locator")),
        sa.UniqueConstraint("token", name=op.f("uq_report_token")),
    )
    op.create_index(op.f("ix_report_journalled"), "report", ["journalled"], unique=False)
    op.create_index(op.f("ix_report_received_on"), "report", ["received_on"], unique=False)
    op.create_table(
        "evidence_chunk",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("is_copy", sa.Boolean(), nullable=False, comment="a piece of the viewing copy"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["evidence_file.id"], name=op.f("fk_evidence_chunk_file_id_evidence_file")
        ),
        sa.PrimaryKeyConstraint("file_id", "is_copy", "number", name=op.f("pk_evidence_chunk")),
    )
    op.create_table(
        "report_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["evidence_file.id"], name=op.f("fk_report_evidence_file_id_evidence_file")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_evidence_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_evidence")),
        sa.UniqueConstraint("report_id", "file_id", name=op.f("uq_report_evidence_report_id_file_id")),
    )
    op.create_index(op.f("ix_report_evidence_file_id"), "report_evidence", ["file_id"], unique=False)
    op.create_table(
        "report_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "statement",
                "addition",
                "withdrawal",
                "claim",
                "reply",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="HPKE; its context names report and kind"),
        sa.Column("token", sa.LargeBinary(length=32), nullable=True, comment="digest of the form it came from"),
        sa.Column("journalled", sa.Boolean(), nullable=False, comment="whether the journal took note of it"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_letter_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_letter")),
        sa.UniqueConstraint("token", name=op.f("uq_report_letter_token")),
    )
    op.create_index(op.f("ix_report_letter_journalled"), "report_letter", ["journalled"], unique=False)
    op.create_index(op.f("ix_report_letter_report_id"), "report_letter", ["report_id"], unique=False)
    op.create_table(
        "report_secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("case", "identity", "payout", name="role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=16), nullable=False, comment="short name of the public key it is sealed to"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_secret_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_secret")),
        sa.UniqueConstraint("report_id", "role", name=op.f("uq_report_secret_report_id_role")),
    )
    op.create_index(op.f("ix_report_secret_key"), "report_secret", ["key"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_report_secret_key"), table_name="report_secret")
    op.drop_table("report_secret")
    op.drop_index(op.f("ix_report_letter_report_id"), table_name="report_letter")
    op.drop_index(op.f("ix_report_letter_journalled"), table_name="report_letter")
    op.drop_table("report_letter")
    op.drop_index(op.f("ix_report_evidence_file_id"), table_name="report_evidence")
    op.drop_table("report_evidence")
    op.drop_table("evidence_chunk")
    op.drop_index(op.f("ix_report_received_on"), table_name="report")
    op.drop_index(op.f("ix_report_journalled"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_evidence_file_owner"), table_name="evidence_file")
    op.drop_index(op.f("ix_evidence_file_expires"), table_name="evidence_file")
    op.drop_table("evidence_file")
