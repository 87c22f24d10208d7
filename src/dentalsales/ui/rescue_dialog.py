"""A company that is damaged: the newest good copy is offered, and a look at what can still be read."""

from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout

from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.flow_layout import FlowLayout
from dentalsales.ui.page import button, label


class RescueDialog(QDialog):
    """`choice` is "restore", "look" or "" once it is closed; nothing was changed so far."""

    def __init__(self, problem: str, copy: Any, may_look: bool) -> None:
        super().__init__()
        self.choice = ""
        self.setWindowTitle(tr(_("The company can't be opened")))
        width = theme.current().px(560)
        self.setMinimumWidth(width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        told = _("No good backup was found beside it. If there is one on a stick, plug it in and start again.")
        if copy is not None:
            told = _(
                "The newest good backup is of {moment} and was verified just now. The damaged file is kept beside."
            )
            told = told.fill(moment=shown(copy.made_at, "moment"))
        for text, look in ((problem, "section"), (told, "")):
            words = label(text, look)
            words.setWordWrap(True)
            words.setMinimumHeight(words.heightForWidth(width - 48))
            layout.addWidget(words)
        self.restore = button(_("Restore this backup"), "history", "primary")
        self.look = button(_("Open it only to look"), "eye")
        self.leave = button(_("Close"))
        self.restore.setVisible(copy is not None)
        self.look.setVisible(may_look)
        row = FlowLayout()
        for each in (self.restore, self.look, self.leave):
            row.addWidget(each)
        layout.addLayout(row)
        self.restore.clicked.connect(lambda: self._choose("restore"))
        self.look.clicked.connect(lambda: self._choose("look"))
        self.leave.clicked.connect(self.reject)
        (self.restore if copy is not None else self.leave).setFocus()

    def _choose(self, choice: str) -> None:
        self.choice = choice
        self.accept()
