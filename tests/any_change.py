"""Changes that any field of any register can bear, and records to try them on."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from makers import filled
from sqlalchemy import select

from dentalsales import app
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import ROLES
from dentalsales.registers import REGISTERS
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.orders import Order
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import Form, form_from

RECORDS = 6
"""So many records of a register are tried, the newest first: not every one may be changed in its state."""


EDITABLE = [one for one in REGISTERS if not one.read_only and one.access.editors]


def desk_of_everything(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of somebody who holds every role, in a copy of the sample company."""
    folder = tmp_path_factory.mktemp("changes") / "company"
    shutil.copytree(sample, folder)
    company = app.open_company(folder)
    with company.writing() as session:
        everybody = Employee(login="all", name="all", roles=",".join(role.name for role in ROLES), search_text="all")
        session.add(everybody)
    yield Desk(app.business(), company, everybody)
    company.close()


def other_values(form: Form, record: Any, name: str, field: Field) -> list[Any]:
    """Return values that differ from the one that is there."""
    value = getattr(record, name)
    found: list[Any]
    match field.kind:
        case "choice" | "choices":
            found = [key for key, _label in form.choices_of(record, name) or field.choices]
        case "yes_no":
            found = [not value]
        case "day":
            found = [(value or date.today()) + timedelta(days=days) for days in (1, -1, 40, -40)]
        case "money" | "price" | "percent":
            found = [(value or Decimal(0)) + Decimal(1)]
        case "number" | "quantity":
            found = [(value or 0) + 1, (value or 0) - 1]
        case "link":
            found = list(range(1, 15))
        case _:
            found = [f"{value or ''}1", "91310000MA1FL5E12X", "13800000009", "a@b.cn"]
    return [one for one in found if one != value]


def some_records(desk: Desk, register: Register) -> list[int]:
    """Return records that may be changed in their state; where there are none, one is begun."""
    table: Any = register.record.__table__
    query = select(table.c.id).order_by(table.c.id.desc()).limit(RECORDS)
    if register.workflow is not None:
        query = query.where(table.c.state.in_([state.name for state in register.workflow.states if state.editable]))
    if register.record is Employee:  # who changed the own roles would change nothing more
        query = query.where(table.c.id != desk.employee_id)
    with desk.reading() as act:
        found = list(act.session.scalars(query))
    return [BEGUN[register.name](desk).save().record_id, *found] if register.name in BEGUN else found


def an_order_in(desk: Desk, *states: str) -> int:
    with desk.reading() as act:
        return int(act.session.scalars(select(Order.id).where(Order.state.in_(states)).limit(1)).one())


def some_samples(desk: Desk) -> Form:
    form = filled(desk, "samples", customer_id=1)
    for name, value in {"product_id": 1, "quantity": 2}.items():
        (form.lines("lines") or [form.add_line("lines")])[0].set(name, value)
    return form


def goods_that_come_back(desk: Desk) -> Form:
    with desk.reading() as act:
        note = act.session.scalars(select(DispatchNote.id).where(DispatchNote.state == "sent").limit(1)).one()
    form = form_from(desk, "dispatch_notes", int(note), "return")
    form.set("reason", "wrong")
    return form


def a_visit_to_come(desk: Desk) -> Form:
    form = filled(desk, "site_visits", customer_id=1, headcount=3, visit_on=desk.today + timedelta(days=90))
    form.add_line("visitors").set("name", "王院长")
    return form


def goods_that_come(desk: Desk) -> Form:
    form = filled(desk, "goods_in", supplier_id=1)
    line = form.add_line("lines")
    for name, value in {"product_id": 1, "quantity": 5, "lot_no": "L1"}.items():
        line.set(name, value)
    line.set("expires_on", desk.today + timedelta(days=400))
    return form


def a_price_to_come(desk: Desk) -> Form:
    form = filled(desk, "prices", product_id=1, level="list", valid_from=desk.today + timedelta(days=90))
    form.set("unit_price", Decimal("9.5"))
    return form


BEGUN: dict[str, Callable[[Desk], Form]] = {
    "delegations": lambda desk: filled(desk, "delegations", absent_id=desk.employee_id, deputy_id=2, roles="clerk",
                                       starts_on=desk.today, ends_on=desk.today, reason="x"),
    "spoken_names": lambda desk: filled(desk, "spoken_names", customer_id=1, said="x", product_id=1),
    "prices": a_price_to_come,
    "goods_in": goods_that_come,
    "dispatch_notes": lambda desk: form_from(desk, "orders", an_order_in(desk, "billed"), "dispatch"),
    "receipts": lambda desk: form_from(desk, "orders", an_order_in(desk, "reviewed"), "receipt_of_order"),
    "samples": some_samples,
    "returns": goods_that_come_back,
    "site_visits": a_visit_to_come,
    "market_activities": lambda desk: filled(desk, "market_activities", title="x", kind="exhibition",
                                             starts_on=desk.today, ends_on=desk.today + timedelta(days=90)),
    "requirement_records": lambda desk: filled(desk, "requirement_records", customer_id=1, need="x"),
    "contract_templates": lambda desk: filled(desk, "contract_templates", name="x", kind="single"),
    "contracts": lambda desk: filled(desk, "contracts", customer_id=1, template_id=1, our_agent_id=1,
                                     valid_to=desk.today + timedelta(days=90)),
    "contract_progress": lambda desk: filled(desk, "contract_progress", contract_id=1, progress="x", told_to="x",
                                             told_by="phone"),
}  # fmt: skip
