"""Every register, act and role against the matrix of the requirements (2B), at the usecases, not at the buttons."""

import ast
from functools import cache
from pathlib import Path

import pytest

from dentalsales.blueprint.register import Register
from dentalsales.blueprint.roles import ROLES
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.registers import REGISTERS
from dentalsales.usecases import browse, take_step
from dentalsales.usecases.form import new_form

ROLE_NAMES = [role.name for role in ROLES]
WORDS = ("view", "create", "edit", "export")


@cache
def permissions_in(path: Path) -> dict:
    """Read the literal that a register's test calls PERMISSIONS."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PERMISSIONS":
            return ast.literal_eval(node.value)
    return {}


def expected(register: Register) -> dict:
    """The rows of the matrix stand in the register's own test."""
    for path in sorted((Path(__file__).parent / "registers").glob("test_*.py")):
        rows = permissions_in(path)
        if register.name in rows:
            return rows[register.name]
    raise AssertionError(f"no rows of the permission matrix for {register.name}")


every_register = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)


@every_register
def test_exactly_the_roles_of_the_matrix_may(register: Register, desks) -> None:
    rows = expected(register)
    for word in WORDS:
        allowed = {role for role in ROLE_NAMES if desks[role].may(register.name, word)}
        assert allowed == set(rows[word].split()), f"{register.name}: {word}"


@every_register
def test_lists_exports_and_new_forms_are_refused_to_all_others(register: Register, desks) -> None:
    rows = expected(register)
    for role in ROLE_NAMES:
        _expect(role in rows["view"].split(), lambda d=desks[role]: browse.page(d, browse.Query(register.name)))
        _expect(role in rows["create"].split(), lambda d=desks[role]: new_form(d, register.name))
        _expect(
            role in set(rows["export"].split()) & set(rows["view"].split()),
            lambda d=desks[role]: browse.sheet(d, browse.Query(register.name)),
        )


@every_register
def test_every_step_is_refused_to_all_others(register: Register, desks) -> None:
    steps = register.workflow.steps if register.workflow else ()
    rows = expected(register)
    assert {step.name for step in steps if not step.by_program} == set(rows.get("steps", {}))
    for step in steps:
        for role in ROLE_NAMES:
            for source in step.sources:
                record = register.record(state=source, entered_by_id=10_000, route_position=0)
                with desks[role].reading() as act:
                    allowed = role in rows.get("steps", {}).get(step.name, "").split()
                    _expect(allowed, lambda a=act, r=record, s=step: take_step.demand_step(a, register, r, s))


def _expect(allowed: bool, act) -> None:
    try:
        act()
    except NotAllowed as refused:
        assert not allowed, refused.text
    except RuleBroken as broken:
        assert allowed, broken.text
    else:
        assert allowed
