"""Asks for the name of a view, and whether everybody may use it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.messages import Banner, attempt_beside
from dentalsales.ui.page import button, label


class ViewDialog(QDialog):
    """Closes when the name was kept; a refusal is said above it."""

    def __init__(self, title: Text, name: str, may_share: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(title))
        self.keep: Callable[[str, bool], Any] = lambda name, shared: None
        self.kept: Any = None
        self.banner = Banner()
        self.name = QLineEdit(name)
        self.name.setAccessibleName(tr(_("Name of the view")))
        self.name.selectAll()
        self.shared = QCheckBox(tr(_("Share with everybody who sees this list")))
        cancel, save = button(_("Cancel")), button(_("Save"), "", "primary")
        cancel.setAutoDefault(False)
        save.setDefault(True)
        cancel.clicked.connect(self.reject)
        save.clicked.connect(self._finish)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(save)
        caption = label(_("Name of the view"), "secondary")
        caption.setBuddy(self.name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(title, "section"))
        layout.addWidget(self.banner)
        layout.addWidget(caption)
        layout.addWidget(self.name)
        layout.addWidget(self.shared)
        self.shared.setVisible(may_share)
        layout.addLayout(row)
        self.setMinimumWidth(theme.current().px(420))
        self.name.setFocus()

    def _finish(self) -> None:
        name, shared = self.name.text(), self.shared.isChecked()
        kept = attempt_beside(lambda: self.keep(name, shared), self.banner.refuse)
        if kept is None:
            self.name.setFocus()
            return
        self.kept = kept
        self.accept()
