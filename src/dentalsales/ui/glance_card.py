"""The month at a glance: bars against goals, or a line of days with the same figures as a table."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QStyleOptionViewItem, QVBoxLayout

from dentalsales.blueprint.sheet import Block
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import Text, _
from dentalsales.ui import theme
from dentalsales.ui.cell_delegate import PADDING, VALUE, CellDelegate, Index
from dentalsales.ui.line_view import LineView
from dentalsales.ui.page import button, label
from dentalsales.ui.plain_table import model_of
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView

ROWS, LINE_HEIGHT = 6, 86
SHARE = 3
"""The column of a goal's share, which is drawn as a bar."""


class GlanceCard(QFrame):
    """Enter on a row opens what stands behind its figure."""

    def __init__(self, shell: Shell, glance: Any, block: Block) -> None:
        super().__init__()
        self.setObjectName("card")
        self._shell, self._block = shell, block
        self.name = glance.name
        self.table = TableView(glance.title)
        self.table.setModel(model_of(block, self.table))
        self.table.opened.connect(self._open)
        self.table.resized.connect(self._fit)
        head = QHBoxLayout()
        head.setContentsMargins(15, 10, 10, 6)
        head.addWidget(label(glance.title, "section"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 8)
        layout.setSpacing(0)
        layout.addLayout(head)
        rows = min(self.table.model().rowCount(), ROWS)
        height = theme.current().row_height * max(rows, 1) + theme.current().px(34)
        if glance.kind == "goals":
            self.table.setItemDelegate(_Bars(self.table))
            self.table.setFixedHeight(height)
            layout.addWidget(self.table)
        else:
            layout.addWidget(self._two_ways(glance.title, head))

    def _two_ways(self, title: Text, head: QHBoxLayout) -> QStackedWidget:
        """The line, and the same as a table."""
        self.swap = button(_("As a table"), "table", "plain")
        self.swap.setCheckable(True)
        head.addWidget(self.swap)
        stack = QStackedWidget()
        stack.addWidget(_line_of(title, self._block))
        stack.addWidget(self.table)
        stack.setFixedHeight(theme.current().px(LINE_HEIGHT + 24))
        self.swap.toggled.connect(lambda on: self._show_part(stack, int(on)))
        return stack

    def _show_part(self, stack: QStackedWidget, part: int) -> None:
        stack.setCurrentIndex(part)
        if part:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.selectRow(0)

    def _open(self, row: int) -> None:
        opens = self._block.rows[row].opens if row < len(self._block.rows) else None
        if opens is not None:
            self._shell.open_target(opens)

    def _fit(self) -> None:
        names = [str(place) for place in range(len(self._block.columns))]
        kept = {str(SHARE): theme.current().px(84)} if len(names) > SHARE else {}
        metrics = QFontMetrics(theme.current().font(bold=True))
        sums = [shown(total, column.kind) for total, column in zip(self._totals(), self._block.columns, strict=True)]
        self.table.fit_columns(kept, names, 0, [metrics.horizontalAdvance(words) + 2 * PADDING for words in sums])

    def _totals(self) -> Sequence[Any]:
        return self._block.totals or [None] * len(self._block.columns)


def _line_of(title: Text, block: Block) -> LineView:
    return LineView(title, [f"{row.cells[0].day}" for row in block.rows], [row.cells[1] for row in block.rows])


class _Bars(CellDelegate):
    """Draws the share of a goal as a bar under its number; beyond the goal it is full and says so in another colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        value = index.data(VALUE)
        if index.column() != SHARE or not isinstance(value, Decimal):
            return
        look, room = theme.current(), QRectF(option.rect).adjusted(8, option.rect.height() - 7, -8, -3)
        part = max(0.0, min(float(value) / 100, 1.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line.subtle"))
        painter.drawRoundedRect(room, 2, 2)
        painter.setBrush(look.colour("success" if value >= 100 else "accent"))
        room.setWidth(room.width() * part)
        painter.drawRoundedRect(room, 2, 2)
