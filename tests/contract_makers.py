"""Makers of contract templates and contracts for tests, through the same forms as the office."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from makers import a_scan, filled

from dentalsales.usecases import attach
from dentalsales.usecases.form import Form, open_form

SEAL = {"seal": "contract", "copies": 4, "sealed_by": "李管理"}


def a_template(desks: Any, kind: str = "single", name: str = "购销合同", **values: Any) -> int:
    """A template with the shipped clauses, approved and in force."""
    form = filled(desks["contract_admin"], "contract_templates", name=name, kind=kind, **values)
    form.take("submit")
    for role in ("vp", "general_manager"):
        open_form(desks[role], "contract_templates", form.id).take("approve")
    return int(form.id or 0)


def a_contract(
    desks: Any,
    customer: int,
    template: int,
    *lines: tuple[int, int, str],
    by: str = "rep",
    save: bool = True,
    **values: Any,
) -> Form:
    """A complete draft of (product, quantity, price) lines, every blank filled."""
    today = desks.clock.today
    words = {"valid_to": today + timedelta(days=365), **values}
    form = filled(desks[by], "contracts", customer_id=customer, template_id=template, **words)
    for product, quantity, price in lines:
        line = form.add_line("lines")
        line.set("product_id", product)
        line.set("quantity", quantity)
        line.set("unit_price", Decimal(price))
        line.set("grade", "一级")
        line.set("deliver_by", today + timedelta(days=30))
        line.set("requirement", "无")
    for blank in form.lines("blanks"):
        if not blank.get("value"):
            blank.set("value", "按约定")
    if save:
        form.save()
    return form


def review(desks: Any, contract: int, until: str = "ratified") -> Form:
    """Let everybody on the route of a submitted contract approve it."""
    while True:
        form = open_form(desks["manager"], "contracts", contract)
        if form.state.name == until:
            return form
        role = form.record.turn
        asked = {"can_be_met": True} if role == "contract_admin" else None
        open_form(desks[role], "contracts", contract).take("approve", asked=asked)


def sealed(desks: Any, form: Form) -> Form:
    """Take a draft all the way to the effective contract."""
    form.take("submit")
    review(desks, form.id)
    today = desks.clock.today
    open_form(desks["contract_admin"], "contracts", form.id).take(
        "sign", asked={"signed_on": today, "signed_at": "北京"}
    )
    open_form(desks["contract_admin"], "contracts", form.id).take("seal", asked={"sealed_on": today, **SEAL})
    return open_form(desks["contract_admin"], "contracts", form.id)


def archived(desks: Any, contract: int) -> Form:
    """Attach the scan and put the paper away."""
    attach.add(desks["contract_admin"], "contracts", contract, a_scan(desks))
    form = open_form(desks["contract_admin"], "contracts", contract)
    form.take("archive", asked={"archive_place": "档案室 2 柜", "archive_number": "DA-0001"})
    return form
