"""The upper part of a paper: head, lines and their sums fill the window; in a low one the lines come first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from dentalsales.ui.field_grid import DocumentFields
from dentalsales.ui.lines_headings import height_of

LEAST_ROWS, ROWS_IN_A_LOW_WINDOW = 6, 4
EDGE = 8
NO_LIMIT = 16_777_215
"""Qt's own word for it."""


class PaperRoom(QWidget):
    """Knows the sums under the lines, so that both are seen together while somebody is in the lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sums: QWidget | None = None

    def fill(self, height: int, grids: Sequence[Any]) -> None:
        """Fill a window of this height; where six lines and the sums do not fit in it, four do.

        Lines that nobody can add to, and that have no sums, take no more room than they need: what follows is read.
        """
        if self.sums is None and grids and not any(lines.model.grows for lines in grids):
            self.setMinimumHeight(0)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            for lines in grids:
                lines.grid.show_rows(min(max(lines.model.rowCount(), 1), LEAST_ROWS))
            return
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(height)
        room = height - 2 * EDGE - (self.sums.sizeHint().height() + EDGE if self.sums is not None else 0)
        for lines in grids:
            lines.grid.setMaximumHeight(NO_LIMIT)  # the sums came after its lines
            lines.grid.setMinimumHeight(min(height_of(LEAST_ROWS), max(height_of(ROWS_IN_A_LOW_WINDOW), room)))

    def show_lines(self, area: QScrollArea, lines: Any) -> None:
        """Bring lines and sums into view, with what is said above the lines if there is room for it too."""
        content: Any = area.widget()
        bar, height = area.verticalScrollBar(), area.viewport().height()
        foot = self.sums or lines.grid
        bottom = foot.mapTo(content, QPoint(0, foot.height())).y() + EDGE
        tops = [one.mapTo(content, QPoint(0, -EDGE)).y() for one in (lines, lines.grid)]
        top = next((one for one in tops if bottom - one <= height), tops[-1] + EDGE)
        bar.setValue(min(self._between_rows(max(bar.value(), bottom - height)), top))

    def _between_rows(self, at: int) -> int:
        """Return the next height at which no row of fields is cut in two."""
        parts = [part for part in self.children() if isinstance(part, DocumentFields)]
        cells = [cell for part in parts for cell in part.children() if isinstance(cell, QWidget) and cell.isVisible()]
        for cell in sorted(cells, key=lambda one: one.mapTo(self, QPoint(0, 0)).y()):
            top = cell.mapTo(self, QPoint(0, 0)).y()
            if top < at < top + cell.height():
                at = top + cell.height()
        return at
