"""Every register, act and role against the matrix of the requirements (2B), at the usecases, not at the buttons."""

import ast
from functools import cache
from pathlib import Path

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


def test_exactly_the_roles_of_the_matrix_may(desks) -> None:
    for register in REGISTERS:
        rows = expected(register)
        for word in WORDS:
            allowed = {role for role in ROLE_NAMES if desks[role].may(register.name, word)}
            assert allowed == set(rows[word].split()), f"{register.name}: {word}"


def test_lists_exports_and_new_forms_are_refused_to_all_others(desks) -> None:
    for register in REGISTERS:
        rows = expected(register)
        views, exports = set(rows["view"].split()), set(rows["export"].split())
        for role in ROLE_NAMES:
            who, query = f"{role} at {register.name}", browse.Query(register.name)
            _expect(who, role in views, lambda d=desks[role], q=query: browse.page(d, q))
            _expect(who, role in rows["create"].split(), lambda d=desks[role], r=register: new_form(d, r.name))
            _expect(who, role in exports & views, lambda d=desks[role], q=query: browse.sheet(d, q))


def test_every_step_is_refused_to_all_others(desks) -> None:
    for register in REGISTERS:
        steps = register.workflow.steps if register.workflow else ()
        matrix = expected(register).get("steps", {})
        assert {step.name for step in steps if not step.by_program} == set(matrix), register.name
        for role in ROLE_NAMES:
            with desks[role].reading() as act:
                for step in steps:
                    for source in step.sources:
                        record = register.record(state=source, entered_by_id=10_000, route_position=0)
                        _expect(
                            f"{role} takes {step.name} of {register.name}",
                            role in matrix.get(step.name, "").split(),
                            lambda a=act, r=record, s=step, o=register: take_step.demand_step(a, o, r, s),
                        )


def _expect(what: str, allowed: bool, act) -> None:
    try:
        act()
    except NotAllowed as refused:
        assert not allowed, f"{what}: {refused.text}"
    except RuleBroken as broken:
        assert allowed, f"{what}: {broken.text}"
    else:
        assert allowed, what
