"""A line that takes the path of a file, and the button that finds one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.page import button


class FileLine(QWidget):
    """`text()` is the path; `kinds` are the patterns that the system's dialog shows first."""

    changed = Signal()

    def __init__(self, name: Text, value: str, kinds: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._kinds = name, kinds
        self.line = QLineEdit(value)
        self.line.setPlaceholderText(tr(name))
        self.line.setAccessibleName(tr(name))
        self.line.textChanged.connect(self.changed)
        self.choose = button(_("Choose…"), "file-certificate")
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)

    def text(self) -> str:
        """Return the path."""
        return self.line.text().strip()

    def _choose(self) -> None:
        file, _kind = QFileDialog.getOpenFileName(self, tr(self._name), self.text(), f"{self._kinds};;*")
        if file:
            self.line.setText(file)
