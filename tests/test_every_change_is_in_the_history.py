"""Every field of every register that somebody may change: each change leaves one entry with old and new value."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from any_change import EDITABLE, desk_of_everything, other_values, some_records
from sqlalchemy import select

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import Form, open_form
from dentalsales.usecases.verify_history import verify


@pytest.fixture(scope="module")
def desk(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    yield from desk_of_everything(sample, tmp_path_factory)


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


def entries_of(desk: Desk, register: Register, number: int) -> list[History]:
    mine = select(History).where(History.register == register.name, History.record_id == number).order_by(History.id)
    with desk.reading() as act:
        return list(act.session.scalars(mine))


@pytest.mark.parametrize("register", EDITABLE, ids=lambda register: register.name)
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
