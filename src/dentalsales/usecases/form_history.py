"""The timeline of a record: who did what when, with old and new values in the words of the form."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from dentalsales.blueprint.calendar_words import OFFICE
from dentalsales.blueprint.house_records import Employee, History
from dentalsales.blueprint.masking import hidden_from, masked
from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import ROLE_LABELS
from dentalsales.i18n import Text, _, tr, yuan
from dentalsales.usecases import save_record
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.keep_history import TURN, WARNINGS
from dentalsales.usecases.titles import titles

ACTS = {
    "created": _("Created"),
    "changed": _("Changed"),
    "filled": _("Filled in"),
    "deleted": _("Deleted"),
    "export": _("Exported"),
    "printed": _("Printed"),
    "attached": _("File attached"),
    "taken_off": _("File taken off"),
    "put_back": _("File put back"),
    "imported": _("Imported"),
    "ended": _("Ended"),
    "anonymised": _("Anonymised"),
    "red_entry": _("Red entry"),
    "goods_returned": _("Return"),
    "paid": _("Payment allocated"),
    "sale_stopped": _("Sale stopped"),
    "stop_lifted": _("Stop-sale lifted"),
    "lot_decided": _("Decided about the lot"),
}
PRINTED = {"paper": _("{paper} printed"), "pdf": _("{paper} kept as PDF")}
REPRINTED = _("{paper} printed again: reprint {count}")
NOT_PRINTED = _("{paper} did not come out of the printer")


@dataclass(frozen=True)
class HistoryEntry:
    """One line of the timeline."""

    at: datetime
    who: str
    on_behalf_of: str
    step_label: Text
    from_label: Text
    to_label: Text
    note: str
    changes: tuple[tuple[Text, str, str], ...]
    warnings: tuple[str, ...] = ()
    """What the employee was warned of."""


def entries(desk: Desk, register: Register, record_id: int) -> list[HistoryEntry]:
    """Return the newest 200 entries of a record that the employee may see, newest first."""
    absent = aliased(Employee)
    query = (
        select(History, Employee.name, absent.name)
        .join(Employee, Employee.id == History.employee_id, isouter=True)
        .join(absent, absent.id == History.on_behalf_of_id, isouter=True)
        .where(History.register == register.name, History.record_id == record_id)
        .order_by(History.id.desc())
        .limit(200)
    )
    with desk.reading() as act:
        save_record.load(act, register, record_id)
        return [
            _entry(desk, register, entry, who or "", other or "") for entry, who, other in act.session.execute(query)
        ]


def _entry(desk: Desk, register: Register, entry: History, who: str, other: str) -> HistoryEntry:
    return HistoryEntry(
        entry.at,
        who,
        other,
        _print_label(desk, entry) or _turn_label(register, entry) or step_label(register, entry.step),
        state_label(register, entry.from_state),
        state_label(register, entry.to_state),
        entry.note,
        _changes(desk, register, entry.changes),
        tuple(json.loads(entry.changes).get(WARNINGS, ())) if entry.changes else (),
    )


def _print_label(desk: Desk, entry: History) -> Text | None:
    """Return which paper was printed, and which reprint it was; None for what is no print."""
    told = (
        json.loads(entry.changes).get("print") if entry.step in ("printed", "not_printed") and entry.changes else None
    )
    if told is None:
        return None
    title = next((one.title for one in desk.business.printouts if one.name == told["printout"]), Text(""))
    if entry.step == "not_printed":
        return NOT_PRINTED.fill(paper=title)
    again = told["number"] - 1
    return REPRINTED.fill(paper=title, count=again) if again > 0 else PRINTED[told["way"]].fill(paper=title)


def _turn_label(register: Register, entry: History) -> Text | None:
    """Return what a decision on a route is called in the turn in which it was taken; None for what was none."""
    turn = json.loads(entry.changes).get(TURN) if entry.changes and register.workflow is not None else None
    if turn is None or register.workflow is None:
        return None
    step = register.workflow.in_turn(register.workflow.step(entry.step), turn)
    return _("{step}: {role}").fill(step=step.label, role=ROLE_LABELS[turn])


def step_label(register: Register, name: str) -> Text:
    """Return what a step is called in the history."""
    if register.workflow is not None:
        for step in register.workflow.steps:
            if step.name == name:
                return step.label
    return ACTS.get(name, Text(name))


def state_label(register: Register, name: str) -> Text:
    """Return what a state is called."""
    if register.workflow is None or not name:
        return Text("")
    return register.workflow.state(name).label


def _changes(desk: Desk, register: Register, text: str) -> tuple[tuple[Text, str, str], ...]:
    if not text:
        return ()
    known = fields_of(register.record)
    found = []
    for name, pair in json.loads(text).items():
        field = known.get(name)
        if field is None or not isinstance(pair, list) or len(pair) != 2:
            continue
        if field.see_roles is None or field.see_roles & desk.roles:
            covered = hidden_from(register.access, field, desk.roles)
            old, new = (_shown(desk, field, masked(str(value)) if covered and value else value) for value in pair)
            found.append((field.label, old, new))
    return tuple(found)


def _shown(desk: Desk, field: Any, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, list):
        return tr(_("{count} lines").fill(count=len(value)))
    if field.kind == "choice":
        return tr(dict(field.choices).get(value, Text(str(value))))
    if field.kind == "link" and isinstance(value, int):
        return titles(desk, field.target, {value}).get(value, f"#{value}")
    if field.kind == "yes_no":
        return tr(_("Yes") if value else _("No"))
    if field.kind == "moment" and isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(OFFICE).strftime("%Y-%m-%d %H:%M")
    if field.kind in ("money", "price"):
        return yuan(Decimal(str(value)))
    return str(value)
