"""The problems of an import as a table whose values can be written anew."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dentalsales.i18n import _, tr
from dentalsales.ui.cell_delegate import FAMILY, LEFT, RIGHT, VALUE
from dentalsales.usecases.import_report import ImportProblem

Index = QModelIndex | QPersistentModelIndex
HEADINGS = (_("Kind"), _("Sheet"), _("Row"), _("Column"), _("Value"), _("What to do"))
NAMES = ("kind", "sheet", "row", "column", "value", "reason")
VALUE_COLUMN = NAMES.index("value")


class ImportProblems(QAbstractTableModel):
    """Bad cells of rows that could not be taken are editable; `correct` is called with problem and new text."""

    def __init__(self, correct: Callable[[ImportProblem, str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._correct = correct
        self.problems: list[ImportProblem] = []

    def show_problems(self, problems: list[ImportProblem]) -> None:
        """Show other problems."""
        self.beginResetModel()
        self.problems = problems
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of problems."""
        return 0 if parent.isValid() else len(self.problems)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        problem, name = self.problems[index.row()], NAMES[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole, VALUE):
            return self._words(problem, name)
        if role == FAMILY and name == "kind":
            return "overdue" if problem.is_error else "pending"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if name == "row" else LEFT
        return None

    def _words(self, problem: ImportProblem, name: str) -> str:
        return {
            "kind": tr(_("Error") if problem.is_error else _("Warning")),
            "sheet": problem.sheet,
            "row": str(problem.row) if problem.row else "",
            "column": tr(problem.place),
            "value": problem.value,
            "reason": tr(problem.text),
        }[name]

    def can_correct(self, index: Index) -> bool:
        """Say whether a cell may be written anew."""
        problem = self.problems[index.row()]
        return NAMES[index.column()] == "value" and problem.is_error and problem.row > 0 and problem.index is not None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells may be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.can_correct(index) else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what the user wrote."""
        if role != Qt.ItemDataRole.EditRole or not self.can_correct(index):
            return False
        problem = self.problems[index.row()]
        if str(value) != problem.value:
            self._correct(problem, str(value))
        return True
