"""Suppliers: the purchase record names them."""

from typing import Any

from makers import a_supplier

from dentalsales.usecases.search import suggest

PERMISSIONS = {
    "suppliers": {
        "view": "manager director clerk finance warehouse quality",
        "create": "manager warehouse quality",
        "edit": "manager warehouse quality",
        "export": "manager director clerk finance warehouse quality",
    },
}


def test_a_supplier_is_found_by_initials_and_by_any_part_of_the_name(desks: Any) -> None:
    supplier = a_supplier(desks)
    for typed in ("shcc", "齿材", "chicai"):
        assert [one.id for one in suggest(desks["warehouse"], "supplier", typed)] == [supplier]
