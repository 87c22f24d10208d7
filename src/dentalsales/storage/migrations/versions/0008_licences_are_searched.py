"""The licence numbers of customers stand in what a search looks at."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

CUSTOMER = sa.table("customer", sa.column("id", sa.Integer()), sa.column("search_text", sa.String()))
LICENCE = sa.table(
    "customer_licence", sa.column("id", sa.Integer()), sa.column("customer_id", sa.Integer()), sa.column("number")
)


def upgrade() -> None:
    """Change the data; what is released is never edited again."""
    connection = op.get_bind()
    query = sa.select(CUSTOMER.c.id, CUSTOMER.c.search_text, LICENCE.c.number)
    rows = connection.execute(
        query.join_from(CUSTOMER, LICENCE, LICENCE.c.customer_id == CUSTOMER.c.id).order_by(LICENCE.c.id)
    )
    words: dict[int, str] = {}
    for customer, kept, number in rows.all():
        said = " ".join(number.lower().split())
        known = words.setdefault(customer, kept)
        if said not in known:
            words[customer] = f"{known} {said}".strip()
    for customer, text in words.items():
        connection.execute(sa.update(CUSTOMER).where(CUSTOMER.c.id == customer).values(search_text=text))
