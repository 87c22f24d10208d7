"""Today in a new company: what is to be done before the first day of work, each step a link that leads there."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

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
        self._links = QWidget()
        self._flow = FlowLayout(self._links, spacing=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 10, 15, 10)
        layout.addWidget(label(_("First steps of a new company"), "section"))
        layout.addWidget(self._links)
        self.hide()

    def show_steps(self, steps: Sequence[tuple[Any, bool]]) -> None:
        """Show what is to be done, and what is done already."""
        drop_all(self._flow)
        for step, done in steps:
            made = button(step.text, "", "link")
            made.setIcon(icon("check" if done else "arrow-right", "success" if done else "accent"))
            if done:
                made.setAccessibleName(tr(_("{step}: done").fill(step=step.text)))
            made.clicked.connect(partial(self._open, step))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._flow.addWidget(made)
        self.setVisible(bool(steps))

    def _open(self, step: Any, _checked: bool = False) -> None:
        if step.import_kind:
            self._shell.open_import(step.import_kind)
        else:
            self._shell.open_list(step.register)
