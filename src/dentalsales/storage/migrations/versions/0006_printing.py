"""Print templates, how often a paper was printed, and what a customer wants on his papers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "print_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printout", sa.String(length=40), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("is_usual", sa.Boolean(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_template")),
        sa.UniqueConstraint("printout", "size", name=op.f("uq_print_template_printout_size")),
        sqlite_strict=True,
    )
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printout", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("size", sa.String(length=40), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("employee_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.id"], name=op.f("fk_print_run_employee_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_run")),
        sa.UniqueConstraint("printout", "record_id", "number", name=op.f("uq_print_run_printout_record_id_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("print_size", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("print_prices", sa.String(length=40), nullable=False, server_default=""))
    checks = tuple(sa.CheckConstraint(f"{name} IN (0, 1)") for name in ("is_bulk", "is_key", "terms_confirmed"))
    with op.batch_alter_table("customer", schema=None, table_args=checks) as batch_op:  # a rebuild forgets them
        batch_op.alter_column("print_size", existing_type=sa.String(length=40), server_default=None)
        batch_op.alter_column("print_prices", existing_type=sa.String(length=40), server_default=None)
