"""The history: one entry for every change, in the transaction of the change, each bound to the one before."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dentalsales.i18n import tr
from dentalsales.storage.history_chain import put

WARNINGS = "warnings"
"""Where an entry keeps the sentences with which the employee was warned, in the language in which they were read."""
TURN = "turn"
"""Where the entry of a decision on a route keeps whose turn it was."""


def write_history(
    act: Any,
    register: str,
    record_id: int,
    step: str,
    before: str,
    after: str,
    note: str = "",
    changes: dict[str, Any] | None = None,
    version: int | None = None,
) -> None:
    """Write one entry; `changes` maps a field to its old and new value, `version` is the record's after the change.

    It joins the chain at the end of the transaction; who reads it before that calls `write_waiting` first.
    """
    entry = entry_of(act, register, record_id, step, before, after, note, version)
    put(act.session, {**entry, "changes": canonical(changes) if changes else ""})


def entry_of(
    act: Any,
    register: str,
    record_id: int,
    step: str,
    before: str,
    after: str,
    note: str = "",
    version: int | None = None,
) -> dict[str, Any]:
    """Return an entry without changes: a value for each column that the chain does not fill."""
    return {
        **_USUAL,
        "register": register,
        "record_id": record_id,
        "step": step,
        "from_state": before,
        "to_state": after,
        "employee_id": act.desk.employee_id,
        "on_behalf_of_id": act.on_behalf_of_id,
        "at": act.now,
        "note": note,
        "version": version,
    }


def write_entry(session: Session, employee_id: int, at: datetime, **values: Any) -> None:
    """Write one entry where nobody is signed in yet; `values` are those of the table that have no usual value."""
    put(session, {**_USUAL, "employee_id": employee_id, "at": at, **values})


_USUAL = {
    "from_state": "",
    "to_state": "",
    "on_behalf_of_id": None,
    "note": "",
    "changes": "",
    "version": None,
}


def told_in(act: Any, but: int = 0) -> dict[str, Any]:
    """Return what the history keeps of the warnings of an act, without the first `but` of them."""
    told = [tr(text) for text in act.warnings[but:]]
    return {WARNINGS: told} if told else {}


def canonical(value: Any) -> str:
    """Return the JSON whose text is the same for the same facts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, (Decimal, datetime, date)):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot stand in the history")
