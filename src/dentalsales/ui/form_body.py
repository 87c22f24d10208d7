"""The fields and lines of a form in their sections, and the way that Enter takes through them."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from dentalsales.blueprint.form import Section
from dentalsales.blueprint.rules import RuleBroken
from dentalsales.exchange.cell_text import RIGHT_ALIGNED
from dentalsales.i18n import _, tr
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.field_cell import FieldCell
from dentalsales.ui.field_grid import CardFields, DocumentFields, TotalFields
from dentalsales.ui.page import label
from dentalsales.ui.paper_room import PaperRoom
from dentalsales.ui.undo_steps import undo_of
from dentalsales.usecases.desk import Desk

NOTE_ROWS_IN_PAPER, ROWS_ON_CARD = 2, 4
FOLLOW_X, FOLLOW_Y = 8, 56
"""Room kept around what has the focus: the sums under the lines come into view with them."""


class FormBody(QScrollArea):
    """A paper (numbered, one grid) has its lines in the middle, its fields around; a card is a column of sections."""

    entered = Signal()
    """Something was put in."""
    line_changed = Signal(str, int)
    """The cursor is in another line, by the name of the grid; -1 is the empty row."""
    message_asked = Signal(str)
    """What is on the clipboard is a message for the grid of this name."""
    walked_out = Signal()
    """Enter went past the last field."""

    def __init__(self, desk: Desk, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self.cells: dict[str, FieldCell] = {}
        self.grids: dict[str, LinesEditor] = {}
        self.order: list[str] = []
        self._upper: PaperRoom | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grids = sum(field.kind == "lines" for field in form.fields().values())
        self._is_paper = grids == 1 and bool(form.register.number)
        undo_of(form).moved.connect(self._restored)
        self._build()
        self._drawn = self._shape()
        self.setObjectName("pane")
        self.setAccessibleName(tr(_("Fields of the record")))
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]  # widgets need one

    def refresh(self, names: Iterable[str] | None = None) -> None:
        """Show what the form holds: these fields and everything that follows from others, or all of it."""
        wanted = None if names is None else set(names)
        for name, cell in self.cells.items():
            if wanted is None or name in wanted or cell.editor is None:
                cell.refresh()
        for name, lines in self.grids.items():
            if wanted is None:
                lines.model.read_again()
            elif name in wanted:
                lines.model.follow()

    def is_still_right(self) -> bool:
        """True while the same fields and columns can be typed into as when they were drawn."""
        return self._drawn == self._shape()

    def settle(self) -> bool:
        """Take everything that is being typed; False when a field wants a choice first."""
        editing = [cell for cell in self.cells.values() if cell.editor is not None and cell.editor.hasFocus()]
        return all(cell.settle() for cell in editing) and all(lines.settle() for lines in self.grids.values())

    def take_focus(self) -> None:
        """Put the cursor into the first needed field of a new record that is empty, else the first one, else here.

        A paper that was begun with its lines has nothing left to enter: it starts at what may be looked over first.
        """
        for name in self.order:
            if not self._form.is_new:
                break
            if name in self.cells and self.cells[name].needed(skip_filled=True):
                self.cells[name].focus()
                return
            if name in self.grids and self.grids[name].model.lines:
                break
            if name in self.grids and self.grids[name].grid.begin():
                return
        typed = [cell for cell in self.cells.values() if cell.editor is not None and cell.field.kind != "attachments"]
        if self._form.is_new and any(lines.model.lines for lines in self.grids.values()):
            typed = [cell for cell in typed if cell.field.kind != "link"] or typed
        first = next(iter(typed), None)
        if first is not None:
            first.focus()
        else:
            next((lines.grid for lines in self.grids.values()), self).setFocus()

    def walk(self, name: str, onwards: bool) -> None:
        """Go from a field to the next needed one, or to the one before."""
        at = self.order.index(name)
        stops = self.order[at + 1 :] if onwards else self.order[:at][::-1]
        for stop in stops:
            if stop in self.grids and self._enter_grid(stop, onwards):
                return
            if stop in self.cells and self.cells[stop].needed(skip_filled=onwards and self._form.is_new):
                self.cells[stop].focus()
                return
        if onwards:
            self.walked_out.emit()

    def show_problems(self, problems: Sequence[RuleBroken]) -> None:
        """Mark what is wrong and go to the first of it."""
        by_field = {problem.field: problem.text for problem in reversed(problems) if problem.field}
        wrong = [cell for name, cell in self.cells.items() if name in by_field]
        for name, cell in self.cells.items():
            cell.show_problem(by_field.get(name))
        places = {name: lines.model.show_problems(problems) for name, lines in self.grids.items()}
        first = next((problem.field for problem in problems if problem.field), "") or ""
        if first in self.cells and wrong:
            self.ensureWidgetVisible(self.cells[first].body)
            self.cells[first].focus()
            return
        head = first.partition(".")[0]
        if head in self.grids:
            place = places[head]
            self.ensureWidgetVisible(self.grids[head])
            if place is not None:
                self.grids[head].grid.go_to(*place)
            else:
                self.grids[head].grid.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let head and lines of a paper fill the window; what comes after them is reached by scrolling."""
        super().resizeEvent(event)
        if self._upper is not None:
            self._upper.fill(self.viewport().height(), list(self.grids.values()))
            self._follow(None, QApplication.focusWidget())

    def _follow(self, former: QWidget | None, focused: QWidget | None) -> None:
        """Bring what has the focus into view, whichever key led there."""
        if focused is None or not self.isAncestorOf(focused):
            return
        lines = next(
            (one for one in self.grids.values() if one.grid.isAncestorOf(focused) or one.grid is focused), None
        )
        if lines is None or self._upper is None:
            self.ensureWidgetVisible(lines or focused, FOLLOW_X, FOLLOW_Y)
        else:
            self._upper.show_lines(self, lines)

    def _build(self) -> None:
        content = QWidget()
        content.setObjectName("surface" if self._is_paper else "scrolled")
        self.setWidget(content)  # before there is anything in it: a move would look up every style again
        layout = self._column(content, 8 if self._is_paper else 12)
        upper = layout
        if self._is_paper:
            self._upper = PaperRoom()
            self.verticalScrollBar().rangeChanged.connect(
                lambda *_range: self._follow(None, QApplication.focusWidget())
            )
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(self._upper, 1)
            upper = self._column(self._upper, 8)
            below = QWidget()
            rest = self._column(below, 8)
            layout.addWidget(below)
        for at, section in enumerate(self._form.register.form):
            if section.see is not None and not section.see & self._desk.roles:
                continue
            names = [(row,) if isinstance(row, str) else row for row in section.rows]
            rows = [row for row in ([name for name in each if self._is_shown(name)] for each in names) if row]
            if rows:
                self._add_section(rest if self.grids and self._is_paper else upper, section, rows, first=at == 0)
        if self._is_paper:
            below.setVisible(rest.count() > 0)
        else:
            layout.addStretch()

    @staticmethod
    def _column(widget: QWidget, spacing: int) -> QVBoxLayout:
        layout = QVBoxLayout(widget)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(spacing)
        return layout

    def _shape(self) -> tuple[Any, ...]:
        """What may be typed into, and what is shown at all."""
        form = self._form
        lines = [name for name, field in form.fields().items() if field.kind == "lines"]
        columns = [f"{name}.{column}" for name in lines for column in form.line_fields(name)]
        editable = tuple(bool(form.can_edit(name)) for name in [*form.fields(), *columns])
        return form.register.name, form.is_new, form.state, editable

    def _is_shown(self, name: str) -> bool:
        """Below the lines of a paper, what is only read and still empty is left out."""
        field = self._form.fields().get(name)
        if field is None or not (self._is_paper and self.grids) or field.kind in RIGHT_ALIGNED:
            return field is not None
        return bool(self._form.can_edit(name)) or field.kind == "attachments" or bool(self._form.get(name))

    def _add_section(self, layout: QVBoxLayout, section: Section, rows: list[list[str]], first: bool) -> None:
        begins_with_lines = self._form.fields()[rows[0][0]].kind == "lines"
        into = layout
        if not self._is_paper:
            card = QFrame()
            card.setObjectName("card")
            layout.addWidget(card)
            into = QVBoxLayout(card)
            into.setContentsMargins(16, 12, 16, 12)
        told_twice = len(rows[0]) == 1 and tr(self._form.fields()[rows[0][0]].label) == tr(section.title)
        heading = label(section.title, "section" if not self._is_paper else "secondary")
        if not begins_with_lines and not (self._is_paper and (first or told_twice)):
            into.addWidget(heading)
        plain: list[list[FieldCell]] = []
        for row in rows:
            if self._form.fields()[row[0]].kind == "lines":
                self._flush(into, plain)
                for name in row:
                    into.addWidget(self._lines(name, into.parentWidget()), 1)
                continue
            cells = [self._cell(name) for name in row]
            if told_twice and not self._is_paper and row is rows[0]:
                heading.setText(cells[0].label.text())  # with the mark of what is needed
                cells[0].label.hide()
            are_sums = all(cell.field.kind in RIGHT_ALIGNED and not cell.editable for cell in cells)
            if self.grids and self._is_paper and are_sums:
                sums = TotalFields(cells, into.parentWidget())
                into.addWidget(sums)
                if self._upper is not None:
                    self._upper.sums = sums
            else:
                plain.append(cells)
        self._flush(into, plain)

    def _flush(self, into: QVBoxLayout, rows: list[list[FieldCell]]) -> None:
        """Lay out the fields gathered so far."""
        if rows:
            fields = DocumentFields if self._is_paper else CardFields
            into.addWidget(fields(list(rows), into.parentWidget()))
            rows.clear()

    def _cell(self, name: str) -> FieldCell:
        cell = FieldCell(self._desk, self._form, name, self._form.fields()[name], self, undo_of(self._form))
        cell.entered.connect(self._cell_entered)
        cell.walked.connect(self.walk)
        if self._is_paper and cell.editor is not None and cell.field.kind == "note":
            cell.editor.show_rows(NOTE_ROWS_IN_PAPER)
        self.cells[name] = cell
        self.order.append(name)
        return cell

    def _lines(self, name: str, parent: QWidget | None) -> LinesEditor:
        lines = LinesEditor(self._desk, self._form, name, parent)
        if not self._is_paper:
            lines.title.setProperty("look", "section")
            lines.grid.show_rows(ROWS_ON_CARD)
        lines.entered.connect(self._lines_entered)
        lines.message_asked.connect(lambda: self.message_asked.emit(name))
        lines.walked.connect(lambda onwards: self.walk(name, onwards))
        lines.grid.line_changed.connect(lambda line: self.line_changed.emit(name, line))
        self.grids[name] = lines
        self.order.append(name)
        return lines

    def _enter_grid(self, name: str, onwards: bool) -> bool:
        return self.grids[name].grid.begin()

    def _cell_entered(self, name: str, changed: set[str]) -> None:
        self.refresh(changed - {name})
        self.entered.emit()

    def _lines_entered(self, changed: set[str]) -> None:
        self.refresh({each.removeprefix(".") for each in changed if each.startswith(".")})
        self.entered.emit()

    def _restored(self) -> None:
        for cell in self.cells.values():
            cell.refresh()
        self.entered.emit()
