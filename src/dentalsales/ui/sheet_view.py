"""Shows a sheet: its blocks one under the other as tables, its chart, and what is said at its end."""

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dentalsales.blueprint.sheet import Block, Chart, Sheet
from dentalsales.i18n import _
from dentalsales.ui import theme
from dentalsales.ui.chart_view import ChartView
from dentalsales.ui.in_slices import InSlices
from dentalsales.ui.page import label
from dentalsales.ui.plain_table import model_of
from dentalsales.ui.shell import Shell
from dentalsales.ui.table_view import TableView

MOST_ROWS = 400
"""A block with more rows scrolls by itself; one that is alone does so as soon as the window is full."""
FEW_ROWS = 18
"""One that is alone is never lower than so many of its rows."""


class SheetView(QScrollArea):
    """Enter on a row opens the record or the list it stands for."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._tables: list[TableView] = []
        self._drawing: InSlices | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def tables(self) -> list[TableView]:
        """The tables of the blocks that have rows."""
        if self._drawing is not None:
            self._drawing.finish()
        return self._tables

    def show_sheet(self, sheet: Sheet, conditions: Sequence[str]) -> None:
        """Show another sheet, under what stands below its title; it is painted when all its blocks are there."""
        self._begin()
        self._drawing = InSlices(self._draw(sheet, conditions), self)
        self._drawing.start()

    def clear(self) -> None:
        """Show nothing."""
        self._begin()

    def _begin(self) -> None:
        if self._drawing is not None:
            self._drawing.give_up()
        self._tables = []
        body = QWidget()
        body.setObjectName("scrolled")
        self.setWidget(body)  # before there is anything in it: a move would look up every style again

    def _draw(self, sheet: Sheet, conditions: Sequence[str]) -> Iterator[None]:
        body = self.widget()
        assert body is not None
        body.setUpdatesEnabled(False)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        if conditions:
            said = label("   ".join(conditions), "secondary", body)
            said.setWordWrap(True)
            layout.addWidget(said)
        alone = len(sheet.blocks) == 1
        for block in sheet.blocks:
            made = self._block(block, alone, body)
            layout.addWidget(made, 1 if alone and block.rows else 0)
            made.show()
            yield
        if sheet.chart is not None and sheet.chart.labels:
            layout.addWidget(self._chart(sheet.chart, body))
            yield
        for note in sheet.notes:
            line = label(note, "hint", body)
            line.setWordWrap(True)
            layout.addWidget(line)
        if not (alone and sheet.blocks[0].rows):
            layout.addStretch(1)
        body.setUpdatesEnabled(True)

    def _chart(self, chart: Chart, body: QWidget) -> QFrame:
        frame = QFrame(body)
        frame.setObjectName("card")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(ChartView(chart, self._shell.runner))
        return frame

    def _block(self, block: Block, alone: bool, body: QWidget) -> QFrame:
        frame = QFrame(body)
        frame.setObjectName("card")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        heading = label(block.title, "section", frame)
        heading.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(heading)
        if not block.rows:
            empty = label(_("No data in this period"), "secondary")
            empty.setContentsMargins(12, 4, 12, 12)
            layout.addWidget(empty)
            return frame
        table = self._table(block, frame)
        layout.addWidget(table, 1)
        rows = table.model().rowCount()
        look = theme.current()
        height = look.row_height * min(rows, MOST_ROWS) + look.px(32) + 4
        if not alone:
            table.setProperty("height", height)
            table.setFixedHeight(height)
        elif rows <= FEW_ROWS:
            table.setMinimumHeight(height)
        return frame

    def _table(self, block: Block, frame: QFrame) -> TableView:
        table = TableView(block.title, frame)
        table.setModel(model_of(block, table))
        table.setProperty("block", block.name)
        table.opened.connect(lambda row: self._open(block, row))
        table.resized.connect(lambda: self._fit(table))
        table.selectionModel().currentChanged.connect(lambda index: self._follow(table, index))
        self._tables.append(table)
        return table

    def _open(self, block: Block, row: int) -> None:
        """Follow a row; the row of sums leads nowhere."""
        opens: Any = block.rows[row].opens if row < len(block.rows) else None
        if opens is not None:
            self._shell.open_target(opens)
        else:
            self._shell.toast(_("Nothing stands behind this row."))

    def _follow(self, table: TableView, index: QModelIndex) -> None:
        """Keep the row under the cursor in sight: a block is as high as its rows, so it is the sheet that scrolls."""
        body, cell = self.widget(), table.visualRect(index)
        if body is not None and index.isValid():
            middle = table.viewport().mapTo(body, cell.center())
            self.ensureVisible(self.horizontalScrollBar().value(), middle.y(), 0, cell.height())

    def _fit(self, table: TableView) -> None:
        model: Any = table.model()
        kinds = [column.kind for column in model.columns]
        worded = [place for place, kind in enumerate(kinds) if kind in ("text", "link", "note")]
        stretched = max(worded, key=table.sizeHintForColumn, default=0)  # the longest words, not the code before them
        table.fit_columns({}, [str(place) for place in range(len(kinds))], stretched)
        rows, bar = table.property("height"), table.horizontalScrollBar().sizeHint().height()
        if rows is not None:  # columns that do not fit need a bar below the rows, not over the last of them
            table.setFixedHeight(rows + (bar if table.horizontalHeader().length() > table.viewport().width() else 0))
