"""Presses Tab through a screen: where the keyboard goes, in order, and what is wrong on its way.

A stop without a name, one that is not on the screen, one that looks the same with and without the focus, and a way that
does not come back are wrong.
"""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from seen import where

from dentalsales.ui.main_window import MainWindow

MOST = 200
"""More stops than any screen has."""
AROUND = 4
"""Pixels around a control in which its ring is looked for."""


def walk(window: MainWindow, ringed: set[QWidget]) -> tuple[list[str], list[str]]:
    """Press Tab until the way comes back to its first stop; return names of the stops, and what is wrong.

    `ringed` are the stops whose ring was looked at on an earlier screen, such as those of the navigation; it grows.
    """
    names: list[str] = []
    problems: list[str] = []
    seen: list[QWidget] = []
    for _press in range(MOST):
        stop = QApplication.focusWidget()
        if stop is None:
            return names, [*problems, "the focus is lost"]
        if stop in seen:
            break
        seen.append(stop)
        name = _name(stop)
        names.append(name)
        problems += [f"{where(stop)}: {wrong}" for wrong in _wrong(window, stop, name, ringed)]
        if isinstance(stop, QTableView) and stop.editTriggers() != QTableView.EditTrigger.NoEditTriggers:
            QTest.keyClick(stop, Qt.Key.Key_F6)  # Tab walks inside a grid of lines; F6 leaves it
        else:
            QTest.keyClick(stop, Qt.Key.Key_Tab)
        QApplication.processEvents()
    else:
        problems.append("the way does not come back")
    if len(seen) < 2:
        problems.append("Tab goes nowhere")
    return names, problems


def _name(stop: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(stop)
    return spoken.text(QAccessible.Text.Name).strip() if spoken is not None else ""


def _wrong(window: MainWindow, stop: QWidget, name: str, ringed: set[QWidget]) -> list[str]:
    found = [] if name else ["no name"]
    if not stop.isVisible() or stop.visibleRegion().isEmpty():
        return [*found, "not on the screen"]
    if stop in ringed:
        return found
    ringed.add(stop)
    place = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    with_focus = window.grab(place).toImage()
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    without = window.grab(place).toImage()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    if with_focus == without:
        found.append("no ring")
    return found
