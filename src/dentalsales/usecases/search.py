"""Finding by a few letters: the candidates of a link."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from dentalsales.blueprint.record import fields_of
from dentalsales.blueprint.register import Register
from dentalsales.usecases.candidates import Among, Suggestion, remembered, searched
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.paths import Condition
from dentalsales.usecases.search_memory import make_ready

__all__ = ["LinkingForm", "Suggestion", "make_ready", "suggest"]

PAPERS_BACK, TARGETS_BACK = 100, 50
"""So many of a customer's newest papers are read for what he bought, and so many of his articles come first."""


class LinkingForm(Protocol):
    """What a suggestion asks of the form whose link is being filled in."""

    register: Register
    record: Any

    def get(self, name: str) -> Any:
        """Return the value of a field of the head."""


def suggest(
    desk: Desk, table_name: str, text: str, limit: int = 12, form: LinkingForm | None = None, field: str | None = None
) -> list[Suggestion]:
    """Return the records of a table that the letters may mean, the likeliest first.

    `field` is the link's name in the form; in a grid "lines.3.product_id". Disabled and void records and drafts are not
    offered.
    """
    register = desk.business.register_of_table(table_name)
    among = Among(only_offered=True)
    found = remembered(desk, register, text, limit, among) if form is None else None
    if found is None:
        with desk.reading() as act:
            connection = act.session.connection()
            if form is not None:
                limits, usual = _limits(act, form, field), bought_before(connection, form, table_name)
                among = replace(among, limits=limits, usual=usual)
                found = remembered(desk, register, text, limit, among, connection)
            if found is None:
                found = searched(desk, connection, register, text, limit, among)
    return [suggestion for _rank, suggestion in found]


def _limits(act: Any, form: LinkingForm, field: str | None) -> list[Condition]:
    """Return the condition that a link's field sets, for the record or the line that holds it."""
    if field is None:
        return []
    record, name = form.record, field
    if "." in field:
        lines, index, name = field.split(".")
        record = getattr(record, lines)[int(index)]
    limit = fields_of(record)[name].limit_to
    condition = None if limit is None else limit(act, record)
    return [] if condition is None else [condition]


def bought_before(connection: Connection, form: LinkingForm, table_name: str) -> Sequence[int]:
    """Return what the customer of the form had on his newest papers of this kind, the most frequent first."""
    head = form.register.record
    customer_id = form.get("customer_id") if "customer_id" in head.__mapper__.columns else None
    for relationship in head.__mapper__.relationships if customer_id is not None else ():
        child = relationship.mapper.local_table
        owner, target = _key_to(child, head.__tablename__), _key_to(child, table_name)
        if relationship.uselist and owner is not None and target is not None:
            papers = head.__table__.c
            newest = (
                select(papers.id).where(papers.customer_id == customer_id).order_by(papers.id.desc()).limit(PAPERS_BACK)
            )
            bought = select(target).where(owner.in_(newest), target.is_not(None)).group_by(target)
            return connection.scalars(bought.order_by(func.count().desc(), target).limit(TARGETS_BACK)).all()
    return ()


def _key_to(table: Any, target: str) -> Any:
    """Return the column of a table that points at another table, None when there is none."""
    return next((key.parent for key in table.foreign_keys if key.column.table.name == target), None)
