"""The main job as a story: goods come in, a clinic calls, the order is reviewed, paid, billed, sent, delivered."""

from decimal import Decimal

from makers import CONSENT, a_customer, a_product, an_order, deliver_all, dispatch, pay, some_stock

from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import open_form


def test_an_order_goes_from_the_phone_call_to_the_signed_voucher(desks) -> None:
    customer, resin, gloves = (
        a_customer(desks),
        a_product(desks),
        a_product(desks, "丁腈手套", "35.50", shade="", spec="M码", code="GL-M"),
    )
    some_stock(desks, resin, 100)
    some_stock(desks, gloves, 60, lot="G7")

    order = an_order(desks, customer, (resin, 12), (gloves, 20))
    assert order.get("total") == Decimal("2150.00")
    order.take("confirm_stock", asked=CONSENT)
    assert order.number == "SO-20261120-001"
    open_form(desks["manager"], "orders", order.id).take("review")
    pay(desks, order.id)
    assert open_form(desks["clerk"], "orders", order.id).state.name == "paid"
    open_form(desks["clerk"], "orders", order.id).take("bill")
    dispatch(desks, order.id, 5)
    assert open_form(desks["clerk"], "orders", order.id).state.name == "part_sent"
    dispatch(desks, order.id)
    deliver_all(desks, order.id)
    open_form(desks["service"], "orders", order.id).take("close")

    done = open_form(desks["manager"], "orders", order.id)
    assert done.state.name == "closed"
    assert [entry.step_label for entry in reversed(done.history())] == [
        "Created",
        "Record consent",
        "Review order",
        "Payment confirmed",
        "Bill",
        "Part sent",
        "All sent",
        "Delivered",
        "Close",
    ]
    assert open_form(desks["manager"], "customers", customer).get("purchases_total") == Decimal("2150.00")
    assert check(desks.company) == []
