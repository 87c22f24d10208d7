"""The headings of a list: a click sorts, Shift and a click add a second order, drawing moves; below are the filters."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from dentalsales.ui import theme


class RecordHeader(QHeaderView):
    """Keeps room below the words for the filter row."""

    sort_asked = Signal(int, bool)
    """A column was clicked; with Shift it is a further one of the order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.room = 0
        self._shift = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setMinimumSectionSize(theme.current().px(40))
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionClicked.connect(lambda section: self.sort_asked.emit(section, self._shift))

    def make_room(self, height: int) -> None:
        """Keep so much room below the words."""
        self.room = height
        self.updateGeometry()
        self.geometriesChanged.emit()

    def words_height(self) -> int:
        """Return how high the words stand."""
        return max(super().sizeHint().height(), theme.current().px(32))

    def sizeHint(self) -> QSize:
        """Return the height of words and room."""
        return QSize(super().sizeHint().width(), self.words_height() + self.room)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Remember whether Shift is held when a click sorts."""
        self._shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        super().mouseReleaseEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the words above the room."""
        if self.room:
            painter.fillRect(rect, theme.current().colour("bg.subtle"))
        super().paintSection(painter, rect.adjusted(0, 0, 0, -self.room), section)
