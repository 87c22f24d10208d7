"""P4: a page behind 100,000 orders in several orders of sorting, against the sqlite3 module with the same keys."""

from collections.abc import Iterator
from typing import Any

from benchmarks.ground import Ground, desk_in, raw_in
from benchmarks.measure import Result, compare, turns
from benchmarks.p3_first_page import LIST, ROWS
from dentalsales.storage.pinyin_order import teach_pinyin
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_query import Query

LIMIT = 3.0
DEEP = 100_000
SORTS = (
    ("-id", '"order".id', "id"),
    ("ordered_on", "ordered_on", "day"),
    ("total", "total", "total"),
    ("customer_id", "pinyin_order(customer.name)", "customer's name"),
)
"""Order of the list, the column in SQL, and its name for the reader; a leading minus means descending.

Names are sorted by pinyin, as people look them up: the baseline is taught the program's function for it.
"""


def measure(ground: Ground) -> Iterator[Result]:
    """One line for each order of sorting."""
    with desk_in(ground.company, "manager", read_only=True) as desk, raw_in(ground.company) as raw:
        teach_pinyin(raw)
        for order, column, name in SORTS:
            yield _one(ground, desk, raw, order, column, name)


def _one(ground: Ground, desk: Desk, raw: Any, order: str, column: str, name: str) -> Result:
    query = Query("orders", order=order)
    after = browse.page(desk, query, limit=DEEP).next
    statement, key = _behind(order, column), _deep_key(raw, order, column)

    def ours() -> browse.Page:
        return browse.page(desk, query, after, ROWS)

    def baseline() -> list[Any]:
        found: list[Any] = raw.execute(statement, key).fetchall()
        return found

    assert [row.id for row in ours().rows] == [row[0] for row in baseline()][:ROWS], name
    what = f"page behind {DEEP:,} orders by {name}"
    return compare("P4", what, turns(ours), turns(baseline), ground.rounds * 2, LIMIT)


def _behind(order: str, column: str) -> str:
    """Return the statement of the page behind a key; every column sorted here has a value in every row."""
    if order.startswith("-"):
        return f'{LIST} WHERE {column} <= ? AND "order".id < ? ORDER BY {column} DESC LIMIT {ROWS + 1}'
    return f"""{LIST} WHERE {column} >= ?1 AND ({column} > ?1 OR "order".id > ?2)
               ORDER BY {column}, "order".id LIMIT {ROWS + 1}"""


def _deep_key(raw: Any, order: str, column: str) -> tuple[Any, int]:
    """Return value and id of the last of the first DEEP rows."""
    way = "DESC" if order.startswith("-") else "ASC"
    found: tuple[Any, int] = raw.execute(
        f'SELECT {column}, "order".id FROM "order" JOIN customer ON customer.id = customer_id'
        f' ORDER BY {column} {way}, "order".id {way} LIMIT 1 OFFSET {DEEP - 1}'
    ).fetchone()
    return found
