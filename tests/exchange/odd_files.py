"""Odd files as offices really have them, each made by hand: exports of other programs, and lists that people keep.

Names, phones and codes are invented.
"""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from strange_files import empty_rows, parts_of, zipped

Cells = Sequence[Any]
CUSTOMERS = ["客户名称", "联系人", "联系电话", "地址"]
QINGHE = ["青禾口腔", "周医生", "13800000101", "一路1号"]
BAIHUA = ["白桦口腔", "吴医生", "13800000102", "二路2号"]
BALANCES = ["单号", "客户", "日期", "余额"]


def book(*rows: Cells, sheet: str = "Sheet1", change: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook of these rows, changed by hand before it is saved."""
    made = Workbook()
    page: Any = made.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if change is not None:
        change(made, page)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def text(*lines: str, encoding: str = "gb18030", end: str = "\r\n") -> bytes:
    """A text table."""
    return (end.join(lines) + end).encode(encoding)


def wps_customers() -> bytes:
    """WPS leaves phone numbers as floats, a title over all columns, and the cursor's sheet second."""

    def change(made: Any, page: Any) -> None:
        page.merge_cells("A1:D1")
        page["A1"].font = Font(name="宋体", size=18)
        made.create_sheet("WpsReserved_CellImgList").sheet_state = "veryHidden"

    return book(
        ["2026年客户资料表"],
        CUSTOMERS,
        [*QINGHE[:2], 13800000101.0, "一路1号"],
        [*BAIHUA[:2], 13800000102.0, "二路2号"],
        change=change,
    )


def kingdee_sales() -> bytes:
    """An export with company, period and printing day above, sums between, and who made it below."""
    return book(
        ["某某医疗器械有限公司"],
        ["销售明细表"],
        ["期间：2025-03-01 至 2025-03-31", None, None, "打印日期：2025-04-02"],
        [],
        ["单据日期", "单据编号", "购货单位", "商品名称", "数量", "含税单价", "价税合计"],
        ["2025-03-01", "XSCK-0001", "甲诊所", "光固化复合树脂", 2, 100, 200],
        [None, None, "小计", None, 2, None, 200],
        ["2025-03-09", "XSCK-0002", "甲诊所", "光固化复合树脂", 1, 100, 100],
        [None, None, "合计", None, 3, None, 300],
        ["制单人：张某", None, None, "审核人："],
    )


def yonyou_stock() -> bytes:
    """Codes before names, quantities with a unit of packing, an expiry without hyphens."""
    return book(
        ["现存量查询"],
        ["仓库编码", "存货名称", "主计量单位", "现存数量", "批号", "失效日期"],
        ["01", "光固化复合树脂", "支", 12, 250101, 20280101],
        ["01", "光固化复合树脂", "支", 3.0, "250202", "2028.2.1"],
        ["总计", None, None, 15],
    )


def merged_prices() -> bytes:
    """A price list: goods stand in merged groups, the heading in row 7, two blank columns before it."""

    def change(made: Any, page: Any) -> None:
        page.merge_cells("C8:C9")

    blank: list[Any] = [None, None]
    return book(
        ["XX齿科 2026 报价单"],
        [],
        ["联系电话：010-00000000"],
        ["以下价格含税"],
        [],
        [],
        [*blank, "类别", "品名", "单位", "零售价", "A级价"],
        [*blank, "充填材料", "光固化复合树脂", "支", "￥120.50", "118元"],
        [*blank, None, "光固化复合树脂", "盒", "１２００.00", "1,150"],
        change=change,
    )


def full_width() -> bytes:
    """Everything typed with the input method on: full width digits, colons and spaces."""
    return text(
        "单据号\t客户\t日期\t应收余额",
        "ＹＳ００１\t甲诊所\t２０２６．１１．３\t１，２３４．５０",
        "YS002\t甲　诊所\t2026年11月3日\t￥10元",
        encoding="utf-16",
    )


def dates_of_all_kinds() -> bytes:
    """One column, eight ways to write a day; the last is no day, since its year is missing."""
    days = (
        "2026.11.3",
        "20261103",
        46329,
        date(2026, 11, 3),
        datetime(2026, 11, 3, 15, 30),
        "2026/11/3",
        "2026-11-03 00:00:00",
    )
    rows = [[f"D{at}", "甲诊所", day, at + 1] for at, day in enumerate((*days, "11月3日"))]
    return book(["单号", "客户名称", "开单日期", "未收金额"], *rows)


def since_1904() -> bytes:
    """Saved by an old Excel for Mac."""

    def change(made: Any, page: Any) -> None:
        made.epoch = CALENDAR_MAC_1904

    return book(BALANCES, ["M1", "甲诊所", date(2026, 11, 3), 5], change=change)


def html_as_xls() -> bytes:
    """What many web shops call Excel: a page with a table."""
    cells = "<tr><td>客户名称</td><td>电话</td></tr><tr><td>青禾口腔</td><td>13800000101</td></tr>"
    return f'<html><head><meta charset="gb2312"></head><body><table>{cells}</table></body></html>'.encode("gb18030")


def tabs_as_xls() -> bytes:
    """What others call Excel: tab separated text."""
    return text("\t".join(CUSTOMERS), "\t".join(QINGHE), encoding="gb18030")


def xml_2003() -> bytes:
    """An XML table of Excel 2003 under .xls."""
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


def a_million_rows() -> bytes:
    """Somebody laid a format on whole columns."""
    parts = parts_of(book(CUSTOMERS, QINGHE))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", empty_rows(1_000_000) + b"</sheetData>")
    return zipped(parts)


def two_tables() -> bytes:
    """A second table begins below the first, under headings of its own."""
    return book(
        CUSTOMERS,
        QINGHE,
        [],
        ["供应商", "产品", "电话", None],
        ["某厂", "树脂", "010-1", None],
    )


def formulas() -> bytes:
    """Amounts that were never calculated, and one that divides by nothing."""

    def change(made: Any, page: Any) -> None:
        page["D3"] = "=1/0"

    return book(
        BALANCES,
        ["F1", "甲诊所", "2026-11-03", "=2+3"],
        ["F2", "甲诊所", "2026-11-03", 7],
        change=change,
    )


def hidden() -> bytes:
    """Last year's sheet is hidden, a customer who left is in a hidden row; what is hidden in a sheet still counts."""

    def change(made: Any, page: Any) -> None:
        old = made.create_sheet("旧·2025 (停用)", 0)
        old.append(CUSTOMERS)
        old.append(["别要我", "x", "1", "y"])
        old.sheet_state = "hidden"
        page.row_dimensions[3].hidden = True
        made.active = 1

    return book(
        CUSTOMERS,
        QINGHE,
        BAIHUA,
        sheet="2026 客户（新）",
        change=change,
    )


def macros() -> bytes:
    """A workbook with macros; they are not looked at."""
    parts = parts_of(tidy_customers())
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(2_000)
    kinds = "[Content_Types].xml"
    plain, with_macros = b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    parts[kinds] = parts[kinds].replace(b"vnd." + plain, b"vnd." + with_macros)
    return zipped(parts)


def tidy_customers() -> bytes:
    """Nothing odd but the file around it."""
    return book(CUSTOMERS, QINGHE)


def bomb() -> bytes:
    """5 KB that unpack to 30 MB."""
    return zipped({**parts_of(tidy_customers()), "xl/media/a.emf": bytes(30_000_000)})


def entities() -> bytes:
    """A part of XML that would grow while it is read."""
    parts = parts_of(tidy_customers())
    bad = b'<!DOCTYPE a [<!ENTITY b "cccc"><!ENTITY d "&b;&b;&b;">]>'
    parts["xl/workbook.xml"] = bad + parts["xl/workbook.xml"]
    return zipped(parts)


def word_file() -> bytes:
    """A letter that somebody renamed."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})


def shop_export() -> bytes:
    """A web shop's CSV: BOM, quotes everywhere, a tab before long numbers for Excel, line breaks in cells."""
    return text(
        '"客户名称","联系人","联系电话","地址","备注"',
        '"青禾口腔","周医生","\t13800000101","杭州市\n一路1号","上午到货"',
        encoding="utf-8-sig",
    )


def semicolons() -> bytes:
    """Excel in another country: semicolons, told in the first line."""
    return text("sep=;", ";".join(CUSTOMERS), ";".join(QINGHE), encoding="utf-8-sig")


def old_dos() -> bytes:
    """A DOS program: GB codes, commas, an end-of-file mark, and a short last row."""
    return text(",".join(CUSTOMERS), ",".join(QINGHE)) + b"\x1a"


def shortened_numbers() -> bytes:
    """Long codes that Excel shortened for good."""
    return text(
        "客户名称,联系人,联系电话,地址,银行账号", "青禾口腔,周医生,1.38E+10,一路1号,6.22202E+18", encoding="utf-8-sig"
    )


def products_with_units() -> bytes:
    """规格型号 in one column, units with numbers, registration numbers with blanks, and a row that is a remark."""
    return book(
        ["序号", "产品名称", "规格型号", "单位", "生产厂家", "注册证号"],
        [1, "一次性口腔包", "A型/10件", "包", "某器械厂", "国械注准 20203170001"],
        [2, "印模材", "450g", "袋", "某材料厂", "国械备20150001号"],
        ["注：以上为常用产品"],
    )


def money_words() -> bytes:
    """Balances as people write them, one of them paid ahead."""
    return book(
        ["单据号", "客户", "日期", "欠款金额"],
        ["Q1", "甲诊所", "2026-10-01", "1,234.50元"],
        ["Q2", "甲诊所", "2026-10-02", "￥ 88"],
        ["Q3", "甲诊所", "2026-10-03", Decimal("0.10")],
        ["Q4", "甲诊所", "2026-10-04", "（12.00）"],
    )


def write(folder: Path, name: str, make: Callable[[], bytes]) -> Path:
    """Write one of these files."""
    path = folder / name
    path.write_bytes(make())
    return path
