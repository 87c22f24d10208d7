"""The seal of an entry covers a digest of its changes, so that a person's data can be taken out of them later.

Older entries keep the seal they have, which covers their changes as they stand: the beginnings of these seals are on
printed reports, and a company with a million entries is brought up to date in no time. And the phones of customers
stand apart in what a search looks at, where roles to which they are masked do not look.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


CUSTOMER = sa.table(
    "customer", sa.column("id", sa.Integer()), sa.column("search_text", sa.String()), sa.column("phone", sa.String())
)


def upgrade() -> None:
    """Change the schema; what is released is never edited again."""
    op.add_column("history", sa.Column("digest", sa.String(length=64), server_default="", nullable=False))
    op.add_column("history", sa.Column("salt", sa.String(length=32), server_default="", nullable=False))
    _set_phones_apart(op.get_bind())


def _set_phones_apart(connection: sa.Connection) -> None:
    query = sa.select(CUSTOMER.c.id, CUSTOMER.c.search_text, CUSTOMER.c.phone)
    rows = [{"customer": one.id, "words": _apart(one.search_text, one.phone)} for one in connection.execute(query)]
    if rows:
        change = sa.update(CUSTOMER).where(CUSTOMER.c.id == sa.bindparam("customer"))
        connection.execute(change.values(search_text=sa.bindparam("words")), rows)


def _apart(words: str, phone: str) -> str:
    """Return the words without the phone, in any form in which they hold its digits, and the phone behind a mark."""
    said = " ".join(unicodedata.normalize("NFKC", phone).lower().split())
    left = f" {words} ".replace(f" {said} ", " ") if said else words
    digits = re.findall(r"\d{5,}", said)
    kept = (word for word in left.split() if not any(run in word for run in digits))
    return f"{' '.join(kept)} \n {said}"
