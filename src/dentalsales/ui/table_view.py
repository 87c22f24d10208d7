"""A table that is read: whole rows are chosen, Enter opens one, Ctrl+C copies them to Excel."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from dentalsales.i18n import language, tr
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import FAMILY, PADDING, RIGHT, VALUE, CellDelegate, ring_without_cell
from dentalsales.ui.clipboard_block import block_of, copied

MOST_SHOWN = 360
"""No column begins wider than this; the user may drag it."""
ARROW = 18
"""Room beside a heading for the arrow of a sorted column."""
LEAST_STRETCHED = 150
"""The column that takes what is left gives way down to this."""


class TableView(QTableView):
    """The look and the keys that lists and reports share."""

    opened = Signal(int)
    """The row on which Enter was pressed or that was clicked twice."""
    chosen_changed = Signal()
    resized = Signal()
    """There is more or less room for the columns, as when a scroll bar comes or goes."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(name))
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self._measured: dict[Any, int] = {}
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_up_headers()
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def _set_up_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(theme.current().row_height)
        rows.setMinimumSectionSize(theme.current().px(20))
        columns.setHighlightSections(False)
        columns.setMinimumHeight(theme.current().px(32))
        columns.setMinimumSectionSize(theme.current().px(40))
        columns.setSectionsMovable(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; what its columns need is measured for it, and again when it says that something changed."""
        super().setModel(model)
        self._measure_anew()
        if model is not None:
            for told in (model.modelReset, model.layoutChanged, model.rowsInserted, model.rowsRemoved):
                told.connect(self._measure_anew)
            model.dataChanged.connect(self._measure_anew)

    def _measure_anew(self, *_where: Any) -> None:
        self._measured.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show where the keys are even while there is no cell to bear the ring."""
        super().paintEvent(event)
        ring_without_cell(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the columns have other room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()

    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        """Tell that other rows are chosen."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def chosen_rows(self) -> list[int]:
        """Return the chosen rows from top to bottom."""
        model = self.selectionModel()
        return sorted(index.row() for index in model.selectedRows()) if model is not None else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, check and copy; everything else moves."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif plain and event.key() == Qt.Key.Key_Space:
            flags = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(self.currentIndex(), flags)
        elif is_menu_key(event):
            self.open_menu()
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy(headings=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def row_acts(self, row: int) -> Sequence[tuple[Any, str, Any]]:
        """Return what the menu of a row offers besides opening and copying: words, keys, act."""
        return ()

    def open_menu(self) -> None:
        """Open the menu of the row under the cursor, below it."""
        from dentalsales.ui.cell_menu import below_cell, row_menu

        menu = row_menu(self)
        if not menu.isEmpty():
            menu.popup(below_cell(self))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Bring the cursor under the pointer and open its menu; the menu key is one of the keys."""
        index = self.indexAt(event.pos())
        if event.reason() != QContextMenuEvent.Reason.Keyboard and index.isValid():
            self.setCurrentIndex(index)
            self.open_menu()

    def copy(self, headings: bool = False) -> None:
        """Put the chosen rows on the clipboard as Excel takes them: raw numbers, ISO dates."""
        model = self.model()
        columns = [column for column in range(model.columnCount()) if not self.isColumnHidden(column)]
        lines = [[copied(model.index(row, column).data(VALUE)) for column in columns] for row in self.chosen_rows()]
        if headings:
            lines.insert(0, [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns])
        QGuiApplication.clipboard().setText(block_of(lines))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no row any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def fit_columns(
        self, kept: dict[str, int], names: Sequence[str], stretched: int, least: Sequence[int] = ()
    ) -> None:
        """Give every column the room its words and its sum need, or the width the user gave it; one takes what is left.

        `least` is the room that the sums under the table need, column by column.
        """
        header, total = self.horizontalHeader(), 0
        rooms = {column: self.sizeHintForColumn(column) for column, name in enumerate(names) if not kept.get(name)}
        for column, name in enumerate(names):
            width = kept.get(name) or min(self._needed(column, rooms[column]), theme.current().px(MOST_SHOWN))
            width = max(width, least[column] if column < len(least) else 0)
            header.resizeSection(column, width)
            total += width
        if 0 <= stretched < len(names) and names[stretched] not in kept:
            narrowest = min(header.sectionSize(stretched), theme.current().px(LEAST_STRETCHED))
            wanted = header.sectionSize(stretched) + self.viewport().width() - total
            header.resizeSection(stretched, max(narrowest, wanted))
            self._give_way(narrowest - wanted, rooms, least)

    def _give_way(self, missing: int, rooms: dict[int, int], least: Sequence[int]) -> None:
        """Take what is missing from the room beside headings, then from long words, at last from states.

        Nothing is taken where all of it is too little.
        """
        if missing <= 0:
            return
        header = self.horizontalHeader()
        sorted_by = header.sortIndicatorSection() if header.isSortIndicatorShown() else -1
        sizes = {column: header.sectionSize(column) for column in rooms}
        tight = {
            column: max(
                self._tightest(column, room) + (ARROW if column == sorted_by else 0), *least[column : column + 1], 0
            )
            for column, room in rooms.items()
        }
        cut = {
            column: min(room, max(self._heading(column), theme.current().px(LEAST_STRETCHED)))
            for column, room in tight.items()
            if self._holds_words(column)
        }
        words = {column: room for column, room in cut.items() if not self._holds_states(column)}
        for floor in (tight, tight | words, tight | cut):
            spared = {column: max(0, sizes[column] - floor[column]) for column in rooms}
            if missing <= sum(spared.values()):
                for column in sorted(spared, key=lambda column: -spared[column]):
                    given = min(missing, spared[column])
                    header.resizeSection(column, sizes[column] - given)
                    missing -= given
                return

    def _holds_words(self, column: int) -> bool:
        """Say whether the cells are words, which may be cut off, and not figures or days."""
        index = self.model().index(0, column)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        return side != RIGHT and (isinstance(index.data(VALUE), str) or self._holds_states(column))

    def _holds_states(self, column: int) -> bool:
        return bool(self.model().index(0, column).data(FAMILY))

    def needed(self, column: int) -> int:
        """Return the room that a column's heading and the rows that are measured need."""
        return self._needed(column, self.sizeHintForColumn(column))

    def _needed(self, column: int, room: int) -> int:
        return max(self._heading(column) + ARROW, room + 4)

    def _tightest(self, column: int, room: int) -> int:
        """Return the room below which words would be cut."""
        return max(self._heading(column), min(room, theme.current().px(MOST_SHOWN)))

    def _heading(self, column: int) -> int:
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return QFontMetrics(theme.current().font("hint", bold=True)).horizontalAdvance(words) + 2 * PADDING + 2

    def sizeHintForColumn(self, column: int) -> int:
        """Measure the first rows, those in sight, and sums; a list of a million is not read for its widths.

        Columns are fitted again for the sums, a scroll bar or another size of the window; the words stay as wide.
        """
        model, metrics, room = self.model(), self.fontMetrics(), self._delegate.room
        rows, top = model.rowCount(), max(0, self.rowAt(0))
        known = column, rows, top, theme.current(), language()
        if known not in self._measured:
            measured = {*range(min(rows, 60)), *range(top, min(rows, top + 40)), rows - 1} if rows else ()
            self._measured[known] = max((room(metrics, model.index(row, column)) for row in measured), default=0)
        return self._measured[known]


def is_menu_key(event: QKeyEvent) -> bool:
    """Say whether a key asks for the menu of what the cursor is on."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shift)
