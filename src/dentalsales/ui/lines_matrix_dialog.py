"""The window around a family's quantities, and the way from a product cell into it and out into the lines."""

from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from dentalsales.blueprint.matrix import Matrix
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.lines_matrix import MatrixModel, MatrixView
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.page import button, label
from dentalsales.usecases.family_grid import FamilyGrid, family_grid, family_size, matrix_of
from dentalsales.usecases.fill_lines import add_lines

CHOSEN = n_("{count} kind, {quantity} in all", "{count} kinds, {quantity} in all")

NOTHING_CHOSEN = _("Type or choose a product first; then its shades and sizes open as a grid.")


class MatrixDialog(QDialog):
    """`rows` are the quantities that were typed, in reading order."""

    def __init__(self, grid: FamilyGrid, matrix: Matrix, there: dict[int, int], start: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid, self._matrix = grid, matrix
        self.setWindowTitle(grid.title)
        self._model = MatrixModel(grid, matrix, there, self)
        self.view = MatrixView(self._model, self)
        self._count = label("", "secondary")
        self._lay()
        self._model.dataChanged.connect(lambda *_places: self._say())
        self.view.accepted.connect(self.accept)
        self.view.setCurrentIndex(self._model.index(*grid.place_of(start)))
        self.view.setFocus()
        self._say()
        self._fit()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return record and quantity of every cell that is not empty."""
        typed = [(one.id, self._model.typed.get(one.id, 0)) for _at, one in sorted(self._grid.members.items())]
        return [{self._matrix.link: one, self._matrix.quantity: count} for one, count in typed if count]

    def _lay(self) -> None:
        cancel, take = button(_("Cancel")), button(_("Put into the lines"), look="primary", keys="Enter")
        cancel.clicked.connect(self.reject)
        take.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count, 1)
        for each in (cancel, take):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(self._grid.title, "section"))
        layout.addWidget(label(_("Arrows move, digits count, Enter puts everything into the lines."), "hint"))
        layout.addWidget(self.view, 1)
        layout.addStretch()
        layout.addLayout(buttons)

    def _say(self) -> None:
        rows = self.rows
        quantity = sum(row[self._matrix.quantity] for row in rows)
        self._count.setText(tr(CHOSEN.fill(count=len(rows), quantity=quantity)))

    def _fit(self) -> None:
        """Be as large as the grid, as far as the screen goes."""
        look, room = theme.current(), self.screen().availableGeometry()
        across = self.view.horizontalHeader().length() + self.view.verticalHeader().sizeHint().width() + look.px(72)
        heads = self.view.horizontalHeader().sizeHint().height() + self.view.horizontalScrollBar().sizeHint().height()
        self.view.setMaximumHeight(self.view.verticalHeader().length() + heads + 4)
        down = self.view.verticalHeader().length() + look.px(220)
        self.resize(min(max(across, look.px(460)), room.width() - 80), min(down, room.height() - 80))


def linked_in(model: LinesModel, row: int | None) -> int | None:
    """Return the record that a line points at by the link of the matrix."""
    matrix = matrix_of(model.form, model.name)
    linked = None if matrix is None or row is None else model.lines[row].get(matrix.link)
    return linked if isinstance(linked, int) else None


def why_alone(model: LinesModel, record_id: Any) -> str:
    """Return why a record has no grid of quantities, nothing when it has one."""
    matrix = matrix_of(model.form, model.name)
    if matrix is None or not isinstance(record_id, int):
        return tr(NOTHING_CHOSEN)
    return tr(matrix.alone) if family_size(model.form, matrix, record_id) < 2 else ""


def open_matrix(model: LinesModel, grid: Any, record_id: int) -> bool:
    """Let the clerk fill the family of a record; False when it stands alone or nothing was put in."""
    matrix = matrix_of(model.form, model.name)
    family = family_grid(model.form, matrix, record_id) if matrix is not None else None
    if matrix is None or family is None:
        return False
    there: dict[int, int] = {}
    for line in model.lines:
        linked, count = line.get(matrix.link), line.get(matrix.quantity)
        if isinstance(linked, int) and isinstance(count, int):
            there[linked] = there.get(linked, 0) + count
    dialog = MatrixDialog(family, matrix, there, record_id, grid)
    if dialog.exec() != QDialog.DialogCode.Accepted or not dialog.rows:
        return False
    rows, row = dialog.rows, grid.current_line()
    at = len(model.lines) if row is None else row + 1
    begun = row is not None and not model.lines[row].get(matrix.quantity)

    def put_in() -> None:
        if begun:
            model.form.remove_line(model.name, at - 1)
        add_lines(model.form, model.name, rows, at - begun)

    model.rebuilt(put_in)
    grid.begin()
    return True
