"""Departments that each answer on their own line of a paper: who writes which, who hands in, what waits for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.roles import role_names
from dentalsales.blueprint.rules import NotAllowed, RuleBroken
from dentalsales.blueprint.workflow import Rule, Step
from dentalsales.i18n import Text, joined


@dataclass(frozen=True)
class Department:
    """One department of the company."""

    label: Text
    roles: frozenset[str] = frozenset()
    """Who writes here for it; nobody where it says things on paper, which the keepers enter."""


@dataclass(frozen=True)
class Departments:
    """The departments that answer on the lines of a paper; each line has its `department`."""

    lines: str
    """Field of the paper."""
    line: type[Any]
    """Class of the lines."""
    each: Mapping[str, Department]
    keepers: frozenset[str]
    """Who keeps the paper: writes for everybody, and names whom it concerns where that is not each one's own affair."""
    named: bool
    """Whether the keepers name the departments, which then wait; else each one adds its own line."""
    own: tuple[str, ...]
    """Fields of a line that the department writes; without the first of them it has not answered."""
    states: tuple[str, ...]
    """In which the departments answer."""
    step: str
    """Beginning of the names of the steps with which they hand in what they wrote."""
    hand_in: Text
    """What these steps are called; names the {department}."""
    not_yours: Text
    """Who writes the line of a {department}: {roles}; and which {line} it is."""
    missing: Text
    """What is said to a department that hands in nothing."""

    def each_writes_its_own(self, paper: Any, act: Act) -> None:
        """Raise NotAllowed where somebody writes for another department, or names or takes off one that is named."""
        if act.roles & self.keepers:
            return
        for place, line, given in self._touched(paper):
            for department in {line.department, *inspect(line).attrs.department.history.deleted}:
                known = self.each[department]
                writers = frozenset[str]() if self.named and given else known.roles
                if not act.roles & writers:
                    who = (*role_names(writers), *role_names(self.keepers - writers))
                    words = {"line": place + 1, "department": known.label, "roles": joined(who)}
                    raise NotAllowed(self.not_yours, field=f"{self.lines}.{place}.{self.own[0]}", **words)

    def each_has_answered(self, said: Text) -> Rule:
        """Return the rule that every department on the paper has answered; `said` names {line} and {department}."""

        def rule(paper: Any, act: Act) -> None:
            for place, line in enumerate(getattr(paper, self.lines)):
                if not self._answer(line):
                    known = self.each[line.department]
                    words = {"line": place + 1, "department": known.label}
                    raise RuleBroken(
                        said,
                        field=f"{self.lines}.{place}.{self.own[0]}",
                        mended_by=known.roles or self.keepers,
                        **words,
                    )

        return rule

    def steps(self) -> tuple[Step, ...]:
        """Return how each department that writes here hands in its line; until then the paper waits for it."""
        return tuple(self._step(name, one) for name, one in self.each.items() if one.roles)

    def there(self, paper: Any, department: str = "", *answered: Any) -> Any:
        """Return the condition that a line of a department, or of any, is on a paper of a table."""
        line: Any = self.line.__table__
        owner = next(key.parent for key in line.foreign_keys if key.column.table.name == paper.name)
        of_it = (line.c.department == department,) if department else ()
        return select(line.c.id).where(owner == paper.c.id, *of_it, *answered).correlate_except(line).exists()

    def _step(self, name: str, department: Department) -> Step:
        """Whether it answered is asked when that is handed in, by the effect: what was just typed counts."""
        answer: Any = self.line.__table__.c[self.own[0]]

        def waits(paper: Any) -> Any:
            return self.there(paper, name, answer == "") if self.named else ~self.there(paper, name, answer != "")

        return Step(
            f"{self.step}_{name}", self.hand_in.fill(department=department.label), self.states, None, department.roles,
            effect=(self._it_has_answered(name),), waits=waits,
            when=(lambda paper: bool(self._of(paper, name))) if self.named else None,
        )  # fmt: skip

    def _it_has_answered(self, department: str) -> Rule:
        def rule(paper: Any, act: Act) -> None:
            mine = self._of(paper, department)
            for place, line in mine:
                if not self._answer(line):
                    raise RuleBroken(self.missing, field=f"{self.lines}.{place}.{self.own[0]}", line=place + 1)
            if not mine:
                raise RuleBroken(self.missing, field=self.lines)

        return rule

    def _touched(self, paper: Any) -> Iterator[tuple[int, Any, bool]]:
        """Yield the lines that were written, named or taken off: their place, and whether they came, went or moved."""
        gone = list(inspect(paper).attrs[self.lines].history.deleted) if inspect(paper).persistent else []
        for place, line in enumerate(getattr(paper, self.lines)):
            if has_changed(line, "department", *self.own):
                yield place, line, has_changed(line, "department")
        for line in gone:
            yield line.position, line, True

    def _of(self, paper: Any, department: str) -> list[tuple[int, Any]]:
        every = enumerate(getattr(paper, self.lines))
        return [(place, line) for place, line in every if line.department == department]

    def _answer(self, line: Any) -> str:
        return (getattr(line, self.own[0]) or "").strip()
