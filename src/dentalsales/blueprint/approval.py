"""The approval that papers share: submit, approve along a route, reject with a reason, withdraw, reopen for change."""

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


def approval(
    *,
    route: tuple[str, ...] = ("manager",),
    submitters: frozenset[str] = EVERYONE,
    before_submit: tuple[Rule, ...] = (),
    on_approval: tuple[Rule, ...] = (),
    void_roles: frozenset[str] = frozenset({"manager"}),
) -> Workflow:
    """Return the workflow of a paper that the roles of `route` approve one after the other."""
    states = (
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("in_review", _("In review"), "pending"),
        State("approved", _("Approved"), "confirmed"),
        State("rejected", _("Rejected"), "void", editable=True),
        State("void", _("Void"), "void"),
    )
    steps = (
        Step(
            "submit",
            _("Submit"),
            ("draft", "rejected"),
            "in_review",
            submitters,
            before_submit,
            own=True,
            inbox=False,
            submits=True,
        ),
        Step(
            "approve",
            _("Approve"),
            ("in_review",),
            "approved",
            frozenset(route),
            effect=on_approval,
            second_person=True,
        ),
        Step("reject", _("Reject"), ("in_review",), "rejected", frozenset(route), asks_note=True, inbox=False),
        Step("withdraw", _("Withdraw"), ("in_review",), "draft", submitters, asks_note=True, own=True, inbox=False),
        Step(
            "reopen",
            _("Reopen for change"),
            ("approved",),
            "draft",
            submitters,
            asks_note=True,
            own=True,
            final=_("The approvals fall; the route begins anew."),
            inbox=False,
        ),
        Step(
            "void",
            _("Void"),
            ("draft", "in_review", "approved", "rejected"),
            "void",
            void_roles,
            (it_has_its_number,),
            asks_note=True,
            final=_("This can't be undone; the number is kept."),
            inbox=False,
        ),
    )
    return Workflow(states, steps, route)
