"""Targets and names of the salespeople, for the tables that list them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, true

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.i18n import _
from dentalsales.registers.targets import Target
from dentalsales.reports.scope import only_own

ZERO = Decimal("0.00")
NOBODY = _("Without salesperson")


def targets(act: Act, first: date, last: date) -> dict[int, tuple[Decimal, Decimal]]:
    """Return sales and collection target by salesperson, of the months from `first` to `last`."""
    mine = Target.rep_id == act.employee.id if only_own(act) else true()
    query = (
        select(Target.rep_id, func.sum(Target.amount), func.sum(Target.collection))
        .where(Target.month_on >= first, Target.month_on <= last, mine)
        .group_by(Target.rep_id)
    )
    return {row[0]: (row[1] or ZERO, row[2] or ZERO) for row in act.session.execute(query)}


def in_order(act: Act, *found: Iterable[Any]) -> list[tuple[int | None, str]]:
    """Return id and name of everybody whom one of the sums names, by name; entries without a salesperson come last."""
    ids = {one for keys in found for one in keys}
    query = select(Employee.id, Employee.name).where(Employee.id.in_(ids - {None})).order_by(Employee.name, Employee.id)
    named: list[tuple[int | None, str]] = [(row.id, row.name) for row in act.session.execute(query)]
    return [*named, (None, NOBODY)] if None in ids else named
