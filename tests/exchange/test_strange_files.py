"""S4: whatever a file holds, an import takes it whole or says in one sentence why not, and never ends the program."""

import random
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from figures import Record, proved, rounds
from sqlalchemy import func, select
from strange_files import locked, parts_of, strange_csv, strange_old_workbook, strange_workbook, zipped

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange import import_file
from dentalsales.i18n import tr
from dentalsales.registers.customers import Customer
from dentalsales.registers.goods_in import GoodsInLine
from dentalsales.registers.ledger import LedgerEntry
from dentalsales.registers.prices import Price
from dentalsales.registers.products import Product
from dentalsales.registers.receivables import Receivable
from dentalsales.usecases.import_report import ImportReport
from tests.imports.files import CUSTOMER_HEADINGS, customer, workbook
from tests.makers import a_customer, a_product

ROUNDS = rounds("S4", 120)
"""How many strange files; DENTALSALES_S4=3000 makes the long column."""
WORKBOOKS = 15
"""Every so many files is a workbook: each is read in processes of its own, which takes its time."""
TOO_LONG = 60.0
MOST_MEMORY = 1_000
"""MB, of a child that reads workbooks."""
XLS = Path(__file__).parent / "samples" / "customers.xls"
GOOD: dict[str, tuple[tuple[Any, ...], ...]] = {
    "customers": (CUSTOMER_HEADINGS, *(tuple(customer(f"诊所{at}", f"K{at}", f"1380013800{at}")) for at in range(4))),
    "products": (
        ("产品名称", "规格", "单位", "厂家", "注册证号"),
        ("树脂", "4g", "支", "登士柏", "国械注准20203170001"), ("车针", "TR-13", "支", "松风", "国械备20150001"),
    ),
    "prices": (
        ("品名", "单位", "标准价", "A级价", "生效日期"),
        ("光固化复合树脂", "支", "120.50", "118", "2026-12-01"), ("光固化复合树脂", "盒", "1200", "", "2026/12/1"),
    ),
    "opening_stock": (
        ("品名", "单位", "库存数量", "批号", "有效期至", "供应商"),
        ("光固化复合树脂", "支", "7", "20250101", "2028-01-01", "甲商贸"),
        ("光固化复合树脂", "盒", "2", "20250202", "2028.2.1", ""),
    ),
    "opening_receivables": (
        ("单据号", "客户", "日期", "应收余额", "到期日"),
        ("X1", "甲诊所", "2026-10-01", "1234.50", ""), ("X2", "甲诊所", "2026年10月5日", "10", "2026年12月31日"),
    ),
    "past_sales": (
        ("日期", "单号", "客户名称", "品名", "数量", "单价", "金额"),
        ("2025-03-01", "XS1", "甲诊所", "光固化复合树脂", "2", "100", "200"),
        ("2025/3/9", "XS2", "甲诊所", "光固化复合树脂", "-1", "100", "-100"),
    ),
}  # fmt: skip
"""A small good file of every kind of import."""
FILLED = {
    "customers": Customer, "products": Product, "prices": Price, "opening_stock": GoodsInLine,
    "opening_receivables": Receivable, "past_sales": LedgerEntry,
}  # fmt: skip
"""What each kind adds to; a row of prices may bring several."""


@pytest.fixture
def office(desks: Any) -> Any:
    a_customer(desks, "甲诊所")
    a_product(desks)
    return desks["manager"]


def counted(desk: Any) -> dict[str, int]:
    """How many there are of each record that an import makes."""
    parts = (select(func.count()).select_from(one).scalar_subquery() for one in FILLED.values())
    with desk.reading() as act:
        return dict(zip(FILLED, act.session.execute(select(*parts)).one(), strict=True))


def ods_of(rows: tuple[tuple[Any, ...], ...]) -> bytes:
    """The rows as LibreOffice keeps them."""
    told = ("office:1.0", "table:1.0", "text:1.0")
    names = " ".join(f'xmlns:{one.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{one}"' for one in told)
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(cell.format(word or '') for word in row)}</table:table-row>" for row in rows
    )
    table = f'<office:spreadsheet><table:table table:name="表">{lines}</table:table></office:spreadsheet>'
    content = f'<?xml version="1.0"?><office:document-content {names}><office:body>{table}</office:body>'
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"{content}</office:document-content>".encode(),
        }
    )


