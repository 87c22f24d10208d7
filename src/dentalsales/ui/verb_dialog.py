"""A dialog that ends with a verb or with Cancel; Ctrl+Enter does what the verb's button does, from anywhere."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dentalsales.i18n import Text, tr
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import label

MARGIN = 24
NARROWEST_BUTTON = 80


class VerbDialog(QDialog):
    """What it asks is laid into `frame`, in which `end_with` puts the buttons last."""

    def __init__(self, parent: QWidget | None, title: Text, spacing: int = 12) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr(title))
        self.banner = Banner()
        self.frame = QVBoxLayout(self)
        self.frame.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.frame.setSpacing(spacing)

    def say(self, told: Text, look: str = "secondary") -> None:
        """Add a sentence, as high as it becomes at the narrowest width: a layout would squeeze its second line."""
        words = label(told, look)
        words.setWordWrap(True)
        words.ensurePolished()
        words.setMinimumHeight(words.heightForWidth(self.minimumWidth() - 2 * MARGIN))
        self.frame.addWidget(words)

    def end_with(self, verb: QPushButton, back: QPushButton, *beside: QPushButton) -> None:
        """Lay the buttons at the end of the frame: the verb last, `beside` far from it."""
        row = QHBoxLayout()
        for one in beside:
            row.addWidget(one)
        row.addStretch(1)
        for one in (back, verb):
            one.setMinimumWidth(NARROWEST_BUTTON)
            row.addWidget(one)
        verb.clicked.connect(self.finish)
        back.clicked.connect(self.reject)
        self.frame.addLayout(row)

    def finish(self) -> None:
        """Do what the verb says."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts from anywhere."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
        else:
            super().keyPressEvent(event)
