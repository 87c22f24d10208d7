"""${message[:1].upper() + message[1:]}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    ${upgrades if upgrades else "pass"}
