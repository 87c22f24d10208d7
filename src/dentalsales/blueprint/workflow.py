"""States, and the steps between them: who may take a step, what is checked, what it sets in motion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import and_

from dentalsales.blueprint.act import Act
from dentalsales.i18n import Text

Rule = Callable[[Any, Act], None]
Route = Callable[[Any, Act], tuple[str, ...]]
"""(paper, act) -> the roles that approve it, one after the other; asked when it is submitted, and kept on the paper."""

FAMILIES = ("draft", "pending", "confirmed", "part", "sent", "done", "overdue", "void", "return")


@dataclass(frozen=True)
class State:
    """Where a paper stands; the family decides colour and shape of its chip."""

    name: str
    label: Text
    family: str
    editable: bool = False
    """The form may be changed in this state."""
    draft: bool = False
    """Has no number yet, and may be deleted."""
    open: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of a state that is not editable: what may still be filled in, and by which roles; "lines.lot_id" is a cell of its
    lines. That is no change of what was approved."""
    when: Callable[[Any], bool] | None = None
    """(record) -> whether the way of such a record leads past it, where a register has several kinds."""


@dataclass(frozen=True)
class Step:
    """One move along the workflow; button, permission, inbox and history all read it."""

    name: str
    label: Text
    sources: tuple[str, ...]
    target: str | None
    """State afterwards; None leaves the paper where it is (an act that is only recorded)."""
    roles: frozenset[str]
    """Who may take it; PROGRAM (empty) means only another step's effect."""
    check: tuple[Rule, ...] = ()
    effect: tuple[Rule, ...] = ()
    needs: tuple[str, ...] = ()
    """Fields of the record that are filled in with the step, in a small form, and can't stay empty; read-only ones
    too, which nothing else fills."""
    asks: tuple[str, ...] = ()
    """The same of fields that may stay empty, or of which the checks of the step say why they may not."""
    suggests: Mapping[str, str] = field(default_factory=dict)
    """What an empty asked field starts with: the value of another field of the record, "today" or "now"."""
    asks_note: bool = False
    """A reason is required."""
    second_person: bool = False
    """Not by who entered the paper, changed it or approved it before, unless the company allows it (PS14)."""
    submits: bool = False
    """Whoever takes it asks for the approvals that follow, and gives none; on a route, what came back waits for who
    entered it."""
    about: tuple[str, ...] = ()
    """Of a second person: the fields it answers for, when it is not the whole paper. Whoever wrote them, or entered the
    paper, since the step was last taken is not the second person."""
    final: Text | None = None
    """What cannot be undone, said in the question before the step."""
    own: bool = False
    """Roles of `Access.own` may take it on their own records."""
    inbox: bool = True
    """A paper with this step open to me waits for me on Today."""
    waits: Callable[[Any], Any] | None = None
    """(table) -> condition: which of the papers in its sources really wait for this step; None means all of them."""
    from_day: str | Callable[[Any], Any] = ""
    """Field with the day from which on a paper waits for it, or (table) -> that day; it may be taken before, too."""
    when: Callable[[Any], bool] | None = None
    """(record) -> whether a record knows the step at all: a register of two kinds has steps of one."""
    of: Callable[[Any], Any] | None = None
    """(record, or the columns of its table) -> the same in words that hold for one record as for all: `when`, and what
    its papers wait for."""
    once: str = ""
    """Field that the step fills in, with the day or moment, which it suggests where it asks for it: a paper knows the
    step, and waits for it, as long as that is empty."""
    whose: Callable[[Any], frozenset[str]] | None = None
    """(record) -> which of the roles take it with such a record; Today asks it where `inbox_checks` is set."""
    inbox_checks: bool = False
    """Today lists a paper only when the step's checks would let it pass; for steps that few papers wait for."""
    on_route: bool = False
    """Taken by the role whose turn it is on the paper's route; only the last of its approvals reaches the target."""

    @property
    def asked(self) -> tuple[str, ...]:
        """All fields that are filled in with the step."""
        return tuple(dict.fromkeys((*self.needs, *self.asks)))

    def is_for(self, record: Any) -> bool:
        """Say whether a record knows the step, whoever takes it and in whatever state."""
        known = self.when is None or self.when(record)
        return known and (self.of is None or bool(self.of(record))) and not (self.once and getattr(record, self.once))

    def awaited(self, table: Any) -> Any | None:
        """Return the condition that a paper in its sources waits for the step; None means that all of them do."""
        parts = [self.of(table.c)] if self.of is not None else []
        parts += [table.c[self.once].is_(None)] if self.once else []
        parts += [self.waits(table)] if self.waits is not None else []
        return and_(*parts) if parts else None

    @property
    def goes_forward(self) -> bool:
        """May be what Ctrl+Enter does: it needs no reason and undoes nothing."""
        return not self.asks_note and self.final is None

    @property
    def by_program(self) -> bool:
        """True when no employee takes it directly."""
        return not self.roles


@dataclass(frozen=True)
class Turn:
    """How a role's approval on a route differs from the others': its word, what it fills in, what is checked then."""

    label: Text
    asks: tuple[str, ...] = ()
    check: tuple[Rule, ...] = ()
    otherwise: tuple[str, ...] = ()
    """Where the role is not on a paper's route: the first of these that is there asks and checks in its place."""
    keeps_facts: bool = False
    """The entry in the history keeps the facts beside the form as they were then."""


@dataclass(frozen=True)
class Workflow:
    """The states of a paper in order, the first being where it begins, and the steps."""

    states: tuple[State, ...]
    steps: tuple[Step, ...]
    route: Route | None = None
    """Who approves a paper that takes a route (`Routed`); its route_position counts how many have approved."""
    turns: Mapping[str, Turn] = field(default_factory=dict)
    """Role -> what is its own about the approval."""

    @property
    def initial(self) -> State:
        """Where a new paper begins."""
        return self.states[0]

    def state(self, name: str) -> State:
        """Return a state by name (KeyError when unknown)."""
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(name)

    def step(self, name: str) -> Step:
        """Return a step by name (KeyError when unknown)."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)

    def in_turn(self, step: Step, role: str, route: tuple[str, ...] = ()) -> Step:
        """Return a step on the route as it is for the role whose turn it is; "" is nobody's, and may be anybody's.

        Of which paper's `route` it is, decides whether the role also answers what another one would have.
        """
        if not step.on_route or not role:
            return step
        step = replace(step, roles=frozenset({role}))
        if not step.goes_forward:
            return step
        if role in self.turns:
            step = replace(step, label=self.turns[role].label)
        for turn in self.answered(role, route):
            step = replace(step, asks=(*step.asks, *turn.asks), check=(*step.check, *turn.check))
        return step

    def answered(self, role: str, route: tuple[str, ...] = ()) -> tuple[Turn, ...]:
        """Return the turns whose questions a role answers on a route: its own, and of roles that are not there."""
        return tuple(
            turn
            for of, turn in self.turns.items()
            if of == role
            or (route and of not in route and next((one for one in turn.otherwise if one in route), "") == role)
        )

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """Return the steps that begin in a state, in the order they are offered."""
        return tuple(step for step in self.steps if state in step.sources)
