"""What every printed paper has in common: form number, copies, the word across a draft, and who took a step."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.printout import Pair, Paper
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import ROLE_LABELS
from dentalsales.blueprint.sheet import Block, ControlledForm, Letterhead, Row, SheetColumn
from dentalsales.i18n import Text, _, tr
from dentalsales.registers.customers import Customer

UNDONE = ("void", "reversed", "bounced", "rejected", "called_off", "withdrawn")
EMPTY = frozenset({"text", "note", "choice", "choices"})
FALLEN = ("reject", "withdraw", "reopen")
"""Steps with which the approvals of a round fall."""
APPROVAL = (_("Prepared by"), _("Reviewed by"), _("Approved by"))
"""Where the people of a controlled form sign."""
COPIES = (_("Stub"), _("Customer's copy"), _("Finance copy"), _("Warehouse copy"))


def paper(record: Any, act: Act, register: Register, size: str, form: str, **parts: Any) -> Paper:
    """Return a paper of a record; `form` is its number after the prefix. Who prints it adds the letterhead."""
    return Paper(
        number=record.number or "",
        form=ControlledForm(act.setting("form_prefix") + form, act.setting("form_version")),
        mark=mark(record, register),
        letterhead=Letterhead(),
        size=size,
        code=True,
        **parts,
    )


def wishes(customer: Customer) -> dict[str, Any]:
    """Return the size and prices that a customer wants on his papers; empty is as usual."""
    prices = {"with": True, "without": False}.get(customer.print_prices or "")
    return {"size": customer.print_size or "", "prices": prices}


def mark(record: Any, register: Register) -> Text | None:
    """Return the word across a paper that does not count: a draft, or one that was undone."""
    assert register.workflow is not None
    state = register.workflow.state(record.state or register.workflow.initial.name)
    if state.draft:
        return _("Draft")
    return state.label if state.name in UNDONE else None


def numbered(title: Text, columns: tuple[SheetColumn, ...], rows: list[tuple[Any, ...]]) -> Block:
    """Return the table of a paper, its lines numbered from 1."""
    place = SheetColumn("line", _("No."), "number", 4)
    return Block(title, (place, *columns), tuple(Row((at, *cells)) for at, cells in enumerate(rows, 1)), "lines")


def nothing(cls: type[Any]) -> dict[str, Any]:
    """Return an empty value for every text and choice of a record: what a form to be filled in by hand holds."""
    return {name: "" for name, field in fields_of(cls).items() if field.kind in EMPTY and name != "number"}


def word(record: Any, field: str, value: str) -> str:
    """Return the word of a choice."""
    return dict(fields_of(record)[field].choices).get(value, value)


def name_of(act: Act, employee_id: int | None) -> str:
    """Return an employee's name, empty when there is none."""
    return act.session.scalar(select(Employee.name).where(Employee.id == (employee_id or 0))) or ""


def taken_by(act: Act, register: Register, record: Any, step: str) -> str:
    """Return who took a step last, empty when nobody did."""
    query = (
        select(History.employee_id, History.on_behalf_of_id)
        .where(History.register == register.name, History.record_id == (record.id or 0), History.step == step)
        .order_by(History.id.desc())
        .limit(1)
    )
    taken = act.session.execute(query).first()
    if taken is None:
        return ""
    who, absent = (name_of(act, one) for one in taken)
    return tr(_("{name} for {other}"), name=who, other=absent) if absent else who


def written_by(act: Act, register: Register, record: Any) -> Pair:
    """Return who submitted a paper for its approval, and when."""
    found = _decisions(act, register, record).get("")
    return Pair(_("Prepared by"), found or name_of(act, record.entered_by_id), name="prepared")


def approved_by(act: Act, register: Register, record: Any) -> tuple[Pair, ...]:
    """Return for each role on a paper's route who approved in its turn and when, empty while nobody has."""
    assert register.workflow is not None
    found, approve = _decisions(act, register, record), register.workflow.step("approve")
    return tuple(
        Pair(
            _("{step}: {role}").fill(step=register.workflow.in_turn(approve, role).label, role=ROLE_LABELS[role]),
            found.get(role, ""),
            name=f"approved_{role}",
        )
        for role in filter(None, (record.route or "").split(","))
    )


def _decisions(act: Act, register: Register, record: Any) -> dict[str, Text]:
    """Return name and moment by turn of who approved on the round that stands, and of who submitted under ""."""
    absent = aliased(Employee)
    entries = (
        select(History.step, History.changes, History.at, Employee.name, absent.name)
        .outerjoin(Employee, Employee.id == History.employee_id)
        .outerjoin(absent, absent.id == History.on_behalf_of_id)
        .where(History.register == register.name, History.record_id == (record.id or 0))
        .order_by(History.id.desc())
    )
    found: dict[str, Text] = {}
    for step, changes, at, who, other in act.session.execute(entries):
        if step in FALLEN:
            break
        if step not in ("approve", "submit"):
            continue
        turn = json.loads(changes).get("turn", "") if step == "approve" and changes else ""
        name = tr(_("{name} for {other}"), name=who, other=other) if other else who or ""
        found[turn] = _("{name}, {moment}").fill(name=name, moment=f"{at.astimezone(OFFICE):%Y-%m-%d %H:%M}")
        if step == "submit":
            break
    return found


def one_line(*parts: str) -> str:
    """Return what is there of several names, numbers and addresses in one cell."""
    return " ".join(part for part in parts if part)
