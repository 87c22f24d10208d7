"""A day's papers as one job: sorted, each on its paper, asked about what was printed before; stopped means nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import makers
import pytest
from office_window import at_work
from paper_printer import A4_LASER, DOT_MATRIX, FilePrinters, open_preview
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from dentalsales.exchange import preview
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.ui.background import Task
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.print_job import keep_printer
from dentalsales.usecases.form import open_form
from dentalsales.usecases.print_paper import claim, prepare, printed_before

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def notes(desks: Any) -> list[int]:
    """Four dispatch notes of today; the third customer wants A4."""
    product = makers.a_product(desks)
    makers.some_stock(desks, product, 100, "R1")
    for place in range(4):
        customer = makers.a_customer(desks, name=f"客户{place}")
        if place == 2:
            card = open_form(desks["manager"], "customers", customer)
            card.set("print_size", "A4")
            card.save()
        makers.moved_to(desks, makers.an_order(desks, customer, (product, place + 1)), "sent")
    with desks.company.reading() as session:
        return [note.id for note in session.query(DispatchNote).order_by(DispatchNote.number)]


@pytest.fixture
def window(desks: Any, notes: list[int], tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with at_work(desks["warehouse"], tmp_path, qtbot) as window:
        yield window


@pytest.fixture
def printers(tmp_path: Path) -> FilePrinters:
    (tmp_path / "printed").mkdir()
    return FilePrinters(tmp_path / "printed")


def asked(answer: Callable[[QMessageBox], None]) -> list[str]:
    """Answer the question that comes; what comes back fills with its words."""
    said: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            said.extend([box.text(), *(button.text() for button in box.buttons())])
            answer(box)
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(10, look)
    return said


def press(words: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(one for one in box.buttons() if one.text() == words).click()


def ask_for_papers(window: MainWindow) -> None:
    """Press Ctrl+Shift+P in the list."""
    assert window.runner.settle()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_P, CTRL_SHIFT)
    assert window.runner.settle()


def batch(window: MainWindow, printers: FilePrinters) -> Any:
    """Press Ctrl+Shift+P in the list, with nothing chosen: all of today."""
    if window.shell.workspace.screen_key != "list:dispatch_notes":
        window.shell.open_screen("list:dispatch_notes")
    ask_for_papers(window)
    dialog = open_preview()
    dialog.printers = printers
    dialog.bar.offer_printers(printers.names(), DOT_MATRIX)
    return dialog


def numbers(path: Path) -> list[str]:
    """The numbers of the papers in a PDF, page by page."""
    import re

    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return [
            re.findall(r"CK-\d+-\d+", page.get_textpage().get_text_range())[0]
            for page in document
            if "CK-" in page.get_textpage().get_text_range()
        ]
    finally:
        document.close()


def test_all_of_today_is_one_job_per_paper_sorted_by_number(
    window: MainWindow, desks: Any, notes: list[int], printers: FilePrinters
) -> None:
    keep_printer(window.shell.preferences, "210x297", A4_LASER)
    dialog = batch(window, printers)
    shown = numbers(dialog.file)
    assert len(shown) == 4 and shown == sorted(shown)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.runner.settle()
    slips, a4 = printers.printed()
    assert printers.asked == [DOT_MATRIX, A4_LASER]
    assert [round(width) for width, _height in preview.page_sizes(slips)] == [241] * 3
    assert [round(width) for width, _height in preview.page_sizes(a4)] == [210]
    assert printed_before(desks["warehouse"], "dispatch_note", notes) == dict.fromkeys(notes, 1)


def test_what_was_printed_before_is_left_out_or_marked_as_the_user_says(
    window: MainWindow, desks: Any, notes: list[int], printers: FilePrinters
) -> None:
    claim(desks["warehouse"], prepare(desks["warehouse"], "dispatch_note", notes[:1]), "paper")
    said = asked(press("Print the other 3 papers"))
    dialog = batch(window, printers)
    assert said[0] == "1 of the 4 papers were printed before." and "Print all, marked as reprints" in said
    assert len(numbers(dialog.file)) == 3
    dialog.reject()
    asked(press("Print all, marked as reprints"))
    dialog = batch(window, printers)
    assert len(numbers(dialog.file)) == 4 and dialog._written.reprint == 1
    dialog.reject()


def test_going_back_from_the_question_prints_nothing(window: MainWindow, desks: Any, notes: list[int]) -> None:
    claim(desks["warehouse"], prepare(desks["warehouse"], "dispatch_note", notes), "paper")
    said = asked(lambda box: box.reject())
    window.shell.open_screen("list:dispatch_notes")
    ask_for_papers(window)
    assert said[0] == "4 of the 4 papers were printed before."
    assert printed_before(desks["warehouse"], "dispatch_note", notes) == dict.fromkeys(notes, 1)


def test_a_stopped_job_is_counted_nowhere(
    window: MainWindow, desks: Any, notes: list[int], printers: FilePrinters
) -> None:
    dialog = batch(window, printers)
    seen: list[int] = []

    def stop(task: Task) -> None:
        if task is dialog._task and task.total and not seen:
            seen.append(task.count)
            task.cancel()

    window.runner.progressed.connect(stop, Qt.ConnectionType.DirectConnection)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.runner.settle()
    assert seen and dialog.isVisible() and dialog.banner.isVisible() and dialog.ready
    assert printed_before(desks["warehouse"], "dispatch_note", notes) == {}
    dialog.reject()


def test_the_checked_rows_are_printed_and_no_others(
    window: MainWindow, notes: list[int], printers: FilePrinters
) -> None:
    page: Any = window.shell.open_screen("list:dispatch_notes")
    assert window.runner.settle()
    page.table.checked.check(notes[1:3])
    dialog = batch(window, printers)
    assert len(numbers(dialog.file)) == 2
    dialog.reject()
