"""Targets: one per salesperson and month."""

from datetime import date
from decimal import Decimal

import pytest
from makers import filled

from dentalsales.blueprint.rules import RuleBroken

PERMISSIONS = {
    "targets": {
        "view": "manager director vp general_manager leader assistant rep",
        "create": "manager",
        "edit": "manager",
        "export": "manager director vp general_manager leader assistant",
    },
}


def test_a_target_belongs_to_a_month(desks) -> None:
    form = filled(
        desks["manager"], "targets", month_on=date(2026, 11, 2), rep_id=desks["rep"].employee_id, amount=Decimal("1.00")
    )
    with pytest.raises(RuleBroken, match="first day of the month"):
        form.save()


def test_a_salesperson_has_one_target_a_month(desks) -> None:
    for expected in (None, "has a target for this month already"):
        form = filled(
            desks["manager"],
            "targets",
            month_on=date(2026, 11, 1),
            rep_id=desks["rep"].employee_id,
            amount=Decimal("1.00"),
        )
        if expected is None:
            form.save()
        else:
            with pytest.raises(RuleBroken, match=expected):
                form.save()
