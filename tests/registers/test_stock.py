"""Stock: the sum of its movements, promised once, expired lots not sold."""

import threading

from makers import a_product, some_stock

from dentalsales.blueprint.table import Filter
from dentalsales.registers.stock import StockLevel, available, reserve
from dentalsales.usecases.browse import page
from dentalsales.usecases.check_company import check
from dentalsales.usecases.list_query import Query

PERMISSIONS = {
    "stock": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "",
        "edit": "",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
    "lots": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "",
        "edit": "manager director vp general_manager finance quality warehouse",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
    "movements": {
        "view": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
        "create": "",
        "edit": "",
        "export": (
            "manager director vp general_manager leader clerk assistant rep service service_manager "
            "after_sales technician contract_admin audit finance warehouse quality office marketing"
        ),
    },
}


def test_available_is_what_may_be_sold_less_what_is_promised(desks, clock) -> None:
    product = a_product(desks)
    some_stock(desks, product, 30, lot="A", expires_in=10)
    some_stock(desks, product, 50, lot="B", expires_in=400)
    with desks["clerk"].writing() as act:
        assert reserve(act, {product: 20}) == []
        assert available(act, product) == 60
    clock.pass_days(11)
    with desks["clerk"].reading() as act:
        assert available(act, product) == 30


def test_the_stock_list_and_an_order_name_the_same_available_goods(desks, clock) -> None:
    """Goods that expired lie there still, but nobody may promise them; the list knows that day by day."""
    product = a_product(desks)
    some_stock(desks, product, 12, lot="A", expires_in=10)
    some_stock(desks, product, 60, lot="B", expires_in=400)
    query = Query("stock", columns=("on_hand", "available"), filters=(Filter("available", ">", 0),), order="available")
    with desks["clerk"].writing() as act:
        reserve(act, {product: 5})
    assert page(desks["clerk"], query).rows[0].cells == (72, 67)
    clock.pass_days(11)
    assert page(desks["clerk"], query).rows[0].cells == (72, 55)
    with desks["clerk"].reading() as act:
        assert available(act, product) == 55


def test_eight_clerks_promise_the_last_boxes_only_once(desks) -> None:
    product = a_product(desks)
    some_stock(desks, product, 5)
    desk, promised = desks["clerk"], []

    def promise() -> None:
        with desk.writing() as act:
            if not reserve(act, {product: 1}):
                promised.append(1)

    threads = [threading.Thread(target=promise) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with desks.company.reading() as session:
        assert len(promised) == session.query(StockLevel.reserved).scalar() == 5


def test_stock_is_the_sum_of_its_movements(desks) -> None:
    product = a_product(desks)
    some_stock(desks, product, 30)
    assert check(desks.company) == []
    from dentalsales.registers.stock import Lot

    with desks.company.writing() as session:
        session.query(Lot).update({"on_hand": 31})
    assert {str(finding.rule) for finding in check(desks.company)} == {
        "A lot's stock is the sum of its movements.",
        "A product's stock is the sum of its lots.",
    }
