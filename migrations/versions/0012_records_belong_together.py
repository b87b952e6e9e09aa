"""Records belong together, papers and boards have their history

Links between records, visits to closed places, records of nobody in the register, what happened to certificates,
commitments, notice boards, evaluations. Every one is a table of its own.

A migration must leave a database that the previous release can still read, and take only short locks.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table('commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('words', sa.String(length=4000), nullable=True, comment='what is promised'),
    sa.Column('displayed', sa.Boolean(), nullable=True, comment='hangs where customers see it; empty where nobody looked'),
    sa.Column('ended_on', sa.Date(), nullable=True, comment='taken back, or replaced'),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= signed_on', name=op.f('ck_commitment_days')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_commitment_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    sa.UniqueConstraint('workshop_id', 'signed_on', name=op.f('uq_commitment_workshop_id_signed_on'))
    )
    op.create_table('notice_board',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('certificate_shown', sa.Boolean(), nullable=True, comment='the certificate hangs there'),
    sa.Column('rules', sa.String(length=4000), nullable=True, comment='食品安全管理制度 on the board; empty text: none'),
    sa.Column('handlers', sa.Integer(), nullable=True, comment='how many people handle food'),
    sa.Column('all_certified', sa.Boolean(), nullable=True, comment='each of them holds a valid health certificate'),
    sa.Column('next_expiry', sa.Date(), nullable=True, comment='last day of the health certificate that ends first'),
    sa.Column('names_suppliers', sa.Boolean(), nullable=True, comment='raw-material suppliers are named there'),
    sa.CheckConstraint('all_certified IS NULL OR handlers > 0', name=op.f('ck_notice_board_somebody_to_certify')),
    sa.CheckConstraint('handlers IS NULL OR handlers >= 0', name=op.f('ck_notice_board_handlers')),
    sa.CheckConstraint('next_expiry IS NULL OR all_certified', name=op.f('ck_notice_board_expiry_of_valid_ones')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_notice_board_workshop_id_workshop')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_board')),
    sa.UniqueConstraint('workshop_id', name=op.f('uq_notice_board_workshop_id'))
    )
    op.create_table('board_supplier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('board_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('supplies', sa.String(length=200), nullable=False, comment='what it supplies'),
    sa.Column('permit', sa.String(length=100), nullable=True, comment='number of its permit or registration'),
    sa.ForeignKeyConstraint(['board_id'], ['notice_board.id'], name=op.f('fk_board_supplier_board_id_notice_board')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_supplier')),
    sa.UniqueConstraint('board_id', 'name', 'supplies', name=op.f('uq_board_supplier_board_id_name_supplies'))
    )
    op.create_table('certificate_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('changed', 'renewed', 'revoked', 'cancelled', 'reinstated', name='paper_event_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=True, comment='which field was changed'),
    sa.Column('before', sa.String(length=4000), nullable=True, comment='what stood there; days as 2026-09-12'),
    sa.Column('after', sa.String(length=4000), nullable=True, comment='what stands there since'),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True, comment='recorded in error'),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_event_certificate_id_certificate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_event'))
    )
    op.create_index(op.f('ix_certificate_event_certificate_id'), 'certificate_event', ['certificate_id'], unique=False)

    op.create_table('credit_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('earlier_id', sa.Integer(), nullable=False),
    sa.Column('later_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('led_to', 'rechecked', 'resampled', name='link_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.CheckConstraint('earlier_id <> later_id', name=op.f('ck_credit_link_two_records')),
    sa.ForeignKeyConstraint(['earlier_id'], ['credit_record.id'], name=op.f('fk_credit_link_earlier_id_credit_record')),
    sa.ForeignKeyConstraint(['later_id'], ['credit_record.id'], name=op.f('fk_credit_link_later_id_credit_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_link')),
    sa.UniqueConstraint('earlier_id', 'later_id', name=op.f('uq_credit_link_earlier_id_later_id'))
    )
    op.create_index(op.f('ix_credit_link_later_id'), 'credit_link', ['later_id'], unique=False)

    op.create_table('credit_set_aside',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('outside', sa.Enum('unlicensed', 'unknown', 'elsewhere', name='outside', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('handed_to', sa.String(length=200), nullable=True, comment='the bureau that was told of it'),
    sa.ForeignKeyConstraint(['record_id'], ['credit_record.id'], name=op.f('fk_credit_set_aside_record_id_credit_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_set_aside')),
    sa.UniqueConstraint('record_id', name=op.f('uq_credit_set_aside_record_id'))
    )
    op.create_table('evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('fine_workshop', 'five_s', 'model_workshop', 'model_zone', 'heritage', 'brand', name='honour_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('workshop_id', sa.Integer(), nullable=True),
    sa.Column('zone_id', sa.Integer(), nullable=True),
    sa.Column('honour_id', sa.Integer(), nullable=True, comment='re-evaluation: of this honour'),
    sa.Column('applied_on', sa.Date(), nullable=True, comment='day on which it was applied for'),
    sa.Column('evaluated_on', sa.Date(), nullable=False),
    sa.Column('evaluated_by', sa.String(length=200), nullable=False),
    sa.Column('form', sa.String(length=200), nullable=False, comment='name of the form (评价表、验收评分表)'),
    sa.Column('score', sa.String(length=32), nullable=True, comment='points in all; empty where the form gives none'),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(workshop_id IS NULL) <> (zone_id IS NULL)', name=op.f('ck_evaluation_evaluated')),
    sa.ForeignKeyConstraint(['honour_id'], ['honour.id'], name=op.f('fk_evaluation_honour_id_honour')),
    sa.ForeignKeyConstraint(['workshop_id'], ['workshop.id'], name=op.f('fk_evaluation_workshop_id_workshop')),
    sa.ForeignKeyConstraint(['zone_id'], ['zone.id'], name=op.f('fk_evaluation_zone_id_zone')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation'))
    )
    op.create_index(op.f('ix_evaluation_workshop_id'), 'evaluation', ['workshop_id'], unique=False)
    op.create_index(op.f('ix_evaluation_zone_id'), 'evaluation', ['zone_id'], unique=False)

    op.create_table('look_back',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('closure_id', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=True),
    sa.Column('found', sa.Enum('quiet', 'resurged', name='revisit', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('words', sa.String(length=1000), nullable=True, comment='what was seen, in words that may be public'),
    sa.Column('record_id', sa.Integer(), nullable=True, comment='the new record, where the business had come back'),
    sa.CheckConstraint('(visited_on IS NULL) = (found IS NULL)', name=op.f('ck_look_back_found')),
    sa.ForeignKeyConstraint(['closure_id'], ['credit_record.id'], name=op.f('fk_look_back_closure_id_credit_record')),
    sa.ForeignKeyConstraint(['record_id'], ['credit_record.id'], name=op.f('fk_look_back_record_id_credit_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_back'))
    )
    op.create_index(op.f('ix_look_back_closure_id'), 'look_back', ['closure_id'], unique=False)
    op.create_index(op.f('ix_look_back_planned_on'), 'look_back', ['planned_on'], unique=False)

    op.create_table('evaluation_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('score', sa.String(length=32), nullable=False),
    sa.Column('most', sa.String(length=32), nullable=True, comment='the most points that the part can get'),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_evaluation_part_evaluation_id_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_part')),
    sa.UniqueConstraint('evaluation_id', 'position', name=op.f('uq_evaluation_part_evaluation_id_position'))
    )


def downgrade() -> None:
    op.drop_table('evaluation_part')
    op.drop_index(op.f('ix_look_back_planned_on'), 'look_back')
    op.drop_index(op.f('ix_look_back_closure_id'), 'look_back')

    op.drop_table('look_back')
    op.drop_index(op.f('ix_evaluation_zone_id'), 'evaluation')
    op.drop_index(op.f('ix_evaluation_workshop_id'), 'evaluation')

    op.drop_table('evaluation')
    op.drop_table('credit_set_aside')
    op.drop_index(op.f('ix_credit_link_later_id'), 'credit_link')

    op.drop_table('credit_link')
    op.drop_index(op.f('ix_certificate_event_certificate_id'), 'certificate_event')

    op.drop_table('certificate_event')
    op.drop_table('board_supplier')
    op.drop_table('notice_board')
    op.drop_table('commitment')
