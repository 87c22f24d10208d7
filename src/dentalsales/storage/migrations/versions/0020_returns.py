"""Returns, whose lines name the lines of the dispatch note that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "goods_return",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("dispatch_note_id", sa.Integer(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("remarks", sa.String(length=4000), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("credited_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("route_position", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_goods_return_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispatch_note_id"],
            ["dispatch_note.id"],
            name=op.f("fk_goods_return_dispatch_note_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_goods_return_entered_by_id")),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"], name=op.f("fk_goods_return_order_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_return")),
        sa.UniqueConstraint("form_key", name=op.f("uq_goods_return_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_goods_return_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_goods_return_customer_id"), "goods_return", ["customer_id"])
    op.create_index(op.f("ix_goods_return_dispatch_note_id"), "goods_return", ["dispatch_note_id"])
    op.create_index(op.f("ix_goods_return_entered_by_id"), "goods_return", ["entered_by_id"])
    op.create_index(op.f("ix_goods_return_order_id"), "goods_return", ["order_id"])
    op.create_index(op.f("ix_goods_return_state"), "goods_return", ["state"])

    op.create_table(
        "goods_return_line",
        sa.Column("goods_return_id", sa.Integer(), nullable=False),
        sa.Column("dispatch_line_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned_as", sa.String(length=40), nullable=False),
        sa.Column("lot_no", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispatch_line_id"],
            ["dispatch_line.id"],
            name=op.f("fk_goods_return_line_dispatch_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["goods_return_id"],
            ["goods_return.id"],
            name=op.f("fk_goods_return_line_goods_return_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_goods_return_line_lot_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_goods_return_line_product_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_return_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_goods_return_line_dispatch_line_id"), "goods_return_line", ["dispatch_line_id"])
    op.create_index(op.f("ix_goods_return_line_goods_return_id"), "goods_return_line", ["goods_return_id"])
    op.create_index(op.f("ix_goods_return_line_lot_id"), "goods_return_line", ["lot_id"])
    op.create_index(op.f("ix_goods_return_line_product_id"), "goods_return_line", ["product_id"])
