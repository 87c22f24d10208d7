"""Customers' visits to us, with who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "site_visit",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("sale_class", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("arrives_at", sa.String(length=5), nullable=False),
        sa.Column("leaves_at", sa.String(length=5), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("headcount", sa.BigInteger(), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("verified_how", sa.String(length=40), nullable=False),
        sa.Column("verified_words", sa.String(length=200), nullable=False),
        sa.Column("shown_areas", sa.String(length=200), nullable=False),
        sa.Column("closed_areas", sa.String(length=200), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("reception", sa.String(length=400), nullable=False),
        sa.Column("reception_words", sa.String(length=200), nullable=False),
        sa.Column("budget", sa.BigInteger(), nullable=False),
        sa.Column("proposal", sa.String(length=4000), nullable=False),
        sa.Column("reception_opinion", sa.String(length=4000), nullable=False),
        sa.Column("result", sa.String(length=4000), nullable=False),
        sa.Column("follow_up", sa.String(length=4000), nullable=False),
        sa.Column("follow_up_by_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("followed_up", sa.String(length=4000), nullable=False),
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
            ["customer_id"], ["customer.id"], name=op.f("fk_site_visit_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_site_visit_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["follow_up_by_id"], ["employee.id"], name=op.f("fk_site_visit_follow_up_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["employee.id"], name=op.f("fk_site_visit_host_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_visit")),
        sa.UniqueConstraint("form_key", name=op.f("uq_site_visit_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_site_visit_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_site_visit_customer_id"), "site_visit", ["customer_id"])
    op.create_index(op.f("ix_site_visit_entered_by_id"), "site_visit", ["entered_by_id"])
    op.create_index(op.f("ix_site_visit_follow_up_by_id"), "site_visit", ["follow_up_by_id"])
    op.create_index(op.f("ix_site_visit_host_id"), "site_visit", ["host_id"])
    op.create_index(op.f("ix_site_visit_state"), "site_visit", ["state"])
    op.create_index(op.f("ix_site_visit_turn"), "site_visit", ["turn"])
    op.create_index("ix_site_visit_visit_on", "site_visit", ["visit_on"])
    op.create_table(
        "visitor",
        sa.Column("site_visit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_visit_id"], ["site_visit.id"], name=op.f("fk_visitor_site_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_visitor_site_visit_id"), "visitor", ["site_visit_id"])
