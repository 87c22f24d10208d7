"""What samples set in motion: lots are proposed and leave, days fall due, what was lent returns."""

from datetime import timedelta

import dentalsales.registers.by_class as by_class
from dentalsales.blueprint.act import Act
from dentalsales.blueprint.approval import EDITABLE
from dentalsales.blueprint.effects import emptied
from dentalsales.registers.products import Product, factor_of
from dentalsales.registers.samples.record import Sample, SampleLine, is_lent
from dentalsales.registers.stock import Lot, move_goods, sellable_lots


def customer_brings_its_words(sample: Sample, act: Act) -> None:
    """The customer fills contact, address and sale class."""
    customer = by_class.customer_brings_its_words(sample, act)
    if customer is not None:
        sample.ship_to = customer.addresses[0].address if customer.addresses else customer.address


def the_usual_unit(sample: Sample, line: SampleLine, act: Act) -> None:
    """A sample is of the smallest unit unless somebody says otherwise."""
    product = act.session.get(Product, line.product_id or 0)
    if product is not None and line.unit not in product.units:
        line.unit = product.unit


def the_lot_brings_its_papers(sample: Sample, line: SampleLine, act: Act) -> None:
    """The chosen lot shows its number, expiry and registration."""
    lot = act.session.get(Lot, line.lot_id or 0)
    line.expires_on = lot.expires_on if lot else None
    line.lot_no = lot.printed_number if lot else ""
    line.registration = (lot.registration or lot.product.registration) if lot else ""


def words_follow_the_cards(sample: Sample, act: Act) -> None:
    """Before every save: until it is submitted the application follows the cards, afterwards its lots only."""
    for line in sample.lines:
        if sample.state in EDITABLE:
            line.factor = factor_of(line, act)
            line.name_it(line.product)
        the_lot_brings_its_papers(sample, line, act)


def lots_are_proposed(sample: Sample, act: Act) -> None:
    """With the last approval each line gets the lot that expires first and holds all of it, or that chosen before."""
    taken: dict[int, int] = {}
    for line in sample.lines:
        needed = line.quantity * line.factor
        fitting = [
            lot.id for lot in sellable_lots(act, line.product_id) if lot.on_hand - taken.get(lot.id, 0) >= needed
        ]
        line.lot_id = line.lot_id if line.lot_id in fitting else next(iter(fitting), None)
        the_lot_brings_its_papers(sample, line, act)
        if line.lot_id is not None:
            taken[line.lot_id] = taken.get(line.lot_id, 0) + needed


def goods_are_taken(sample: Sample, act: Act) -> None:
    """The samples leave the stock, each out of its lot."""
    _move(sample, -1, "sample", act)


def goods_go_back(sample: Sample, act: Act) -> None:
    """What was taken and did not reach the customer lies where it lay."""
    _move(sample, 1, "sample_back", act)
    emptied("sampled_on", "sent_on", "waybill")(sample, act)


def an_opinion_falls_due(sample: Sample, act: Act) -> None:
    """Some days after the delivery the customer is asked."""
    assert sample.delivered_on is not None
    sample.due_on = sample.delivered_on + timedelta(days=int(act.setting("sample_opinion_days")))


def the_return_falls_due(sample: Sample, act: Act) -> None:
    """What was lent is the next thing due."""
    sample.due_on = sample.return_by if is_lent(sample) else None


def what_is_sound_goes_back(sample: Sample, act: Act) -> None:
    """Lent goods that can still be sold are in the stock again; others stay out of it."""
    sample.due_on = None
    if sample.returned_as == "sound":
        _move(sample, 1, "sample_back", act)


def _move(sample: Sample, sign: int, kind: str, act: Act) -> None:
    for line in sample.lines:
        assert line.lot is not None
        pieces = sign * line.quantity * line.factor
        move_goods(act, line.lot, pieces, kind, sample.number or "", "samples", line.id, act.today)
