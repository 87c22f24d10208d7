"""Saving costs the database as many statements for twenty lines as for two."""

from collections.abc import Iterator
from contextlib import contextmanager

from makers import CONSENT, a_customer, a_product, an_order, some_stock
from sqlalchemy import event

from dentalsales.usecases.form import open_form


@contextmanager
def counted(company) -> Iterator[list[str]]:
    """Collect the statements that a block sends; a list of rows goes as one."""
    sent: list[str] = []

    def note(connection, cursor, statement, parameters, context, many) -> None:
        sent.append(statement)

    event.listen(company.engine, "before_cursor_execute", note)
    yield sent
    event.remove(company.engine, "before_cursor_execute", note)


def statements(desks, customer: int, products: list[int], step: str = "") -> list[str]:
    order = an_order(desks, customer, *((product, 1) for product in products), save=False)
    with counted(desks.company) as sent:
        order.take(step, asked=CONSENT) if step else order.save()
    return sent


def test_twenty_lines_are_saved_with_as_many_statements_as_two(desks) -> None:
    customer, products = (
        a_customer(desks),
        [a_product(desks, f"树脂{number}", code=f"R{number}") for number in range(20)],
    )
    for product in products:
        some_stock(desks, product)
    statements(desks, customer, products[:1], "confirm_stock")  # the first number of the day begins its series
    few = statements(desks, customer, products[:2])
    more = 0 if desks.company.exclusive else 4  # lock, roles, and the history, which a file is told directly
    assert len(statements(desks, customer, products)) == len(few) <= 11 + more
    assert sum("INSERT INTO order_line" in one for one in few) == 1
    few = statements(desks, customer, products[:2], "confirm_stock")
    assert len(statements(desks, customer, products, "confirm_stock")) == len(few) <= 20 + more
    assert sum("FROM price " in one for one in few) == 1
    assert not any("FROM order_line" in one and "quantity" in one for one in few)  # nothing is read back


def test_lines_that_were_saved_together_keep_order_and_can_be_changed_one_by_one(desks) -> None:
    customer, products = (
        a_customer(desks),
        [a_product(desks, f"树脂{number}", code=f"R{number}") for number in range(5)],
    )
    order = an_order(desks, customer, *((product, 1) for product in products))
    kept = [line.record.id for line in order.lines("lines")]
    order.lines("lines")[2].set("quantity", 7)
    order.remove_line("lines", 0)
    order.save()
    again = open_form(desks["clerk"], "orders", order.id)
    assert [line.record.id for line in again.lines("lines")] == kept[1:]
    assert [line.get("quantity") for line in again.lines("lines")] == [1, 7, 1, 1]
    assert [line.get("product_id") for line in again.lines("lines")] == products[1:]
