"""Ctrl+K in the real business: whatever is typed, something is found or nothing, and never is anything wrong."""

from typing import Any

import pytest
from makers import a_customer, a_product, an_order, moved_to, some_stock

from dentalsales.usecases.find_anything import everywhere


@pytest.mark.parametrize("typed", ["1", "17851", "010", "shezhi", "settings", "ruikang", "rb", "L1", "张", "so-"])
@pytest.mark.parametrize("login", ["manager", "warehouse", "finance"])
def test_any_letters_find_something_or_nothing(typed: str, login: str, desks: Any) -> None:
    product = a_product(desks)
    some_stock(desks, product)
    moved_to(desks, an_order(desks, a_customer(desks), (product, 2)), "sent")
    assert all(isinstance(hit.title, str) and hit.title for hit in everywhere(desks[login], typed))
