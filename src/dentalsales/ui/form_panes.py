"""The panes of a record between which F6 goes: fields, each grid, facts and history."""

from functools import partial
from typing import Any

from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.ui.panes import Pane


def panes_of(form: Any) -> list[Pane]:
    """Return the parts of a form's widget, in the order in which they are read."""
    grids: list[Pane] = [(lines, partial(_enter_grid, lines)) for lines in form.body.grids.values()]
    cells = [cell for cell in form.body.cells.values() if cell.editor is not None]
    problems: list[Pane] = [(form.banner, form.banner.take_focus)] if form.banner.isVisible() else []
    notice: list[Pane] = [(form.notice, form.notice.take_focus)] if form.notice.isVisible() else []
    head: list[Pane] = [(_Fields(form), cells[0].focus)] if cells else []
    side: list[Pane] = [(form.side, form.side.setFocus)] if form.side.isVisible() else []
    rest: list[Pane] = [] if head or grids else [(form, form.take_focus)]
    return [*notice, *problems, *head, *grids, *side, *rest]


class _Fields:
    """All fields of a form as one part."""

    def __init__(self, form: Any) -> None:
        self._cells = [cell.editor for cell in form.body.cells.values() if cell.editor is not None]

    def isAncestorOf(self, widget: Any) -> bool:
        """Say whether a widget is one of the fields."""
        return any(editor is widget or editor.isAncestorOf(widget) for editor in self._cells)


def _enter_grid(lines: Any) -> None:
    """Go to where the cursor was; at first to the amount of the first line, for that is what is corrected."""
    index, model = lines.grid.currentIndex(), lines.model
    amounts = (at for at, (_name, field) in enumerate(model.fields) if field.kind in RIGHT_ALIGNED)
    first = next((at for at in amounts if model.is_needed(at)), 0) if model.lines else 0
    lines.grid.go_to(max(0, index.row()), index.column() if index.isValid() else first)
