"""P3: the first page of the order list through the use cases, against the sqlite3 module fetching the same rows."""

from collections.abc import Iterator

from benchmarks.ground import Ground, desk_in, raw_in
from benchmarks.measure import Result, compare, turns
from dentalsales.usecases import browse
from dentalsales.usecases.list_query import Query

LIMIT = 3.0
ROWS = 200
LIST = """
    SELECT "order".id, "order".state, "order".route_position, "order".number, ordered_on, customer.name, employee.name,
           total, paid,
           CASE WHEN "order".state IN ('billed', 'part_sent')
                THEN (SELECT SUM(amount - sent_amount) FROM order_line WHERE order_id = "order".id) ELSE 0 END,
           "order".terms, deliver_by
    FROM "order" JOIN customer ON customer.id = customer_id LEFT JOIN employee ON employee.id = rep_id
"""
"""What the order list shows. Every order has a customer, so the join may be an inner one."""


def measure(ground: Ground) -> Iterator[Result]:
    """Both sides read one row more, to know whether there is another page."""
    statement = f'{LIST} ORDER BY "order".id DESC LIMIT {ROWS + 1}'
    with desk_in(ground.company, "manager", read_only=True) as desk, raw_in(ground.company) as raw:
        page = browse.page(desk, Query("orders"), limit=ROWS)
        assert [row.id for row in page.rows] == [row[0] for row in raw.execute(statement)][:ROWS]
        yield compare(
            "P3",
            "first page of the order list, 200 rows",
            turns(lambda: browse.page(desk, Query("orders"), limit=ROWS)),
            turns(lambda: raw.execute(statement).fetchall()),
            ground.rounds * 10,
            LIMIT,
            warm_ups=10,
        )
