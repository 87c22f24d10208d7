"""The preview: these very pages are printed, kept and counted; keys for everything; a stopped job leaves nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import makers
import pytest
import shiboken6
from office_window import at_work
from paper_printer import DOT_MATRIX, FilePrinters, open_preview
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dentalsales.exchange import preview
from dentalsales.registers.dispatch_notes import DispatchNote
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.print_job import keep_offset
from dentalsales.ui.save_file import file_name
from dentalsales.usecases.form import open_form
from dentalsales.usecases.print_paper import claim, prepare, printed_before

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def note(desks: Any) -> int:
    """A dispatch note that was sent."""
    customer, product = makers.a_customer(desks), makers.a_product(desks)
    makers.some_stock(desks, product, 20, "R1")
    order = makers.moved_to(desks, makers.an_order(desks, customer, (product, 6)), "sent")
    with desks.company.reading() as session:
        return int(session.query(DispatchNote.id).filter_by(order_id=order.id).one()[0])


@pytest.fixture
def window(desks: Any, note: int, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


@pytest.fixture
def printers(tmp_path: Path) -> FilePrinters:
    (tmp_path / "printed").mkdir()
    return FilePrinters(tmp_path / "printed")


def previewed(window: MainWindow, note: int, printers: FilePrinters) -> Any:
    """Open the record and press Ctrl+P."""
    window.shell.open_record("dispatch_notes", note)
    window.activateWindow()
    assert window.runner.settle() and QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, Qt.Key.Key_P, CTRL)
    dialog = open_preview()
    dialog.printers = printers
    assert window.runner.settle()
    dialog.bar.offer_printers(printers.names(), "")
    return dialog


def words(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_enter_prints_the_pages_that_are_shown_on_paper_of_their_own_size(
    window: MainWindow, desks: Any, note: int, printers: FilePrinters
) -> None:
    dialog = previewed(window, note, printers)
    assert dialog.focusWidget() is dialog.bar.print_button
    shown = dialog.file.read_bytes()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.runner.settle()
    (printed,) = printers.printed()
    assert preview.page_sizes(shown) == [pytest.approx((241, 140), abs=0.5)]
    assert preview.page_sizes(printed) == [pytest.approx((241, 140), abs=0.5)]
    assert dark_places(shown) == pytest.approx(dark_places(printed.read_bytes()), abs=0.6)
    assert not shiboken6.isValid(dialog) or not dialog.isVisible()
    assert printed_before(desks["clerk"], "dispatch_note", [note]) == {note: 1}


def dark_places(pdf: bytes) -> tuple[float, float, float, float]:
    """Where the ink of the first page begins and ends, in millimetres from the left, above, right and below."""
    image = preview.page(pdf, 0, 127)
    rows = [image.data[at * image.stride : at * image.stride + image.width * 4 : 4] for at in range(image.height)]
    inked = [at for at, row in enumerate(rows) if min(row) < 100]
    columns = [at for at in range(image.width) if any(row[at] < 100 for row in rows)]
    return columns[0] / 5, inked[0] / 5, columns[-1] / 5, inked[-1] / 5


def test_a_shift_moves_what_is_printed_and_not_what_is_shown(
    window: MainWindow, note: int, printers: FilePrinters
) -> None:
    keep_offset(window.shell.preferences, "241x140", 4.0, -3.0)
    dialog = previewed(window, note, printers)
    shown = dark_places(dialog.file.read_bytes())
    QTest.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert window.runner.settle()
    moved = dark_places(printers.printed()[0].read_bytes())
    assert moved == pytest.approx((shown[0] + 4, shown[1] - 3, shown[2] + 4, shown[3] - 3), abs=0.6)


def test_the_first_print_is_clean_and_each_later_one_says_which_reprint_it_is(
    window: MainWindow, desks: Any, note: int, printers: FilePrinters
) -> None:
    for count in range(3):
        dialog = previewed(window, note, printers)
        assert ("Reprint" in words(dialog.file)) == (count > 0)
        if count:
            assert f"Reprint {count} 2026-11-20 10:00" in " ".join(words(dialog.file).split())
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert window.runner.settle()
    assert printed_before(desks["manager"], "dispatch_note", [note]) == {note: 3}
    entries = open_form(desks["manager"], "dispatch_notes", note).history()
    told = [entry.step_label.values["count"] for entry in entries if "reprint" in str(entry.step_label)]
    assert told == [2, 1]


def test_looking_at_a_paper_does_not_count(window: MainWindow, desks: Any, note: int, printers: FilePrinters) -> None:
    dialog = previewed(window, note, printers)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.runner.settle()
    assert printed_before(desks["manager"], "dispatch_note", [note]) == {} and printers.printed() == []


def test_a_pdf_that_is_kept_counts_and_the_next_page_shown_is_a_reprint(
    window: MainWindow, desks: Any, note: int, printers: FilePrinters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    proposed: list[str] = []

    def where(parent: Any, title: str, path: str, kinds: str) -> tuple[str, str]:
        proposed.append(Path(path).name)
        return str(tmp_path / "kept.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    dialog = previewed(window, note, printers)
    QTest.keyClick(dialog, Qt.Key.Key_S, CTRL)
    assert window.runner.settle()
    assert proposed == ["Dispatch note CK-20261120-001 北京瑞康口腔门诊部.pdf"], "found again among hundreds of files"
    assert "Reprint" not in words(tmp_path / "kept.pdf")
    assert "Reprint 1" in words(dialog.file)
    assert printed_before(desks["manager"], "dispatch_note", [note]) == {note: 1}
    dialog.reject()


def test_a_paper_that_somebody_else_prints_meanwhile_is_shown_again_before_it_is_printed(
    window: MainWindow, desks: Any, note: int, printers: FilePrinters
) -> None:
    dialog = previewed(window, note, printers)
    claim(desks["warehouse"], prepare(desks["warehouse"], "dispatch_note", [note]), "paper")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.runner.settle()
    assert printers.printed() == [] and dialog.banner.isVisible() and "Reprint 1" in words(dialog.file)
    dialog.reject()


@pytest.mark.qt_log_ignore("open", "begin", "QPdf", extend=True)
def test_a_printer_that_does_not_answer_is_said_and_not_counted(
    window: MainWindow, desks: Any, note: int, printers: FilePrinters
) -> None:
    printers.folder = printers.folder / "gone"
    dialog = previewed(window, note, printers)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert window.runner.settle()
    assert dialog.isVisible() and dialog.banner.isVisible()
    assert printed_before(desks["manager"], "dispatch_note", [note]) == {}
    dialog.reject()


def test_the_printer_of_a_paper_is_remembered(window: MainWindow, note: int, printers: FilePrinters) -> None:
    dialog = previewed(window, note, printers)
    dialog.bar.printer.setCurrentIndex(1)
    dialog.bar.printer.activated.emit(1)
    dialog.reject()
    again = previewed(window, note, printers)
    again._offer_printers(printers.names())
    assert again.bar.printer.currentData() == DOT_MATRIX
    again.reject()


def test_a_preview_fits_the_width_and_zooms_and_turns_by_keys(
    window: MainWindow, note: int, printers: FilePrinters
) -> None:
    dialog = previewed(window, note, printers)
    pages = dialog.pages
    assert pages.horizontalScrollBar().maximum() == 0
    fitting = pages.scale
    QTest.keyClick(dialog, Qt.Key.Key_Plus)
    assert pages.scale > fitting
    QTest.keyClick(dialog, Qt.Key.Key_Minus)
    QTest.keyClick(dialog, Qt.Key.Key_Minus)
    assert pages.scale < fitting
    QTest.keyClick(dialog, Qt.Key.Key_0)
    assert pages.scale == fitting and window.runner.settle()
    dialog.reject()


def test_another_size_or_no_prices_are_shown_at_once(window: MainWindow, note: int, printers: FilePrinters) -> None:
    dialog = previewed(window, note, printers)
    assert "720.00" in words(dialog.file)
    dialog.bar.prices.click()
    assert window.runner.settle() and "720.00" not in words(dialog.file)
    dialog.bar.paper.setCurrentIndex(dialog.bar.paper.findData("A4"))
    dialog.bar.paper.activated.emit(1)
    assert window.runner.settle()
    assert preview.page_sizes(dialog.file)[0] == pytest.approx((210, 297), abs=0.5)
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_todays_daily_report_is_printed_in_at_most_eight_keys(
    window: MainWindow, printers: FilePrinters, language: str
) -> None:
    from dentalsales.i18n import use_language

    use_language(language)
    pressed = 0

    def press(key: Any, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal pressed
        pressed += 1
        from PySide6.QtWidgets import QApplication

        QTest.keyClick(QApplication.focusWidget() or window, key, held)
        window.runner.settle()

    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_Return)
    assert window.shell.workspace.screen_key == "reports"
    press(Qt.Key.Key_P, CTRL)
    dialog = open_preview()
    dialog.printers = printers
    dialog.bar.offer_printers(printers.names(), "")
    press(Qt.Key.Key_Return)
    (printed,) = printers.printed()
    assert preview.page_sizes(printed)[0] == pytest.approx((210, 297), abs=1)
    assert pressed <= 8


def test_a_paper_is_kept_under_a_name_that_every_file_system_takes() -> None:
    assert file_name("发货单 FH-1 甲/乙\t诊所\n(北京) ") == "发货单 FH-1 甲-乙 诊所 (北京)"
    assert len(file_name("发货单 FH-20261122-001 " + "长" * 200).encode()) <= 240
    assert file_name("报表.") == "报表"
    assert file_name("???") == "---"
    assert file_name("\n") == "file"
