"""Lines that the program fills in, and sums that follow the lines, are seen as soon as they are there."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hands import CTRL, ENTER, Hands, Key, hands_at_work
from makers import a_customer, a_product, an_order, moved_to, some_stock
from office_window import cells
from PySide6.QtCore import Qt

from dentalsales.i18n import tr
from dentalsales.ui import lines_reading
from dentalsales.usecases.form import form_from

ON_ACCOUNT = {"terms": "account", "terms_days": 30, "credit_limit": Decimal("100000")}


@pytest.fixture
def hands(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[Callable[[str], Hands]]:
    """The hands of an employee, by sign-in name."""
    with ExitStack() as opened:
        yield lambda login: opened.enter_context(hands_at_work(desks[login], tmp_path, qtbot))


def begun_order(hands: Callable[[str], Hands]) -> tuple[Hands, Any]:
    """A clerk at a new order of a customer; return the hands and the grid of its lines."""
    clerk = hands("clerk")
    clerk.window.shell.open_new("orders")
    clerk.type("zjk")
    clerk.press(ENTER)
    return clerk, clerk.window.shell.workspace.current_record().widget.body.grids["lines"]


def type_line(clerk: Hands, product: str, quantity: str) -> None:
    for word in (product, quantity):
        clerk.type(word)
        clerk.press(ENTER)


def test_a_receipt_shows_every_paper_the_amount_is_laid_over(desks: Any, hands: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product, 100)
    customer = a_customer(desks, "张记口腔门诊部", **ON_ACCOUNT)
    for quantity in (2, 3):
        moved_to(desks, an_order(desks, customer, (product, quantity)), "billed")
    finance = hands("finance")
    finance.window.shell.open_new("receipts")
    finance.type("zjk")
    finance.press(ENTER)
    finance.type("600")
    finance.press(ENTER)
    grid = finance.window.shell.workspace.current_record().widget.body.grids["lines"]
    assert grid.grid.verticalHeader().count() == 3, "two papers and the empty line are drawn"
    amounts = [row for row in cells(grid.model) if any(row)]
    assert len(amounts) >= 2
    assert [any("240.00" in cell for cell in amounts[0]), any("360.00" in cell for cell in amounts[1])] == [True, True]
    assert all("0.00" in row for row in amounts), "nothing of it was given back yet, and that is said"


def test_the_total_of_a_dispatch_note_follows_a_line_that_was_taken_away(desks: Any, hands: Any) -> None:
    product, other = a_product(desks), a_product(desks, "一次性手套", "50.00")
    for each in (product, other):
        some_stock(desks, each, 100)
    order = moved_to(desks, an_order(desks, a_customer(desks), (product, 2), (other, 4)), "billed")
    warehouse = hands("warehouse")
    warehouse.window.shell.open_form(form_from(desks["warehouse"], "orders", order.id, "dispatch"))
    warehouse.window.runner.settle()
    body = warehouse.window.shell.workspace.current_record().widget.body
    assert body.cells["total"].text.text() == "440.00"
    body.grids["lines"].grid.go_to(0, 0)
    warehouse.press(Key.Key_Delete, held=CTRL)
    assert body.cells["total"].text.text() == "200.00"


def test_more_than_is_there_is_amber_as_soon_as_it_is_typed_and_enter_walks_on(desks: Any, hands: Any) -> None:
    product = a_product(desks, code="KA01")
    some_stock(desks, product, 5)
    a_customer(desks, "张记口腔门诊部", **ON_ACCOUNT)
    clerk, grid = begun_order(hands)
    for quantity in ("4", "2"):
        type_line(clerk, "ka01", quantity)
    names = [name for name, _field in grid.model.fields]
    cell = grid.model.index(0, names.index("quantity"))
    said = "Available: 5 支. Needed: 6 支."
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == said and said in cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert set(grid.model.cautions) == {(0, "quantity"), (1, "quantity")} and not grid.model.problems
    assert grid.grid.currentIndex().row() == 2, "the cursor has walked on"
    grid.grid.go_to(1, names.index("quantity"))
    clerk.type("1")
    clerk.press(ENTER)
    assert not grid.model.cautions
    grid.grid.go_to(0, 0)
    clerk.press(Key.Key_Z, held=CTRL)
    assert set(grid.model.cautions) == {(0, "quantity"), (1, "quantity")}


def test_a_long_order_is_looked_over_when_the_keys_rest(
    desks: Any, hands: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines_reading, "LONG", 0)
    some_stock(desks, a_product(desks, code="KA01"), 5)
    a_customer(desks, "张记口腔门诊部", **ON_ACCOUNT)
    clerk, grid = begun_order(hands)
    type_line(clerk, "ka01", "9")
    qtbot.waitUntil(lambda: bool(grid.model.cautions))
    assert {place: tr(text) for place, text in grid.model.cautions.items()} == {
        (0, "quantity"): "Available: 5 支. Needed: 9 支."
    }
    assert not grid.model.problems, "it hinders nothing"
