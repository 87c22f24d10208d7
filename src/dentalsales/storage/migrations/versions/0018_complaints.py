"""Complaints with their departments and holds; and why a lot is not sold."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "complaint",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("complainant", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=False),
        sa.Column("wish", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("dispatch_note_id", sa.Integer(), nullable=True),
        sa.Column("goods", sa.String(length=60), nullable=False),
        sa.Column("voucher", sa.String(length=80), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("product_name", sa.String(length=200), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("spec", sa.String(length=120), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("shade", sa.String(length=20), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=True),
        sa.Column("lot_no", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("maker", sa.String(length=200), nullable=False),
        sa.Column("purchased_on", sa.Date(), nullable=True),
        sa.Column("bought", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("usage", sa.String(length=400), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reported_to_id", sa.Integer(), nullable=True),
        sa.Column("to_office", sa.Boolean(), nullable=False),
        sa.Column("proposal", sa.String(length=4000), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("reply", sa.String(length=400), nullable=False),
        sa.Column("reply_due_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolve_due_at", sa.DateTime(), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("at_once", sa.String(length=4000), nullable=False),
        sa.Column("on_site_on", sa.Date(), nullable=True),
        sa.Column("on_site_by_id", sa.Integer(), nullable=True),
        sa.Column("on_site", sa.String(length=4000), nullable=False),
        sa.Column("cause", sa.String(length=4000), nullable=False),
        sa.Column("plan", sa.String(length=4000), nullable=False),
        sa.Column("consent_by", sa.String(length=60), nullable=False),
        sa.Column("consent_way", sa.String(length=40), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=4000), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_way", sa.String(length=40), nullable=False),
        sa.Column("late_reason", sa.String(length=400), nullable=False),
        sa.Column("correction", sa.String(length=4000), nullable=False),
        sa.Column("correction_told_on", sa.Date(), nullable=True),
        sa.Column("claim_asked", sa.BigInteger(), nullable=False),
        sa.Column("claim_paid", sa.BigInteger(), nullable=False),
        sa.Column("claim_result", sa.String(length=200), nullable=False),
        sa.Column("adverse", sa.String(length=40), nullable=False),
        sa.Column("adverse_group", sa.Boolean(), nullable=False),
        sa.Column("adverse_known_at", sa.DateTime(), nullable=True),
        sa.Column("holder_told_on", sa.Date(), nullable=True),
        sa.Column("adverse_call_due_at", sa.DateTime(), nullable=True),
        sa.Column("adverse_called_at", sa.DateTime(), nullable=True),
        sa.Column("adverse_due_at", sa.DateTime(), nullable=True),
        sa.Column("adverse_reported_at", sa.DateTime(), nullable=True),
        sa.Column("adverse_number", sa.String(length=60), nullable=False),
        sa.Column("others_checked", sa.String(length=4000), nullable=False),
        sa.Column("stop_proposed", sa.Boolean(), nullable=False),
        sa.Column("sanctioned_id", sa.Integer(), nullable=True),
        sa.Column("sanction", sa.String(length=400), nullable=False),
        sa.Column("fine", sa.BigInteger(), nullable=False),
        sa.Column("sanctioned_on", sa.Date(), nullable=True),
        sa.Column("followed_on", sa.Date(), nullable=True),
        sa.Column("satisfaction", sa.String(length=40), nullable=False),
        sa.Column("follow_up", sa.String(length=400), nullable=False),
        sa.Column("office_copy_on", sa.Date(), nullable=True),
        sa.Column("original_kept", sa.Boolean(), nullable=False),
        sa.Column("gm_told_on", sa.Date(), nullable=True),
        sa.Column("summary", sa.String(length=4000), nullable=False),
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
            ["customer_id"], ["customer.id"], name=op.f("fk_complaint_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispatch_note_id"], ["dispatch_note.id"], name=op.f("fk_complaint_dispatch_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_complaint_entered_by_id")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_complaint_lot_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["on_site_by_id"], ["employee.id"], name=op.f("fk_complaint_on_site_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["employee.id"], name=op.f("fk_complaint_owner_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["employee.id"], name=op.f("fk_complaint_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_complaint_product_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["reported_to_id"], ["employee.id"], name=op.f("fk_complaint_reported_to_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sanctioned_id"], ["employee.id"], name=op.f("fk_complaint_sanctioned_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("form_key", name=op.f("uq_complaint_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_dispatch_note_id"), ["dispatch_note_id"], unique=False)
        batch_op.create_index("ix_complaint_due_at", ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index("ix_complaint_lot", ["product_id", "lot_no"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_on_site_by_id"), ["on_site_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_complaint_received_at", ["received_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_reported_to_id"), ["reported_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_sanctioned_id"), ["sanctioned_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_state"), ["state"], unique=False)

    op.create_table(
        "complaint_hold",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_hold_complaint_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_hold")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("complaint_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_hold_complaint_id"), ["complaint_id"], unique=False)

    op.create_table(
        "complaint_part",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.String(length=400), nullable=False),
        sa.Column("opinion", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_part_complaint_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_part")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("complaint_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_part_complaint_id"), ["complaint_id"], unique=False)

    op.add_column("lot", sa.Column("condition_reason", sa.String(length=200), server_default="", nullable=False))
