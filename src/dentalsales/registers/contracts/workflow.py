"""The way of a contract: review route, signature, seal, archive, completion or termination (P3, M22-M29)."""

from typing import Any

from sqlalchemy import func, select

import dentalsales.registers.contracts.rules as rules
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import decisions, reopening, route_named, submission, voiding, withdrawal
from dentalsales.blueprint.demands import has_come
from dentalsales.blueprint.effects import emptied, today_in
from dentalsales.blueprint.roles import (
    ASSISTANT,
    AUDIT,
    CONTRACT_ADMIN,
    CONTRACT_REVIEWERS,
    DIRECTOR,
    FINANCE,
    GENERAL_MANAGER,
    LEADER,
    MANAGER,
    REP,
    VP,
    roles,
)
from dentalsales.blueprint.workflow import Rule, State, Step, Turn, Workflow
from dentalsales.i18n import _, c_
from dentalsales.registers.contracts.filling import what_the_program_fills_is_right
from dentalsales.registers.contracts.record import SEALED, Contract
from dentalsales.registers.customers import customer_is_served

WRITERS = roles(MANAGER, CONTRACT_ADMIN, REP)


def has_special_prices(contract: Contract) -> bool:
    """Say whether a price lies below what the customer pays without a contract, or is one of an exclusive sale.

    A rebate is such a price, too: it is paid afterwards.
    """
    below = any(line.list_price is not None and line.unit_price < line.list_price for line in contract.lines)
    return contract.kind == "exclusive" or below or bool(contract.rebate)


def route_of(contract: Contract, act: Act) -> tuple[str, ...]:
    """Return who approves: VP and head office before all others where a clause or a price is out of the ordinary.

    The manager signs special prices wherever the settings leave him out (M26, M27); the rest is PS2.
    """
    said = _("The contract review route in the settings names {role}, who does not review contracts.")
    usual = route_named("contract_route", act, MANAGER, CONTRACT_REVIEWERS, said)
    first = [VP, GENERAL_MANAGER] if contract.deviations or has_special_prices(contract) else []
    signs = [MANAGER] if has_special_prices(contract) and MANAGER not in usual else []
    return tuple(dict.fromkeys([*first, *signs, *usual]))


ANSWERS_FALL = emptied("can_be_met", "signed_on", "signed_at")
"""A new round of the route answers anew; a signature on other words is none."""


def supplements_end_with_it(step: str) -> Rule:
    """Return the effect that the supplements of a contract end as it does."""

    def effect(contract: Contract, act: Act) -> None:
        effective = (Contract.supplement_to_id == contract.id, Contract.state == "effective")
        note = act.note
        for supplement in act.session.scalars(select(Contract).where(*effective).order_by(Contract.id)).all():
            act.take_step(supplement, step, note)

    return effect


def is_no_supplement(contract: Contract) -> bool:
    """A supplement is completed with its contract; alone it can only be terminated, with a reason."""
    return contract.supplement_to_id is None


def end_with_supplements(contract: Any) -> Any:
    """Return the day on which a contract ends in SQL: that of its newest effective supplement, or its own."""
    newer = contract.alias()
    latest = (
        select(newer.c.valid_to)
        .where(newer.c.supplement_to_id == contract.c.id, newer.c.state == "effective")
        .order_by(newer.c.sealed_on.desc(), newer.c.id.desc())
        .limit(1)
        .correlate(contract)
        .scalar_subquery()
    )
    return func.coalesce(latest, contract.c.valid_to)


WORKFLOW = Workflow(
    (
        State("draft", _("Draft"), "draft", editable=True, draft=True),
        State("in_review", _("In review"), "pending"),
        State("ratified", c_("contract", "Ratified"), "confirmed"),
        State("signed", c_("contract", "Signed"), "part"),
        State("effective", c_("contract", "Effective"), "sent"),
        State("completed", c_("contract", "Completed"), "done"),
        State("terminated", c_("contract", "Terminated"), "return"),
        State("rejected", _("Rejected"), "void", editable=True),
        State("void", _("Void"), "void"),
    ),
    (
        submission(
            WRITERS,
            (
                what_the_program_fills_is_right,
                customer_is_served,
                rules.the_template_is_in_force,
                rules.its_contract_runs,
                rules.IT_HAS_NOT_ENDED,
                rules.the_annex_is_complete,
                rules.a_product_has_one_price,
                rules.the_nodes_lie_within_it,
                *rules.DESCRIBED,
                rules.every_blank_is_filled,
                rules.deviations_change_something,
                rules.instalments_add_up,
            ),
            (ANSWERS_FALL,),
        ),
        *decisions(CONTRACT_REVIEWERS, "ratified", "rejected"),
        withdrawal(WRITERS),
        Step(
            "sign",
            c_("contract", "Record signature"),
            ("ratified",),
            "signed",
            WRITERS,
            (rules.its_contract_runs, has_come("signed_on"), rules.it_was_signed_after_its_review),
            needs=("signed_on", "signed_at"),
            suggests={"signed_on": "today"},
            own=True,
        ),
        Step(
            "seal",
            c_("contract", "Record seal"),
            ("signed",),
            "effective",
            roles(CONTRACT_ADMIN, ASSISTANT),
            (rules.its_contract_runs, has_come("sealed_on"), rules.it_was_sealed_after_that),
            needs=("sealed_on", "seal", "copies", "sealed_by"),
            suggests={"sealed_on": "today"},
        ),
        Step(
            "archive",
            c_("contract", "Archive"),
            SEALED,
            None,
            roles(CONTRACT_ADMIN, ASSISTANT),
            (rules.the_scan_is_there,),
            needs=("archive_place", "archive_number"),
            once="archived_on",
        ),
        Step(
            "complete",
            c_("contract", "Complete"),
            ("effective",),
            "completed",
            roles(MANAGER, CONTRACT_ADMIN, ASSISTANT),
            (),
            (today_in("ended_on"), supplements_end_with_it("complete")),
            final=_("No further order takes its prices from this contract."),
            when=is_no_supplement,
            waits=lambda contract: contract.c.supplement_to_id.is_(None),
            from_day=end_with_supplements,
        ),
        Step(
            "terminate",
            c_("contract", "Terminate"),
            ("effective",),
            "terminated",
            roles(MANAGER),
            (),
            (today_in("ended_on"), supplements_end_with_it("terminate")),
            asks_note=True,
            final=_("No further order takes its prices from this contract."),
            inbox=False,
        ),
        reopening(WRITERS, ("ratified", "signed"), (ANSWERS_FALL,)),
        voiding(roles(MANAGER, CONTRACT_ADMIN), ("draft", "in_review", "rejected", "ratified", "signed")),
    ),
    route_of,
    {
        CONTRACT_ADMIN: Turn(
            _("Review"),
            ("can_be_met",),
            (rules.GOODS_CAN_MEET_IT,),
            otherwise=(MANAGER, AUDIT, DIRECTOR, LEADER, FINANCE, VP, GENERAL_MANAGER),
            keeps_facts=True,
        ),
        MANAGER: Turn(c_("contract", "Verify")),
        AUDIT: Turn(c_("contract", "Ratify")),
    },
)
