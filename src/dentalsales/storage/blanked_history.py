"""Taking a person's data out of what the history keeps of old and new values, without breaking its chain.

The seals stay. An entry of its own says how each entry reads from then on, so that verifying tells what was taken out
by the program from what somebody else changed. A server does the same by a function of its owner's.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from dentalsales.blueprint.masking import ANONYMOUS
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.storage.history_chain import (
    AT,
    CHANGES,
    DIGEST,
    FIELDS,
    SALT,
    Chain,
    canonical_text,
    digest_of,
    moment_text,
    seal_of,
    write_waiting,
)

STEP, ENTRIES = "anonymised", "entries"
"""How the entry is called that names others, and under which word its changes name them."""
CHANGED = _(
    "The history of these records was changed past the program, so nothing is taken out of it. "
    "Have the sales manager verify the history first."
)
_NAMED = text(f"SELECT id, changes FROM history WHERE step = '{STEP}' AND id > :after ORDER BY id")
_OF_RECORD = text(
    f"SELECT {', '.join(FIELDS)}, seal FROM history WHERE register = :register AND record_id = :record_id "
    "AND changes <> '' ORDER BY id"
)
_BEFORE = text("SELECT seal FROM history WHERE id < :id ORDER BY id DESC LIMIT 1")
_BLANK = text("UPDATE history SET changes = :changes, salt = '' WHERE id = :id")


@dataclass(frozen=True)
class Blank:
    """Of which record which fields are taken out of the history."""

    register: str
    record_id: int
    fields: tuple[str, ...]


def named_states(connection: Connection, after: int = 0) -> dict[int, str]:
    """Return how each entry reads that an anonymisation behind an entry changed: number -> `state_of`."""
    found: dict[int, str] = {}
    for number, changes in connection.execute(_NAMED, {"after": after}):
        try:
            told = json.loads(changes or "{}").get(ENTRIES, {})
            found |= {int(one): str(state) for one, state in told.items() if int(one) < number}
        except (ValueError, AttributeError):
            continue  # somebody wrote it: verifying finds the entry itself
    return found


def state_of(row: Sequence[Any], seal: str, previous: str) -> str:
    """Return what stands for an entry (the values of FIELDS) as it reads now, with its seal and the one before it."""
    return hashlib.sha256(canonical_text((*row, seal, previous)).encode()).hexdigest()


def blanked(changes: str, fields: Iterable[str]) -> str:
    """Return the changes of an entry without the values of some fields; what was empty stays empty."""
    told: dict[str, Any] = json.loads(changes)
    for name in fields:
        if name in told:
            told[name] = [_blank(one) for one in told[name]] if isinstance(told[name], list) else ANONYMOUS
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _blank(value: Any) -> Any:
    if isinstance(value, list):
        return [ANONYMOUS for _one in value]
    return value if value in (None, "") else ANONYMOUS


def blank_history(session: Session, entry: dict[str, Any], blanks: Sequence[Blank], own: Mapping[str, Any]) -> None:
    """Take fields out of the entries of some records, and write the entry that says so, with changes of its `own`.

    `entry` has a value for each column that the chain does not fill; RuleBroken where an entry was changed before.
    """
    write_waiting(session)
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        states = _blank_file(connection, blanks)
        changes = json.dumps({**own, ENTRIES: states}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        Chain(connection).write([{**entry, "step": STEP, "changes": changes}])
        return
    told = {**entry, "at": moment_text(entry["at"]), "changes": json.dumps(own, ensure_ascii=False)}
    asked = json.dumps(told), json.dumps([asdict(one) for one in blanks])
    connection.exec_driver_sql("SELECT blank_history(%s, %s)", asked)


def _blank_file(connection: Connection, blanks: Sequence[Blank]) -> dict[str, str]:
    named, key = named_states(connection), Chain(connection).key
    states: dict[str, str] = {}
    for blank in blanks:
        rows = connection.execute(_OF_RECORD, {"register": blank.register, "record_id": blank.record_id}).all()
        for *values, seal in rows:
            if not isinstance(values[AT], str):
                values[AT] = moment_text(values[AT])
            previous = connection.scalar(_BEFORE, {"id": values[0]}) or ""
            changes = blanked(values[CHANGES], blank.fields)
            if changes == blanked(values[CHANGES], ()):
                continue
            if named.get(values[0]) != state_of(values, seal, previous) and not _is_sound(key, values, seal, previous):
                raise RuleBroken(CHANGED)
            connection.execute(_BLANK, {"id": values[0], "changes": changes})
            values[CHANGES], values[SALT] = changes, ""
            states[str(values[0])] = state_of(values, seal, previous)
    return states


def _is_sound(key: bytes, values: Sequence[Any], seal: str, previous: str) -> bool:
    digest = values[DIGEST]
    true = not digest or digest == digest_of(values[CHANGES], values[SALT])
    return true and seal_of(key, values, previous) == seal
