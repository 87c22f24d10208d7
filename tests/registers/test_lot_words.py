"""What is printed on the goods is entered once: on arrival, or later by the warehouse."""

from datetime import timedelta

import pytest
from makers import CONSENT, a_customer, a_product, an_order, dispatch, moved_to, some_stock
from sqlalchemy import select

from dentalsales.blueprint.house_records import History
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import tr
from dentalsales.registers.stock import Lot
from dentalsales.usecases.form import open_form


@pytest.fixture
def lotless(desks):
    """A class II product that is kept without lots, and its goods."""
    product = a_product(desks, has_lot=False, shelf_life_months=None)
    some_stock(desks, product, 10, lot="")
    with desks.company.reading() as session:
        return product, session.scalars(select(Lot.id)).one()


def test_goods_without_lot_leave_once_the_warehouse_has_entered_it(desks, lotless) -> None:
    product, lot = lotless
    order = an_order(desks, a_customer(desks), (product, 1))
    order.take("confirm_stock", asked=CONSENT)
    assert any("lot or serial number" in tr(warning) for warning in order.warnings)
    moved_to(desks, order, "billed")
    with pytest.raises(RuleBroken, match="needs a lot or serial number"):
        dispatch(desks, order.id)
    form = open_form(desks["warehouse"], "lots", lot)
    form.set("lot_no", "M1")
    form.save()
    dispatch(desks, order.id)
    with desks.company.reading() as session:
        changed = session.scalars(select(History.changes).where(History.register == "lots")).all()
    assert changed == ['{"lot_no":["","M1"]}']


def test_a_lot_that_was_entered_stays(desks, lotless) -> None:
    _product, lot = lotless
    for number, refused in (("M1", False), ("M2", True)):
        form = open_form(desks["warehouse"], "lots", lot)
        form.set("lot_no", number)
        if refused:
            with pytest.raises(RuleBroken, match="The lot has “M1” here already"):
                form.save()
        else:
            form.save()


def test_the_same_lot_has_one_expiry(desks) -> None:
    product = a_product(desks)
    some_stock(desks, product, 10, lot="H77", expires_in=100)
    again = some_stock(desks, product, 10, lot="H77", expires_in=70)
    day = desks.clock.today + timedelta(days=100)
    assert [tr(warning) for warning in again.warnings] == [
        f"Line 1: lot H77 of P-00001 光固化复合树脂 4g A2 Z1 came with the expiry {day} before. Check the goods."
    ]


def test_who_may_enter_it(desks, lotless) -> None:
    _product, lot = lotless
    form = open_form(desks["clerk"], "lots", lot)
    with pytest.raises(RuleBroken):
        form.set("lot_no", "M1")
        form.save()
