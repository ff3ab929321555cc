"""The duty list in editions, and which list an item stands in."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# The table as 0001 made it: read from the file, its defaults would come back in brackets.
DUTY_ITEMS = sa.Table(
    'duty_items',
    sa.MetaData(),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('category_code', sa.String(length=6), server_default=sa.text("''"), nullable=False),
    sa.Column('keywords', sa.String(), server_default=sa.text("''"), nullable=False),
    sa.Column('phrases', sa.String(), server_default=sa.text("''"), nullable=False),
    sa.Column('kinds', sa.String(), server_default=sa.text("''"), nullable=False),
    sa.Column('area_scope', sa.String(), server_default=sa.text("''"), nullable=False),
    sa.Column('unit_code', sa.String(length=24), nullable=False),
    sa.Column('section_code', sa.String(length=24), server_default=sa.text("''"), nullable=False),
    sa.Column('co_unit_codes', sa.String(), server_default=sa.text("''"), nullable=False),
    sa.Column('legal_basis', sa.String(), server_default=sa.text("''"), nullable=False),
    sa.Column('valid_from', sa.BigInteger(), nullable=True),
    sa.Column('valid_to', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('number', 'version', name='uq_duty_items_number_version'),
)


def upgrade() -> None:
    op.create_table('duty_editions',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=36), nullable=False),
    sa.Column('begun_at', sa.BigInteger(), nullable=False),
    sa.Column('in_force_at', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('number'),
    sa.UniqueConstraint('uid')
    )
    with op.batch_alter_table('duty_items', copy_from=DUTY_ITEMS, recreate='always') as batch_op:
        batch_op.add_column(sa.Column('list_name', sa.String(length=20), server_default=sa.text("'duty'"), nullable=False))
        batch_op.add_column(sa.Column('edition', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('ended_edition', sa.Integer(), nullable=True))
