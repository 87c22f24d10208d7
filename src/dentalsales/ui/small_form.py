"""A few fields of a form in a dialog: Enter goes to the next empty one and, after the last, accepts."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.field_cell import FieldCell
from dentalsales.ui.field_grid import CardFields
from dentalsales.ui.page import button
from dentalsales.ui.verb_dialog import VerbDialog
from dentalsales.usecases.desk import Desk

WIDTH = 520
MOST_UNDER_EACH_OTHER = 4


class SmallForm(VerbDialog):
    """Title, sentence, fields, and two buttons: the verb and Cancel."""

    def __init__(self, desk: Desk, form: Any, names: Sequence[str], title: Text, verb: Text, parent: QWidget) -> None:
        super().__init__(parent, title)
        self.form = form
        self.setMinimumWidth(WIDTH)
        fields = form.fields()
        rows = CardFields(self)
        self.cells = [FieldCell(desk, form, name, fields[name], rows.place()) for name in names if name in fields]
        rows.fill(_rows(self.cells))
        for cell in self.cells:
            cell.walked.connect(self._walk)
            cell.entered.connect(self._entered)
        self.heading = QLabel(tr(title))
        self.heading.setProperty("look", "section")
        self.heading.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.body.addWidget(rows)
        self.accept_button, self.cancel_button = button(verb, look="primary"), button(_("Cancel"))
        self._lay()

    def show_refusal(self, refusal: RuleBroken) -> None:
        """Mark the fields that are wrong, and say the rest above them."""
        by_name = {cell.name: cell for cell in self.cells}
        elsewhere = [problem for problem in problems_of(refusal) if (problem.field or "") not in by_name]
        for problem in problems_of(refusal):
            if problem.field in by_name:
                by_name[problem.field or ""].show_problem(problem.text)
        wrong = [cell for cell in self.cells if any(problem.field == cell.name for problem in problems_of(refusal))]
        self.banner.setVisible(bool(elsewhere))
        if elsewhere:
            self.banner.refuse(elsewhere[0])
        if wrong:
            wrong[0].focus()

    def settle(self) -> bool:
        """Take everything that is typed; False when a field wants a choice first."""
        return all(cell.settle() for cell in self.cells)

    def finish(self) -> None:
        """What the verb's button does."""
        if self.settle():
            self.accept()

    def start(self) -> None:
        """Put the cursor into the first empty field, else onto the button."""
        first = next((cell for cell in self.cells if cell.is_empty), None)
        if first is not None:
            first.focus()
        else:
            self.accept_button.setFocus()

    def _lay(self) -> None:
        self.cancel_button.setAutoDefault(False)
        self.accept_button.setDefault(True)
        self.frame.addWidget(self.heading)
        self.frame.addWidget(self.banner)
        self.frame.addLayout(self.body)
        self.frame.addStretch()
        self.end_with(self.accept_button, self.cancel_button)

    def _entered(self, name: str, changed: set[str]) -> None:
        for cell in self.cells:
            if cell.name in changed and cell.name != name:
                cell.refresh()

    def _walk(self, name: str, forwards: bool) -> None:
        names = [cell.name for cell in self.cells]
        at = names.index(name)
        if not forwards:
            self.cells[max(0, at - 1)].focus()
            return
        following = next((cell for cell in self.cells[at + 1 :] if cell.is_empty), None)
        if following is not None:
            following.focus()
        else:
            self.accept_button.setFocus()
            self.finish()


def _rows(cells: Sequence[FieldCell]) -> list[list[FieldCell]]:
    """Short fields stand side by side where there are more than fit a low window one under the other."""
    if len(cells) <= MOST_UNDER_EACH_OTHER:
        return [[cell] for cell in cells]
    rows: list[list[FieldCell]] = []
    room = theme.current().px(WIDTH)
    for cell in cells:
        if rows and len(rows[-1]) == 1 and cell.width < room and rows[-1][0].width < room:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def set_default(chosen: QPushButton, other: QPushButton) -> None:
    """Make one button the one that Enter presses, and give it the focus."""
    other.setDefault(False)
    chosen.setDefault(True)
    chosen.setFocus()
