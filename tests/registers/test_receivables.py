"""Receivables: settled never past the amount."""

from decimal import Decimal

from makers import a_customer, a_product, an_order, moved_to, some_stock

from dentalsales.usecases import browse
from dentalsales.usecases.form import open_form

PERMISSIONS = {
    "receivables": {
        "view": "manager director vp general_manager leader clerk assistant rep audit finance",
        "create": "",
        "edit": "manager rep finance",
        "export": "manager director rep finance",
    },
}


def test_what_is_overdue_is_listed_with_who_is_responsible_and_what_was_said(desks, clock) -> None:
    customer = a_customer(desks, terms="account", terms_days=30, credit_limit=Decimal("1000.00"))
    product = a_product(desks)
    some_stock(desks, product, 50)
    moved_to(desks, an_order(desks, customer, (product, 2)), "billed")
    overdue = next(view for view in browse.views(desks["manager"], "receivables") if view.name == "overdue")
    query = browse.Query("receivables", filters=overdue.filters)
    assert browse.page(desks["manager"], query).rows == []
    clock.pass_days(31)
    (row,) = browse.page(desks["rep"], query).rows
    assert browse.totals(desks["manager"], query).sums["open"] == Decimal("240.00")
    form = open_form(desks["rep"], "receivables", row.id)
    note = form.add_line("dunning")
    note.set("said", "下周一付款")
    form.save()
    assert form.lines("dunning")[0].get("on") == clock.today
    assert not form.can_edit("due_on") and not form.can_edit("amount")
