"""What is masked for an employee, in whichever register it lies, and on the papers that he prints."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm.attributes import set_committed_value

from dentalsales.blueprint.business import Business
from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.masking import hidden_from, masked
from dentalsales.blueprint.record import fields_of
from dentalsales.usecases.search_text import COVERED, covered_fields


def is_masked(business: Business, record: type[Any], field: Field | None, roles: frozenset[str]) -> bool:
    """Say whether a field of a class is masked for these roles: for all who neither create nor edit in its register."""
    if field is None or not field.masked:
        return False
    try:
        return hidden_from(business.register_of_table(record.__tablename__).access, field, roles)
    except KeyError:
        return True


def hides_words(business: Business, record: type[Any], roles: frozenset[str]) -> bool:
    """Say whether some of what records are searched by is masked for these roles: nobody finds out by trying."""
    cls: Any = record
    return any(is_masked(business, cls, fields_of(cls)[name], roles) for name in covered_fields(cls))


def words_hold(
    business: Business, record: type[Any], roles: frozenset[str], kept: ColumnElement[str], term: str
) -> ColumnElement[bool]:
    """Return the condition that a search text holds a term in what is not masked for these roles."""
    if not hides_words(business, record, roles):
        return kept.contains(term, autoescape=True)
    escaped = re.sub(r"([%_/])", r"/\1", term)
    return kept.like(f"%{escaped}%{COVERED}%", escape="/")


def cover(business: Business, record: Any, links: Iterable[str], roles: frozenset[str]) -> None:
    """Mask what a record and those it links to hold for others' eyes; nothing of it is written.

    The record belongs to a session that only reads; `links` are the names of its relationships.
    """
    for one in (record, *filter(None, (getattr(record, name) for name in links))):
        for name, field in fields_of(one).items():
            if field.masked and is_masked(business, type(one), field, roles):
                set_committed_value(one, name, masked(getattr(one, name) or ""))
