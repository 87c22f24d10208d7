"""The table of a comparison: each difference with its three values, and which one is taken."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from dentalsales.exchange.cell_text import in_office, shown
from dentalsales.i18n import Text, _, c_, tr
from dentalsales.ui.cell_delegate import FAMILY, LEFT, TONE, VALUE
from dentalsales.ui.table_view import TableView
from dentalsales.usecases.changes import Event
from dentalsales.usecases.compare import Cells, Comparison, Difference

Index = QModelIndex | QPersistentModelIndex
NAMES = ("takes", "label", "opened", "mine", "theirs", "who")
HEADINGS = (
    c_("comparison", "Taken"),
    _("Field"),
    _("When you opened it"),
    c_("comparison", "Mine"),
    c_("comparison", "Theirs"),
    c_("comparison", "Changed by"),
)
TAKEN: dict[str, tuple[Text, str]] = {
    "mine": (c_("comparison", "Mine"), "confirmed"),
    "theirs": (c_("comparison", "Theirs"), "done"),
    "": (_("To decide"), "overdue"),
}
NO_LINE = _("no such line")


def words_of(cells: Cells) -> str:
    """Return a field's value, or a line's values one after the other, as the office reads them."""
    if cells is None:
        return tr(NO_LINE)
    return " · ".join(shown(value, kind) for value, kind in cells)


def who_and_when(event: Event | None, today: datetime) -> str:
    """Return who changed it and when; of today only the time."""
    if event is None:
        return ""
    at = in_office(event.at)
    when = f"{at:%H:%M}" if at.date() == in_office(today).date() else f"{at:%Y-%m-%d %H:%M}"
    return tr(_("{who}, {when}"), who=event.who or tr(_("The program")), when=when)


class CompareModel(QAbstractTableModel):
    """Shows a Comparison."""

    def __init__(self, comparison: Comparison, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.comparison = comparison

    def tell(self) -> None:
        """Paint everything again."""
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(NAMES) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.comparison.differences)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(NAMES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[section])
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, name = self.comparison.differences[index.row()], NAMES[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, VALUE):
            return self.words(one, name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(_("{label}: {value}"), label=tr(HEADINGS[index.column()]), value=self.words(one, name))
        if role == FAMILY:
            return TAKEN[one.takes][1] if name == "takes" else ""
        if role == TONE:
            return (
                "muted"
                if name in ("opened", "who") or (name in ("mine", "theirs") and one.takes not in ("", name))
                else ""
            )
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def words(self, one: Difference, name: str) -> str:
        """Return what a cell says."""
        if name == "takes":
            return tr(TAKEN[one.takes][0])
        if name == "label":
            return tr(one.label)
        if name == "who":
            return who_and_when(one.event, self.comparison.form.desk.now())
        return words_of(getattr(one, name))


class CompareTable(TableView):
    """Up and down move; left takes what was entered here, right what was saved there, Space the other one."""

    taken = Signal()
    accepted = Signal()

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        super().__init__(_("What differs"), parent)
        self.comparison = comparison
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.model_of = CompareModel(comparison, self)
        self.setModel(self.model_of)
        self.resized.connect(lambda: self.fit_columns({}, NAMES, NAMES.index("theirs")))

    def take(self, side: Any) -> None:
        """Take one side of the difference under the cursor."""
        row = self.currentIndex().row()
        if row >= 0 and self.comparison.differences[row].free:
            self.comparison.differences[row].takes = side
            self.model_of.tell()
            self.taken.emit()

    def go_to_undecided(self) -> bool:
        """Put the cursor on the next difference that nobody decided; False when there is none."""
        rows = [at for at, one in enumerate(self.comparison.differences) if not one.takes]
        here = self.currentIndex().row()
        if rows:
            self.go_to(next((at for at in rows if at > here), rows[0]))
        return bool(rows)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row."""
        self.setCurrentIndex(self.model_of.index(row, NAMES.index("label")))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that choose; the others move."""
        sides = {Qt.Key.Key_Left: "mine", Qt.Key.Key_Right: "theirs"}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in sides and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.take_all(sides[Qt.Key(event.key())])
        elif plain and event.key() in sides:
            self.take(sides[Qt.Key(event.key())])
        elif plain and event.key() == Qt.Key.Key_Space:
            row = self.currentIndex().row()
            self.take("theirs" if row >= 0 and self.comparison.differences[row].takes == "mine" else "mine")
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)

    def take_all(self, side: Any) -> None:
        """Take everything from one side."""
        self.comparison.take_all(side)
        self.model_of.tell()
        self.taken.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a value takes it."""
        super().mouseReleaseEvent(event)
        name = NAMES[max(0, self.indexAt(event.position().toPoint()).column())]
        if name in ("mine", "theirs") and event.button() == Qt.MouseButton.LeftButton:
            self.take(name)
