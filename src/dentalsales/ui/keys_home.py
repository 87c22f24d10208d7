"""Where the keys were on each screen and record, and how they come back there: they never go nowhere."""

from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from dentalsales.ui.focus_moves import follow_focus


class KeysHome(QObject):
    """Follows the focus in a workspace, and gives it back when what covered the window took it away.

    A cell that is being typed into loses its editor when a list or a dialog opens over it; Qt forgets then where the
    focus was, and gives it to nothing or to the first widget of the window.
    """

    def __init__(self, workspace: Any) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._homes: WeakKeyDictionary[QWidget, QWidget] = WeakKeyDictionary()
        self._turning = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        workspace.installEventFilter(self)
        follow_focus(self._follow)

    def of(self, screen: QWidget) -> QWidget | None:
        """Return what had the keys last on a screen or record; None when it can't take them any more."""
        for home in (self._homes.get(screen), screen.focusWidget()):
            if home is None or home is screen or not isValid(home):
                continue
            if screen.isAncestorOf(home) and home.isVisible() and home.isEnabled():
                return home
        return None

    def turn(self, show: QWidget, stack: QStackedWidget) -> None:
        """Show another page of the stack; where its keys were is not what Qt chooses on the way."""
        self._turning = True
        stack.setCurrentWidget(show)
        self._turning = False
        focused, home = QApplication.focusWidget(), self.of(show)
        if focused is not None and home is not None and focused is not home and show.isAncestorOf(focused):
            home.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window comes to the front again: before Qt chooses, for want of a former one, its first widget."""
        if event.type() == QEvent.Type.WindowActivate and self._workspace.window().focusWidget() is None:
            self._workspace.return_focus()
        return False

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            if isValid(self._soon):  # the focus also goes when the window itself goes
                self._soon.start()
            return
        screen = self._workspace.current()
        if not self._turning and screen is not None and screen.isAncestorOf(now):
            self._homes[screen] = _lasting(now)

    def _look(self) -> None:
        covered = QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None
        if not covered and QApplication.focusWidget() is None and self._workspace.isActiveWindow():
            self._workspace.return_focus()


def _lasting(focused: QWidget) -> QWidget:
    """Return the table of a cell's editor, which goes when it is left; else the widget itself."""
    parent = focused.parentWidget()
    table = parent.parentWidget() if parent is not None else None
    return table if isinstance(table, QAbstractItemView) and table.viewport() is parent else focused
