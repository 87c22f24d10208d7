"""Order lines call off contracts and special prices, special prices hold for so many, receipts may name a contract."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

LINKS = (
    ("order_line", "contract_id", "contract", ("is_gift",)),
    ("order_line", "special_price_id", "special_price", ("is_gift",)),
    ("receipt", "contract_id", "contract", ("stamped_received", "stamped_finance")),
)


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    for table, column, target, ticks in LINKS:
        checks = tuple(sa.CheckConstraint(f"{tick} IN (0, 1)") for tick in ticks)
        with op.batch_alter_table(table, table_args=checks) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_index(op.f(f"ix_{table}_{column}"), [column])
            batch.create_foreign_key(op.f(f"fk_{table}_{column}"), target, [column], ["id"], ondelete="RESTRICT")
    with op.batch_alter_table("special_price") as batch:
        batch.add_column(sa.Column("kind", sa.String(length=40), nullable=False, server_default="special"))
    with op.batch_alter_table("special_price") as batch:
        batch.alter_column("kind", server_default=None)
    with op.batch_alter_table("special_price_line") as batch:
        batch.add_column(sa.Column("quantity", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("factor", sa.Integer(), server_default="1", nullable=False))
