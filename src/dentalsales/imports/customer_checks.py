"""What an import of customers says without refusing it: terms that differ, a limit or a licence that is missing."""

from decimal import Decimal

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.importing import Values
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import Text, _
from dentalsales.imports.find import shown
from dentalsales.registers.customers import Customer


def other_terms(customer: Customer, values: Values, terms: tuple[str, int | None]) -> tuple[RuleBroken, ...]:
    """Terms always have a value: other ones in the file are told, and changed on the customer's card."""
    if not values.get("terms") or terms == (customer.terms, customer.terms_days):
        return ()
    return (
        RuleBroken(
            _("The program has “{old}” here; the value of the file is not taken."),
            field="terms",
            old=shown(customer, "terms"),
        ),
    )


def without_licence(customer: Customer) -> tuple[Text, ...]:
    """A buyer without licence gets no class II or III goods: that is said now, once for the file."""
    if customer.licences:
        return ()
    return (
        _("{count} customers have no licence yet; class II and III goods can't be dispatched to them: rows {rows}."),
    )


def without_limit(customer: Customer) -> tuple[Text, ...]:
    """On account without a limit nothing can be billed: that is said now, once for the file."""
    if customer.terms != "account" or (customer.credit_limit or Decimal(0)) > 0:
        return ()
    return (
        _("{count} customers on account have no credit limit; nothing can be billed to them without one: rows {rows}."),
    )


def the_limit_needs_terms(customer: Customer, act: Act) -> None:
    """A limit without days on account would never be used: it is told, not refused."""
    if customer.terms == "prepay" and (customer.credit_limit or Decimal(0)) > 0:
        act.warn(_("{name} pays before delivery, so the credit limit has no effect."), name=customer.name)
