"""Lots that expire soon may leave, but not unseen: amber beside the line, and a warning with the dispatch."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from dentalsales.blueprint.act import Act
from dentalsales.blueprint.insight import Fact, Insight
from dentalsales.blueprint.rules import Caution
from dentalsales.i18n import _
from dentalsales.registers.dispatch_notes.record import DispatchLine, DispatchNote
from dentalsales.registers.stock import Lot, last_sale_day


def expiry_comes_near(paper: DispatchNote, act: Act) -> Iterator[Caution]:
    """Yield the lines of a draft whose lot expires within the days of the setting."""
    if paper.state not in ("", "draft", None):
        return
    lots = act.find(Lot, [line.lot_id for line in paper.lines if line.lot_id])
    last = act.today + timedelta(days=act.setting("near_expiry_days"))
    for index, line in enumerate(paper.lines):
        lot = lots.get(line.lot_id or 0)
        if lot is None or lot.expires_on is None or lot.expires_on > last:
            continue
        said = _("Line {line}: lot {lot} expires soon, on {expiry} ({days} days left).")
        if lot.expires_on < last_sale_day(act):
            said = _("Line {line}: lot {lot} expires {expiry} and can't be sold. Take another lot.")
        words = {"lot": lot.lot_no or lot.serial_no or "-", "expiry": lot.expires_on}
        days = (lot.expires_on - act.today).days
        yield Caution(said.fill(line=index + 1, days=days, **words), f"lines.{index}.expires_on")


def near_expiry_is_named(paper: DispatchNote, act: Act) -> None:
    """Whoever sends the goods hears which lots expire soon; the customer may want to know."""
    for caution in expiry_comes_near(paper, act):
        act.warn(caution.text)


def lot_facts(paper: DispatchNote, line: DispatchLine | None, act: Act) -> Iterable[Fact]:
    """How long the lot of the line may still be used, and what is left of it."""
    lot = act.session.get(Lot, line.lot_id or 0) if line else None
    if lot is None:
        return
    if lot.expires_on is not None:
        left = (lot.expires_on - act.today).days
        near = left <= act.setting("near_expiry_days")
        yield Fact(_("Expiry"), lot.expires_on, "day", "warning" if near else "")
        yield Fact(_("Days left"), left, "number", "danger" if left < 0 else "warning" if near else "")
    yield Fact(_("On hand ({unit})").fill(unit=lot.product.unit), lot.on_hand, "quantity")


LOT = Insight("lot", _("Lot"), lot_facts)
