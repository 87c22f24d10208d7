"""Where the focus stands in an import: at what comes next, never outside of the page."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def begin(page: Any) -> None:
    """Put the focus on what the step waits for: the list of kinds, a column to match, a bad cell, or the next step."""
    pane = page.panes.currentWidget()
    if page.cancel.isVisible():
        page.cancel.setFocus()
    elif pane is page.files:
        page.files.list.setFocus()
    elif page.next.isEnabled():
        page.next.setFocus()
    else:
        pane.take_focus()


def panes(page: Any) -> list[QWidget]:
    """Return the parts of the step between which F6 goes."""
    inside: tuple[QWidget, ...] = page.panes.currentWidget().parts
    return [part for part in (*inside, page.next, page.back) if part.isVisible() and part.isEnabled()]


def next_pane(page: Any, onwards: bool) -> QWidget | None:
    """Return the part after the focused one, None at the end: then F6 leaves the page."""
    found, focused = panes(page), page.focusWidget()
    if focused is None or not focused.hasFocus():
        return None
    here = next((at for at, part in enumerate(found) if part is focused or part.isAncestorOf(focused)), -1)
    there = here + (1 if onwards else -1)
    return found[there] if 0 <= there < len(found) else None


def takes(page: Any, event: QEvent) -> bool:
    """Take F6 before the window does, as long as there is another part to go to."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() != Qt.Key.Key_F6 or next_pane(page, not event.modifiers()) is None:
        return False
    event.accept()
    return True


def press(page: Any, event: QKeyEvent) -> bool:
    """Enter goes on, Esc back or stops what is under way, F6 to the next part; False for any other key."""
    there = next_pane(page, not event.modifiers()) if event.key() == Qt.Key.Key_F6 else None
    if there is not None:
        there.setFocus(Qt.FocusReason.ShortcutFocusReason)
    elif event.key() in ENTER and page.panes.currentWidget() is page.files:
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
