"""The strip over a window in which nothing may be changed: seen from every screen, and told to screen readers."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.icons import pixmap


def look_strip(what: Text) -> QFrame:
    """Return the strip for what the window shows instead of the company of today."""
    strip = QFrame()
    strip.setObjectName("lookStrip")
    picture = QLabel()
    picture.setPixmap(pixmap("eye", 20, "warning", strip.devicePixelRatioF()))
    words = QLabel(tr(_("{what} · only to look, nothing can be changed here").fill(what=what)))
    words.setWordWrap(True)
    strip.setAccessibleName(words.text())
    row = QHBoxLayout(strip)
    row.setContentsMargins(16, 8, 16, 8)
    row.addWidget(picture)
    row.addWidget(words, 1)
    return strip
