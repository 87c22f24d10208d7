"""Presses Tab through every screen of the sample company and prints the stops: where the keyboard goes, in order.

    python tests/ui/focus_walk.py COMPANY

One line per screen: its name and the accessible names of its stops. A stop without a name, one that is not on the
screen, one that looks the same with and without the focus, and a way that does not come back are printed as PROBLEM.
"""

import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from scale_matrix import at_the_sample
from seen import where

from dentalsales.i18n import use_language
from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.screenshots import memory_only, scenes

MOST = 200
"""More stops than any screen has."""
AROUND = 4
"""Pixels around a control in which its ring is looked for."""


def walk(window: MainWindow) -> tuple[list[str], list[str]]:
    """Press Tab until the way comes back to its first stop; return names of the stops, and what is wrong."""
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
        problems += [f"{where(stop)}: {wrong}" for wrong in _wrong(window, stop, name)]
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


def _wrong(window: MainWindow, stop: QWidget, name: str) -> list[str]:
    found = [] if name else ["no name"]
    if not stop.isVisible() or stop.visibleRegion().isEmpty():
        return [*found, "not on the screen"]
    place = QRect(stop.mapTo(window, QPoint(0, 0)), stop.size()).adjusted(-AROUND, -AROUND, AROUND, AROUND)
    with_focus = window.grab(place).toImage()
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    without = window.grab(place).toImage()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    if with_focus == without:
        found.append("no ring")
    return found


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication(sys.argv[:1])
    use_language("en")
    theme.apply(QApplication.instance(), "light")
    with at_the_sample(Path(sys.argv[1])) as desk:
        window: Any = MainWindow(desk, memory_only("light", (1366, 728), 100))
        window.resize(1366, 728)
        window.show()
        window.activateWindow()
        for name, prepare in scenes(window):
            prepare()
            window.runner.settle()
            QApplication.processEvents()
            names, problems = walk(window)
            print(f"{name}: {' | '.join(names)}")
            for problem in problems:
                print(f"PROBLEM {name}: {problem}")
            for tab in tuple(window.shell.workspace.records):
                window.shell.workspace.close_record(tab, ask=False)
        window.close()


if __name__ == "__main__":
    main()
