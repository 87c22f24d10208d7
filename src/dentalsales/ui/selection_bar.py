"""What stands in the place of the search while rows are checked: how many, and what can be done with all of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from dentalsales.i18n import _, n_, tr
from dentalsales.ui.page import button, label, tool_button


class SelectionBar(QWidget):
    """Fields that may be changed for all, steps, export, print; Ctrl+B opens them as one menu."""

    change_asked = Signal(str)
    step_asked = Signal(object)
    cleared = Signal()

    def __init__(self, fields: dict[str, Any], excel: Any, may_export: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = fields
        self._steps: Sequence[tuple[Any, int]] = ()
        self.words = label("", "section")
        self.change = button(_("Change"), "pencil", "", "Ctrl+B")
        self.steps = button(_("Take a step"), "player-play")
        self.excel = button(_("Export Excel"), "file-spreadsheet", "", "Ctrl+E")
        self.paper = button(_("Print"), "printer", "", "Ctrl+P")
        self.clear = tool_button(_("Check none"), "x", "Esc")
        self.change.clicked.connect(lambda: self._open(self.change, self._change_menu()))
        self.steps.clicked.connect(lambda: self._open(self.steps, self._step_menu()))
        self.excel.clicked.connect(excel)
        self.clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.words, self.change, self.steps, self.excel, self.paper):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.clear)
        self.change.setVisible(bool(fields))
        self.steps.hide()
        for widget in (self.excel, self.paper):
            widget.setVisible(may_export)

    def show_count(self, count: int) -> None:
        """Say how many rows are checked."""
        self.words.setText(tr(n_("{count:,} checked", "{count:,} checked").fill(count=count)))

    def show_steps(self, steps: Sequence[tuple[Any, int]]) -> None:
        """Offer the steps that can be taken with some of the rows."""
        self._steps = steps
        self.steps.setVisible(bool(steps))

    def open_menu(self) -> None:
        """Open everything that can be done as one menu, for the keys."""
        menu = self._change_menu()
        if self._steps:
            if not menu.isEmpty():
                menu.addSeparator()
            self._fill_steps(menu)
        self._open(self.words, menu)

    def _change_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, field in self._fields.items():
            words = _("Change {field} …").fill(field=field.label)
            menu.addAction(tr(words)).triggered.connect(lambda _on=False, name=name: self.change_asked.emit(name))
        return menu

    def _step_menu(self) -> QMenu:
        menu = QMenu(self)
        self._fill_steps(menu)
        return menu

    def _fill_steps(self, menu: QMenu) -> None:
        for step, count in self._steps:
            words = _("{step} ({count:,}) …").fill(step=step.label, count=count)
            menu.addAction(tr(words)).triggered.connect(lambda _on=False, step=step: self.step_asked.emit(step))

    def _open(self, below: QPushButton | QWidget, menu: QMenu) -> None:
        if menu.isEmpty():
            return
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))
        menu.setActiveAction(menu.actions()[0])
