"""What the reports tell of contracts: fulfilment by product and in total, and the tracking sheet by itself."""

from decimal import Decimal
from typing import Any

from contract_makers import a_contract, a_template, archived, sealed
from makers import a_customer, a_product, an_order, dispatch, moved_to, some_stock

from dentalsales.blueprint.report import Period
from dentalsales.i18n import tr
from dentalsales.usecases.run_report import run


def cells(block: Any, row: int = 0) -> dict[str, Any]:
    return dict(zip((column.name for column in block.columns), block.rows[row].cells, strict=True))


def test_a_contract_is_told_by_product_and_in_total_and_stands_on_the_tracking_sheet_from_its_seal(desks: Any) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    draft = a_contract(desks, customer, a_template(desks), (product, 40, "100.00"))
    month = Period.month(desks.clock.today)
    assert run(desks["manager"], "contract_tracking", month).blocks[0].rows == ()
    contract = sealed(desks, draft)
    order = moved_to(desks, an_order(desks, customer, (product, 20)), "billed")
    dispatch(desks, order.id, 10)
    archived(desks, contract.id)
    contracts, lines = run(desks["manager"], "contract_fulfilment", Period.day(desks.clock.today)).blocks
    whole, line = cells(contracts), cells(lines)
    assert (whole["called"], whole["delivered"]) == (Decimal("50.00"), Decimal("25.00"))
    assert (whole["billed"], whole["collected"]) == (Decimal("2000.00"), Decimal("2000.00"))
    assert (line["agreed"], line["called"], line["delivered"], line["late"]) == (40, 20, 10, None)
    tracked = cells(run(desks["manager"], "contract_tracking", month).blocks[0])
    assert (tracked["number"], tracked["archive"], tr(tracked["state"])) == (
        contract.number,
        "档案室 2 柜 DA-0001",
        "Effective",
    )
    assert run(desks["rep2"], "contract_fulfilment", Period.day(desks.clock.today)).blocks[0].rows == ()
