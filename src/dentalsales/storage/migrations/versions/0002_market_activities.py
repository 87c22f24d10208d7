"""Market activities, the first register that came after the house."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "market_activity",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("visitors", sa.BigInteger(), nullable=True),
        sa.Column("goal", sa.String(length=4000), nullable=False),
        sa.Column("result", sa.String(length=4000), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("route_position", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_market_activity_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["host_id"], ["customer.id"], name=op.f("fk_market_activity_host_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_market_activity")),
        sa.UniqueConstraint("form_key", name=op.f("uq_market_activity_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_market_activity_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("market_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_market_activity_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_market_activity_host_id"), ["host_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_market_activity_state"), ["state"], unique=False)
