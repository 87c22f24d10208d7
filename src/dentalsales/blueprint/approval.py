"""The approval that papers share: submit, approve along a route, reject with a reason, withdraw, reopen for change."""

from functools import partial
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.roles import EVERYONE
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.blueprint.workflow import Rule, State, Step, Workflow
from dentalsales.i18n import _


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


def approval(
    *,
    route: tuple[str, ...] = ("manager",),
    submitters: frozenset[str] = EVERYONE,
    before_submit: tuple[Rule, ...] = (),
    on_approval: tuple[Rule, ...] = (),
    void_roles: frozenset[str] = frozenset({"manager"}),
) -> Workflow:
    """Return the workflow of a paper that the roles of `route` approve one after the other."""
    steps = (
        _submit(submitters, before_submit),
        *_decisions(frozenset(route), on_approval),
        *_second_thoughts(submitters),
        _void(void_roles),
    )
    return Workflow(STATES, steps, route)


def _submit(submitters: frozenset[str], before: tuple[Rule, ...]) -> Step:
    sources = ("draft", "rejected")
    return Step("submit", _("Submit"), sources, "in_review", submitters, before, own=True, inbox=False, submits=True)


def _decisions(deciders: frozenset[str], on_approval: tuple[Rule, ...]) -> tuple[Step, ...]:
    """What is decided about a paper in review."""
    review = ("in_review",)
    return (
        Step("approve", _("Approve"), review, "approved", deciders, effect=on_approval, second_person=True),
        Step("reject", _("Reject"), review, "rejected", deciders, asks_note=True, inbox=False),
    )


def _second_thoughts(submitters: frozenset[str]) -> tuple[Step, ...]:
    """How whoever submitted a paper gets it back, before its approval and after."""
    falls = _("The approvals fall; the route begins anew.")
    to_draft = partial(Step, target="draft", roles=submitters, asks_note=True, own=True, inbox=False)
    return (
        to_draft("withdraw", _("Withdraw"), ("in_review",)),
        to_draft("reopen", _("Reopen for change"), ("approved",), final=falls),
    )


def _void(void_roles: frozenset[str]) -> Step:
    sources, kept = ("draft", "in_review", "approved", "rejected"), _("This can't be undone; the number is kept.")
    checks = (it_has_its_number,)
    return Step("void", _("Void"), sources, "void", void_roles, checks, asks_note=True, final=kept, inbox=False)
