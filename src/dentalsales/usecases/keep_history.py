"""The history: one entry for every change, in the transaction of the change."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from dentalsales.blueprint.house_records import History
from dentalsales.i18n import tr

WARNINGS = "warnings"
"""Where an entry keeps the sentences with which the employee was warned, in the language in which they were read."""


def write_history(
    act: Any,
    register: str,
    record_id: int,
    step: str,
    before: str,
    after: str,
    note: str = "",
    changes: dict[str, Any] | None = None,
) -> None:
    """Write one entry; `changes` maps a field to its old and new value."""
    entry = {
        "register": register,
        "record_id": record_id,
        "step": step,
        "from_state": before,
        "to_state": after,
        "employee_id": act.desk.employee_id,
        "on_behalf_of_id": act.on_behalf_of_id,
        "at": act.now,
        "note": note,
        "changes": canonical(changes) if changes else "",
    }
    act.session.connection().execute(_ENTRY, entry)


_ENTRY = insert(History.__table__)  # type: ignore[arg-type]
"""One statement for all: nobody reads an entry back in its own act, so the session need not know it."""


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
