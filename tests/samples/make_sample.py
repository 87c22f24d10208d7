"""Makes the kept sample file of a schema: a small company of invented people, as this version of the program makes it.

Run once, by the last version that still writes the schema, before the next migration joins:
`PYTHONPATH=src:tests python tests/samples/make_sample.py tests/samples`. A kept file is never made anew.
"""

import lzma
import shutil
import sys
import tempfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import conftest
import makers

from dentalsales import app
from dentalsales.blueprint.house_records import Employee
from dentalsales.blueprint.roles import ROLES
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.storage.engine import sqlite_module
from dentalsales.storage.migrate import head_revision
from dentalsales.usecases.form import open_form

STATES = ("entered", "stock_confirmed", "reviewed", "paid", "billed", "part_sent", "sent", "delivered", "closed")


def make(folder: Path) -> None:
    """Let an office of one employee for each role work for some days, in a new company."""
    company = app.create_company(folder)
    with company.writing() as session:
        for login in (*(role.name for role in ROLES), "clerk2", "rep2"):
            role = login.rstrip("2")
            session.add(Employee(login=login, name=f"{login} name", roles=role, search_text=login))
    desks = conftest.Desks(app.business(), company, conftest.Clock())
    account = {"terms": "account", "terms_days": 30, "credit_limit": Decimal("50000.00")}
    customers = [makers.a_customer(desks, "康美齿科门诊部"), makers.a_customer(desks, "曾惠口腔", **account)]
    products = [
        makers.a_product(desks, name, price, code=f"KA-10{count}")
        for count, (name, price) in enumerate((("树脂", "120.00"), ("粘接剂", "88.50"), ("车针", "3.25")))
    ]
    for count, product in enumerate(products):
        makers.some_stock(desks, product, quantity=1000, lot=f"L{count}")
        makers.some_stock(desks, product, quantity=30, lot=f"M{count}", expires_in=200)
    for count, state in enumerate(STATES):
        customer = customers[count % 2]
        order = makers.an_order(desks, customer, *((product, 3 + count) for product in products))
        if state != "entered":
            bring(desks, order, state)
        desks.clock.pass_days(1)
    with company.reading() as session:
        note = session.query(DispatchNote.id).filter(DispatchNote.state == "delivered").first()[0]
    makers.a_return(desks, note, 1).take("receive")
    company.close()


def bring(desks: Any, order: Any, state: str) -> None:
    """Bring an order to a state; a customer on account has none that is called paid."""
    on_account = open_form(desks["manager"], "orders", order.id).get("terms") == "account"
    if state == "paid" and on_account:
        state = "reviewed"
    if state != "part_sent":
        makers.moved_to(desks, order, state)
        return
    makers.moved_to(desks, order, "billed")
    makers.dispatch(desks, order.id, 1, 2, 3)


def main(place: Path) -> None:
    """Write NNNN.db.xz, named after the schema, into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch) / "company")
        plain = Path(scratch) / "plain.db"
        with closing(sqlite_module().connect(str(Path(scratch) / "company" / "company.db"))) as connection:
            connection.execute("VACUUM INTO ?", (str(plain),))
        target = place / f"{head_revision()}.db.xz"
        with plain.open("rb") as source, lzma.open(target, "xb", preset=9) as packed:
            shutil.copyfileobj(source, packed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
