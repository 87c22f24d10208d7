"""What was delivered to a customer, line by line, for whoever has to say which goods are meant."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.i18n import Text, _
from dentalsales.registers.dispatch_notes import DispatchLine, DispatchNote

LAST_LINES = 60
SHORT = 10
"""So many letters tell the notes of a customer apart: month, day, count and line."""


def goods_to_choose(complaint: Any, act: Act) -> list[tuple[str, Text]]:
    """Return the delivered lines of the note, without one the customer's newest, as choices."""
    return [(key, _words(key, line)) for key, _note, line in delivered(complaint, act)]


def delivered(complaint: Any, act: Act) -> Iterator[tuple[str, DispatchNote, DispatchLine]]:
    """Yield key, note and line of what was delivered, newest first."""
    query = (
        select(DispatchNote, DispatchLine)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .where(DispatchNote.state != "draft", DispatchNote.customer_id == (complaint.customer_id or 0))
        .order_by(DispatchNote.dispatched_on.desc(), DispatchNote.id.desc(), DispatchLine.position)
        .limit(LAST_LINES)
    )
    if complaint.dispatch_note_id:
        query = query.where(DispatchNote.id == complaint.dispatch_note_id)
    for note, line in act.session.execute(query):
        yield f"{note.number}/{line.position + 1}", note, line


def _words(key: str, line: DispatchLine) -> Text:
    lot = line.lot_no or line.serial_no or "-"
    number = "-".join(key.split("-")[1:])[-SHORT:]  # the year of a note and the unit are left to the fields below
    return _("{number} {lot} {product}").fill(number=number, lot=lot, product=line.product_name)
