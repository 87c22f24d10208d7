"""Who stands in for an absent colleague, with which of his roles."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "delegation",
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.String(length=400), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["absent_id"], ["employee.id"], name=op.f("fk_delegation_absent_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["employee.id"], name=op.f("fk_delegation_deputy_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("form_key", name=op.f("uq_delegation_form_key")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delegation_absent_id"), "delegation", ["absent_id"])
    op.create_index(op.f("ix_delegation_deputy_id"), "delegation", ["deputy_id"])
