"""The journal and the outbox

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


# The journal is only ever added to; the database itself refuses anything else.
SQLITE = tuple(
    f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is only ever added to'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL = (
    "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is only ever added to'; END $$",
    "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal "
    "FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
)


def protect() -> None:
    """Let the database refuse changes of the journal."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def unprotect() -> None:
    """Take the function away; SQLite drops triggers with their table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER journal_no_change ON journal")
        op.execute("DROP FUNCTION journal_refuse()")


def upgrade() -> None:

    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3 … without a gap"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False, comment="account, command or clock that did it"),
        sa.Column("act", sa.String(length=60), nullable=False, comment="what was done, for example batch.release"),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_key", sa.String(length=100), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="what changed, as canonical JSON; never personal data"),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_subject_key"), ["subject_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_subject_kind"), ["subject_kind"], unique=False)

    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False, comment="short name of the signing key"),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_journal_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="number of the journal entry"),
        sa.Column("subject_kind", sa.String(length=60), nullable=False),
        sa.Column("subject_key", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_seq"), ["seq"], unique=False)

    op.create_table(
        "outbox_cursor",
        sa.Column("reader", sa.String(length=60), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False, comment="id of the last item done"),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_outbox_cursor")),
    )
    protect()


def downgrade() -> None:
    unprotect()

    op.drop_table("outbox_cursor")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_seq"))

    op.drop_table("outbox")
    op.drop_table("journal_head")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_subject_kind"))
        batch_op.drop_index(batch_op.f("ix_journal_subject_key"))

    op.drop_table("journal")
