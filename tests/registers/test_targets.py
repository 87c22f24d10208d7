"""Targets: one per salesperson and month."""

from datetime import date
from decimal import Decimal

import pytest
from makers import filled

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.table import Filter
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import tr
from dentalsales.usecases import browse

PERMISSIONS = {
    "targets": {
        "view": "manager director vp general_manager leader assistant rep",
        "create": "manager",
        "edit": "manager",
        "export": "manager director vp general_manager leader assistant",
    },
}


def test_a_target_belongs_to_a_month_and_any_of_its_days_means_it(desks) -> None:
    form = filled(
        desks["manager"], "targets", month_on=date(2026, 10, 7), rep_id=desks["rep"].employee_id, amount=Decimal("1.00")
    )
    form.save()
    assert form.record.month_on == date(2026, 10, 1)
    assert tr(form.title) == "Target October 2026"
    row = browse.page(desks["manager"], browse.Query("targets", filters=(Filter("month_on", "=", "2026-10"),))).rows[0]
    assert shown(row.cells[0], "month") == "October 2026"


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
