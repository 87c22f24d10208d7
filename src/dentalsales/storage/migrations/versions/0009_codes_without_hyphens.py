"""The codes of products stand without their hyphens, too, in what a search looks at."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

PRODUCT = sa.table("product", sa.column("id", sa.Integer()), sa.column("code"), sa.column("search_text", sa.String()))


def upgrade() -> None:
    """Change the data; what is released is never edited again."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(PRODUCT).where(PRODUCT.c.code.contains("-"))).all()
    for product, code, kept in rows:
        bare = " ".join(code.replace("-", "").lower().split())
        if bare and bare not in kept.split():
            words = sa.update(PRODUCT).where(PRODUCT.c.id == product)
            connection.execute(words.values(search_text=f"{kept} {bare}".strip()))
