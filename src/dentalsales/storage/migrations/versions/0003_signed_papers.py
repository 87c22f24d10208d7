"""Papers keep what they said: names on orders and receipts, and the amount that was sent of an order line."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NAMES = (
    ("product_code", 40),
    ("brand", 60),
    ("product_name", 200),
    ("model", 80),
    ("spec", 120),
    ("grade", 20),
    ("shade", 20),
    ("registration", 60),
    ("maker", 200),
)
CARDS = (
    "UPDATE order_line SET (product_code, brand, product_name, model, spec, grade, shade, registration, maker) ="
    " (SELECT COALESCE(code, ''), brand, name, model, spec, grade, shade, registration, maker"
    " FROM product WHERE product.id = order_line.product_id)"
)
SENT = (
    "UPDATE order_line SET sent_amount = COALESCE((SELECT SUM(dispatch_line.amount) FROM dispatch_line"
    " JOIN dispatch_note ON dispatch_note.id = dispatch_line.dispatch_note_id"
    " WHERE dispatch_note.state <> 'draft' AND dispatch_line.order_line_id = order_line.id), 0)"
)
BUYERS = (
    "UPDATE \"order\" SET (customer_number, customer_name) = (SELECT COALESCE(number, ''), name"
    ' FROM customer WHERE customer.id = "order".customer_id)'
)
PAYERS = "UPDATE receipt SET customer_name = (SELECT name FROM customer WHERE customer.id = receipt.customer_id)"


def upgrade() -> None:
    """Older papers get what the cards say now: nobody knows any more what they said then."""
    _add("order_line", *(sa.Column(name, sa.String(length), nullable=False) for name, length in NAMES))
    _add("order_line", sa.Column("sent_amount", sa.BigInteger(), nullable=False))
    _add("order", *(sa.Column(f"customer_{name}", sa.String(length), nullable=False) for name, length in
                    (("number", 40), ("name", 200))))  # fmt: skip
    _add("receipt", sa.Column("customer_name", sa.String(200), nullable=False))
    for statement in (CARDS, SENT, BUYERS, PAYERS):
        op.execute(statement)
    _forget_defaults("order_line", ("is_gift",), *(name for name, _length in NAMES), "sent_amount")
    _forget_defaults("order", ("credit_released",), "customer_number", "customer_name")
    _forget_defaults("receipt", ("stamped_received", "stamped_finance"), "customer_name")


def _add(table: str, *columns: sa.Column) -> None:
    """Add columns that may not be empty; the rows that are there get a default until they are filled."""
    with op.batch_alter_table(table) as batch:
        for column in columns:
            column.server_default = sa.DefaultClause("0" if isinstance(column.type, sa.BigInteger) else "")
            batch.add_column(column)


def _forget_defaults(table: str, ticks: tuple[str, ...], *names: str) -> None:
    """Take the defaults away again; the rebuilt table keeps what SQLite says of its ticks."""
    checks = tuple(sa.CheckConstraint(f"{tick} IN (0, 1)") for tick in ticks)
    with op.batch_alter_table(table, table_args=checks) as batch:
        for name in names:
            batch.alter_column(name, server_default=None)
