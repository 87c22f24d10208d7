"""One clerk of P16 in a process of his own: fills orders, waits for the word, saves them, says how long it took.

`python -m benchmarks.p16_clerk ADDRESS CUSTOMER PRODUCTS ORDERS FILLED`: PRODUCTS have commas between, FILLED is
"before" or "meanwhile".
"""

import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from benchmarks.p6_save_order import CONSENT, filled_order
from dentalsales import app
from dentalsales.blueprint.house_records import Employee
from dentalsales.storage.server_address import ServerAddress
from dentalsales.storage.server_company import ServerCompany
from dentalsales.usecases.desk import Desk

WARM_UPS = 6
"""A statement is prepared at its server after five times: a clerk's day has that behind it with the first orders."""


def main(address: str, customer: str, products: str, orders: str, filled: str) -> None:
    """Print "ready", read a line, work, print the seconds; whatever a clerk would be shown ends it with an error."""
    company = ServerCompany.open(ServerAddress.parse(address), Path(tempfile.gettempdir()), app.metadata())
    with company.reading() as session:
        employee = session.scalars(select(Employee).where(Employee.login == "clerk")).one()
    desk = Desk(app.business(), company, employee)
    wanted = [int(product) for product in products.split(",")]
    for _order in range(WARM_UPS):
        filled_order(desk, int(customer), wanted).take("confirm_stock", asked=CONSENT)
    beforehand = [filled_order(desk, int(customer), wanted) for _order in range(int(orders)) if filled == "before"]
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.perf_counter()
    for number in range(int(orders)):
        form = beforehand[number] if beforehand else filled_order(desk, int(customer), wanted)
        form.take("confirm_stock", asked=CONSENT)
    print(time.perf_counter() - begun, flush=True)
    company.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
