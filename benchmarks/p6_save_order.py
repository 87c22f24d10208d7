"""P6: saving an order of 20 lines with its rules, against the sqlite3 module writing the same rows with FULL."""

import uuid
from collections.abc import Iterator
from itertools import count
from typing import Any

from benchmarks.ground import TODAY, Ground, desk_in, raw_in
from benchmarks.measure import Cost, Result, Turn, compare, timed
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import Form, new_form

LIMIT = 6.0
LINES = 20
CONSENT = {"consent_by": "Benchmark", "consent_way": "phone"}
Rows = dict[str, list[dict[str, Any]]]
"""What a save has written, by table."""


def measure(ground: Ground) -> Iterator[Result]:
    """One line for the save of an entered order, one for the save with the consent, which gives number and goods."""
    with desk_in(ground.copied("p6"), "clerk") as desk, raw_in(desk.company.folder) as raw:
        customer, products = a_customer(raw), products_in_stock(raw)
        for what, step in (("save of a 20-line order", ""), ("save and consent: number, reservation", "confirm_stock")):
            ours = saving(desk, customer, products, step)
            ours()
            baseline = _baseline(raw, _newest(raw), products if step else [])
            yield compare("P6", what, ours, baseline, ground.rounds * 2, LIMIT, warm_ups=3)


def a_customer(raw: Any) -> int:
    """Return the best customer."""
    query = "SELECT id FROM customer WHERE state = 'active' ORDER BY purchases_total DESC LIMIT 1"
    return int(raw.execute(query).fetchone()[0])


def products_in_stock(raw: Any) -> list[int]:
    """Return products that have a price, and put so much of them on the shelf that every turn can promise some."""
    query = """SELECT min(lot.id), product_id FROM lot JOIN product ON product.id = product_id
               WHERE NOT disabled AND condition = 'ok' AND lot.expires_on > '2028'
               AND product_id IN (SELECT product_id FROM price WHERE level = 'list')
               GROUP BY product_id ORDER BY product_id LIMIT ?"""
    lots = raw.execute(query, (LINES,)).fetchall()
    assert len(lots) == LINES
    raw.executemany("UPDATE lot SET on_hand = on_hand + 1000000 WHERE id = ?", [lot[:1] for lot in lots])
    levels = "UPDATE stock_level SET on_hand = on_hand + 1000000 WHERE product_id = ?"
    raw.executemany(levels, [lot[1:] for lot in lots])
    return [product for _lot, product in lots]


def saving(desk: Desk, customer: int, products: list[int], step: str) -> Turn:
    """Return the turn that saves a filled form, and takes a step with it."""

    def turn() -> Cost:
        form = filled_order(desk, customer, products)
        return timed(lambda: form.take(step, asked=CONSENT)) if step else timed(form.save)

    return turn


def filled_order(desk: Desk, customer: int, products: list[int]) -> Form:
    """Return the form as the clerk leaves it; filling it in is not measured."""
    form = new_form(desk, "orders", customer_id=customer)
    for product in products:
        line = form.add_line("lines")
        line.set("product_id", product)
        line.set("quantity", 1)
    return form


def _newest(raw: Any) -> Rows:
    """Return the rows of the order that was written last."""
    (order,) = _rows(raw, 'SELECT * FROM "order" ORDER BY id DESC LIMIT 1')
    lines = _rows(raw, "SELECT * FROM order_line WHERE order_id = ? ORDER BY position", order["id"])
    history = _rows(raw, "SELECT * FROM history WHERE register = 'orders' AND record_id = ?", order["id"])
    assert len(lines) == LINES
    return {"order": [order], "order_line": lines, "history": history}


def _rows(raw: Any, query: str, *values: Any) -> list[dict[str, Any]]:
    cursor = raw.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _baseline(raw: Any, rows: Rows, reserved: list[int]) -> Turn:
    numbers = count(1)

    def turn() -> Cost:
        number = f"BENCH-{next(numbers)}-{uuid.uuid4()}" if reserved else None
        order = {**rows["order"][0], "id": None, "form_key": str(uuid.uuid4()), "number": number}
        return timed(lambda: _write(raw, order, rows, reserved))

    return turn


def _write(raw: Any, order: dict[str, Any], rows: Rows, reserved: list[int]) -> None:
    raw.execute("BEGIN IMMEDIATE")
    if reserved:
        raw.execute("UPDATE counter SET last = last + 1 WHERE series = ?", (f"SO-{TODAY:%Y%m%d}-#",))
    order_id = _insert(raw, "order", [order]).lastrowid
    _insert(raw, "order_line", [{**line, "id": None, "order_id": order_id} for line in rows["order_line"]])
    for entry in rows["history"]:
        _insert(raw, "history", [{**entry, "id": None, "record_id": order_id}])
    change = "UPDATE stock_level SET reserved = reserved + 1 WHERE product_id = ?"
    raw.executemany(change, [(product,) for product in reserved])
    raw.execute("COMMIT")


def _insert(raw: Any, table: str, rows: list[dict[str, Any]]) -> Any:
    """Insert rows of one table; one row goes by `execute`, which tells its id."""
    columns = ", ".join(f'"{name}"' for name in rows[0])
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join("?" * len(rows[0]))})'
    values = [tuple(row.values()) for row in rows]
    return raw.execute(statement, values[0]) if len(values) == 1 else raw.executemany(statement, values)
