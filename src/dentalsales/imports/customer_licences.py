"""The licence that a row of customers names: of a new customer, and beside those that a customer has already."""

from dentalsales.blueprint.importing import Values
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _
from dentalsales.imports.find import plain
from dentalsales.registers.customers import Customer, CustomerLicence

LICENCE_OF = {"dealer": "device_licence", "lab": "business", "other": "business"}


def licences_of(values: Values) -> list[CustomerLicence]:
    """Return the licence that a row names; the kind of customer says which it is where the row does not."""
    if not values.get("licence_number"):
        return []
    kind = values.get("licence_kind") or LICENCE_OF.get(values.get("kind") or "clinic", "clinic")
    return [CustomerLicence(kind=kind, number=values["licence_number"], valid_to=values.get("licence_valid_to"))]


def more_licences(customer: Customer, values: Values) -> tuple[list[CustomerLicence], tuple[RuleBroken, ...]]:
    """Return the licence that a card lacks, and what is to be told of one that it has otherwise.

    A row brings another kind only when it names the kind: a number alone may be that of any licence of the card.
    """
    made = licences_of({"kind": customer.kind, **values})
    for licence in made:
        alike = [one for one in customer.licences if plain(one.number) == plain(licence.number)]
        if not alike and values.get("licence_kind"):
            alike = [one for one in customer.licences if one.kind == licence.kind]
        elif not alike:
            alike = list(customer.licences)
        if alike:
            return [], _differing(alike[0], licence)
        licence.position = len(customer.licences)
    return made, ()


def _differing(there: CustomerLicence, licence: CustomerLicence) -> tuple[RuleBroken, ...]:
    said = _("The program has “{old}” here; the value of the file is not taken.")
    if plain(there.number) != plain(licence.number):
        return (RuleBroken(said, field="licence_number", old=there.number),)
    if licence.valid_to is not None and licence.valid_to != there.valid_to:
        return (RuleBroken(said, field="licence_valid_to", old=there.valid_to or "—"),)
    return ()
