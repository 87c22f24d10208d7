"""What has to hold before a contract moves on: template, annex, deviations, capability, signature, seal, archive."""

from sqlalchemy import func, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.calendar_words import office_day
from dentalsales.blueprint.demands import filled, is_ahead
from dentalsales.blueprint.house_records import Attachment, History
from dentalsales.blueprint.persons import Kept, kept_until, years_after
from dentalsales.blueprint.rules import RuleBroken, SeveralRulesBroken
from dentalsales.i18n import _
from dentalsales.registers.contract_templates import ContractTemplate, in_force
from dentalsales.registers.contracts.record import Contract

NEEDED = ("registration", "model", "spec", "grade", "deliver_by", "requirement")
"""What each line of the annex says before it is submitted; other requirements may say that there are none (M21)."""
RUNNING = _("because the contract is not finished")
AS_A_VOUCHER = _("because contracts are kept as long as vouchers")


def the_template_is_in_force(contract: Contract, act: Act) -> None:
    """A contract begins from wordings that hold today; a supplement may stay with those of its contract."""
    if contract.main is not None and contract.main.template_id == contract.template_id:
        return
    valid = select(ContractTemplate.id).where(ContractTemplate.id == contract.template_id, in_force(act, contract))
    if act.session.scalar(valid) is None:
        raise RuleBroken(_("This template is not in force today. Choose its newest version."), field="template_id")


IT_HAS_NOT_ENDED = is_ahead("valid_to", _("This contract ends before today."))
"""Nobody submits a contract of the past."""


def the_annex_is_complete(contract: Contract, act: Act) -> None:
    """Every line says model, specification, grade, delivery node and other requirements (M20, M21)."""
    if contract.kind == "service":
        return
    if not contract.lines and contract.supplement_to_id is None:
        raise RuleBroken(_("Enter the products of the contract."), field="lines")
    missing: list[RuleBroken] = []
    for index, line in enumerate(contract.lines):
        for name in NEEDED:
            if name == "registration" and line.product.device_class == "none":
                continue
            if not getattr(line, name):
                label = type(line).__mapper__.columns[name].info["field"].label
                missing.append(
                    RuleBroken(
                        _("Line {line}: enter “{what}”. Where there is nothing to say, enter “none”."),
                        field=f"lines.{index}.{name}",
                        line=index + 1,
                        what=label,
                    )
                )
    if missing:
        raise SeveralRulesBroken(missing)


def a_product_has_one_price(contract: Contract, act: Act) -> None:
    """Several delivery nodes of a product bear the same unit and price, so that an order knows which price holds."""
    first: dict[int, int] = {}
    for index, line in enumerate(contract.lines):
        before = first.setdefault(line.product_id, index)
        other = contract.lines[before]
        if (line.unit, line.unit_price) != (other.unit, other.unit_price):
            raise RuleBroken(
                _("Line {line}: {product} stands on line {other} with another unit or price."),
                field=f"lines.{index}.unit_price",
                line=index + 1,
                product=line.product.record_title,
                other=before + 1,
            )


def the_nodes_lie_within_it(contract: Contract, act: Act) -> None:
    """Goods are delivered while the contract holds."""
    for index, line in enumerate(contract.lines):
        if line.deliver_by and not contract.valid_from <= line.deliver_by <= contract.valid_to:
            raise RuleBroken(
                _("Line {line}: the delivery node lies outside the contract."),
                field=f"lines.{index}.deliver_by",
                line=index + 1,
            )


def is_service(contract: Contract) -> bool:
    """A contract about a service."""
    return contract.kind == "service"


DESCRIBED = (
    filled("service_content", _("Enter what the service consists of."), is_service),
    filled("service_time", _("Enter the time limit of the service."), is_service),
)
"""A service contract says what is done and how fast (M33, F44)."""


def every_blank_is_filled(contract: Contract, act: Act) -> None:
    """No blank is left for somebody to write into by hand."""
    for index, blank in enumerate(contract.blanks):
        if not blank.value.strip():
            raise RuleBroken(
                _("Fill in “{name}” in the blanks of the clauses."), field=f"blanks.{index}.value", name=blank.name
            )


def deviations_change_something(contract: Contract, act: Act) -> None:
    """A deviation differs from the template, and a clause deviates once."""
    seen: set[int] = set()
    for index, line in enumerate(contract.deviations):
        if line.clause in seen or line.new_text.strip() == line.old_text.strip():
            raise RuleBroken(
                _("Clause {number}: the wording does not change, or stands here twice. Delete the line."),
                field=f"deviations.{index}.new_text",
                number=line.clause,
            )
        seen.add(line.clause)


def instalments_add_up(contract: Contract, act: Act) -> None:
    """A collection plan of goods covers the whole contract."""
    planned = sum((one.amount for one in contract.instalments), contract.total * 0)
    if contract.instalments and contract.lines and planned != contract.total:
        raise RuleBroken(
            _("The collection plan is {planned}, the contract {total}. Change one of them."),
            field="instalments",
            planned=planned,
            total=contract.total,
        )


GOODS_CAN_MEET_IT = filled("can_be_met", _("Tick that the goods can meet the contract, or reject it with the reason."))
"""The review answers for it that the goods can meet the contract (M23)."""


def it_was_signed_after_its_review(contract: Contract, act: Act) -> None:
    """Nobody signs before the route is complete (M24): the signature is of the day of the ratification, or later."""
    ratified = select(func.max(History.at)).where(
        History.register == "contracts", History.record_id == contract.id, History.to_state == "ratified"
    )
    moment = act.session.scalar(ratified)
    day = office_day(moment) if moment is not None else None
    if contract.signed_on and day is not None and contract.signed_on < day:
        raise RuleBroken(_("It was ratified on {day} and can't be signed before that."), field="signed_on", day=day)


def it_was_sealed_after_that(contract: Contract, act: Act) -> None:
    """The seal follows the signature."""
    if contract.signed_on and contract.sealed_on and contract.sealed_on < contract.signed_on:
        raise RuleBroken(_("The seal comes after the signature."), field="sealed_on")


def its_contract_runs(contract: Contract, act: Act) -> None:
    """A supplement changes a contract that is effective."""
    if contract.main is not None and contract.main.state != "effective":
        raise RuleBroken(_("{number} is not effective: there is nothing to supplement."), number=contract.main.number)


def the_scan_is_there(contract: Contract, act: Act) -> None:
    """The scan of the sealed paper goes into the archive with it (M29, M134)."""
    found = act.session.scalar(select(Attachment.id).where(Attachment.of("contracts", contract.id or 0)).limit(1))
    if found is None:
        raise RuleBroken(_("Attach the scan of the sealed contract first."), field="files")


def as_a_voucher(contract: Contract, act: Act) -> Kept | None:
    """What was effective is kept as long as vouchers are."""
    if contract.state == "void":
        return None
    return Kept(AS_A_VOUCHER, years_after(contract.ended_on or contract.valid_to, act.setting("voucher_years")))


as_long_as_it_is_needed = kept_until(("completed", "terminated", "void"), RUNNING, as_a_voucher)
