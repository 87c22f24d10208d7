"""Finds the customer that a row names, by number or by name; where it has both, both must mean the same one."""

from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import ImportColumn, Values, column_of
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import Names, plain
from dentalsales.registers.customers import Customer

ONE_OF = ("customer_id", "customer_name")


def customer_columns(record: type[Any]) -> tuple[ImportColumn, ...]:
    """Return the two columns by which the rows of a file name their customer; at least one of them is there."""
    words: dict[str, Any] = {"kind": "text", "target": None, "read_only": False, "required": False, "length": 200}
    return (
        column_of(
            record,
            "customer_id",
            *("客户编号", "客户编码", "客户代码", "客户号", "customer number", "customer code"),
            label=_("Customer number"),
            synonyms=(),
            is_code=True,
            **words,
        ),
        column_of(
            record,
            "customer_id",
            *("客户名称", "客户全称", "单位名称", "购货单位", "往来单位", "欠款单位", "customer name"),
            as_name="customer_name",
            is_code=True,
            **words,
        ),
    )


class Customers:
    """Customers by number and full name, and by a short name that is nobody's full name; all are read once."""

    def __init__(self, act: Act) -> None:
        self._names = Names(
            _("There is no customer “{name}”. Import the customers first, or correct the name."),
            _("Several customers are called “{name}”. Write the customer's number instead."),
        )
        rows = act.session.execute(select(Customer.id, Customer.number, Customer.name, Customer.short_name)).all()
        self._called = {row.id: (row.number or "", row.name) for row in rows}
        self._bears = {row.id: {plain(name) for name in row[1:] if name} for row in rows}
        for row in rows:
            self._names.add(row.name, row.id)
        for row in rows:
            for other in (row.number, row.short_name):
                if other and self._names.get(other) is None:
                    self._names.add(other, row.id)
        self._known: dict[tuple[str | None, str | None], tuple[int, RuleBroken | None]] = {}

    def find(self, values: Values) -> tuple[int, tuple[RuleBroken, ...]]:
        """Return the customer of a row and what should be looked at; RuleBroken when there is not exactly one."""
        key = values.get("customer_id"), values.get("customer_name")
        if key not in self._known:
            self._known[key] = self._search(*key, "customer_name" if "customer_name" in values else "customer_id")
        found, doubt = self._known[key]
        return found, (doubt,) if doubt is not None else ()

    def _search(self, number: str | None, name: str | None, column: str) -> tuple[int, RuleBroken | None]:
        if number and name:
            return self._both(number, name)
        if not (number or name):
            raise RuleBroken(_("Enter the customer's number or name."), field=column)
        return self._names.find(number or name or "", "customer_id" if number else "customer_name"), None

    def _both(self, number: str, name: str) -> tuple[int, RuleBroken | None]:
        by_number, by_name = self._names.get(number), self._names.get(name)
        if by_number is None and by_name is not None:
            return by_name, RuleBroken(
                _("There is no customer with the number “{number}”; the row is taken for {name}."),
                field="customer_id",
                number=number,
                name=self._called[by_name][1],
            )
        found = self._names.find(number, "customer_id")
        if plain(name) in self._bears[found]:
            return found, None
        said, called = self._called[found]
        if by_name is not None:
            raise RuleBroken(
                _("{number} is {called}, but {name} is {other}. Correct the number or the name."),
                field="customer_id",
                number=said or number,
                called=called,
                name=name,
                other=self._called[by_name][0] or self._called[by_name][1],
            )
        return found, RuleBroken(
            _("{number} is {called} in the program, and {name} in the file. Look whether this is the same customer."),
            field="customer_name",
            number=said or number,
            called=called,
            name=name,
        )
