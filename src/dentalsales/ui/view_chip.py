"""A chip of a list's views: its words, and beside them, as a small key, the digit that opens it with Alt."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton

from dentalsales.i18n import tr
from dentalsales.ui import theme
from dentalsales.ui.page import tell_keys

LAST_DIGIT = 9
ROOM = 18
"""What the digit takes at the right."""


class ViewChip(QPushButton):
    """Checked while its view is shown."""

    def __init__(self, words: str, number: int) -> None:
        super().__init__(tr(words))
        self.digit = str(number) if number <= LAST_DIGIT else ""
        self.setObjectName("viewChip")
        self.setProperty("look", "chip")
        self.setCheckable(True)
        self.setAccessibleName(tr(words))
        tell_keys(self, tr(words), f"Alt+{number}" if self.digit else "", alone=True)

    def sizeHint(self) -> QSize:
        """Return the room of the words and the digit."""
        wanted = super().sizeHint()
        return QSize(wanted.width() + (theme.current().px(ROOM) if self.digit else 0), wanted.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip, and its digit at the right."""
        super().paintEvent(event)
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font("hint"))
        painter.setPen(look.colour("text.muted"))
        side = look.px(16)
        place = QRect(self.width() - side - look.px(9), (self.height() - side) // 2, side, side)
        if self.digit:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.digit)
            painter.setPen(look.colour("line.input"))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
