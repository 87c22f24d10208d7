"""Edits a setting that is a folder of this computer: typed, or chosen in the system's dialog."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.page import button


class FolderEditor(QWidget):
    """A line that takes a path, and the button that finds one; emptied, there is no folder."""

    entered = Signal()

    def __init__(self, label: Text, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = value
        self.line = QLineEdit(value)
        self.line.setClearButtonEnabled(True)
        self.line.setPlaceholderText(tr(_("None yet")))
        self.line.setMinimumWidth(theme.current().px(220))
        self.line.editingFinished.connect(self._enter)
        self.choose = button(_("Choose…"), "device-floppy")
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)
        self._label = label

    def setAccessibleName(self, name: str) -> None:
        """The line is what is named."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def value(self) -> str:
        """Return the path."""
        return self.line.text().strip()

    def set_value(self, value: str) -> None:
        """Show a path."""
        self._kept = value
        self.line.setText(value)

    def set_tried(self, tried: bool) -> None:
        """Take no other path while one is tried."""
        self.line.setReadOnly(tried)
        self.choose.setEnabled(not tried)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr(self._label), self.value())
        if folder:
            self.line.setText(folder)
            self._enter()

    def _enter(self) -> None:
        if self.value() != self._kept:
            self._kept = self.value()
            self.entered.emit()
