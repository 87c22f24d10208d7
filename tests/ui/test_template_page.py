"""The screen of the print templates: a tick is kept and seen at once, and can be taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office_window import at_work
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtTest import QTest

from dentalsales.exchange import pdf_ruler, preview
from dentalsales.ui import print_offset
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.print_job import offset_of
from dentalsales.ui.print_offset import PrintOffset
from dentalsales.ui.template_page import TemplatePage
from dentalsales.usecases import print_template


@pytest.fixture
def window(desks: Any, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with at_work(desks["manager"], tmp_path, qtbot) as window:
        yield window


@pytest.fixture
def page(window: MainWindow) -> TemplatePage:
    """The screen, at the dispatch note on 241 x 140 mm."""
    opened: Any = window.shell.open_screen("print_templates")
    assert window.runner.settle()
    opened.printout.setCurrentIndex(opened.printout.findData("dispatch_note"))
    opened.printout.activated.emit(opened.printout.currentIndex())
    assert window.runner.settle()
    return opened  # type: ignore[no-any-return]


def words(page: TemplatePage) -> str:
    """What the example says."""
    import pypdfium2

    document = pypdfium2.PdfDocument((Path(page._folder.name) / f"template-{page._drawn}.pdf").read_bytes())
    try:
        return "".join(sheet.get_textpage().get_text_range() for sheet in document)
    finally:
        document.close()


def settled(window: MainWindow, page: TemplatePage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not page._pause.isActive())
    assert window.runner.settle()


def test_what_the_law_wants_cannot_be_unticked(page: TemplatePage) -> None:
    ticks = page.choices.parts.ticks
    assert not ticks["lot"].isEnabled() and ticks["lot"].isChecked()
    assert ticks["storage"].isEnabled()


def test_a_tick_is_kept_and_shown_at_once(window: MainWindow, page: TemplatePage, desks: Any, qtbot: Any) -> None:
    assert "SF1234567890123" in words(page)
    tick = page.choices.parts.ticks["carrier"]
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    settled(window, page, qtbot)
    assert "SF1234567890123" not in words(page)
    assert print_template.template(desks["warehouse"], "dispatch_note", "241x140").shown == {"carrier": False}


def test_the_names_of_the_parts_are_those_the_company_writes(
    window: MainWindow, page: TemplatePage, desks: Any, qtbot: Any
) -> None:
    field = page.choices.copy_names
    assert field.placeholderText() == "Stub、Customer's copy、Finance copy" and field.isVisibleTo(page)
    field.setFocus()
    QTest.keyClicks(field, "White, Red, Yellow")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settled(window, page, qtbot)
    assert "Copy 3 Yellow" in words(page) and "Stub" not in words(page)
    assert print_template.template(desks["warehouse"], "dispatch_note", "241x140").copy_names == "White, Red, Yellow"


def test_going_back_to_the_paper_as_it_comes_can_be_undone(
    window: MainWindow, page: TemplatePage, desks: Any, qtbot: Any
) -> None:
    page.choices.copies.setValue(3)
    settled(window, page, qtbot)
    page.reset()
    assert window.runner.settle()
    assert page.choices.copies.value() == 1
    toast = window.messages._toasts[-1]
    from PySide6.QtWidgets import QPushButton

    next(one for one in toast.findChildren(QPushButton) if one.text() == "Undo").click()
    assert window.runner.settle()
    assert page.choices.copies.value() == 3
    assert print_template.template(desks["manager"], "dispatch_note", "241x140").copies == 3


def test_the_usual_size_is_one_tick(window: MainWindow, page: TemplatePage, desks: Any) -> None:
    page.paper.setCurrentIndex(page.paper.findData("A4"))
    page.paper.activated.emit(1)
    assert window.runner.settle()
    page.choices.is_usual.click()
    assert window.runner.settle()
    assert print_template.usual_size_of(desks["clerk"], "dispatch_note") == "A4"


def test_a_clerk_has_no_such_screen_in_the_navigation(desks: Any) -> None:
    from dentalsales.ui.screens import screens_of

    assert "print_templates" in [screen.key for screen in screens_of(desks["manager"])]
    assert "print_templates" not in [screen.key for screen in screens_of(desks["clerk"])]


def test_the_measured_cross_becomes_the_shift_of_this_computer(window: MainWindow) -> None:
    assert print_offset.CROSS == pdf_ruler.CROSS
    for measured, shift in (((53.0, 48.5), (-3.0, 1.5)), ((50.5, 50.0), (-3.5, 1.5))):
        dialog = PrintOffset(window.shell, QSizeF(241, 140), window)
        for field, value in zip(dialog.measured, measured, strict=True):
            field.setValue(value)
        dialog.keep()
        assert offset_of(window.shell.preferences, "241x140") == shift
    assert offset_of(window.shell.preferences, "210x297") == (0.0, 0.0)


def test_the_page_with_the_cross_has_the_size_of_the_paper(tmp_path: Path) -> None:
    for width, height in ((241, 140), (210, 297), (210, 148)):
        pdf_ruler.write_ruler_page(width, height, tmp_path / "cross.pdf")
        assert preview.page_sizes(tmp_path / "cross.pdf") == [pytest.approx((width, height), abs=0.5)]
