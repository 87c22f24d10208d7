"""Where the focus stands in an import: at what comes next, never outside of the page."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dentalsales.ui.panes import Pane

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def begin(page: Any) -> None:
    """Put the focus on what the step waits for: the list of kinds, a column to match, a bad cell, or the next step."""
    pane = page.steps.currentWidget()
    if page.cancel.isVisible():
        page.cancel.setFocus()
    elif pane is page.files:
        page.files.list.setFocus()
    elif page.next.isEnabled():
        page.next.setFocus()
    else:
        pane.take_focus()


def panes_of(page: Any) -> list[Pane]:
    """Return the parts of the step between which F6 goes."""
    inside: tuple[QWidget, ...] = page.steps.currentWidget().parts
    parts = [part for part in (*inside, page.next, page.back) if part.isVisible() and part.isEnabled()]
    return [(part, part.setFocus) for part in parts]


def press(page: Any, event: QKeyEvent) -> bool:
    """Enter goes on, Esc back or stops what is under way; False for any other key."""
    if event.key() in ENTER and page.steps.currentWidget() is page.files:
        page.files.ask()
    elif event.key() in ENTER and page.next.isEnabled():
        page.next.click()
    elif event.key() == Qt.Key.Key_Escape and page.cancel.isVisible():
        page.cancel.click()
    elif event.key() == Qt.Key.Key_Escape and page.back.isVisible():
        page.back.click()
    else:
        return False
    return True
