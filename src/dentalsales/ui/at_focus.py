"""Hears the keys and the input method where the focus is, without being asked at every event of the program."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from dentalsales.ui.focus_moves import follow_focus


class AtFocus(QObject):
    """A filter of events on every widget that ever had the focus, and of the whole program only while it listens.

    A filter of the whole program is called for each of the thousand paints, sizes and styles of a screen that opens.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        follow_focus(self._follow)
        self._follow(None, QApplication.focusWidget())

    def listen(self, everywhere: bool) -> None:
        """Hear every event of the program from now on, or again only those at the focus."""
        if everywhere:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        else:
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            now.installEventFilter(self)
