"""Whose figures an employee reads: the whole company's, or those of his own customers (M3)."""

from typing import Any

from sqlalchemy import ColumnElement, select, true

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.roles import Access
from dentalsales.i18n import Text
from dentalsales.registers.customers import Customer
from dentalsales.registers.ledger import LEDGER
from dentalsales.reports.frame import OWN_ONLY


def only_own(act: Act, access: Access = LEDGER.access) -> bool:
    """Say whether none of the roles sees more than the employee's own customers."""
    return not act.roles & (access.view - access.own)


def own_customers(act: Act, customer_id: Any, access: Access = LEDGER.access) -> ColumnElement[bool]:
    """Return the condition that keeps an employee to the customers whose figures he may read."""
    if not only_own(act, access):
        return true()
    condition: ColumnElement[bool] = customer_id.in_(select(Customer.id).where(Customer.owner_id == act.employee.id))
    return condition


def scope_notes(act: Act, access: Access = LEDGER.access) -> tuple[Text, ...]:
    """Return the note that says so."""
    return (OWN_ONLY.fill(name=act.employee.name),) if only_own(act, access) else ()
