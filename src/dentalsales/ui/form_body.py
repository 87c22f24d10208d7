"""The fields and lines of a form in their sections, and the way that Enter takes through them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.ui.editors.lines import LinesEditor
from dentalsales.ui.field_cell import FieldCell
from dentalsales.ui.focus_moves import follow_focus
from dentalsales.ui.form_plan import FormPlan
from dentalsales.ui.form_sections import Sections
from dentalsales.ui.in_slices import InSlices
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
    drawn = Signal()
    """More of the fields can be seen and typed into."""
    worth_seeing = Signal()
    """What is drawn fills the window, or is all there is."""
    walked_out = Signal()
    """Enter went past the last field."""

    def __init__(self, desk: Desk, form: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._form = desk, form
        self._plan = FormPlan(desk, form)
        self.order = self._plan.names
        self._cells: dict[str, FieldCell] = {}
        self._grids: dict[str, LinesEditor] = {}
        self._seen: set[str] = set()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        undo_of(form).moved.connect(self._restored)
        self._drawn = self._shape()
        self.setObjectName("pane")
        self.setAccessibleName(tr(_("Fields of the record")))
        self._sections = Sections(self, self._plan, self._make_cell, self._make_lines)
        if not self._plan.is_paper:  # what is painted before the last card makes room for the bar already
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        else:
            self.verticalScrollBar().rangeChanged.connect(
                lambda *_range: self._follow(None, QApplication.focusWidget())
            )
        self.drawing = InSlices(self._draw(), self)
        """The sections that are still to be drawn; who asks for a field of one has it drawn first."""
        follow_focus(self._follow)

    @property
    def cells(self) -> dict[str, FieldCell]:
        """All fields by name."""
        self.drawing.finish()
        return self._cells

    @property
    def grids(self) -> dict[str, LinesEditor]:
        """All grids of lines by name."""
        self.drawing.finish()
        return self._grids

    def refresh(self, names: Iterable[str] | None = None) -> None:
        """Show what the form holds: these fields and everything that follows from others, or all of it."""
        wanted = None if names is None else set(names)
        for name, cell in self._cells.items():
            if wanted is None or name in wanted or cell.editor is None:
                cell.refresh()
        for name, lines in self._grids.items():
            if wanted is None:
                lines.model.read_again()
            elif name in wanted:
                lines.model.follow()

    def is_still_right(self) -> bool:
        """True while the same fields and columns can be typed into as when they were drawn."""
        return self._drawn == self._shape()

    def settle(self) -> bool:
        """Take everything that is being typed; False when a field wants a choice first."""
        editing = [cell for cell in self._cells.values() if cell.editor is not None and cell.editor.hasFocus()]
        return all(cell.settle() for cell in editing) and all(lines.settle() for lines in self._grids.values())

    def take_focus(self) -> None:
        """Put the cursor into the first needed field of a new record that is empty, else the first one, else here.

        A paper that was begun with its lines has nothing left to enter: it starts at what may be looked over first.
        """
        for home in self._homes():
            if not self._plan.is_grid(home):
                self._cell(home).focus()
                return
            grid = self._grid(home).grid
            if not self._form.is_new or self._form.lines(home):
                grid.setFocus()
                return
            if grid.begin():
                return
        self.setFocus()

    @property
    def is_home_drawn(self) -> bool:
        """True when the cursor can go where it begins."""
        return next(self._homes(), "") in {"", *self._seen}

    def _homes(self) -> Iterator[str]:
        """Yield the fields and grids that the cursor may begin in; a grid that takes no more lines is passed by."""
        form, plan = self._form, self._plan
        grids = [name for name in self.order if plan.is_grid(name)]
        for name in self.order if form.is_new else ():
            if name in grids and form.lines(name):
                break
            if name in grids or plan.is_needed(name, skip_filled=True):
                yield name
        typed = [name for name in self.order if plan.is_typed(name) and form.fields()[name].kind != "attachments"]
        if form.is_new and any(form.lines(name) for name in grids):
            typed = [name for name in typed if form.fields()[name].kind != "link"] or typed
        yield from (typed or grids)[:1]

    def walk(self, name: str, onwards: bool) -> None:
        """Go from a field to the next needed one, or to the one before."""
        at = self.order.index(name)
        stops = self.order[at + 1 :] if onwards else self.order[:at][::-1]
        for stop in stops:
            if self._plan.is_grid(stop):
                if self._grid(stop).grid.begin():
                    return
            elif self._plan.is_needed(stop, skip_filled=onwards and self._form.is_new):
                self._cell(stop).focus()
                return
        if onwards:
            self.walked_out.emit()

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab finds every field, also those that are still to be drawn."""
        self.drawing.finish()
        return super().focusNextPrevChild(onwards)

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
        self._fill()

    def _fill(self) -> None:
        """Let what is drawn of a paper take the room that there is."""
        if self._sections.paper is not None:
            self._sections.paper.fill(self.viewport().height(), list(self._grids.values()))
            self._follow(None, QApplication.focusWidget())

    def _follow(self, former: QWidget | None, focused: QWidget | None) -> None:
        """Bring what has the focus into view, whichever key led there."""
        if focused is None or not self.isAncestorOf(focused):
            return
        lines = next(
            (one for one in self._grids.values() if one.grid.isAncestorOf(focused) or one.grid is focused), None
        )
        if lines is None or self._sections.paper is None:
            self.ensureWidgetVisible(lines or focused, FOLLOW_X, FOLLOW_Y)
        else:
            self._sections.paper.show_lines(self, lines)

    def _shape(self) -> tuple[Any, ...]:
        """What may be typed into, and what is shown at all."""
        form = self._form
        lines = [name for name, field in form.fields().items() if field.kind == "lines"]
        columns = [f"{name}.{column}" for name in lines for column in form.line_fields(name)]
        editable = tuple(bool(form.can_edit(name)) for name in [*form.fields(), *columns])
        kinds = tuple(one.is_about(form.record) for one in form.register.form)
        return form.register.name, form.is_new, form.state, editable, kinds

    def _draw(self) -> Iterator[None]:
        try:
            for names in self._sections.draw():
                if names:
                    self._show_drawn(names)
                yield
        except Exception:
            self.worth_seeing.emit()
            raise
        self.worth_seeing.emit()

    def _show_drawn(self, names: Iterable[str]) -> None:
        """These are there; as soon as all are, or the window is full, they are worth seeing."""
        self._seen.update(names)
        self._fill()
        full = not self._plan.is_paper and self._sections.upper.sizeHint().height() > self.viewport().height()
        if len(self._seen) == len(self.order):
            full = True
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if full:
            self.worth_seeing.emit()
        self.drawn.emit()

    def _cell(self, name: str) -> FieldCell:
        """Return a field, drawn and seen."""
        self.drawing.until(lambda: name in self._seen)
        return self._cells[name]

    def _grid(self, name: str) -> LinesEditor:
        """Return a grid, drawn and seen."""
        self.drawing.until(lambda: name in self._seen)
        return self._grids[name]

    def _make_cell(self, name: str, place: QWidget) -> FieldCell:
        cell = FieldCell(self._desk, self._form, name, self._form.fields()[name], place, undo_of(self._form))
        cell.entered.connect(self._cell_entered)
        cell.walked.connect(self.walk)
        if self._plan.is_paper and cell.editor is not None and cell.field.kind == "note":
            cell.editor.show_rows(NOTE_ROWS_IN_PAPER)
        if cell.field.kind == "attachments":
            cell.editor.takes_drops_of(self.widget())
        self._cells[name] = cell
        return cell

    def _paste_files(self) -> None:
        """Files and pictures that are pasted into the lines go to the record, as those that are dropped there."""
        for name in self.order:
            if self._form.fields()[name].kind == "attachments":
                editor = self._cell(name).editor
                editor.paste()
                self.ensureWidgetVisible(editor)

    def _make_lines(self, name: str, place: QWidget) -> LinesEditor:
        lines = LinesEditor(self._desk, self._form, name, place)
        if not self._plan.is_paper:
            lines.title.setProperty("look", "section")
            lines.be_as_high(ROWS_ON_CARD)
        lines.entered.connect(self._lines_entered)
        lines.message_asked.connect(lambda: self.message_asked.emit(name))
        lines.walked.connect(lambda onwards: self.walk(name, onwards))
        lines.grid.files_pasted.connect(self._paste_files)
        lines.grid.line_changed.connect(lambda line: self.line_changed.emit(name, line))
        self._grids[name] = lines
        return lines

    def _cell_entered(self, name: str, changed: set[str]) -> None:
        doubt = self._form.doubt(name)
        if doubt is not None:
            self._cells[name].show_problem(doubt)
        self.refresh(changed - {name})
        self.entered.emit()

    def _lines_entered(self, changed: set[str]) -> None:
        self.refresh({each.removeprefix(".") for each in changed if each.startswith(".")})
        self.entered.emit()

    def _restored(self) -> None:
        for cell in self._cells.values():
            cell.refresh()
        self.entered.emit()
