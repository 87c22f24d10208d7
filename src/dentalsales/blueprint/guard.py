"""What a database may let its clerks do with a table, said once by the registers and kept beside the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dentalsales.blueprint.fields import PERSONS
from dentalsales.blueprint.record import Entry, PaperWords, child_class, fields_of, personal_columns
from dentalsales.blueprint.register import Register

GUARD = "guard"
"""Where a table's `info` holds its `Guard`."""
OFTEN = frozenset({"version", "state", "route_position", "route", "turn", "search_text"})
"""Columns that no paper freezes: what moves with its history, and what only finds it."""


@dataclass(frozen=True)
class Guard:
    """How one table is guarded; the lines of a record bear the register and the states of their owner."""

    register: str
    written_once: bool = False
    """Rows only ever come."""
    deletable: bool = False
    """Rows may go for good."""
    has_state: bool = False
    """It has states, and so an entry of the history from its first day."""
    editable: tuple[str, ...] = ()
    """States in which the paper may be changed; none means that it is never frozen."""
    drafts: tuple[str, ...] = ()
    """States in which a paper without a number may be deleted."""
    told: tuple[str, ...] = ()
    """Columns of a frozen paper that move together with an entry in its own history."""
    quiet: tuple[str, ...] = ()
    """Columns of a frozen paper that follow another paper, whose history tells it."""
    personal: tuple[str, ...] = ()
    """Columns of a person, in which the word that stands for nobody may replace what was there, with an entry."""
    said: tuple[str, ...] = ()
    """Of a record: under which words its history keeps what is personal, columns and lines."""
    owner: str = ""
    """Of lines: the column that names the record they are part of."""


def declare_guards(registers: Iterable[Register]) -> None:
    """Write beside each table of the registers how it is guarded."""
    for register in registers:
        record: Any = register.record
        guard = _of_record(register)
        record.__table__.info[GUARD] = guard
        for name, field in fields_of(record).items():
            if field.kind == "lines":
                child: Any = child_class(record, name)
                child.__table__.info[GUARD] = _of_lines(register, name, child.__table__)


def _of_record(register: Register) -> Guard:
    states = register.workflow.states if register.workflow else ()
    is_paper = any(state.draft or state.family == "done" for state in states)  # a draft, or an archive, freezes
    later = {state.name for state in states if not state.editable}
    steps = register.workflow.steps if register.workflow else ()
    turns = register.workflow.turns.values() if register.workflow else ()
    asked = tuple(name for step in steps if later & set(step.sources) for name in (*step.asked, step.once) if name)
    asked += tuple(name for turn in turns for name in turn.asks)
    return Guard(
        register.name,
        written_once=issubclass(register.record, Entry),
        deletable=register.deletable,
        has_state=issubclass(register.record, PaperWords),
        editable=tuple(state.name for state in states if state.editable) if is_paper else (),
        drafts=tuple(state.name for state in states if state.draft),
        told=_of(_moving(register), "") + asked,
        quiet=_of(register.follows_others, ""),
        personal=personal_columns(register.record),
        said=personal_words(register.record),
    )


def _of_lines(register: Register, name: str, table: Any) -> Guard:
    owner = next(key.parent.name for key in table.foreign_keys if key.column.table is register.record.__table__)
    head = _of_record(register)
    return Guard(
        register.name,
        deletable=True,
        editable=head.editable,
        told=_of(_moving(register), f"{name}."),
        quiet=_of(register.follows_others, f"{name}."),
        personal=personal_columns(child_class(register.record, name)),
        owner=owner,
    )


def _moving(register: Register) -> tuple[str, ...]:
    """Return what still moves on a frozen paper, by steps and effects or filled in by hand."""
    states = register.workflow.states if register.workflow else ()
    return (*register.moves, *(name for state in states for name in state.open))


def personal_words(record: type[Any], kinds: Iterable[str] = PERSONS) -> tuple[str, ...]:
    """Return the words under which the history of a record keeps data of such persons: columns and lines."""
    lines = (name for name, field in fields_of(record).items() if field.kind == "lines")
    return (
        *personal_columns(record, kinds),
        *(name for name in lines if personal_columns(child_class(record, name), kinds)),
    )


def _of(names: tuple[str, ...], prefix: str) -> tuple[str, ...]:
    """Return the columns of a table among the names of a register, "lines.sent" being one of its lines."""
    if prefix:
        return tuple(name.removeprefix(prefix) for name in names if name.startswith(prefix))
    return tuple(name for name in names if "." not in name)
