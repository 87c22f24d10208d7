"""The history becomes a chain: the company gets a key, and every entry a seal that binds it to the one before."""

import hmac
import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

PAGE = 20_000
SEALED = "id, register, record_id, step, from_state, to_state, employee_id, on_behalf_of_id, at, note, changes, version"


def upgrade() -> None:
    """Change the schema and seal what is there, in its order."""
    op.add_column("history", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("history", sa.Column("seal", sa.String(length=64), server_default="", nullable=False))
    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "history_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_key")),
        sqlite_strict=True,
    )
    key, connection = secrets.token_hex(32), op.get_bind()
    connection.execute(sa.text("INSERT INTO history_key (id, key) VALUES (1, :key)"), {"key": key})
    last, seal, count = _seal_all(connection, bytes.fromhex(key))
    head = sa.text("INSERT INTO history_head (id, last_id, seal, count) VALUES (1, :last, :seal, :count)")
    connection.execute(head, {"last": last, "seal": seal, "count": count})


def _seal_all(connection: sa.Connection, key: bytes) -> tuple[int, str, int]:
    page = sa.text(f"SELECT {SEALED} FROM history WHERE id > :last ORDER BY id LIMIT {PAGE}")
    change = sa.text("UPDATE history SET seal = :seal WHERE id = :id")
    last, seal, count = 0, "", 0
    while rows := connection.execute(page, {"last": last}).all():
        sealed = []
        for row in rows:
            text = f"{''.join(map(_part, row))}{len(seal)}:{seal}"
            seal = hmac.digest(key, text.encode(), "sha256").hex()
            sealed.append({"id": row[0], "seal": seal})
        connection.execute(change, sealed)
        last, count = rows[-1][0], count + len(rows)
    return last, seal, count


def _part(value: Any) -> str:
    """Return a value as length:value, a missing one as "-"; a moment as the text that a file holds."""
    if isinstance(value, datetime):
        value = value.isoformat(" ", "microseconds")
    return "-" if value is None else f"{len(text := str(value))}:{text}"
