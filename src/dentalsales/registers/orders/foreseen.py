"""What will stop the dispatch is said while the order is still in the office, before the goods are packed."""

from dentalsales.blueprint.act import Act
from dentalsales.i18n import Text, _, joined
from dentalsales.registers.orders.record import Order
from dentalsales.registers.products import missing_on_card
from dentalsales.registers.stock import without_any_number


def gaps_in_the_sales_record_are_named(order: Order, act: Act) -> None:
    """Product cards that lack what the law wants on a dispatch note, and a buyer without licence, are named at once."""
    regulated = {line.product_id: line.product for line in order.lines if line.product.is_regulated}
    gaps = [
        _("{product} ({fields})").fill(product=product.record_title, fields=joined(lacks))
        for product in regulated.values()
        if (lacks := missing_on_card(product))
    ]
    lotless = without_any_number(act, (product.id for product in regulated.values() if not product.has_lot))
    if lotless:
        act.warn(
            _("The law wants a lot or serial number of these goods; the warehouse enters it on the lot: {products}."),
            products=joined([Text("{one}").fill(one=regulated[one].record_title) for one in sorted(lotless)]),
        )
    if gaps:
        act.warn(_("Complete these product cards before the goods are packed: {products}."), products=joined(gaps))
    if regulated and order.customer.licence_on(act.today) is None:
        act.warn(
            _("{name} has no valid licence on file. Enter it on the customer card before class II or III goods leave."),
            name=order.customer.name,
        )
