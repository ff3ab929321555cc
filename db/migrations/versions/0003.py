"""退单: the part it gives back, the on-site finding, 研判; what was given finally, what nobody signed in time."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('assignments', schema=None, recreate='always') as batch_op:
        batch_op.add_column(sa.Column('is_signed_too_late', sa.Boolean(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('is_final', sa.Boolean(), server_default=sa.text('0'), nullable=False))
        batch_op.create_index('ix_assignments_sent', ['sent_at', 'part', 'unit_id'], unique=False)

    with op.batch_alter_table('requests', schema=None, recreate='always') as batch_op:
        batch_op.add_column(sa.Column('assignment_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('finding', sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('referred_at', sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key('fk_requests_assignment_id', 'assignments', ['assignment_id'], ['id'])
        batch_op.create_index('ix_requests_asked', ['kind', 'asked_at'], unique=False)

    # What the units had in hand when they asked, and whom the desk signed for because nobody had.
    op.execute(
        "UPDATE requests SET assignment_id = (SELECT a.id FROM assignments a WHERE a.order_id = requests.order_id"
        " AND a.part = 'steward' AND a.sent_at <= requests.asked_at ORDER BY a.id DESC LIMIT 1) WHERE kind = 'return'"
    )
    op.execute(
        "UPDATE assignments SET is_signed_too_late = 1 WHERE part = 'steward' AND is_signed_by_force = 1 AND EXISTS"
        " (SELECT 1 FROM events e JOIN work_orders o ON o.uid = e.order_uid WHERE o.id = assignments.order_id"
        " AND e.kind = 'auto_sign' AND e.at = assignments.signed_at)"
    )
