"""A family of products as a grid of quantities: arrows move, digits count, Enter puts everything into the lines."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from dentalsales.blueprint.matrix import Matrix
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import PADDING
from dentalsales.usecases.family_grid import FamilyGrid, Member

Index = QModelIndex | QPersistentModelIndex
CELL, HEAD, MOST_DIGITS = 76, 96, 6


class MatrixModel(QAbstractTableModel):
    """The quantities that are being typed, by member."""

    def __init__(self, grid: FamilyGrid, matrix: Matrix, there: dict[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid, self._matrix, self.there = grid, matrix, there
        self.typed: dict[int, int] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.grid.down)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.grid.across)

    def member(self, row: int, column: int) -> Member | None:
        """Return who stands in a place, None for a hole."""
        return self.grid.members.get((row, column))

    def flags(self, index: Index) -> Qt.ItemFlag:
        there = self.member(index.row(), index.column()) is not None
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if there else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.grid.across if orientation == Qt.Orientation.Horizontal else self.grid.down)[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.member(index.row(), index.column())
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.typed.get(one.id) or "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(_("{title}: {quantity}; {fact}"), title=one.title, quantity=self.typed.get(one.id, 0),
                      fact=self.under(one))  # fmt: skip
        return None

    def under(self, one: Member) -> str:
        """Return the small words under a cell: what is there, and what the paper has already."""
        said = tr(_("{label} {value}"), label=tr(self._matrix.fact), value=one.fact if one.fact is not None else "-")
        taken = self.there.get(one.id)
        has = tr(_("has {count}"), count=taken)
        return f"{said} · {has}" if taken else said

    def set_quantity(self, index: Index, quantity: int) -> None:
        """Put a quantity in; nought clears the cell."""
        one = self.member(index.row(), index.column())
        if one is not None:
            self.typed[one.id] = quantity
            self.dataChanged.emit(index, index)


class MatrixView(QTableView):
    """Digits go into the cell under the cursor, without an editor."""

    accepted = Signal()

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix, self._fresh = model, True
        look = theme.current()
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(True)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(tr(_("Quantities by {title}"), title=model.grid.title))
        self.horizontalHeader().setDefaultSectionSize(self._width())
        self.horizontalHeader().setHighlightSections(True)
        self.verticalHeader().setDefaultSectionSize(look.px(46))
        self.verticalHeader().setMinimumWidth(look.px(36))
        self.verticalHeader().setVisible(any(model.grid.down))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, correct, move and accept."""
        digits = "".join(str(int(letter)) for letter in event.text() if letter.isdecimal())
        here, held = self.currentIndex(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if digits and not held:
            before = "" if self._fresh else str(here.data() or "")
            self._put((before + digits)[:MOST_DIGITS])
        elif event.key() == Qt.Key.Key_Backspace:
            self._put("" if self._fresh else str(here.data() or "")[:-1])
        elif event.key() == Qt.Key.Key_Delete:
            self._put("")
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            step = 1 if event.key() == Qt.Key.Key_Plus else -1
            self._put(str(max(0, int(here.data() or 0) + step)))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: Any, modifiers: Any) -> QModelIndex:
        """Pass over the holes; at the edge the cursor stays."""
        start, here = self.currentIndex(), super().moveCursor(action, modifiers)
        steps = {
            QAbstractItemView.CursorAction.MoveUp: (-1, 0),
            QAbstractItemView.CursorAction.MoveDown: (1, 0),
            QAbstractItemView.CursorAction.MoveLeft: (0, -1),
            QAbstractItemView.CursorAction.MoveRight: (0, 1),
        }
        if action not in steps or not start.isValid():
            return here
        down, right = steps[action]
        row, column = start.row() + down, start.column() + right
        while 0 <= row < self.matrix.rowCount() and 0 <= column < self.matrix.columnCount():
            if self.matrix.member(row, column) is not None:
                return self.matrix.index(row, column)
            row, column = row + down, column + right
        return start

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The first digit in a cell replaces what it held."""
        self._fresh = True
        super().currentChanged(current, previous)

    def _put(self, digits: str) -> None:
        self._fresh = False
        self.matrix.set_quantity(self.currentIndex(), int(digits or 0))

    def _width(self) -> int:
        metrics = self.fontMetrics()
        hints = theme.current().font("hint")
        hints_width = max(self._hint_width(one, hints) for one in self.matrix.grid.members.values())
        heads = max(metrics.horizontalAdvance(word) for word in self.matrix.grid.across)
        return max(theme.current().px(CELL), hints_width + 2 * PADDING, heads + 3 * PADDING)

    def _hint_width(self, one: Member, font: Any) -> int:
        return QFontMetrics(font).horizontalAdvance(self.matrix.under(one))


class _Cells(QStyledItemDelegate):
    """The quantity above, what is available below."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one place."""
        look, model = theme.current(), self._view.matrix
        one = model.member(index.row(), index.column())
        painter.save()
        typed = str(index.data() or "") if one is not None else ""
        ground = "bg.subtle" if one is None else "bg.selected" if typed else "bg.surface"
        painter.fillRect(option.rect, look.colour(ground))
        if one is not None:
            place = option.rect.adjusted(PADDING, 3, -PADDING, -3)
            painter.setFont(look.font("body", bold=True))
            painter.setPen(look.colour("text.primary"))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, typed)
            painter.setFont(look.font("hint"))
            short = isinstance(one.fact, int) and int(typed or 0) > one.fact
            painter.setPen(look.colour("danger" if short else "text.secondary"))
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, model.under(one))
        if index == self._view.currentIndex():
            painter.setPen(QPen(look.colour("ring"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()
