"""Lays the fields of a section out: labels left on a paper, above on a card; fewer columns when narrow."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dentalsales.i18n import language
from dentalsales.ui import theme
from dentalsales.ui.field_cell import FieldCell

ROW_OF_FOUR, NARROW = 800, 480
"""Widths, in pixels at 100 %, from which a paper's head has four columns, and two."""
LABEL_WIDTHS = {"zh_CN": 104, "en": 116}
NAME_LENGTH = 150
"""As long as the name of a linked record may be, for the purpose of its room."""
STRETCH = {"link": 4, "text": 4, "note": 4, "choice": 3, "day": 3, "month": 3}


class DocumentFields(QWidget):
    """The head or foot of a paper: up to four label and field pairs in a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Sequence[FieldCell]] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def place(self) -> QWidget:
        """Return where the next cell is to be made."""
        return self

    def fill(self, rows: Sequence[Sequence[FieldCell]]) -> None:
        """Lay out the cells that were made here."""
        self._rows = rows
        self._lay(min(4, max((len(row) for row in rows), default=1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use fewer columns when there is no room."""
        super().resizeEvent(event)
        if not self._rows:
            return
        width = event.size().width() * 100 / theme.current().percent
        most = max((len(row) for row in self._rows), default=1)
        self._lay(min(most, 4 if width >= ROW_OF_FOUR else 2 if width >= NARROW else 1))

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(2 * self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        lines = [row[start : start + columns] for row in self._rows for start in range(0, len(row), columns)]
        placed = [(line, *place) for line, cells in enumerate(lines) for place in self._places(cells)]
        for column in range(columns):
            cells = [cell for _line, at, _span, cell in placed if at == column]
            self._grid.setColumnStretch(2 * column + 1, max((_weight(cell) for cell in cells), default=1))
            width = self._label_width(cells)
            for cell in cells:
                cell.label.setFixedWidth(width)
        for line, column, span, cell in placed:
            typed = any(each.editor is not None for each in lines[line])
            for text in (cell.label, cell.text):
                if text is not None:
                    text.setMinimumHeight(theme.current().px(32 if typed else 24))
            cell.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            level = Qt.AlignmentFlag.AlignTop if typed else Qt.AlignmentFlag(0)  # read: beside one that takes two lines
            self._grid.addWidget(cell.label, line, 2 * column, level)
            fills = cell.text is None and cell.field.kind in ("note", "choices", "attachments")
            beside = Qt.AlignmentFlag(0) if fills else level  # on the line of its label, beside what is higher
            self._grid.addWidget(cell.body, line, 2 * column + 1, 1, 2 * span - 1, beside)

    def _places(self, cells: Sequence[FieldCell]) -> list[tuple[int, int, FieldCell]]:
        """Column and span of each cell of a line; what the line has to spare goes to its longest text."""
        spare = self._columns - len(cells)
        longest = max(cells, key=_length)
        places, column = [], 0
        for cell in cells:
            span = 1 + spare if cell is longest and _length(cell) else 1
            places.append((column, span, cell))
            column += span
        return places

    @staticmethod
    def _label_width(cells: Sequence[FieldCell]) -> int:
        """As wide as the longest label of the column needs, up to where labels wrap."""
        longest = max((cell.label.fontMetrics().horizontalAdvance(cell.label.text()) for cell in cells), default=0)
        return min(longest + 4, theme.current().px(LABEL_WIDTHS.get(language(), 116)))


def _weight(cell: FieldCell) -> int:
    return STRETCH.get(cell.field.kind, 2)


def _length(cell: FieldCell) -> int:
    """How much text the field may hold, in characters; 0 when its content is always short."""
    long = {"link": NAME_LENGTH, "note": 4000, "attachments": 4000, "choices": 4000}
    return long.get(cell.field.kind, cell.field.length or 0)


class TotalFields(QWidget):
    """The sums under the lines, at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch()

    def place(self) -> QWidget:
        """Return where the next cell is to be made."""
        return self

    def fill(self, rows: Sequence[Sequence[FieldCell]]) -> None:
        """Lay out the cells that were made here."""
        row, cells = self._row, [cell for each in rows for cell in each]
        for cell in cells:
            cell.label.setWordWrap(False)
            cell.hint.hide()
            if cell.text is not None:
                cell.text.setFont(theme.current().font("section" if cell is cells[-1] else "body", bold=True))
            row.addWidget(cell.label)
            row.addWidget(cell.body)
            row.addSpacing(16)


class CardFields(QWidget):
    """The fields of a card's section: label above, each as wide as its content."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[list[tuple[QWidget, int]]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._shape: list[int] = []

    def place(self) -> QWidget:
        """Return where the next cell is to be made: a box for its label and its editor."""
        return QWidget(self)

    def fill(self, rows: Sequence[Sequence[FieldCell]]) -> None:
        """Lay out the cells that were made here."""
        self._rows = [self._row(row) for row in rows]
        self._lay(4000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break rows that no longer fit."""
        super().resizeEvent(event)
        self._lay(event.size().width())

    def _row(self, cells: Sequence[FieldCell]) -> list[tuple[QWidget, int]]:
        if all(cell.field.kind == "yes_no" and cell.editor is not None for cell in cells):
            for cell in cells:
                cell.editor.setText(cell.label.text())
                cell.label.hide()
        return [(self._box(cell), cell.width) for cell in cells]

    @staticmethod
    def _box(cell: FieldCell) -> QWidget:
        box = cell.body.parentWidget()
        assert box is not None
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(cell.label)
        layout.addWidget(cell.body)
        box.setMaximumWidth(max(cell.width, cell.label.sizeHint().width()))
        box.setMinimumWidth(min(cell.width, theme.current().px(120)))
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return box

    def _lay(self, width: int) -> None:
        chunks = [chunk for row in self._rows for chunk in self._chunks(row, width)]
        shape = [len(chunk) for chunk in chunks]
        if shape == self._shape:
            return
        self._shape = shape
        while (former := self._layout.takeAt(0)) is not None:
            inner = former.layout()
            while inner is not None and inner.takeAt(0) is not None:
                pass
        for chunk in chunks:
            self._layout.addLayout(self._line(chunk))

    @staticmethod
    def _chunks(row: list[tuple[QWidget, int]], width: int) -> list[list[tuple[QWidget, int]]]:
        chunks: list[list[tuple[QWidget, int]]] = [[]]
        used = 0
        for box, wanted in row:
            least = min(wanted, theme.current().px(200))
            if chunks[-1] and used + least > width:
                chunks.append([])
                used = 0
            chunks[-1].append((box, wanted))
            used += least + 16
        return chunks

    @staticmethod
    def _line(chunk: list[tuple[QWidget, int]]) -> QHBoxLayout:
        layout = QHBoxLayout()
        layout.setSpacing(16)
        for box, _wanted in chunk:
            layout.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
        layout.addStretch(0)
        return layout
