"""What was delivered, for papers that come after: the lines a customer got."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from dentalsales.blueprint.act import Act
from dentalsales.i18n import Text, _
from dentalsales.registers.dispatch_notes.record import DispatchLine, DispatchNote

LAST_LINES = 60
SHORT = 10
"""So many letters tell the notes of a customer apart: month, day, count and line."""


def goods_to_choose(paper: Any, act: Act) -> list[tuple[str, Text]]:
    """Return the delivered lines of a paper's note, without one the customer's newest, as choices."""
    return [(key, _words(key, line)) for key, _note, line in delivered(paper, act)]


def delivered(paper: Any, act: Act) -> Iterator[tuple[str, DispatchNote, DispatchLine]]:
    """Yield key, note and line of what was delivered to a paper's customer, or with its note, newest first."""
    query = (
        select(DispatchNote, DispatchLine)
        .join(DispatchLine, DispatchLine.dispatch_note_id == DispatchNote.id)
        .where(DispatchNote.state != "draft", DispatchNote.customer_id == (paper.customer_id or 0))
        .order_by(DispatchNote.dispatched_on.desc(), DispatchNote.id.desc(), DispatchLine.position)
        .limit(LAST_LINES)
    )
    if paper.dispatch_note_id:
        query = query.where(DispatchNote.id == paper.dispatch_note_id)
    for note, line in act.session.execute(query):
        yield f"{note.number}/{line.position + 1}", note, line


def _words(key: str, line: DispatchLine) -> Text:
    lot = line.lot_no or line.serial_no or "-"
    number = "-".join(key.split("-")[1:])[-SHORT:]  # the year of a note and the unit are left to the fields below
    return _("{number} {lot} {product}").fill(number=number, lot=lot, product=line.product_name)
