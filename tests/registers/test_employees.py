"""Employees: nobody locks himself out."""

import pytest

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "employees": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "manager director",
        "edit": "manager director",
        "export": "manager director",
    },
}


@pytest.mark.parametrize(("field", "value"), [("disabled", True), ("roles", "clerk")])
def test_nobody_takes_the_management_from_himself(desks, field, value) -> None:
    desk = desks["manager"]
    form = open_form(desk, "employees", desk.employee_id)
    form.set(field, value)
    with pytest.raises(RuleBroken, match="Let another manager do it"):
        form.save()


def test_a_sign_in_name_is_given_once(desks) -> None:
    form = open_form(desks["manager"], "employees", desks["rep"].employee_id)
    form.set("login", "clerk")
    with pytest.raises(RuleBroken, match="is taken by clerk name"):
        form.save()


def test_employees_are_disabled_and_never_deleted(desks) -> None:
    form = open_form(desks["manager"], "employees", desks["rep"].employee_id)
    with pytest.raises(RuleBroken, match="Only a draft can be deleted"):
        form.delete()
    form.set("disabled", True)
    form.save()
