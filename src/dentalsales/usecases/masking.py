"""What is masked for an employee, in whichever register it lies, and on the papers that he prints."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from dentalsales.blueprint.business import Business
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.masking import hidden_from, masked
from dentalsales.blueprint.record import fields_of


def is_masked(business: Business, record: type[Any], field: Field | None, roles: frozenset[str]) -> bool:
    """Say whether a field of a class is masked for these roles: for all who neither create nor edit in its register."""
    if field is None or not field.masked:
        return False
    try:
        return hidden_from(business.register_of_table(record.__tablename__).access, field, roles)
    except KeyError:
        return True


def cover(business: Business, record: Any, links: Iterable[str], roles: frozenset[str]) -> None:
    """Mask what a record and those it links to hold for others' eyes; nothing of it is written.

    The record belongs to a session that only reads; `links` are the names of its relationships.
    """
    for one in (record, *filter(None, (getattr(record, name) for name in links))):
        for name, field in fields_of(one).items():
            if field.masked and is_masked(business, type(one), field, roles):
                set_committed_value(one, name, masked(getattr(one, name) or ""))