class Maker:
    """Makes a strange file of each kind of import in turn: mostly texts, else .xlsx, .ods, .xls, or a locked one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._books = {kind: workbook(folder / f"{kind}.xlsx", *rows).read_bytes() for kind, rows in GOOD.items()}

    def file(self, seed: int) -> tuple[str, Path]:
        """Return the kind of import and the file."""
        dice, kind = random.Random(seed), list(GOOD)[seed % len(GOOD)]
        if seed % WORKBOOKS:
            ending, content = "csv", strange_csv("\n".join(",".join(map(_word, row)) for row in GOOD[kind]), dice)
        else:
            ending, content = self._book(seed // WORKBOOKS, kind, dice)
        path = self._folder / f"strange-{seed}.{ending}"
        path.write_bytes(content)
        return kind, path

    def _book(self, number: int, kind: str, dice: random.Random) -> tuple[str, bytes]:
        way = number % 8
        if way == 5:
            return "ods", strange_workbook(ods_of(GOOD[kind]), dice)
        if way == 6:
            return "xls", strange_old_workbook(XLS.read_bytes(), dice)
        if way == 7 and dice.random() < 0.2:
            return "xlsx", locked()
        return dice.choice(("xlsx", "xlsm")), strange_workbook(self._books[kind], dice)


def _word(cell: Any) -> str:
    return "" if cell is None else str(cell)


def test_strange_files_are_taken_whole_or_refused_in_words(
    office: Any, tmp_path: Path, record_property: Record
) -> None:
    maker, crashes = Maker(tmp_path), []
    figures = dict.fromkeys(("taken", "refused", "hangs", "partial", "unplaced"), 0)
    for seed in range(ROUNDS):
        kind, path = maker.file(seed)
        before, begun = counted(office), monotonic()
        try:
            report = import_file.run(office, kind, path)
        except RuleBroken as refusal:
            figures["refused"] += 1
            figures["unplaced"] += not names_the_file(tr(refusal.text), path)
            figures["partial"] += counted(office) != before
        except Exception as error:  # whatever else it is counts as a crash
            crashes.append((seed, repr(error)[:200]))
        else:
            figures["taken"] += report.kept
            figures["partial"] += not is_whole(report, kind, before, counted(office))
            figures["unplaced"] += sum(not is_placed(one) for one in report.problems)
        figures["hangs"] += monotonic() - begun > TOO_LONG
        path.unlink()
    memory = most_memory()
    proved(record_property, "S4", files=ROUNDS, **figures, crashes=len(crashes), memory=f"{memory} MB")
    assert crashes == []
    assert (figures["hangs"], figures["partial"], figures["unplaced"]) == (0, 0, 0)
    assert figures["refused"] and figures["taken"], "the generator makes files of both kinds"
    assert memory < MOST_MEMORY


def is_whole(report: ImportReport, kind: str, before: dict[str, int], now: dict[str, int]) -> bool:
    """Say whether a file was taken with all rows that it has, or nothing was taken."""
    if not report.kept:
        return now == before
    grown = now[kind] - before[kind]
    return report.error == 0 and (grown >= report.new if kind == "prices" else grown == report.new)


def is_placed(problem: Any) -> bool:
    """Say whether a problem names sheet and row, the column if it is about one, and what to do."""
    column = problem.index is None or bool(problem.column.strip()) or bool(problem.field)
    return bool(problem.sheet.strip() and problem.row and column and tr(problem.text).strip())


def names_the_file(said: str, path: Path) -> bool:
    """Say whether the refusal of a whole file names it, or the sheet, row, heading or column that it is about."""
    return any(word in said for word in (path.name, "sheet", "file", "row", "column")) and said.strip().endswith(".")


def most_memory() -> int:
    """Return how much memory the largest child of this process took, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    return int(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def test_the_generator_makes_what_it_says(tmp_path: Path) -> None:
    kinds = {Maker(tmp_path).file(seed)[1].suffix for seed in range(0, 8 * WORKBOOKS, WORKBOOKS)}
    assert kinds >= {".xls", ".ods"} and kinds & {".xlsx", ".xlsm"}
    assert Maker(tmp_path).file(77)[1].read_bytes() == Maker(tmp_path).file(77)[1].read_bytes()
    good = parts_of(workbook(tmp_path / "a.xlsx", *GOOD["prices"]).read_bytes())
    assert "xl/worksheets/sheet1.xml" in good
