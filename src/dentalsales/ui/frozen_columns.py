"""The first columns of a list stay where they are while the others are scrolled sideways."""

from typing import Any

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from dentalsales.ui import theme
from dentalsales.ui.record_delegate import RecordDelegate
from dentalsales.ui.record_header import RecordHeader


class FrozenColumns(QTableView):
    """A second view of the same rows, laid over the left edge while the list is scrolled; the keys stay the list's."""

    def __init__(self, view: Any) -> None:
        super().__init__(view)
        self._view = view
        self.count = 1
        self._set_up()
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        view.horizontalScrollBar().valueChanged.connect(lambda value: self.fit())
        view.model().modelReset.connect(self.fit)
        self.pressed.connect(lambda index: view.setFocus())
        self.doubleClicked.connect(view.doubleClicked)
        self.hide()

    def _set_up(self) -> None:
        view = self._view
        self.setModel(view.model())
        self.setSelectionModel(view.selectionModel())
        self.setItemDelegate(_FrozenDelegate(self, view))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAutoScroll(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(view.verticalHeader().minimumSectionSize())
        rows.setDefaultSectionSize(view.verticalHeader().defaultSectionSize())

    def take_header(self, header: Any) -> None:
        """Have headings like those of the list, which do the same."""
        self._own = RecordHeader(self)
        self._own.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._own.sort_asked.connect(header.sort_asked)
        self._own.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._own.customContextMenuRequested.connect(header.customContextMenuRequested)
        self.setHorizontalHeader(self._own)
        header.sectionResized.connect(lambda column, old, new: self._follow(column))

    def freeze(self, count: int) -> None:
        """Let so many columns stay; 0 lets none."""
        self.count = count
        self.fit()

    def width_of(self) -> int:
        """Return how wide the columns are that stay, as far as they leave room for others."""
        return sum(self._view.columnWidth(column) for column in range(min(self.count, self._columns())))

    def fit(self) -> None:
        """Lie over the columns that would scroll out of sight; lie nowhere while none does."""
        view, width = self._view, self.width_of()
        shown = bool(width) and view.horizontalScrollBar().value() > 0 and width < view.viewport().width() * 2 // 3
        if shown:
            for column in range(self._columns()):
                self.setColumnHidden(column, column >= self.count)
                if column < self.count:
                    self.setColumnWidth(column, view.columnWidth(column))
            main = view.horizontalHeader()
            header = main.height()
            self._own.room = main.room
            self._own.setFixedHeight(header)
            self._own.setSortIndicator(main.sortIndicatorSection(), main.sortIndicatorOrder())
            corner = view.viewport().geometry().topLeft()
            self.setGeometry(QRect(corner.x(), corner.y() - header, width, header + view.viewport().height()))
            self.verticalScrollBar().setValue(view.verticalScrollBar().value())
            self.raise_()
        self.setVisible(shown)

    def covers(self, index: Any) -> int:
        """Return by how many pixels the columns that stay cover a cell."""
        if not self.isVisible() or index.column() < self.count:
            return 0
        return self.width_of() - int(self._view.columnViewportPosition(index.column()))

    def _columns(self) -> int:
        return int(self._view.model().columnCount())

    def _follow(self, column: int) -> None:
        if column < self.count:
            self.fit()

    def scrollTo(self, index: Any, hint: Any = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """The list scrolls; this follows."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the list scroll."""
        self._view.wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns, and the edge behind which the others pass."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(
            QRect(self.viewport().width() - 1, 0, 1, self.viewport().height()), theme.current().colour("line.input")
        )
        painter.end()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pass on what is asked with keys held: checks belong to the list."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            if event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
                self._view.mousePressEvent(event)
                return True
        return super().viewportEvent(event)


class _FrozenDelegate(RecordDelegate):
    """The ring is drawn where the list has the focus."""

    def __init__(self, view: QTableView, owner: QWidget) -> None:
        super().__init__(view)
        self._owner = owner

    def has_focus(self) -> bool:
        """Say whether the keys go to the list."""
        return self._owner.hasFocus()
