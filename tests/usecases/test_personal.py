"""What an employee chose stays the employee's own."""

from typing import Any

from dentalsales.usecases import personal


def test_each_employee_has_own_values_and_a_value_of_none_is_forgotten(desks: Any) -> None:
    personal.keep(desks["clerk"], {"scheme": "dark", "keys": {"save": "Ctrl+G"}})
    personal.keep(desks["clerk2"], {"scheme": "light"})
    personal.keep(desks["clerk"], {"scheme": None, "percent": 125})
    assert personal.read(desks["clerk"]) == {"keys": {"save": "Ctrl+G"}, "percent": 125}
    assert personal.read(desks["clerk2"]) == {"scheme": "light"}
