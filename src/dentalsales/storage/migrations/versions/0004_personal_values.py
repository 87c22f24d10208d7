"""What each employee chose for the own desk."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "personal_value",
        sa.Column("employee_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_personal_value_employee_id")),
        sa.PrimaryKeyConstraint("employee_id", "key", name=op.f("pk_personal_value")),
        sqlite_strict=True,
    )
