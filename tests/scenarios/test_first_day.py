"""The first day: the office's messy workbooks, ten orders by keys in the real window, money in part, papers."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from makers import dispatch, pay
from office_window import at_work
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dentalsales.exchange import import_file, pdf, report_files
from dentalsales.exchange.excel_out import write_sheet
from dentalsales.i18n import use_language
from dentalsales.registers.orders import Order
from dentalsales.ui.main_window import MainWindow
from dentalsales.usecases import print_paper, run_report
from dentalsales.usecases.check_company import check
from dentalsales.usecases.form import open_form

CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
NAMES = ("安和", "百川", "春晖", "德馨", "恩泽", "福民", "广济", "惠仁", "嘉禾", "康宁")


def workbook(path: Path, note: str, headings: tuple[str, ...], *rows: tuple[Any, ...]) -> Path:
    """A sheet as offices keep them: a merged note above, stars on what is required, numbers as Excel likes them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([note])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def taken_over(desks: Any, tmp_path: Path) -> None:
    """Customers, products with prices, stock and debts, as the office had them in Excel."""
    clerk, manager = desks["clerk"], desks["manager"]
    customers = [
        (f"{name}口腔诊所", "李医生", 13800001000.0 + at, f"北京市海淀区{at}号", "诊所", "先款后货")
        for at, name in enumerate(NAMES)
    ]
    customers[9] = ("康宁口腔诊所", "周医生", "１３８００００１００９", "北京市 海淀区9号", "诊所", "月结30天")
    path = workbook(tmp_path / "客户.xlsx", "客户资料（请勿改动表头）",
                    ("客户名称*", "联系人*", "电话*", "地址*", "客户类型", "结算方式"), *customers)  # fmt: skip
    assert import_file.run(manager, "customers", path).new == 10
    goods = [(17850.0 + at, f"复合树脂{at}", "4g", f"A{at}", "支", "二类", "国械注准20213170001", "甲公司", "甲公司",
              "京药监械生产许20210001号", 36, "￥120.50") for at in range(5)]  # fmt: skip
    headings = ("产品编码*", "产品名称*", "规格", "色号", "单位*", "管理类别", "注册证号", "注册人", "生产企业",
                "生产许可证号", "保质期", "标准价")  # fmt: skip
    path = workbook(tmp_path / "产品.xlsx", "产品价目", (*headings, "型号"), *((*row, "Z1") for row in goods))
    assert import_file.run(clerk, "products", path).new == 5
    expiry = clerk.today + timedelta(days=500)
    stock = [(17850.0 + at, 200, f"B{at}", datetime(expiry.year, expiry.month, expiry.day)) for at in range(5)]
    path = workbook(tmp_path / "库存.xlsx", "期初库存", ("产品编码*", "数量*", "批号", "有效期"), *stock)
    assert import_file.run(clerk, "opening_stock", path).error == 0
    debts = [("康宁口腔诊所", "QC-1", "2026-10-01", "1,500.00")]
    path = workbook(tmp_path / "欠款.xlsx", "期初应收", ("客户", "单号", "日期", "金额"), *debts)
    assert import_file.run(manager, "opening_receivables", path).new == 1
    for customer in range(1, 11):
        form = open_form(manager, "customers", customer)
        licence = form.add_line("licences")
        licence.set("number", f"PDY{customer:05}")
        form.save()


def test_ten_orders_by_keys_alone_and_the_papers_of_the_day(
    desks: Any, taken_over: None, tmp_path: Path, qtbot: Any
) -> None:
    use_language("zh_CN")
    with at_work(desks["clerk"], tmp_path, qtbot) as window:
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        QTest.keyClick(window, Qt.Key.Key_4, CTRL)
        window.runner.settle()
        for at in range(10):
            key_in(window, NAMES[at], [(f"1785{at % 5}", "3"), (f"1785{(at + 1) % 5}", "12")], qtbot)
    with desks.company.reading() as session:
        orders = {order.id: order.total for order in session.query(Order).filter_by(state="stock_confirmed")}
    assert list(orders.values()) == [Decimal("1807.50")] * 10
    for number, order in enumerate(orders):
        open_form(desks["manager"], "orders", order).take("review")
        if number == 9:
            continue  # the tenth is on account and owes since October: it waits for the manager
        pay(desks, order, "1000.00" if number == 8 else None)
        if number < 8:
            open_form(desks["clerk"], "orders", order).take("bill")
            dispatch(desks, order, *((2,) if number == 7 else ()))
    assert check(desks.company) == []
    papers_of_the_day(desks["manager"], tmp_path)


def key_in(window: MainWindow, customer: str, lines: list[tuple[str, str]], qtbot: Any) -> None:
    """Type one order as a clerk does, down to the recorded consent."""
    known = len(window.shell.workspace.records)
    window.activateWindow()  # no window manager does it here when a dialog has closed
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(window, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: len(window.shell.workspace.records) > known)
    compose(customer)
    press(window, ENTER)
    for code, quantity in lines:
        for character in code:
            press(window, character)
        press(window, ENTER)
        for character in quantity:
            press(window, character)
        press(window, ENTER)
    form = window.shell.workspace.current_record().widget.form
    QTimer.singleShot(10, lambda: accept(window))
    press(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: form.state.name == "stock_confirmed")


def press(window: MainWindow, key: Any, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, held)


def compose(text: str) -> None:
    """Hand over Chinese letters as an input method does."""
    from PySide6.QtGui import QInputMethodEvent

    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), done)


def accept(window: MainWindow) -> None:
    """Press Enter in the consent box once the cursor is in it."""
    dialog = QApplication.activeModalWidget()
    if dialog is None or not dialog.isAncestorOf(QApplication.focusWidget() or window):
        QTimer.singleShot(10, lambda: accept(window))
        return
    press(window, ENTER)
    if dialog.isVisible():
        dialog.reject()


def papers_of_the_day(desk: Any, folder: Path) -> None:
    """The day's and the month's report say the same on paper and in Excel, and equal the ledger."""
    billed, sent = Decimal("14460.00"), 8
    for name in ("sales_daily", "sales_monthly", "clerk_daily", "customer_tracking"):
        period = report_files.period_of(desk.business.report(name), desk.today, None, None, None, None)
        sheet = run_report.run(desk, name, period)
        pdf.write_sheet(sheet, folder / f"{name}.pdf")
        write_sheet(sheet, folder / f"{name}.xlsx")
        book = openpyxl.load_workbook(folder / f"{name}.xlsx")
        numbers = [cell.value for tab in book for row in tab.iter_rows() for cell in row]
        if name.startswith("sales_"):
            assert float(billed) in [number for number in numbers if isinstance(number, float | int)], name
    from dentalsales.registers.dispatch_notes import DispatchNote

    with desk.reading() as act:
        notes = [note.id for note in act.session.query(DispatchNote).all()]
    assert len(notes) == sent
    for size in ("A4", "241x140"):
        pdf.write_paper(print_paper.paper(desk, "dispatch_note", notes[0], size=size), folder / f"note-{size}.pdf")
    pdf.write_paper(print_paper.paper(desk, "order_slip", 1), folder / "order.pdf")
    pdf.write_paper(print_paper.paper(desk, "receipt", 1), folder / "receipt.pdf")
