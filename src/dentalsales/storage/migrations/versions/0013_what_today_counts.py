"""Today's figures are counted among what they count, and not among all there ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_index("ix_receivable_left", "receivable", [sa.text("(amount - settled)"), "due_on"])
    op.create_index("ix_receipt_state_received_on", "receipt", ["state", "received_on"])
    op.create_index("ix_lot_on_hand", "lot", ["on_hand", "expires_on"])
