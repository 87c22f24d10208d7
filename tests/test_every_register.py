"""Walks every register: what its form and list name exists, its states are reachable, its forms open."""

import pytest

from dentalsales.blueprint.record import child_class, fields_of
from dentalsales.blueprint.register import Register
from dentalsales.blueprint.table import Column
from dentalsales.i18n import LANGUAGES, tr, use_language
from dentalsales.registers import REGISTERS
from dentalsales.usecases import browse
from dentalsales.usecases.form import new_form
from dentalsales.usecases.paths import place_of

every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)


@every_register
def test_form_and_table_name_declared_fields(register: Register) -> None:
    known = fields_of(register.record)
    assert set(register.field_names()) <= set(known)
    assert len(set(register.field_names())) == len(register.field_names())
    for column in (*register.table.columns, *register.table.more):
        assert place_of(register, column.name if isinstance(column, Column) else column).label
    for name in (*register.table.filters, register.table.order.lstrip("-")):
        assert name == "id" or place_of(register, name)
    for view in register.table.views:
        for condition in view.filters:
            assert place_of(register, condition.name)


@every_register
def test_lines_name_declared_fields_of_their_child(register: Register) -> None:
    for name, field in fields_of(register.record).items():
        if field.kind == "lines":
            assert set(field.columns) <= set(fields_of(child_class(register.record, name)))


@every_register
def test_what_follows_names_declared_fields(register: Register) -> None:
    for name in register.follows:
        head, _dot, tail = name.partition(".")
        assert head in fields_of(register.record)
        assert not tail or tail in fields_of(child_class(register.record, head))


@every_register
def test_no_more_than_ten_columns_are_shown_at_first(register: Register) -> None:
    assert len(register.table.columns) <= 10


@every_register
def test_every_state_is_reachable_and_every_step_leads_somewhere(register: Register) -> None:
    if register.workflow is None:
        return
    states = {state.name for state in register.workflow.states}
    reached = {register.workflow.initial.name}
    for _round in states:
        reached |= {step.target for step in register.workflow.steps if step.target and set(step.sources) & reached}
    assert reached == states
    for step in register.workflow.steps:
        assert set(step.sources) <= states
        assert set(step.asked) <= set(fields_of(register.record))


@every_register
def test_a_step_that_only_the_program_takes_is_taken_by_an_effect(register: Register) -> None:
    from pathlib import Path

    from dentalsales import registers

    if register.workflow is None:
        return
    folder = Path(registers.__file__).parent
    written = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    for step in register.workflow.steps:
        if step.by_program:
            assert f'"{step.name}"' in written


def test_a_blank_form_opens_in_every_language(desks) -> None:
    for language, _name in LANGUAGES:
        use_language(language)
        for register in REGISTERS:
            if register.read_only or not register.access.create:
                continue
            form = new_form(desks[sorted(register.access.create)[0]], register.name)
            assert tr(form.title), register.name
            for name, field in form.fields().items():
                assert tr(field.label), f"{register.name}.{name}"
                form.shown(name)
            assert all(tr(offered.step.label) for offered in form.steps()), register.name
            assert not form.is_changed, register.name


def test_every_list_opens_searches_and_sums(desk) -> None:
    for register in REGISTERS:
        query = browse.Query(register.name, search="没有这样的")
        assert browse.page(desk, query).rows == [], register.name
        assert browse.totals(desk, query).count == 0, register.name
        for view in browse.views(desk, register.name):
            browse.page(desk, browse.Query(register.name, filters=view.filters))


@every_register
def test_its_words_stand_in_the_glossary(register: Register) -> None:
    from pathlib import Path

    glossary = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    assert str(register.title).lower() in glossary
