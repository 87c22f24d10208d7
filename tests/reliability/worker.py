"""A program of its own that works in companies until it is killed; started by `killing.Workers`."""

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic

import makers
from company_tables import company_metadata
from desks import Clock, Desks

from dentalsales import app
from dentalsales.blueprint.report import Period
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.exchange import csv_out, excel_out, import_file, pdf_sheet
from dentalsales.i18n import _
from dentalsales.storage.engine import make_engine
from dentalsales.storage.folder_company import FolderCompany
from dentalsales.storage.layout import JOURNALS
from dentalsales.storage.migrate import migration_scripts, upgrade
from dentalsales.ui.draft_files import write_draft
from dentalsales.usecases import browse, find_anything, run_report
from dentalsales.usecases.form import new_form, open_form
from dentalsales.usecases.list_query import Query

FILE_ROWS = 120
DAY = 200
"""Orders after which the next day begins, with an empty report."""
WAY = ("stock_confirmed", "reviewed", "paid", "billed", "sent")
"""What happens to an order of the office, one act after the other."""


def tell(*words: object) -> None:
    """Acknowledge; a line is written at once and whole."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def at_desks(folder: str) -> Desks:
    return Desks(app.business(), FolderCompany.open(Path(folder), company_metadata()), Clock())


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
    desks = at_desks(folder)
    supplier = makers.a_supplier(desks)
    for number in count():
        form = new_form(desks["warehouse"], "goods_in", supplier_id=supplier)
        for product in products:
            line = form.add_line("lines")
            words = {"product_id": product, "unit": "支", "quantity": 10, "lot_no": f"{lot}-{number}"}
            for name, value in (words | {"expires_on": desks.clock.today.replace(year=2029)}).items():
                line.set(name, value)
        form.save()
        tell("goods_in", form.id, "draft")
        form.take("receive")
        tell("goods_in", form.id, "received")


def imports(folder: str, files: list[str]) -> None:
    """Lists of customers, one file after the other."""
    desks = at_desks(folder)
    for path in files:
        report = import_file.run(desks["manager"], "customers", Path(path))
        tell("imported", Path(path).stem, report.new)


def migrate(database: str) -> None:
    """Bring a database of an older version up to date."""
    upgrade(make_engine(Path(database)), lambda: tell("begun"))


def numbered(number: int) -> Sheet:
    """A sheet each of whose rows bears the same number."""
    columns = SheetColumn("name", _("Name")), SheetColumn("number", _("Number"), "number")
    rows = tuple(Row((f"产品 {row}", number)) for row in range(FILE_ROWS))
    return Sheet("export", _("Products"), f"no-{number}", (Block(_("Products"), columns, rows),))


def files(folder: str, first: int) -> None:
    """The same four files, written over and over with the next number in them."""
    place = Path(folder)
    for number in count(first):
        sheet = numbered(number)
        kept = {"title": "Order", "snapshot": [number] * FILE_ROWS}
        write_draft(place / "draft.json", kept, Event())
        tell("json", number)
        csv_out.write_sheet(sheet, place / "list.csv")
        tell("csv", number)
        excel_out.write_sheet(sheet, place / "list.xlsx")
        tell("xlsx", number)
        pdf_sheet.write_sheet(sheet, place / "list.pdf")
        tell("pdf", number)


def soak(folder: str, customer: int, products: list[int], seconds: float) -> None:
    """The work of clerks without pause, day after day: orders from call to dispatch, lists, searches, the day's report.

    After each order it tells the bytes of memory, the open files and the bytes of the journal.
    """
    desks, end = at_desks(folder), monotonic() + seconds
    journal = Path(folder) / JOURNALS[0]
    for number in count(1):
        if monotonic() > end:
            break
        form = makers.an_order(desks, customer, (products[0], 2), (products[1], 3))
        makers.moved_to(desks, form, "sent")
        browse.page(desks["clerk"], Query("orders"))
        find_anything.everywhere(desks["clerk"], "ruikang")
        run_report.run(desks["manager"], "sales_daily", Period.day(desks.clock.today))
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        opened = len(os.listdir("/proc/self/fd"))
        tell(pages * 4096, opened, journal.stat().st_size if journal.exists() else 0)
        if number % DAY == 0:
            desks.clock.pass_days(1)


JOBS: dict[str, Callable[..., None]] = {
    "papers": papers,
    "stock": stock,
    "imports": imports,
    "migrate": migrate,
    "files": files,
    "soak": soak,
}


def main() -> None:
    """Read jobs, one a line, and fork a worker for each."""
    app.business()
    company_metadata()
    for slow in ("alembic.command", "xlsxwriter", "reportlab.platypus"):  # what the workers would load each for itself
        import_module(slow)
    assert migration_scripts().get_heads()
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
