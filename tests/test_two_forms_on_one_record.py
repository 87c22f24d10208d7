"""Two forms on one record of any register, both saved: the second sees both values, and nothing is lost (goal R6)."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from any_change import EDITABLE, desk_of_everything, other_values, some_records
from figures import proved

from dentalsales.blueprint.register import Register
from dentalsales.blueprint.rules import Conflict, RuleBroken
from dentalsales.usecases.compare import Comparison, Difference
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.form import Form, open_form


@pytest.fixture(scope="module")
def desk(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    yield from desk_of_everything(sample, tmp_path_factory)


@pytest.fixture(scope="module")
def records(desk: Desk) -> Callable[[str], list[int]]:
    """Answers with the same records of a register each time."""
    return cache(lambda register_name: some_records(desk, desk.business.register(register_name)))


def changed(desk: Desk, register: Register, number: int, **values: Any) -> Form:
    form = open_form(desk, register.name, number)
    for name, value in values.items():
        form.set(name, value)
    return form


def values_that_may_be(desk: Desk, register: Register, number: int) -> dict[str, list[Any]]:
    """Return by field one or two values that the rules of the register allow; two such fields are enough."""
    found: dict[str, list[Any]] = {}
    blank = open_form(desk, register.name, number)
    for name, field in blank.fields().items():
        if not blank.can_edit(name) or field.kind in ("lines", "attachments"):
            continue
        for value in other_values(blank, blank.record, name, field):
            try:
                form = changed(desk, register, number, **{name: value})
                if not form.is_changed:
                    continue
                form.save()
                changed(desk, register, number, **{name: getattr(blank.record, name)}).save()
            except RuleBroken:
                continue
            found.setdefault(name, []).append(value)
            if len(found[name]) == 2:
                break
        if len(found) >= 2 and any(len(values) == 2 for values in found.values()):
            break
    return found


def a_contested_field(desk: Desk, register: Register, numbers: list[int]) -> tuple[int, str, list[Any]]:
    """Return a record, a field of it that may hold two other values, and these."""
    for number in numbers:
        tried = values_that_may_be(desk, register, number)
        for name, values in tried.items():
            if len(values) == 2:
                return number, name, values
    raise AssertionError(f"nothing of {register.name} may be changed twice")


def of(comparison: Comparison, name: str) -> Difference:
    return next(one for one in comparison.differences if one.name == name and one.line is None)


@pytest.mark.parametrize("register", EDITABLE, ids=lambda register: register.name)
def test_of_two_forms_the_second_sees_both_values_and_neither_is_lost(
    register: Register, desk: Desk, records: Any, record_property: Any
) -> None:
    number, name, (theirs, mine) = a_contested_field(desk, register, records(register.name))
    for side, kept in (("theirs", theirs), ("mine", mine)):
        start = open_form(desk, register.name, number)
        second = changed(desk, register, number, **{name: mine})
        first = changed(desk, register, number, **{name: theirs})
        first.save()
        with pytest.raises(Conflict):
            second.save()
        assert (second.get(name), open_form(desk, register.name, number).get(name)) == (mine, theirs)
        comparison = Comparison(second)
        contested = of(comparison, name)
        assert contested in comparison.undecided and contested.event is not None and contested.event.who == desk.name
        assert contested.mine != contested.theirs and contested.opened not in (contested.mine, contested.theirs)
        comparison.take_all(side)
        assert not comparison.undecided
        comparison.merge()
        if second.is_changed:
            second.save()
        saved = open_form(desk, register.name, number)
        assert (saved.get(name), second.get(name)) == (kept, kept)
        assert saved.version == first.version + (side == "mine")
        changed(desk, register, number, **{name: start.get(name)}).save()
    proved(record_property, "R6", of_every_register_lost=0)


@pytest.mark.parametrize("register", EDITABLE, ids=lambda register: register.name)
def test_two_changes_of_different_fields_are_both_kept(register: Register, desk: Desk, records: Any) -> None:
    for number in records(register.name):
        found = values_that_may_be(desk, register, number).items()
        tried = [(name, values[0]) for name, values in found if name not in register.follows]
        if len(tried) < 2:
            continue
        (name, theirs), (other, mine) = tried[-2:]
        second = changed(desk, register, number, **{other: mine})
        changed(desk, register, number, **{name: theirs}).save()
        comparison = Comparison(second)
        assert not [one for one in comparison.undecided if one.name in (name, other)]
        comparison.take_all("mine")
        of(comparison, name).takes = "theirs"
        comparison.merge()
        assert (second.get(name), second.get(other)) == (theirs, mine)
        try:
            second.save()
        except RuleBroken:  # each may be, but not the one with the other
            continue
        saved = open_form(desk, register.name, number)
        assert (saved.get(name), saved.get(other)) == (theirs, mine)
        return
