"""How long the record of a sale has to stay as it was: with name, address and contact of the buyer (Order 54)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.persons import Kept, law_keeps
from dentalsales.i18n import _
from dentalsales.registers.dispatch_notes.record import DispatchNote

OPEN = _("because the goods have not left yet")
IMPLANTS = _("because records of implants are kept for ever")
BY_LAW = _("because the law wants the record of the sale kept")


def the_legal_record(paper: DispatchNote, act: Act) -> Kept | None:
    """What left keeps its buyer until the last of its lots has been expired for some years; implants for ever."""
    if paper.state == "draft":
        return Kept(OPEN)
    return as_a_legal_record(paper.lines, paper.dispatched_on, act)


def as_a_legal_record(lines: Iterable[Any], day: date, act: Act) -> Kept:
    """Return how long goods (product, expires_on) that left or came back on a day are on record."""
    lines = list(lines)
    if any(line.product.is_implant for line in lines):
        return Kept(IMPLANTS)
    return Kept(BY_LAW, max((law_keeps(day, line.expires_on, act) for line in lines), default=day))
