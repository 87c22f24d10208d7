"""The lines of a form as a table to read: cells, headings, and what is wrong in them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QWidget

from dentalsales.blueprint.fields import Field
from dentalsales.blueprint.rules import Caution, RuleBroken
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.cell_delegate import LEFT, RIGHT
from dentalsales.ui.field_cell import label_text, shown_value
from dentalsales.ui.icons import icon
from dentalsales.ui.typed_values import DECIMALS

Index = QModelIndex | QPersistentModelIndex
LONG = 100
"""From so many lines on, what should be looked at is asked only in a pause."""
PAUSE_MS = 300


class LinesReading(QAbstractTableModel):
    """One row a line, and an empty row below them where lines can be added."""

    def __init__(self, form: Any, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form, self.name = form, name
        self.fields: list[tuple[str, Field]] = list(form.line_fields(name).items())
        self.lines: list[Any] = list(form.lines(name))
        self.problems: dict[tuple[int, str], Text] = {}
        self.cautions: dict[tuple[int, str], Text] = {}
        self._asks_for_cautions = True
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell_cautions_now)
        self._editable: list[bool] = []
        self._grows = self._shrinks = False
        self._ask_what_is_editable()
        self.look_for_cautions()

    def is_editable(self, column: int) -> bool:
        """True when the column's cells can be typed into."""
        return self._editable[column]

    def is_needed(self, column: int) -> bool:
        """True when Enter stops in the column."""
        return self._editable[column] and not self.fields[column][1].enter_skips

    @property
    def grows(self) -> bool:
        """True when lines can be added and removed."""
        return self._grows

    @property
    def shrinks(self) -> bool:
        """True when lines can be removed."""
        return self._shrinks

    def is_new_row(self, row: int) -> bool:
        """True for the empty row below the lines."""
        return row >= len(self.lines)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines) + self._grows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self._editable[index.column()] else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self._column_heading(section, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if self.is_new_row(section) else str(section + 1)
        if role not in (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole):
            return None
        for found, picture in (
            (self.problems, ("alert-circle", "danger")),
            (self.cautions, ("alert-triangle", "warning")),
        ):
            said = next((found[section, name] for name, _field in self.fields if (section, name) in found), None)
            if said is not None:
                return icon(*picture) if role == Qt.ItemDataRole.DecorationRole else tr(said)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        name, field = self.fields[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = tr(_("{label}: {value}"), label=tr(field.label), value=self.shown(row, column))
            caution = tr(self.caution(row, column) or "")
            return " ".join(filter(None, (said, caution, self._copied_words(row, column))))
        if role == Qt.ItemDataRole.ToolTipRole:
            problem = self.problems.get((row, name)) or self.caution(row, column)
            return tr(problem) if problem is not None else self._copied_words(row, column) or self.shown(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self.value(row, column)
        return None

    def shown(self, row: int, column: int) -> str:
        """Return the words of a cell."""
        name, field = self.fields[column]
        value = None if self.is_new_row(row) else self.lines[row].get(name)
        return "" if value is None or value is False else shown_value(self.lines[row], name, field, value)

    def kind_of(self, name: str) -> str:
        """Return the kind of a column."""
        return dict(self.fields)[name].kind

    def copied(self, row: int, column: int) -> str | None:
        """Return what a copied cell said on the paper it comes from, "" when the same; None when it is no copy."""
        return None if self.is_new_row(row) else self.form.marks.of(self.lines[row].record, self.fields[column][0])

    def value(self, row: int, column: int) -> Any:
        """Return the value of a cell; None in the empty row."""
        return None if self.is_new_row(row) else self.lines[row].get(self.fields[column][0])

    def tell_all(self) -> None:
        """Paint every cell again: a field of the head has changed the lines."""
        self._read_lines()
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.fields) - 1))

    def show_problems(self, problems: Iterable[RuleBroken]) -> tuple[int, int] | None:
        """Mark the cells that are wrong; return the first as (row, column), None when no problem is in these lines."""
        self.problems.clear()
        for cell, text in _cells_of(self.name, problems):
            self.problems.setdefault(cell, text)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))
        self.tell_all()
        if not self.problems:
            return None
        row_number, name = min(self.problems)
        names = [each for each, _field in self.fields]
        return row_number, names.index(name) if name in names else 0

    def problem(self, row: int, column: int) -> Text | None:
        """Return what is wrong in a cell."""
        return self.problems.get((row, self.fields[column][0]))

    def caution(self, row: int, column: int) -> Text | None:
        """Return what should be looked at in a cell, though it is allowed."""
        return self.cautions.get((row, self.fields[column][0]))

    def look_for_cautions(self) -> None:
        """Ask anew which cells should be looked at first."""
        if self._asks_for_cautions:
            self.cautions = dict(_cells_of(self.name, self.form.cautions()))

    def tell_cautions(self) -> None:
        """Ask anew, and paint what came or went: a quantity may be too much for another line of its product.

        A long paper is looked over when the keys rest.
        """
        if len(self.lines) > LONG:
            self._pause.start()
        else:
            self._tell_cautions_now()

    def _tell_cautions_now(self) -> None:
        before = set(self.cautions)
        self.look_for_cautions()
        rows = {row for row, _name in before ^ set(self.cautions) if row < len(self.lines)}
        for row in rows:
            self._tell_row(row)
        if rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, min(rows), max(rows))

    @contextmanager
    def cautions_asked_once(self) -> Iterator[None]:
        """Many lines change inside; what should be looked at is asked at the end."""
        self._asks_for_cautions = False
        try:
            yield
        finally:
            self._asks_for_cautions = True
            self.tell_cautions()

    def _copied_words(self, row: int, column: int) -> str:
        former = self.copied(row, column)
        if not former:
            return tr(_("Copied; not looked at since")) if former == "" else ""
        return tr(_("On the copied paper: {value}"), value=former)

    def _column_heading(self, column: int, role: int) -> Any:
        field = self.fields[column][1]
        if role == Qt.ItemDataRole.DisplayRole:
            return label_text(field) + (" *" if field.required and self._editable[column] else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(field)
        if role == Qt.ItemDataRole.ToolTipRole and field.help is not None:
            return tr(field.help)
        return None

    def _read_lines(self) -> None:
        self.lines = list(self.form.lines(self.name))
        self.look_for_cautions()

    def _ask_what_is_editable(self) -> None:
        field, open_ = self.form.fields()[self.name], bool(self.form.can_edit(self.name))
        self._grows, self._shrinks = open_ and field.grows, open_ and (field.grows or field.shrinks)
        self._editable = [
            not field.read_only and bool(self.form.can_edit(f"{self.name}.{name}")) for name, field in self.fields
        ]

    def note_problem(self, row: int, name: str, problem: Text | None) -> None:
        """Mark a cell as wrong, or as right again."""
        if self.problems.get((row, name)) == problem:
            return
        if problem is None:
            self.problems.pop((row, name), None)
        else:
            self.problems[row, name] = problem
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)
        self._tell_row(row)

    def _tell_row(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.fields) - 1))


def _cells_of(lines: str, said: Iterable[RuleBroken | Caution]) -> Iterator[tuple[tuple[int, str], Text]]:
    """Yield row and field with the sentence, for those that are about a cell of these lines."""
    for one in said:
        head, _dot, rest = (one.field or "").partition(".")
        row, _dot, name = rest.partition(".")
        if head == lines and row.isdigit():
            yield (int(row), name), one.text


def _side(field: Field) -> Qt.AlignmentFlag:
    return RIGHT if field.kind in DECIMALS else LEFT
