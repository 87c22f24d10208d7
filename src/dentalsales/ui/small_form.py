"""A few fields of a form in a dialog: Enter goes to the next empty one and, after the last, accepts."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dentalsales.blueprint.rules import RuleBroken, problems_of
from dentalsales.i18n import Text, _, tr
from dentalsales.ui.field_cell import FieldCell
from dentalsales.ui.field_grid import CardFields
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button
from dentalsales.usecases.desk import Desk

WIDTH = 520


class SmallForm(QDialog):
    """Title, sentence, fields, and two buttons: the verb and Cancel."""

    def __init__(self, desk: Desk, form: Any, names: Sequence[str], title: Text, verb: Text, parent: QWidget) -> None:
        super().__init__(parent)
        self.form = form
        self.setWindowTitle(tr(title))
        self.setMinimumWidth(WIDTH)
        fields = form.fields()
        rows = CardFields(self)
        self.cells = [FieldCell(desk, form, name, fields[name], rows.place()) for name in names if name in fields]
        rows.fill([[cell] for cell in self.cells])
        for cell in self.cells:
            cell.walked.connect(self._walk)
            cell.entered.connect(self._entered)
        self.heading = QLabel(tr(title))
        self.heading.setProperty("look", "section")
        self.heading.setWordWrap(True)
        self.banner = Banner()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts from anywhere."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
        else:
            super().keyPressEvent(event)

    def start(self) -> None:
        """Put the cursor into the first empty field, else onto the button."""
        first = next((cell for cell in self.cells if cell.is_empty), None)
        if first is not None:
            first.focus()
        else:
            self.accept_button.setFocus()

    def _lay(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        for each in (self.cancel_button, self.accept_button):
            each.setMinimumWidth(80)
            buttons.addWidget(each)
        self.cancel_button.setAutoDefault(False)
        self.accept_button.setDefault(True)
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.finish)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addWidget(self.banner)
        layout.addLayout(self.body)
        layout.addStretch()
        layout.addLayout(buttons)

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


def set_default(chosen: QPushButton, other: QPushButton) -> None:
    """Make one button the one that Enter presses, and give it the focus."""
    other.setDefault(False)
    chosen.setDefault(True)
    chosen.setFocus()
