"""Draws the sections of a form, part by part: a paper's around its lines, a card's one below the other."""

from collections.abc import Callable, Generator, Iterator

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dentalsales.ui.field_cell import FieldCell
from dentalsales.ui.field_grid import CardFields, DocumentFields, TotalFields
from dentalsales.ui.form_plan import FormPlan, Group, PlannedSection
from dentalsales.ui.page import label
from dentalsales.ui.paper_room import PaperRoom


class Sections:
    """Makes the widgets of the planned sections in a scroll area, where they will stand.

    A section is shown when it is whole; what comes after it stands below, so that nothing moves that is there.
    """

    def __init__(
        self,
        area: QScrollArea,
        plan: FormPlan,
        make_cell: Callable[[str, QWidget], FieldCell],
        make_lines: Callable[[str, QWidget], QWidget],
    ) -> None:
        self._plan, self._make_cell, self._make_lines = plan, make_cell, make_lines
        self.paper: PaperRoom | None = None
        self._cells: list[list[FieldCell]] = []
        """Those of the group that was drawn last."""
        self.upper, self._below = self._lay(area)

    def draw(self) -> Iterator[list[str]]:
        """Draw the sections one by one, each shown when it is whole; yields the names of what can be seen now."""
        for at, section in enumerate(self._plan.sections):
            if self._plan.is_paper:
                yield from self._draw_on_paper(section, first=at == 0)
            else:
                yield from self._draw_card(section)

    def _lay(self, area: QScrollArea) -> tuple[QWidget, QWidget]:
        """Make the room for the sections; return where a paper's stand, and those after its lines."""
        content = QWidget()
        content.setObjectName("surface" if self._plan.is_paper else "scrolled")
        area.setWidget(content)  # before there is anything in it: a move would look up every style again
        layout = _column(content, 8 if self._plan.is_paper else 12)
        if not self._plan.is_paper:
            layout.addStretch()
            return content, content
        layout.setContentsMargins(0, 0, 0, 0)
        upper, below = PaperRoom(content), QWidget(content)
        self.paper = upper
        layout.addWidget(upper, 1)
        layout.addWidget(below)
        layout.addStretch()
        below.hide()
        _column(upper, 8).addStretch()
        _column(below, 8)
        return upper, below

    def _draw_card(self, section: PlannedSection) -> Iterator[list[str]]:
        card = QFrame(self.upper)
        card.setObjectName("card")
        card.hide()
        _put(self.upper, card)
        into = QVBoxLayout(card)
        into.setContentsMargins(16, 12, 16, 12)
        heading = label(section.title, "section", card)
        heading.setHidden(section.begins_with_lines)
        into.addWidget(heading)
        for group in section.groups:
            made = yield from self._draw_group(group, card)
            into.addWidget(made, 1 if group.kind == "lines" else 0)
            if section.told_twice and group is section.groups[0] and group.kind == "fields":
                first = self._cells[0][0].label
                heading.setText(first.text())  # with the mark of what is needed
                first.hide()
        card.show()
        yield section.names

    def _draw_on_paper(self, section: PlannedSection, first: bool) -> Iterator[list[str]]:
        room = self._below if section.below else self.upper
        if not section.begins_with_lines and not first and not section.told_twice:
            _put(room, label(section.title, "secondary", room))
        for group in section.groups:
            made = yield from self._draw_group(group, room)
            if group.kind == "sums" and self.paper is not None:
                self.paper.sums = made
            _put(room, made, 1 if group.kind == "lines" else 0)
            made.show()
            if section.below:
                room.show()
            yield [name for row in group.rows for name in row]

    def _draw_group(self, group: Group, room: QWidget) -> Generator[list[str], None, QWidget]:
        """Make the widget of a group, out of sight."""
        if group.kind == "lines":
            return self._make_lines(group.rows[0][0], room)
        fields = DocumentFields if self._plan.is_paper else CardFields
        rows = TotalFields(room) if group.kind == "sums" else fields(room)
        rows.hide()
        cells: list[list[FieldCell]] = []
        self._cells = cells
        for names in group.rows:
            cells.append([])
            for name in names:
                cells[-1].append(self._make_cell(name, rows.place()))
                yield []
        rows.fill(cells)
        if not self._plan.is_paper:
            rows.show()
        return rows


def _column(widget: QWidget, spacing: int) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(16, 8, 16, 8)
    layout.setSpacing(spacing)
    return layout


def _put(room: QWidget, part: QWidget, stretch: int = 0) -> None:
    """Add a part under those that are there, above the empty rest; one that stretches takes that rest."""
    layout = room.layout()
    assert isinstance(layout, QVBoxLayout)
    last = layout.itemAt(layout.count() - 1)
    rest = last.spacerItem() if last is not None else None
    layout.insertWidget(layout.count() - (rest is not None), part, stretch)
    if stretch and rest is not None:
        layout.removeItem(rest)
