"""Finds what the words of a file name: a customer, an employee, a supplier; all are read once."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.fields import in_sentence
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.importing import Fill, Taken, Values
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.rules import RuleBroken, SeveralRulesBroken, problems_of
from dentalsales.i18n import Text, _
from dentalsales.registers.suppliers import Supplier

SEVERAL = -1


def plain(text: str) -> str:
    """Return a text for comparing: NFKC, lower case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def together(*works: Callable[[], Any]) -> list[Any]:
    """Return what the works return; SeveralRulesBroken with everything that any of them refuses."""
    found: list[Any] = []
    problems: list[RuleBroken] = []
    for work in works:
        try:
            found.append(work())
        except RuleBroken as broken:
            problems += problems_of(broken)
    if problems:
        raise SeveralRulesBroken(problems)
    return found


class Names:
    """Which record bears a name; a name that several bear finds none of them."""

    def __init__(self, unknown: Text, several: Text) -> None:
        self._unknown, self._several = unknown, several
        self._ids: dict[str, int] = {}
        self._known: dict[str, int] = {}

    def add(self, name: str | None, record_id: int) -> None:
        """Learn a name."""
        if name:
            key = plain(name)
            self._ids[key] = record_id if self._ids.get(key, record_id) == record_id else SEVERAL

    def get(self, name: str) -> int | None:
        """Return the record of a name; None when there is none or several."""
        found = self._ids.get(plain(name))
        return None if found == SEVERAL else found

    def find(self, name: str, column: str) -> int:
        """Return the record of a name; RuleBroken at the column when there is not exactly one."""
        if (known := self._known.get(name)) is not None:
            return known
        found = self._ids.get(plain(name))
        if found is None or found == SEVERAL:
            raise RuleBroken(self._several if found else self._unknown, field=column, name=name)
        self._known[name] = found
        return found


def employee_names(act: Act) -> Names:
    """Return employees by name, sign-in name and work number."""
    names = Names(
        _("There is no employee “{name}”. Enter the employee first, or correct the name."),
        _("Several employees are called “{name}”. Write the sign-in name instead."),
    )
    for row in act.session.execute(select(Employee.id, Employee.name, Employee.login, Employee.work_number)):
        for name in (row.name, row.login, row.work_number):
            names.add(name, row.id)
    return names


def supplier_names(act: Act) -> Names:
    """Return suppliers by name."""
    names = Names(_("There is no supplier “{name}”."), _("Several suppliers are called “{name}”."))
    for row in act.session.execute(select(Supplier.id, Supplier.name)):
        names.add(row.name, row.id)
    return names


def completed(record: Any, values: Values, names: Iterable[str]) -> Taken:
    """Return what a row does to a record that was there: it fills what is empty, and differing values are told."""
    told: list[RuleBroken] = []
    fills: Values = {}
    for name in names:
        old, new = getattr(record, name), values.get(name)
        if new in (None, "") or new == old:
            continue
        if old in (None, ""):
            fills[name] = new
        else:
            told.append(
                RuleBroken(
                    _("The program has “{old}” here; the value of the file is not taken."),
                    name,
                    old=shown(record, name),
                )
            )
    return Taken(already=True, fill=Fill(record, fills) if fills else None, warnings=tuple(told))


def shown(record: Any, name: str) -> Any:
    """Return the value of a field as the program shows it: the words of a choice, the name behind a link."""
    value, field = getattr(record, name), fields_of(record)[name]
    if field.kind == "choice":
        return dict(field.choices).get(value, value)
    if field.kind == "link":
        other = getattr(record, name.removesuffix("_id"), None)
        return _("another one") if other is None else other.record_title
    if field.kind == "yes_no":
        return _("Yes") if value else _("No")
    return in_sentence(field, value)
