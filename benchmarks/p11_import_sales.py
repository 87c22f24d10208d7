"""P11: half a million past sales from CSV with all rules, against csv and executemany into the same table.

Run as `python -m benchmarks.p11_import_sales ours|baseline COMPANY FILE` it imports and prints seconds, CPU, bytes.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground, desk_in, raw_in
from benchmarks.held_memory import peak_memory
from benchmarks.measure import Child, Cost, Result, result_of, timed

TIME_LIMIT, MEMORY_LIMIT = 4.0, 1.2
MANY, FEW = 500_000, 100_000
HEADINGS = ("日期", "单号", "客户编号", "产品编号", "单位", "数量", "单价", "金额")
LEDGER = """INSERT INTO ledger_entry ("on", kind, number, customer_id, rep_id, product_id, unit, quantity, unit_price,
                                      amount, tax_rate, source) VALUES (?, 'history', ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"""


def measure(ground: Ground) -> Iterator[Result]:
    """Each turn is a fresh process on a fresh copy of the company; memory is ours at many rows against ours at few."""
    many, few = (_file(ground, rows) for rows in (MANY, FEW))
    rounds = range(max(2, ground.rounds // 4))
    taken = [(_figures(ground, "ours", many), _figures(ground, "baseline", many)) for _round in rounds]
    times = [(Cost(ours[0], ours[1]), Cost(theirs[0], theirs[1])) for ours, theirs in taken]
    yield result_of("P11", f"import {MANY:,} past sales from CSV", times, TIME_LIMIT)
    peak = _figures(ground, "ours", few)[2]
    peaks = [(Cost(ours[2], 0), Cost(peak, 0)) for ours, _theirs in taken]
    yield result_of("P11", f"most memory held, against {FEW:,} lines", peaks, MEMORY_LIMIT, "bytes")


def _figures(ground: Ground, side: str, file: Path) -> list[float]:
    return Child("p11_import_sales", side, str(ground.copied("p11")), str(file)).figures(3)[1]


def _file(ground: Ground, rows: int) -> Path:
    """Write a file of past sales that names the customers and products of the company."""
    path = ground.scratch / f"sales-{rows}.csv"
    with raw_in(ground.company) as raw:
        customers = [row[0] for row in raw.execute("SELECT number FROM customer WHERE number IS NOT NULL ORDER BY id")]
        products = raw.execute("SELECT code, unit FROM product WHERE code IS NOT NULL ORDER BY id").fetchall()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for index in range(rows):
            writer.writerow(_line(index, customers, products))
    return path


def _line(index: int, customers: list[str], products: list[tuple[str, str]]) -> tuple[Any, ...]:
    day = date(2006, 11, 20) + timedelta(days=index // 200)
    code, unit = products[index * 7 % len(products)]
    quantity, fen = index % 40 + 1, index % 9_000 + 1_000
    customer = customers[index // 5 * 11 % len(customers)]
    price, amount = f"{fen / 100:.2f}", f"{fen * quantity / 100:.2f}"
    return day, f"OLD-{index // 5:07}", customer, code, unit, quantity, price, amount


def ours(folder: Path, path: Path) -> None:
    """Import as the program does."""
    from dentalsales.exchange import import_file

    with desk_in(folder, "manager") as desk:
        figures = timed(lambda: reports.append(import_file.run(desk, "past_sales", path)))
        (report,) = reports
        assert report.kept and report.error == 0, [str(one.text) for one in report.problems[:3]]
    say(figures)


reports: list[Any] = []


def baseline(folder: Path, path: Path) -> None:
    """Read with csv, look names up in dictionaries, and write in one transaction."""
    with raw_in(folder) as raw:
        say(timed(lambda: _copy_in(raw, path)))


def _copy_in(raw: Any, path: Path) -> None:
    customers = {row[0]: row[1:] for row in raw.execute("SELECT number, id, owner_id FROM customer")}
    products = {row[0]: row[1:] for row in raw.execute("SELECT code, id, tax_rate FROM product")}
    raw.execute("BEGIN IMMEDIATE")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        raw.executemany(LEDGER, (_entry(row, customers, products) for row in rows))
    raw.execute("COMMIT")


def _entry(row: list[str], customers: dict[str, Any], products: dict[str, Any]) -> tuple[Any, ...]:
    day, number, customer, code, unit, quantity, price, amount = row
    customer_id, rep_id = customers[customer]
    product_id, tax_rate = products[code]
    fen, ten_thousandths = round(float(amount) * 100), round(float(price) * 10_000)
    return day, number, customer_id, rep_id, product_id, unit, int(quantity), ten_thousandths, fen, tax_rate


def say(figures: Cost) -> None:
    """Print what was measured."""
    for figure in (*figures, peak_memory()):
        print(figure, flush=True)


if __name__ == "__main__":
    {"ours": ours, "baseline": baseline}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
