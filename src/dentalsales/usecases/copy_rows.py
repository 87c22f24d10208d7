"""Rows of a list for the clipboard; many with people's phone numbers are an export like any other (M125)."""

from dentalsales.blueprint.rules import NotAllowed
from dentalsales.i18n import _
from dentalsales.usecases.browse import page
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.list_frame import names_of, places
from dentalsales.usecases.list_query import Page, Query
from dentalsales.usecases.list_sheet import remember_export
from dentalsales.usecases.masking import is_masked


def copied(desk: Desk, query: Query, most: int) -> Page:
    """Return the rows of a query to be copied, `most` of them at most.

    Rows with phone numbers leave the same entry as an export; more of them than the setting allows need its right.
    """
    found = page(desk, query, limit=most)
    free = desk.setting("copied_contacts")
    if not found.rows or not _holds_contacts(desk, query):
        return found
    if len(found.rows) > free and not desk.may(query.register, "export"):
        raise NotAllowed(_("More than {most} rows with phone numbers are an export. Copy fewer at once."), most=free)
    remember_export(desk, query, len(found.rows), "clipboard")
    return found


def _holds_contacts(desk: Desk, query: Query) -> bool:
    """Say whether a column shows whole phone numbers to this employee."""
    register = desk.business.register(query.register)
    shown = places(desk, register, query.columns or names_of(register))
    whole = [one for one in shown if one.field is not None and one.field.masked]
    return any(not is_masked(desk.business, one.record, one.field, desk.roles) for one in whole)
