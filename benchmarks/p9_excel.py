"""P9: 100,000 x 12 rows to .xlsx, against XlsxWriter alone with constant_memory, in time and in memory.

Run as `python -m benchmarks.p9_excel ours|baseline FILE` it writes one file and prints seconds, CPU seconds and bytes.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.ground import Ground
from benchmarks.held_memory import peak_memory
from benchmarks.measure import Child, Cost, Result, result_of, timed
from dentalsales.blueprint.sheet import Block, Row, Sheet, SheetColumn
from dentalsales.i18n import Text

TIME_LIMIT, MEMORY_LIMIT = 1.25, 2.0
ROWS = 100_000
KINDS = ("text", "day", "text", "text", "text", "text", "quantity", "price", "money", "text", "money", "text")
FORMATS = {"day": "yyyy-mm-dd", "quantity": "#,##0", "price": "#,##0.00##", "money": "#,##0.00"}


def measure(ground: Ground) -> Iterator[Result]:
    """Each turn is a fresh process; both sides write the same rows, which stand in memory before the clock starts."""
    sides = [Child("p9_excel", side, str(ground.scratch / f"{side}.xlsx")) for side in ("ours", "baseline")]
    for child in sides:
        child.figures(3)
    rounds = [[child.figures(3)[1] for child in sides] for _round in range(max(3, ground.rounds // 2))]
    times = [(Cost(ours[0], ours[1]), Cost(theirs[0], theirs[1])) for ours, theirs in rounds]
    peaks = [(Cost(ours[2], 0), Cost(theirs[2], 0)) for ours, theirs in rounds]
    yield result_of("P9", f"{ROWS:,} x {len(KINDS)} rows to .xlsx", times, TIME_LIMIT)
    yield result_of("P9", "the same, most memory held", peaks, MEMORY_LIMIT, "bytes")


def sheet() -> Sheet:
    """Return the export of a list of orders' lines."""
    columns = tuple(SheetColumn(f"c{index}", Text("列"), kind) for index, kind in enumerate(KINDS))
    return Sheet("bench", Text("销售明细"), "", (Block(Text(""), columns, tuple(map(_row, range(ROWS)))),))


def _row(index: int) -> Row:
    price = Decimal(index % 9_000 + 1_000) / 100
    quantity = index % 40 + 1
    return Row((
        f"SO-20261120-{index:06}", date(2016, 11, 20) + timedelta(days=index % 3_650), f"口腔门诊部 {index % 5_000}",
        f"光固化复合树脂 {index % 3_000}", "4g A2", "支", quantity, price, price * quantity,
        "王医生", Decimal("0.00"), "合同价",
    ))  # fmt: skip


def ours(rows: Sheet, path: Path) -> None:
    """Write it as the program does."""
    from dentalsales.exchange.excel_out import write_sheet

    write_sheet(rows, path)


def baseline(rows: Sheet, path: Path) -> None:
    """Write the same cells with one format for each column, and nothing else."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        worksheet = workbook.add_worksheet()
        formats = [workbook.add_format({"num_format": FORMATS[kind]} if kind in FORMATS else {}) for kind in KINDS]
        ways = [_way(worksheet, kind) for kind in KINDS]
        for at, row in enumerate(rows.blocks[0].rows):
            for index, value in enumerate(row.cells):
                plain = float(value) if value.__class__ is Decimal else value
                ways[index](at, index, plain, formats[index])


def _way(worksheet: Any, kind: str) -> Callable[..., object]:
    return getattr(worksheet, {"text": "write_string", "day": "write_datetime"}.get(kind, "write_number"))


if __name__ == "__main__":
    import xlsxwriter  # noqa: F401  (reading the library is not writing)

    import dentalsales.exchange.excel_out  # noqa: F401

    made, write = sheet(), {"ours": ours, "baseline": baseline}[sys.argv[1]]
    for figure in (*timed(lambda: write(made, Path(sys.argv[2]))), peak_memory()):
        print(figure, flush=True)
