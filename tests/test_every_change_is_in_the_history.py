"""Every field of every register that somebody may change: each change leaves one entry with old and new value."""

import json
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
from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import ROLES
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.registers import REGISTERS
from dentalsales.registers.orders import Order
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import Form, form_from, open_form
from dentalsales.usecases.verify_history import verify

RECORDS = 6
"""So many records of a register are tried, the newest first: not every one may be changed in its state."""


@pytest.fixture(scope="module")
def desk(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
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


def changed_once(desk: Desk, register: Register, number: int, name: str, lines: str = "") -> Form | None:
    """Change one field of a record, or of its first line, and save it; None when the rules want it otherwise."""
    form = open_form(desk, register.name, number)
    if not form.can_edit(lines or name):
        return None
    if lines and not form.lines(lines):
        return None
    record = form.lines(lines)[0].record if lines else form.record
    field = (form.line_fields(lines) if lines else form.fields())[name]
    for value in other_values(form, record, name, field) if form.may_edit(field) and not field.read_only else ():
        form = open_form(desk, register.name, number)
        try:
            if lines:
                form.lines(lines)[0].set(name, value)
            else:
                form.set(name, value)
            if not form.is_changed:
                continue
            form.save()
            return form
        except RuleBroken:
            continue
    return None


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
    "market_activities": lambda desk: filled(desk, "market_activities", title="x", kind="exhibition",
                                             starts_on=desk.today, ends_on=desk.today + timedelta(days=90)),
}  # fmt: skip


def entries_of(desk: Desk, register: Register, number: int) -> list[History]:
    mine = select(History).where(History.register == register.name, History.record_id == number).order_by(History.id)
    with desk.reading() as act:
        return list(act.session.scalars(mine))


@pytest.mark.parametrize("register", [one for one in REGISTERS if not one.read_only and one.access.editors],
                         ids=lambda register: register.name)  # fmt: skip
def test_each_change_of_a_field_is_one_entry_with_old_and_new_value(
    register: Register, desk: Desk, record_property: Any
) -> None:
    numbers = some_records(desk, register)
    left, changed = set(), 0
    blank = open_form(desk, register.name, numbers[0])
    wanted = [(name, "") for name, field in blank.fields().items() if field.kind not in ("lines", "state")]
    for lines, field in blank.fields().items():
        wanted += [(name, lines) for name in field.columns] if field.kind == "lines" else []
    for name, lines in wanted:
        for number in numbers:
            before = entries_of(desk, register, number)
            form = changed_once(desk, register, number, name, lines)
            if form is None:
                continue
            [entry] = entries_of(desk, register, number)[len(before) :]
            told = json.loads(entry.changes)[lines or name]
            assert entry.step == "changed" and told[0] != told[1]
            if not lines:
                assert told[1] == (
                    str(form.get(name)) if isinstance(form.get(name), Decimal | date) else form.get(name)
                )
            assert (entry.version, entry.employee_id) == (form.version, desk.employee_id)
            changed += 1
            break
        else:
            left.add(f"{lines}.{name}")
    print(register.name, changed, "changed; not by hand:", sorted(left))
    record_property("changed", f"{changed} of {len(wanted)}")
    assert changed or not wanted


def test_after_all_these_changes_every_record_is_as_its_last_entry_says(desk: Desk) -> None:
    report = verify(desk)
    assert report.is_sound, report.findings
