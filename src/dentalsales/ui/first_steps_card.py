"""Today in a new company: what is to be done before the first day of work, each step a link that leads there."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.icons import icon
from dentalsales.ui.page import button, drop_all, label
from dentalsales.ui.shell import Shell


class FirstStepsCard(QFrame):
    """Hidden unless there is something to do; what is done bears a tick."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setObjectName("card")
        self._shell = shell
        self._made: list[QPushButton] = []
        self._open_at: list[int] = []
        self._links = QWidget()
        self._flow = FlowLayout(self._links, spacing=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 10, 15, 10)
        layout.addWidget(label(_("First steps of a new company"), "section"))
        layout.addWidget(self._links)
        self.hide()

    def show_steps(self, steps: Sequence[tuple[Any, bool]], keeps_cursor: bool) -> None:
        """Show what is to be done, and what is done already; a cursor that it keeps goes on to what is to be done."""
        focused = self.window().focusWidget()
        held = next((place for place, link in enumerate(self._made) if link is focused), None)
        drop_all(self._flow)
        self._made = []
        self._open_at = [place for place, (_step, done) in enumerate(steps) if not done]
        for step, done in steps:
            made = button(step.text, "", "link")
            made.setIcon(icon("check" if done else "arrow-right", "success" if done else "accent"))
            if done:
                made.setAccessibleName(tr(_("{step}: done").fill(step=step.text)))
            made.clicked.connect(partial(self._open, step))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._flow.addWidget(made)
            self._made.append(made)
        self.setVisible(bool(steps))
        if keeps_cursor and held is not None:
            self.take_focus(held)

    def take_focus(self, at: int = 0) -> bool:
        """Go to the first step from `at` that is still to be done; False when there is none."""
        open_ones = sorted(self._open_at, key=lambda place: (place < at, place))
        if open_ones:
            self._made[open_ones[0]].setFocus()
        return bool(open_ones)

    def _open(self, step: Any, _checked: bool = False) -> None:
        if step.import_kind:
            self._shell.open_import(step.import_kind)
        else:
            self._shell.open_list(step.register)
