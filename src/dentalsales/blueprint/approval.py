"""The approval that papers share: submit, approve along a route, reject with a reason, withdraw, reopen for change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.roles import EVERYONE, MANAGER, ROLE_LABELS
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.workflow import Route, Rule, State, Step, Turn, Workflow
from dentalsales.i18n import Text, _


def it_has_its_number(paper: Any, act: Act) -> None:
    """What never left draft is deleted; what did is void."""
    if not paper.number:
        raise RuleBroken(_("This is a draft without a number. Delete it instead."))


STATES = (
    State("draft", _("Draft"), "draft", editable=True, draft=True),
    State("in_review", _("In review"), "pending"),
    State("approved", _("Approved"), "confirmed"),
    State("rejected", _("Rejected"), "void", editable=True),
    State("void", _("Void"), "void"),
)
EDITABLE = tuple(state.name for state in STATES if state.editable)
"""States in which the paper is still being written."""


def approval(
    *,
    route: tuple[str, ...] | Route = (MANAGER,),
    deciders: Iterable[str] = (),
    turns: Mapping[str, Turn] | None = None,
    submitters: frozenset[str] = EVERYONE,
    before_submit: tuple[Rule, ...] = (),
    on_approval: tuple[Rule, ...] = (),
    void_roles: frozenset[str] = frozenset({MANAGER}),
    open_when_approved: Mapping[str, frozenset[str]] | None = None,
    states: tuple[State, ...] = (),
    steps: tuple[Step, ...] = (),
) -> Workflow:
    """Return the workflow of a paper that the roles of `route` approve one after the other.

    A route that differs from paper to paper also says who may stand on it: `deciders`. What comes after the approval
    are further `states` and `steps`; `open_when_approved` is what may still be filled in then, and by whom.
    """
    asked = route if callable(route) else lambda paper, act: route
    every_step = (
        submission(submitters, before_submit),
        *decisions(frozenset(deciders if callable(route) else route), "approved", "rejected", on_approval),
        *steps,
        withdrawal(submitters),
        reopening(submitters, ("approved",)),
        voiding(void_roles, ("draft", "in_review", "approved", "rejected")),
    )
    until = next(at for at, state in enumerate(STATES) if state.name == "approved")
    approved = replace(STATES[until], open=open_when_approved or {})
    every_state = (*STATES[:until], approved, *states, *STATES[until + 1 :])
    return Workflow(every_state, every_step, asked, turns or {})


def route_named(key: str, act: Act, otherwise: str, deciders: frozenset[str], said: Text) -> tuple[str, ...]:
    """Return the route that a setting names, or one role when it names none; RuleBroken `said` of {role} who is no
    decider."""
    named = tuple(filter(None, act.setting(key).split(","))) or (otherwise,)
    for role in named:
        if role not in deciders:
            raise RuleBroken(said, role=ROLE_LABELS[role])
    return named


def submission(submitters: frozenset[str], before: tuple[Rule, ...], effect: tuple[Rule, ...] = ()) -> Step:
    """Return how a draft, or what came back, is handed in; what came back waits for whoever entered it."""
    return Step(
        "submit", _("Submit"), ("draft", "rejected"), "in_review", submitters, before, effect, own=True, submits=True,
    )  # fmt: skip


def decisions(
    deciders: frozenset[str], approved: str, rejected: str, on_approval: tuple[Rule, ...] = ()
) -> tuple[Step, ...]:
    """Return what is decided about a paper in review by the role whose turn it is, and the states where that leads."""
    by_turn = partial(Step, sources=("in_review",), roles=deciders, on_route=True)
    return (
        by_turn("approve", _("Approve"), target=approved, effect=on_approval, second_person=True),
        by_turn("reject", _("Reject"), target=rejected, asks_note=True, inbox=False),
    )


def withdrawal(submitters: frozenset[str]) -> Step:
    """Return how whoever submitted a paper gets it back before its approval."""
    return Step(
        "withdraw", _("Withdraw"), ("in_review",), "draft", submitters, asks_note=True, own=True, inbox=False
    )  # fmt: skip


def reopening(submitters: frozenset[str], sources: tuple[str, ...], effect: tuple[Rule, ...] = ()) -> Step:
    """Return how an approved paper becomes a draft again: its route begins anew."""
    falls = _("The approvals fall; the route begins anew.")
    return Step(
        "reopen", _("Reopen for change"), sources, "draft", submitters, effect=effect, asks_note=True, own=True,
        inbox=False, final=falls,
    )  # fmt: skip


def voiding(void_roles: frozenset[str], sources: tuple[str, ...]) -> Step:
    """Return how a paper that has its number is taken out, with a reason."""
    kept = _("This can't be undone; the number is kept.")
    checks = (it_has_its_number,)
    return Step("void", _("Void"), sources, "void", void_roles, checks, asks_note=True, final=kept, inbox=False)
