"""A program of its own that works in companies until it is killed; started by `killing.Workers`."""

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import makers
from desks import Clock, Desks

from dentalsales import app
from dentalsales.exchange import import_file
from dentalsales.storage.engine import make_engine
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.migrate import upgrade
from dentalsales.usecases.form import new_form, open_form

WAY = ("stock_confirmed", "reviewed", "paid", "billed", "sent")
"""What happens to an order of the office, one act after the other."""


def tell(*words: object) -> None:
    """Acknowledge; a line is written at once and whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def at_desks(folder: str) -> Desks:
    return Desks(app.business(), FolderCompany.open(Path(folder), app.metadata()), Clock())


def papers(folder: str, customer: int, products: list[int]) -> None:
    """Orders of two lines, each from its first save to its dispatch."""
    desks = at_desks(folder)
    while True:
        form = makers.an_order(desks, customer, (products[0], 2), (products[1], 3))
        tell("orders", form.id, "entered")
        for state in WAY:
            makers.moved_to(desks, open_form(desks["manager"], "orders", form.id), state)
            tell("orders", form.id, state)


def stock(folder: str, products: list[int], lot: str) -> None:
    """Goods received, two lots at a time."""
    desks, count = at_desks(folder), 0
    supplier = makers.a_supplier(desks)
    while True:
        form = new_form(desks["warehouse"], "goods_in", supplier_id=supplier)
        for product in products:
            line = form.add_line("lines")
            words = {"product_id": product, "unit": "支", "quantity": 10, "lot_no": f"{lot}-{count}"}
            for name, value in (words | {"expires_on": desks.clock.today.replace(year=2029)}).items():
                line.set(name, value)
        form.save()
        tell("goods_in", form.id, "draft")
        form.take("receive")
        tell("goods_in", form.id, "received")
        count += 1


def imports(folder: str, files: list[str]) -> None:
    """Lists of customers, one file after the other."""
    desks = at_desks(folder)
    for path in files:
        report = import_file.run(desks["manager"], "customers", Path(path))
        tell("imported", Path(path).stem, report.new)


def migrate(database: str) -> None:
    """Bring a database of an older version up to date."""
    upgrade(make_engine(Path(database)), lambda: tell("begun"))


JOBS: dict[str, Callable[..., None]] = {"papers": papers, "stock": stock, "imports": imports, "migrate": migrate}


def main() -> None:
    """Read jobs, one a line, and fork a worker for each."""
    app.business()
    app.metadata()
    import_module("alembic.command")  # as much as in a program that has just begun to migrate
    gc.collect()
    gc.freeze()
    tell("ready")
    for line in sys.stdin:
        work, words = json.loads(line)
        child = os.fork()
        if child == 0:
            tell("pid", os.getpid())
            try:
                JOBS[work](**words)
            except BaseException:
                tell("broke", json.dumps(traceback.format_exc()))
            os._exit(0)
        os.waitpid(child, 0)
        tell("ended", child)


if __name__ == "__main__":
    main()
