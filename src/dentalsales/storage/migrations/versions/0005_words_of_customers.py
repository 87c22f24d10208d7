"""Words of customers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "spoken_name",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_spoken_name_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_spoken_name_product_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_name")),
        sa.UniqueConstraint("customer_id", "said", name=op.f("uq_spoken_name_customer_id_said")),
        sa.UniqueConstraint("form_key", name=op.f("uq_spoken_name_form_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("spoken_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spoken_name_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_spoken_name_product_id"), ["product_id"], unique=False)
