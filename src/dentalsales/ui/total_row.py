"""The sums of a list, pinned under it and in line with its columns."""

from decimal import Decimal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import LEFT, PADDING, RIGHT
from dentalsales.ui.table_view import TableView


class TotalRow(QWidget):
    """Follows the widths and the sideways scrolling of its table."""

    def __init__(self, view: TableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._cells: list[str] = []
        self.setMinimumHeight(theme.current().row_height)
        header = view.horizontalHeader()
        header.sectionResized.connect(lambda *sizes: self.update())
        header.sectionMoved.connect(lambda *places: self.update())
        view.horizontalScrollBar().valueChanged.connect(lambda value: self.update())

    def tell(self, names: list[str], kinds: list[str], sums: dict[str, Decimal]) -> None:
        """Show sums by column name; without any the row is hidden."""
        self._cells = [shown(sums[name], kind) if name in sums else "" for name, kind in zip(names, kinds, strict=True)]
        self.setVisible(any(self._cells))
        spoken = "  ".join(cell for cell in self._cells if cell)
        self.setAccessibleName(tr(_("Total: {sums}").fill(sums=spoken)))
        self.update()

    def needed(self) -> list[int]:
        """Return the room that each sum needs: a figure that is cut off would be another figure."""
        metrics = QFontMetrics(theme.current().font("body", bold=True))
        return [metrics.horizontalAdvance(cell) + 2 * PADDING + 2 if cell else 0 for cell in self._cells]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each sum under its column, and the word for it in the first free one."""
        look, painter = theme.current(), QPainter(self)
        painter.fillRect(self.rect(), look.colour("bg.subtle"))
        painter.fillRect(QRect(0, 0, self.width(), 1), look.colour("line.input"))
        painter.setFont(look.font("body", bold=True))
        stays, edge = self._stays()
        first = self._view.viewport().x()
        painter.setClipRect(QRect(edge, 0, self.width() - edge, self.height()))
        for column, words in list(enumerate(self._cells))[stays:]:
            self._paint_cell(painter, column, words, self._view.columnViewportPosition(column) + first)
        painter.setClipping(False)
        for column, words in list(enumerate(self._cells))[:stays]:
            self._paint_cell(painter, column, words, first)
            first += self._view.columnWidth(column)
        painter.end()

    def _stays(self) -> tuple[int, int]:
        """Return how many columns stay in sight now, and where they end."""
        frozen = getattr(self._view, "frozen", None)
        if frozen is None or not frozen.isVisible():
            return 0, 0
        return frozen.count, self._view.viewport().x() + frozen.width()

    def _paint_cell(self, painter: QPainter, column: int, words: str, left: int) -> None:
        place = QRect(left + PADDING, 1, self._view.columnWidth(column) - 2 * PADDING, self.height() - 1)
        if not words and column == 0:
            painter.setPen(theme.current().colour("text.secondary"))
            painter.drawText(place, LEFT, tr(_("Total")))
        elif words:
            painter.setPen(theme.current().colour("danger" if words.startswith("-") else "text.primary"))
            painter.drawText(place, int(RIGHT) | Qt.TextFlag.TextDontClip, words)
