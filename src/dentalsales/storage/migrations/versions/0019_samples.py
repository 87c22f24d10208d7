"""Samples, with the lot that each came out of."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "sample",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("sale_class", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("ship_to", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("competitor", sa.String(length=200), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=True),
        sa.Column("nature", sa.String(length=40), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("sampled_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("waybill", sa.String(length=60), nullable=False),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("opinion", sa.String(length=4000), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("opinion_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_as", sa.String(length=40), nullable=False),
        sa.Column("route", sa.String(length=200), server_default="", nullable=False),
        sa.Column("turn", sa.String(length=40), server_default="", nullable=False),
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
            ["customer_id"], ["customer.id"], name=op.f("fk_sample_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_sample_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("form_key", name=op.f("uq_sample_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_sample_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sample_customer_id"), "sample", ["customer_id"])
    op.create_index("ix_sample_delivered_on", "sample", ["delivered_on"])
    op.create_index(op.f("ix_sample_entered_by_id"), "sample", ["entered_by_id"])
    op.create_index(op.f("ix_sample_state"), "sample", ["state"])
    op.create_index(op.f("ix_sample_turn"), "sample", ["turn"])
    op.create_table(
        "sample_line",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("monthly_use", sa.BigInteger(), nullable=True),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("lot_no", sa.String(length=60), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("product_name", sa.String(length=200), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("spec", sa.String(length=120), nullable=False),
        sa.Column("shade", sa.String(length=20), nullable=False),
        sa.Column("maker", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_sample_line_lot_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_sample_line_product_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["sample.id"], name=op.f("fk_sample_line_sample_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_sample_line_lot_id"), "sample_line", ["lot_id"])
    op.create_index(op.f("ix_sample_line_product_id"), "sample_line", ["product_id"])
    op.create_index(op.f("ix_sample_line_sample_id"), "sample_line", ["sample_id"])
