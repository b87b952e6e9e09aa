"""The people at the desks

Accounts with their roles, factors and invitations; sessions and counted tries, which are read by every worker.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False, comment='what is typed at sign-in, in lower case'),
    sa.Column('person', sa.String(length=200), nullable=False, comment='name of the person, inside only'),
    sa.Column('state', sa.Enum('invited', 'active', 'shut', name='account_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('password', sa.String(length=200), nullable=True, comment='Argon2id, with its salt and cost'),
    sa.Column('totp', sa.LargeBinary(length=80), nullable=True, comment='seed of the code generator, sealed'),
    sa.Column('totp_step', sa.Integer(), nullable=False, comment='last half-minute whose code was accepted'),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state <> 'active' OR password IS NOT NULL", name=op.f('ck_account_secret')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('name', name=op.f('uq_account_name'))
    )
    op.create_table('account_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bucket', sa.LargeBinary(length=32), nullable=False, comment='keyed digest of what is being tried and from where'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_attempt'))
    )
    op.create_index('ix_account_attempt_bucket_at', 'account_attempt', ['bucket', 'at'])
    op.create_table('account_challenge',
    sa.Column('challenge', sa.LargeBinary(length=32), nullable=False),
    sa.Column('session', sa.LargeBinary(length=32), nullable=False, comment='digest of the session that asked'),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('challenge', name=op.f('pk_account_challenge'))
    )
    op.create_table('spent_form',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_spent_form'))
    )
    op.create_table('account_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('laboratory', 'zone_manager', 'owner', 'officer', 'reviewer', 'case_officer', 'custodian', 'finance', 'editor', 'administrator', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scope_kind', sa.Enum('city', 'district', 'zone', 'workshop', name='scope_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scope_key', sa.String(length=20), nullable=False, comment="beginning of the district's code, or number of the zone or workshop"),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_grant_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_grant')),
    sa.UniqueConstraint('account_id', 'role', 'scope_kind', 'scope_key', name=op.f('uq_account_grant_account_id_role_scope_kind_scope_key'))
    )
    op.create_table('account_invitation',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False, comment='digest of the secret in the link'),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_invitation_account_id_account')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_account_invitation'))
    )
    op.create_index('ix_account_invitation_account_id', 'account_invitation', ['account_id'])
    op.create_table('account_passkey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('credential', sa.LargeBinary(length=1023), nullable=False),
    sa.Column('public_key', sa.LargeBinary(length=2000), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False, comment='counter of the device at its last use'),
    sa.Column('label', sa.String(length=60), nullable=False, comment='what the person calls the device'),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_passkey_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_passkey')),
    sa.UniqueConstraint('credential', name=op.f('uq_account_passkey_credential'))
    )
    op.create_index('ix_account_passkey_account_id', 'account_passkey', ['account_id'])
    op.create_table('account_recovery_code',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False, comment='keyed digest of the code'),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_recovery_code_account_id_account')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_account_recovery_code'))
    )
    op.create_index('ix_account_recovery_code_account_id', 'account_recovery_code', ['account_id'])
    op.create_table('account_session',
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False, comment='digest of the secret in the cookie'),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False, comment='last request, to the minute'),
    sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True, comment='last second factor; empty while only the password was given'),
    sa.Column('by_passkey', sa.Boolean(), nullable=False, comment='whether a passkey was that factor'),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_session_account_id_account')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_account_session'))
    )
    op.create_index('ix_account_session_account_id', 'account_session', ['account_id'])


def downgrade() -> None:
    op.drop_table('account_session')
    op.drop_table('account_recovery_code')
    op.drop_table('account_passkey')
    op.drop_table('account_invitation')
    op.drop_table('account_grant')
    op.drop_table('spent_form')
    op.drop_table('account_challenge')
    op.drop_table('account_attempt')
    op.drop_table('account')
