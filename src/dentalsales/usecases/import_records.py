"""Keeps imported records one by one: field rules, the register's rules, numbers and one history entry each."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update

from dentalsales.blueprint.house_records import Counter
from dentalsales.blueprint.importing import Fill, ImportKind, Taken
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import RuleBroken, SeveralRulesBroken
from dentalsales.storage.history_chain import savepoint
from dentalsales.usecases.blank_record import fill_blanks
from dentalsales.usecases.changed_values import changes_of, values_of
from dentalsales.usecases.check_fields import record_problems
from dentalsales.usecases.desk import WorkingAct
from dentalsales.usecases.keep_history import write_history
from dentalsales.usecases.save_record import connect, unique_fields_are_free
from dentalsales.usecases.search_text import fill_search_text

BATCH = 500


class RecordKeeper:
    """Keeps the records of one import, and numbers them at its end: those of the file may come in any order."""

    def __init__(self, act: WorkingAct, kind: ImportKind, note: str) -> None:
        self._act, self._kind, self._note = act, kind, note
        self._employee = act.employee  # held, so that the session need not read it again for each record
        self._without_number: dict[str, list[int]] = {}
        self._highest: dict[str, int] = {}

    def keep(self, taken: Taken) -> None:
        """Keep all that a row brings, or nothing of it: SeveralRulesBroken with everything that is wrong."""
        for line in taken.lines:
            fill_blanks(line, self._act.desk)
            _refuse(record_problems(line))
        if taken.fill is not None:
            self.fill(taken.fill)
        if not taken.records:
            return
        with savepoint(self._act.session):
            for made in taken.records:
                self.keep_record(made() if callable(made) else made)

    def keep_record(self, record: Any) -> None:
        """Check a record and keep it with its history entry."""
        act, register = self._act, self._act.desk.business.register_of(record)
        fill_blanks(record, act.desk)
        connect(act, record)
        _refuse(record_problems(record))
        with act.session.no_autoflush:
            for rule in self._kind.rules.get(register.name, register.rules):
                rule(record, act)
            unique_fields_are_free(act, record)
        if register.workflow is not None:
            record.state = record.state or register.workflow.initial.name
            record.entered_by_id, record.entered_at = self._employee.id, None if self._kind.were_there else act.now
        fill_search_text(record)
        act.session.add(record)
        act.session.flush()
        self._note_number(register, record)
        state = getattr(record, "state", "")
        write_history(act, register.name, record.id, "imported", "", state, self._note, version=record.version)
        act.touched.add(register.name)

    def fill(self, fill: Fill) -> None:
        """Write into empty fields of a record that was there, with an entry in its history."""
        act, record = self._act, fill.record
        register = act.desk.business.register_of(record)
        with savepoint(act.session):
            before = values_of(record)
            for name, value in fill.values.items():
                for line in value if isinstance(value, list) else ():
                    fill_blanks(line, act.desk)
                setattr(record, name, value)
            connect(act, record)
            _refuse(problem for problem in record_problems(record) if problem.field in fill.values)
            with act.session.no_autoflush:
                for rule in self._kind.rules.get(register.name, register.rules):
                    rule(record, act)
                unique_fields_are_free(act, record)
            fill_search_text(record)
            record.version += 1
            act.session.flush()
        changes, state = changes_of(before, values_of(record)), getattr(record, "state", "")
        write_history(act, register.name, record.id, "changed", state, state, self._note, changes, record.version)
        act.touched.add(register.name)

    def _note_number(self, register: Register, record: Any) -> None:
        field, pattern = self._kind.series.get(register.name, ("", ""))
        if not field:
            return
        number = getattr(record, field)
        if not number:
            self._without_number.setdefault(register.name, []).append(record.id)
        elif (count := count_in(pattern, number)) is not None:
            self._highest[register.name] = max(count, self._highest.get(register.name, 0))

    def give_numbers(self) -> None:
        """Move the series past the numbers that the file brought, then number the records that have none."""
        for name, (field, pattern) in self._kind.series.items():
            move_series(self._act, pattern, self._highest.get(name, 0))
            waiting = self._without_number.get(name, [])
            record_class = self._act.desk.business.register(name).record
            for start in range(0, len(waiting), BATCH):
                self._number(record_class, waiting[start : start + BATCH], field, pattern)

    def _number(self, record_class: type[Any], ids: list[int], field: str, pattern: str) -> None:
        """Number a batch in the order of the file, taking all its numbers at once."""
        first = count_in(pattern, self._act.next_number(pattern)) or 0
        records = select(record_class).where(record_class.id.in_(ids)).order_by(record_class.id)
        for count, record in enumerate(self._act.session.scalars(records).all(), first):
            setattr(record, field, pattern.format(count=count))
            fill_search_text(record)
        move_series(self._act, pattern, first + len(ids) - 1)
        self._act.session.flush()


def count_in(pattern: str, number: str) -> int | None:
    """Return the count that a number of a series holds, None when it is of no such series."""
    before, after = re.split(r"\{count:\d+\}", pattern)
    found = re.fullmatch(re.escape(before) + r"(\d{1,12})" + re.escape(after), number)
    return int(found.group(1)) if found else None


def move_series(act: WorkingAct, pattern: str, count: int) -> None:
    """Let a series without dates go on after a count, so that it gives no number twice."""
    series = re.sub(r"\{count:\d+\}", "#", pattern)
    if count == 0:
        return
    last = act.session.scalar(select(Counter.last).where(Counter.series == series))
    if last is None:
        act.session.add(Counter(series=series, last=count))
        act.session.flush()
    elif last < count:
        act.session.execute(update(Counter).where(Counter.series == series).values(last=count))


def _refuse(found: Iterable[RuleBroken]) -> None:
    problems = list(found)
    if problems:
        raise SeveralRulesBroken(problems)
