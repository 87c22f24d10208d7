"""Second step of an import: which sheet, and in which row its headings stand."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from dentalsales.exchange.import_file import Preview
from dentalsales.exchange.import_result import shown_cell
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.page import label, roomy
from dentalsales.ui.plain_table import PlainColumn, PlainModel, PlainRow
from dentalsales.ui.table_view import TableView

MOST_COLUMNS = 40


class ImportTablePane(QFrame):
    """The first rows of the sheet; a click on a row, or Enter, makes it the row of the headings."""

    changed = Signal(str, int)
    """Another sheet (row 0: find its headings), or another heading row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.sheets, self.row = QComboBox(), QSpinBox()
        roomy(self.row)
        self.sheets.setAccessibleName(tr(_("Sheet")))
        self.row.setAccessibleName(tr(_("Row of the headings")))
        self.row.setRange(1, 1_000_000)
        self.view = TableView(_("First rows of the sheet"))
        self.view.opened.connect(self._choose_row)
        self.sheets.activated.connect(lambda: self.changed.emit(self.sheets.currentText(), 0))
        self.row.editingFinished.connect(self._row_typed)
        self._shown: Preview | None = None
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, widget in ((_("Sheet"), self.sheets), (_("Row of the headings"), self.row)):
            named = label(words)
            named.setBuddy(widget)
            row.addWidget(named)
            row.addWidget(widget)
            row.addSpacing(16)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(label(_("Press Enter on the row that holds the headings, or click it twice."), "hint"))
        layout.addWidget(self.view, 1)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What F6 goes to."""
        return self.sheets, self.view

    def take_focus(self) -> None:
        """Begin with the rows."""
        self.view.setFocus()

    def show_preview(self, looked: Preview) -> None:
        """Show the first rows, the heading row marked."""
        self._shown = looked
        with QSignalBlocker(self.sheets), QSignalBlocker(self.row):
            self.sheets.clear()
            self.sheets.addItems([sheet.name for sheet in looked.source.sheets])
            self.sheets.setCurrentText(looked.sheet)
            self.row.setValue(looked.heading_row)
        width = min(max((len(cells) for _number, cells in looked.rows), default=0), MOST_COLUMNS)
        columns = [PlainColumn(_("Row"), "number"), *(PlainColumn(Text(letters(index))) for index in range(width))]
        model = PlainModel(columns, self.view)
        model.show_rows([
            PlainRow((number, *(shown_cell(cell) for cell in cells[:width]), *[""] * (width - len(cells))),
                     "total" if number == looked.heading_row else "")
            for number, cells in looked.rows
        ])  # fmt: skip
        self.view.setModel(model)
        self.view.fit_columns({}, ["row", *(letters(index) for index in range(width))], -1)

    def _choose_row(self, row: int) -> None:
        if self._shown is not None:
            self.changed.emit(self._shown.sheet, self._shown.rows[row][0])

    def _row_typed(self) -> None:
        if self._shown is not None and self.row.value() != self._shown.heading_row:
            self.changed.emit(self._shown.sheet, self.row.value())


def letters(index: int) -> str:
    """Return what Excel calls a column counted from 0."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(65 + rest) + found
    return found
