"""Contracts."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.create_table(
        "contract_template",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("change", sa.String(length=4000), nullable=False),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_contract_template_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_template")),
        sa.UniqueConstraint("form_key", name=op.f("uq_contract_template_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_template_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_template_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_template_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_template_turn"), ["turn"], unique=False)

    op.create_table(
        "contract_clause",
        sa.Column("contract_template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("body", sa.String(length=4000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_template_id"],
            ["contract_template.id"],
            name=op.f("fk_contract_clause_contract_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_clause")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_clause", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contract_clause_contract_template_id"), ["contract_template_id"], unique=False
        )

    op.create_table(
        "requirement_record",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.String(length=60), nullable=False),
        sa.Column("need", sa.String(length=4000), nullable=False),
        sa.Column("agreement", sa.String(length=4000), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
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
            ["customer_id"], ["customer.id"], name=op.f("fk_requirement_record_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_requirement_record_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_record")),
        sa.UniqueConstraint("form_key", name=op.f("uq_requirement_record_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_requirement_record_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("requirement_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_requirement_record_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requirement_record_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_requirement_record_state"), ["state"], unique=False)

    op.create_table(
        "contract",
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("supplement_to_id", sa.Integer(), nullable=True),
        sa.Column("requirement_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("party_code", sa.String(length=18), nullable=False),
        sa.Column("party_licence", sa.String(length=80), nullable=False),
        sa.Column("party_legal_person", sa.String(length=60), nullable=False),
        sa.Column("party_agent", sa.String(length=60), nullable=False),
        sa.Column("party_phone", sa.String(length=60), nullable=False),
        sa.Column("party_address", sa.String(length=200), nullable=False),
        sa.Column("party_bank", sa.String(length=100), nullable=False),
        sa.Column("party_account", sa.String(length=40), nullable=False),
        sa.Column("our_agent_id", sa.Integer(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("commitment", sa.BigInteger(), nullable=False),
        sa.Column("rebate", sa.BigInteger(), nullable=False),
        sa.Column("return_quota", sa.BigInteger(), nullable=False),
        sa.Column("service_content", sa.String(length=4000), nullable=False),
        sa.Column("service_time", sa.String(length=120), nullable=False),
        sa.Column("remarks", sa.String(length=4000), nullable=False),
        sa.Column("can_be_met", sa.Boolean(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_at", sa.String(length=60), nullable=False),
        sa.Column("sealed_on", sa.Date(), nullable=True),
        sa.Column("seal", sa.String(length=40), nullable=False),
        sa.Column("copies", sa.BigInteger(), nullable=True),
        sa.Column("sealed_by", sa.String(length=60), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("archive_place", sa.String(length=60), nullable=False),
        sa.Column("archive_number", sa.String(length=40), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
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
            ["customer_id"], ["customer.id"], name=op.f("fk_contract_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_contract_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["our_agent_id"], ["employee.id"], name=op.f("fk_contract_our_agent_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirement_record.id"], name=op.f("fk_contract_requirement_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["supplement_to_id"], ["contract.id"], name=op.f("fk_contract_supplement_to_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["contract_template.id"], name=op.f("fk_contract_template_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("form_key", name=op.f("uq_contract_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_our_agent_id"), ["our_agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_requirement_id"), ["requirement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_supplement_to_id"), ["supplement_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_template_id"), ["template_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_turn"), ["turn"], unique=False)

    op.create_table(
        "requirement_analysis",
        sa.Column("requirement_record_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("analysis", sa.String(length=1000), nullable=False),
        sa.Column("analysed_by", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["requirement_record_id"],
            ["requirement_record.id"],
            name=op.f("fk_requirement_analysis_requirement_record_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_analysis")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("requirement_analysis", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_requirement_analysis_requirement_record_id"), ["requirement_record_id"], unique=False
        )

    op.create_table(
        "contract_blank",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_blank_contract_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_blank")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_blank", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_blank_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "contract_deviation",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.BigInteger(), nullable=False),
        sa.Column("old_text", sa.String(length=4000), nullable=False),
        sa.Column("new_text", sa.String(length=4000), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_deviation_contract_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_deviation")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_deviation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_deviation_contract_id"), ["contract_id"], unique=False)

    op.create_table(
        "contract_instalment",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("condition", sa.String(length=120), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_instalment_contract_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["employee.id"], name=op.f("fk_contract_instalment_responsible_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_instalment")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_instalment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_instalment_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_instalment_responsible_id"), ["responsible_id"], unique=False)

    op.create_table(
        "contract_line",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("registration", sa.String(length=60), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("spec", sa.String(length=120), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("shade", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("list_price", sa.BigInteger(), nullable=True),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("deliver_by", sa.Date(), nullable=True),
        sa.Column("requirement", sa.String(length=120), nullable=False),
        sa.Column("product_name", sa.String(length=200), nullable=False),
        sa.Column("product_code", sa.String(length=40), nullable=False),
        sa.Column("maker", sa.String(length=200), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_line_contract_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_contract_line_product_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_line")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_line_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_line_product_id"), ["product_id"], unique=False)

    op.create_table(
        "contract_notice",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("contract_number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
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
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_notice_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contract_notice_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["employee.id"], name=op.f("fk_contract_notice_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["employee.id"], name=op.f("fk_contract_notice_seen_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_notice")),
        sa.UniqueConstraint("form_key", name=op.f("uq_contract_notice_form_key")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_notice_number")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_notice_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_notice_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_notice_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_notice_seen_by_id"), ["seen_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_notice_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_notice_turn"), ["turn"], unique=False)

    op.create_table(
        "contract_progress",
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("progress", sa.String(length=4000), nullable=False),
        sa.Column("told_to", sa.String(length=60), nullable=False),
        sa.Column("told_by", sa.String(length=40), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=36), nullable=True),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_progress_contract_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contract_progress_customer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["employee.id"], name=op.f("fk_contract_progress_written_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_progress")),
        sa.UniqueConstraint("form_key", name=op.f("uq_contract_progress_form_key")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("contract_progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contract_progress_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_progress_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contract_progress_written_by_id"), ["written_by_id"], unique=False)
