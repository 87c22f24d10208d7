"""What a clerk does all day, by keys alone and within a counted number of key presses, in both languages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hands import ALT, CTRL, ENTER, SHIFT, Hands, Key, hands_at_work
from makers import a_customer, a_product, a_visit, an_order, dispatch, moved_to, some_stock
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication
from stalls import no_stalls

from dentalsales.i18n import use_language
from dentalsales.registers.complaints import Complaint
from dentalsales.registers.customers import Customer
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.registers.orders import Order
from dentalsales.registers.receipts import Receipt
from dentalsales.usecases.form import open_form
from dentalsales.usecases.inbox import waiting

ON_ACCOUNT = {"terms": "account", "terms_days": 30, "credit_limit": Decimal("100000")}


TONGUES = ["zh_CN"] if "DENTALSALES_STALLS" in os.environ else ["en"]
"""In Chinese they run under the watch (`scenarios/test_stalls.py`), so that none is run twice."""


@pytest.fixture(params=TONGUES)
def tongue(request: pytest.FixtureRequest) -> str:
    use_language(request.param)
    return str(request.param)


@contextmanager
def hands_of(desk: Any, folder: Path, qtbot: Any) -> Iterator[Hands]:
    with hands_at_work(desk, folder, qtbot) as hands:
        hands.window.preferences.keep("folder", str(folder))
        with no_stalls():
            yield hands


def test_a_customer_card_is_six_keys_away_from_anywhere(tongue: str, desks: Any, tmp_path: Path, qtbot: Any) -> None:
    customer = a_customer(desks, "张记口腔门诊部")
    a_customer(desks, "章小燕齿科")
    with hands_of(desks["clerk"], tmp_path, qtbot) as hands:
        for screen in ("today", "list:orders", "reports"):
            hands.window.shell.open_screen(screen)
            hands.window.runner.settle()
            hands.count = 0
            hands.palette("zjk")
            assert hands.count <= 6, f"{hands.count} key presses"
            assert (hands.form.register.name, hands.form.id) == ("customers", customer)


def test_last_months_report_is_in_a_workbook_after_nine_keys(
    tongue: str, desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    a_sale_last_month(desks)
    with hands_of(desks["manager"], tmp_path, qtbot) as hands:
        hands.palette("yb")
        hands.press(Key.Key_Left, held=ALT)
        page: Any = hands.window.shell.workspace.current()
        assert str(page.picker.period) == "2026-10"
        hands.in_dialog(lambda dialog: hands.press(ENTER))
        hands.press(Key.Key_E, held=CTRL)
        hands.window.runner.settle()
        assert hands.count <= 9, f"{hands.count} key presses"
    [book] = tmp_path.glob("*.xlsx")
    assert "2026-10" in book.name
    cells = [str(cell) for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any("1200" in cell for cell in cells)


def test_my_customers_without_an_order_for_sixty_days_are_in_a_workbook_after_six_keys(
    tongue: str, desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    rep = desks["rep"]
    sixty_days_ago = rep.today - timedelta(days=60)
    last_orders = {"久未口腔": sixty_days_ago - timedelta(days=1), "新开口腔": None, "常客口腔": sixty_days_ago}
    ids = {name: a_customer(desks, name) for name in (*last_orders, "别家口腔")}
    with desks.company.writing() as session:
        for name, last_on in last_orders.items():
            customer = session.get(Customer, ids[name])
            customer.owner_id, customer.last_purchase_on = rep.employee_id, last_on
        session.get(Customer, ids["别家口腔"]).owner_id = desks["manager"].employee_id
    with hands_of(desks["rep"], tmp_path, qtbot) as hands:
        hands.press(Key.Key_2, held=CTRL)
        hands.press(Key.Key_1, held=ALT)
        hands.in_dialog(lambda dialog: hands.press(ENTER))
        hands.press(Key.Key_E, held=CTRL)
        hands.window.runner.settle()
        assert hands.count <= 6, f"{hands.count} key presses"
    [book] = tmp_path.glob("*.xlsx")
    cells = {str(cell) for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"久未口腔", "新开口腔"} <= cells and not {"常客口腔", "别家口腔"} & cells


def a_sale_last_month(desks: Any) -> None:
    desks.clock.pass_days(-30)
    product = a_product(desks)
    some_stock(desks, product, 100)
    moved_to(desks, an_order(desks, a_customer(desks), (product, 10)), "billed")
    desks.clock.pass_days(30)


def test_a_whole_order_is_dispatched_in_ten_keys(tongue: str, desks: Any, tmp_path: Path, qtbot: Any) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100, lot="L1")
    for quantity in (3, 7, 5):
        order = moved_to(desks, an_order(desks, customer, (product, quantity)), "billed").id
    with hands_of(desks["warehouse"], tmp_path, qtbot) as hands:
        hands.palette("0003")  # SO-20261120-003
        assert hands.form.id == order
        hands.press(ENTER, held=CTRL)
        assert hands.form.register.name == "dispatch_notes"
        hands.press(ENTER, held=CTRL)
        assert hands.count <= 10, f"{hands.count} key presses"
    with desks.company.reading() as session:
        [note] = session.query(DispatchNote).all()
        assert (note.order_id, note.state) == (order, "sent")
        assert [(line.quantity, line.lot.lot_no) for line in note.lines] == [(5, "L1")]
        assert session.get(Order, order).state == "sent"


def test_visits_are_approved_from_today_in_three_keys_also_several_and_sent_back_with_a_reason(
    tongue: str, desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    visits = [a_visit(desks, days=days) for days in (5, 6, 7, 8)]
    for form in visits:
        form.take("submit")
        desks.clock.pass_days(1)

    def states() -> list[str]:
        return [open_form(desks["rep"], "site_visits", form.id).state.name for form in visits]

    with hands_of(desks["manager"], tmp_path, qtbot) as hands:
        hands.press(ENTER, held=CTRL)
        assert hands.count <= 3, f"{hands.count} key presses"
        qtbot.waitUntil(lambda: states()[:2] == ["approved", "in_review"])
        hands.window.runner.settle()
        hands.press(Key.Key_Down, held=SHIFT)
        hands.press(ENTER, held=CTRL)
        assert states() == ["approved", "approved", "approved", "in_review"]
        hands.window.runner.settle()

        def give_a_reason(dialog: Any) -> None:
            dialog.reason.setPlainText("当天盘点")
            dialog.accept_button.click()

        hands.in_dialog(give_a_reason)
        hands.press(Key.Key_Backspace, held=CTRL)
        assert states()[3] == "rejected"
    assert [(one.step_name, one.days) for one in waiting(desks["rep"]) if one.record_id == visits[3].id] == [
        ("submit", 0)
    ]


def test_a_complaint_known_by_its_dispatch_note_is_logged_in_thirty_keys(
    tongue: str, desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    """The words of the customer are free text and not counted; all else is chosen from the note."""
    customer, products = a_customer(desks), [a_product(desks, f"树脂{shade}", shade=shade) for shade in ("A1", "A2")]
    for product in products:
        some_stock(desks, product, 10, lot=f"L{product}")
    order = moved_to(desks, an_order(desks, customer, *((product, 2) for product in products)), "billed")
    dispatch(desks, order.id)
    with hands_of(desks["service"], tmp_path, qtbot) as hands:
        hands.press(Key.Key_5, Key.Key_F, held=CTRL)
        hands.type("ck-20")  # CK-20261120-001
        hands.press(ENTER, ENTER)
        hands.palette("djts" if tongue == "zh_CN" else "log comp")
        assert hands.form.register.name == "complaints"
        hands.press(Key.Key_Down, Key.Key_Down, ENTER)
        words, counted = "two cracked", hands.count
        hands.type(words)
        hands.count = counted
        hands.press(Key.Key_S, held=CTRL)
        hands.window.runner.settle()
        assert hands.count <= 30, f"{hands.count} key presses"
    with desks.company.reading() as session:
        [kept] = session.query(Complaint).all()
        assert (kept.product_id, kept.lot_no, kept.description) == (products[1], f"L{products[1]}", words)
        assert kept.number == "TS-20261120-001"


def test_a_receipt_pays_the_oldest_papers_in_sixteen_keys(tongue: str, desks: Any, tmp_path: Path, qtbot: Any) -> None:
    customer, product = a_customer(desks, "张记口腔门诊部", **ON_ACCOUNT), a_product(desks)
    some_stock(desks, product, 100)
    for _paper in range(2):
        moved_to(desks, an_order(desks, customer, (product, 10)), "billed")
        desks.clock.pass_days(1)
    with hands_of(desks["finance"], tmp_path, qtbot) as hands:
        hands.window.shell.open_list("receipts")
        hands.window.runner.settle()
        hands.press(Key.Key_N, held=CTRL)
        hands.type("zjk")
        hands.press(ENTER)
        hands.type("1500.00")
        hands.press(ENTER)
        hands.press(ENTER, held=CTRL)
        hands.window.runner.settle()
        assert hands.count <= 16, f"{hands.count} key presses"
    with desks.company.reading() as session:
        [receipt] = session.query(Receipt).all()
        assert (receipt.amount, receipt.state) == (Decimal("1500.00"), "confirmed")
        assert [line.amount for line in receipt.lines] == [Decimal("1200.00"), Decimal("300.00")]


def test_a_quantity_of_a_posted_order_is_corrected_in_eighteen_keys(
    tongue: str, desks: Any, tmp_path: Path, qtbot: Any
) -> None:
    customer, product = a_customer(desks), a_product(desks)
    some_stock(desks, product, 100)
    order = moved_to(desks, an_order(desks, customer, (product, 12)), "reviewed").id
    reason = "count changed"
    with hands_of(desks["clerk"], tmp_path, qtbot) as hands:

        def give_the_reason(dialog: Any) -> None:
            hands.type(reason)
            hands.count -= len(reason)
            hands.press(ENTER, held=CTRL)

        hands.palette("0001")
        assert hands.form.id == order
        hands.in_dialog(give_the_reason)
        hands.palette("thx" if tongue == "zh_CN" else "re")
        assert hands.left_open == []
        assert hands.form.state.name == "entered"
        hands.press(Key.Key_F6)  # to the lines, where the first quantity waits to be typed over
        hands.type("15")
        hands.in_dialog(lambda dialog: hands.press(ENTER))
        hands.press(ENTER, held=CTRL)
        assert hands.left_open == []
        assert hands.count <= 18, f"{hands.count} key presses"
    with desks.company.reading() as session:
        found = session.get(Order, order)
        assert [line.quantity for line in found.lines] == [15]
        assert (found.state, found.total) == ("stock_confirmed", Decimal("1800.00"))


def test_a_customer_workbook_is_imported_in_twelve_keys(tongue: str, desks: Any, tmp_path: Path, qtbot: Any) -> None:
    path = tmp_path / "customers.xlsx"
    book = Workbook()
    book.active.append(["客户名称", "联系人", "电话", "地址"])
    for number in range(3):
        book.active.append([f"口腔{number}号门诊部", "王医生", f"1380000000{number}", "北京市朝阳区1号"])
    book.save(path)
    with hands_of(desks["manager"], tmp_path, qtbot) as hands:
        QApplication.clipboard().setText(str(path))
        hands.palette("dr" if tongue == "zh_CN" else "im")
        hands.press(Key.Key_V, held=CTRL)
        while hands.count < 12 and customers(desks) == 0:
            hands.press(ENTER)
        assert customers(desks) == 3, f"{hands.count} key presses"


def customers(desks: Any) -> int:
    with desks.company.reading() as session:
        return int(session.query(Customer).count())
