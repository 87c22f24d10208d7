"""The lines of a message beside what they were taken for; one row a line, the state first."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.cell_delegate import FAMILY, LEFT, RIGHT, TONE, VALUE
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.messages.checking import CheckedMessage, CheckedRow

Index = QModelIndex | QPersistentModelIndex
STATES: dict[str, tuple[Text, str]] = {
    "sure": (_("Sure"), "done"),
    "agreed": (_("Confirmed"), "confirmed"),
    "check": (_("Please check"), "pending"),
    "missing": (_("Not found"), "overdue"),
    "skipped": (_("Skipped"), "void"),
}
NAMES = ("state", "text", "product", "quantity", "unit", "why")
HEADINGS = (_("State"), _("Message"), _("Product"), _("Quantity"), _("Unit"), _("To look at"))
TEXT, PRODUCT, WHY = NAMES.index("text"), NAMES.index("product"), NAMES.index("why")
LEAST_WHY = 12
"""So many letters of the reasons are shown in the table at least."""
DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


class MessageModel(QAbstractTableModel):
    """Shows a CheckedMessage."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CheckedRow] = []

    def show_message(self, message: CheckedMessage) -> None:
        """Show another message."""
        self.beginResetModel()
        self.rows = message.rows
        self.endResetModel()

    def tell(self, row: int) -> None:
        """Paint a row again."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(NAMES) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[section])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if NAMES[section] == "quantity" else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, name = self.rows[index.row()], NAMES[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, VALUE):
            return self._words(row, name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            label = tr(HEADINGS[index.column()])
            return tr(_("{label}: {value}"), label=label, value=self._words(row, name))
        if role == FAMILY:
            return STATES[row.state][1] if name == "state" else ""
        if role == TONE:
            return "muted" if row.skipped or (name == "product" and row.question == "product") else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if name == "quantity" else LEFT
        return None

    @staticmethod
    def _words(row: CheckedRow, name: str) -> str:
        if name == "state":
            return tr(STATES[row.state][0])
        if name == "text":
            return row.row.text
        if name == "why":
            return " ".join(tr(reason) for reason in row.reasons)
        if row.skipped:
            return ""
        if name == "product":
            return row.title
        return str(row.row.quantity or "") if name == "quantity" else row.row.unit


class MessageTable(TableView):
    """Arrows move, Enter agrees, digits choose, F7 opens the list of products, Del leaves a line out."""

    agreed = Signal()
    chosen = Signal(int)
    """The number of a choice, from 1."""
    picker_asked = Signal()
    skip_asked = Signal()
    quantity_asked = Signal()

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Give every column what its words need; the reasons take what is left, and are told in full below."""
        self.fit_columns({}, NAMES, WHY)
        header = self.horizontalHeader()
        taken = sum(header.sectionSize(column) for column in range(WHY))
        over = taken + self.fontMetrics().averageCharWidth() * LEAST_WHY - self.viewport().width()
        for column in (TEXT, PRODUCT):
            given = max(0, min(over, header.sectionSize(column) - self.viewport().width() // 5))
            header.resizeSection(column, header.sectionSize(column) - given)
            over -= given
        rest = self.viewport().width() - sum(header.sectionSize(column) for column in range(WHY))
        header.resizeSection(WHY, max(rest, header.minimumSectionSize()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the check page; the others move."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        alt_down = key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_F7 or alt_down:
            self.picker_asked.emit()
        elif modifiers:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.agreed.emit()
        elif key in DIGITS:
            self.chosen.emit(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.skip_asked.emit()
        elif key == Qt.Key.Key_F2:
            self.quantity_asked.emit()
        else:
            super().keyPressEvent(event)
