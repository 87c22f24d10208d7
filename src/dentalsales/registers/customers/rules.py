"""What must hold of a customer: one owner, confirmed terms, no unnoticed twin."""

from typing import Any

from sqlalchemy import or_, select

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.record import has_changed
from dentalsales.blueprint.roles import AUDIT, EVERYONE, OFFICE, QUALITY, REP
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.registers.customers.record import Customer

ALL_SEEN_BY = EVERYONE - {AUDIT, QUALITY, OFFICE, REP}
"""Who sees all customers."""
TWIN_OF_ANOTHER = _("There is already a similar customer: {number}, looked after by {name}. Ask there first.")
TERMS_OF_PAYMENT = ("terms", "terms_days", "credit_limit")
"""What finance confirms."""


def a_salesperson_owns_it(customer: Customer, act: Act) -> None:
    """Every customer has one owner (M3): a salesperson who enters one owns it; otherwise the manager names one."""
    if customer.owner_id is None and REP in act.roles:
        customer.owner_id = act.employee.id


def changed_terms_wait_for_finance(customer: Customer, act: Act) -> None:
    """New terms or a new limit hold only after finance has confirmed them."""
    if has_changed(customer, *TERMS_OF_PAYMENT):
        customer.terms_confirmed = customer.terms == "prepay" and customer.credit_limit == 0


def similar_ones_are_named(customer: Customer, act: Act) -> None:
    """Warn of a same name, short name, phone or credit code: real lists hold many pairs, so nothing is refused.

    A salesperson is told whom to ask, not how somebody else's customer is called (M3).
    """
    if not has_changed(customer, "name", "short_name", "phone", "credit_code"):
        return
    same = [Customer.name == customer.name, Customer.phone == customer.phone]
    if customer.credit_code:
        same.append(Customer.credit_code == customer.credit_code)
    core = core_of(customer.name)
    if len(core) >= 2:
        same.append(Customer.name.contains(core, autoescape=True))
    query = (
        select(Customer.number, Customer.name, Customer.owner_id, Employee.name)
        .outerjoin(Customer.owner)
        .where(or_(*same), Customer.id != (customer.id or 0))
        .limit(3)
    )
    with act.session.no_autoflush:
        found = act.session.execute(query).all()
    for number_, name, owner, holder in found:
        if not act.roles & ALL_SEEN_BY and owner != act.employee.id:
            act.warn(TWIN_OF_ANOTHER, number=number_ or "", name=holder or "—")
            continue
        act.warn(
            _("There is already a similar customer: {number} {name}. Check that it is not the same one."),
            number=number_ or "",
            name=name,
        )


def customer_is_served(paper: Any, act: Act) -> None:
    """A disabled customer gets neither orders nor samples."""
    if paper.customer.state == "disabled":
        said = _("{name} is disabled. Ask the sales manager to enable the customer.")
        raise RuleBroken(said, field="customer_id", name=paper.customer.name)


def core_of(name: str) -> str:
    """Return the part of a customer's name that tells it from others, without the words all of them share."""
    for word in (
        "有限公司",
        "有限责任公司",
        "股份",
        "口腔",
        "医院",
        "门诊部",
        "诊所",
        "医疗",
        "器械",
        "商贸",
        "科技",
        "义齿",
        "加工",
        "牙科",
        "市",
        "省",
    ):
        name = name.replace(word, "")
    return name.strip()


def has_unconfirmed_terms(customer: Customer, act: Act) -> None:
    """There must be something to confirm."""
    if customer.terms_confirmed:
        raise RuleBroken(_("The terms of {name} are confirmed already."), name=customer.name)


def terms_are_confirmed(customer: Customer, act: Act) -> None:
    """Finance stands behind the terms."""
    customer.terms_confirmed = True
