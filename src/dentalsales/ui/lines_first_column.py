"""What a line is about stays in sight while the other columns of a grid are scrolled sideways."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from dentalsales.ui import theme

Index = QModelIndex | QPersistentModelIndex


class FirstColumn(QTableView):
    """A second view of the first column, laid over the left edge; keys stay the grid's, a click goes to the cell."""

    def __init__(self, grid: Any) -> None:
        super().__init__(grid)
        self._grid = grid
        self.setModel(grid.model())
        self.setItemDelegate(_AsInTheGrid(grid, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setAutoScroll(False)
        self.setAccessibleName(grid.accessibleName())
        for column in range(1, grid.model().columnCount()):
            self.setColumnHidden(column, True)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(grid.verticalHeader().minimumSectionSize())
        rows.setDefaultSectionSize(grid.verticalHeader().defaultSectionSize())
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        grid.verticalScrollBar().valueChanged.connect(self._follow)
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        grid.horizontalScrollBar().valueChanged.connect(self.fit)
        grid.selectionModel().selectionChanged.connect(self.viewport().update)
        self.pressed.connect(lambda index: grid.go_to(index.row(), 0))
        self.hide()

    def fit(self) -> None:
        """Lie over the first column when it would be out of sight and leaves room for others; else nowhere."""
        grid, width = self._grid, self._grid.columnWidth(0)
        room = grid.viewport().geometry()
        shown = grid.horizontalScrollBar().value() > 0 and width < room.width() * 2 // 3
        if shown:
            heading = grid.horizontalHeader().height()
            self.setColumnWidth(0, width)
            for row in range(self.model().rowCount() if grid.wraps else 0):
                self.setRowHeight(row, grid.rowHeight(row))
            self.horizontalHeader().setFixedHeight(heading)
            self.setGeometry(QRect(room.x(), room.y() - heading, width, heading + room.height()))
            self._follow()
            self.raise_()
        self.setVisible(shown)

    def covers(self, index: Index) -> int:
        """Return by how many pixels a cell lies under this column."""
        if not self.isVisible() or index.column() == 0:
            return 0
        return max(0, self.width() - int(self._grid.columnViewportPosition(index.column())))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the grid scroll."""
        self._grid.wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the column, and the edge behind which the others pass."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        edge = QRect(self.viewport().width() - 1, 0, 1, self.viewport().height())
        painter.fillRect(edge, theme.current().colour("line.input"))
        painter.end()

    def _follow(self) -> None:
        self.verticalScrollBar().setValue(self._grid.verticalScrollBar().value())


class _AsInTheGrid(QStyledItemDelegate):
    """Cells look as those of the grid; it alone edits them."""

    def __init__(self, grid: Any, parent: QTableView) -> None:
        super().__init__(parent)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell; what is chosen is chosen in the grid."""
        if self._grid.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        self._grid.itemDelegate().paint(painter, option, index)
