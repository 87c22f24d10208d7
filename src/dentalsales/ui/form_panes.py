"""The panes of a record between which F6 goes: fields, each grid, facts and history."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from dentalsales.exchange.cell_text import RIGHT_ALIGNED


def _panes(form: Any) -> list[tuple[QWidget, Callable[[], object]]]:
    grids = [(lines, lambda lines=lines: _enter_grid(lines)) for lines in form.body.grids.values()]
    cells = [cell for cell in form.body.cells.values() if cell.editor is not None]
    head: list[Any] = [(cells[0].editor, cells[0].focus)] if cells else []
    side: list[Any] = [(form.side, form.side.setFocus)] if form.side.isVisible() else []
    return [*head, *grids, *side]


def _enter_grid(lines: Any) -> None:
    """Go to where the cursor was; at first to the amount of the first line, for that is what is corrected."""
    index, model = lines.grid.currentIndex(), lines.model
    amounts = (at for at, (_name, field) in enumerate(model.fields) if field.kind in RIGHT_ALIGNED)
    first = next((at for at in amounts if model.is_needed(at)), 0) if model.lines else 0
    lines.grid.go_to(max(0, index.row()), index.column() if index.isValid() else first)


def next_pane(form: Any, onwards: bool) -> Callable[[], object] | None:
    panes, focused = _panes(form), form.focusWidget()
    if focused is None:
        return None
    here = next((at for at, (pane, _go) in enumerate(panes) if pane is focused or pane.isAncestorOf(focused)), 0)
    there = here + (1 if onwards else -1)
    return panes[there][1] if 0 <= there < len(panes) else None
