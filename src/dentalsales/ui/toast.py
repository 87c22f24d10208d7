"""A message at the bottom right of the window, and how messages look and are said."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.icons import icon, pixmap
from dentalsales.ui.matters import Matters
from dentalsales.ui.page import tell_keys

_ICONS = {
    "danger": ("alert-circle", "danger"),
    "warning": ("alert-triangle", "warning"),
    "success": ("check", "success"),
    "": ("info-circle", "info"),
    "info": ("info-circle", "info"),
}
UNDO = _("Undo")
TOAST_SECONDS, UNDO_SECONDS = 4, 10
MOST_MATTERS = 5


class Toast(QFrame):
    """A message at the bottom right; warnings and errors stay until they are closed."""

    gone = Signal()

    def __init__(
        self, text: str, tone: str, act: Callable[[], None] | None, parent: QWidget, verb: Text = UNDO
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.text = text
        paint_tone(self, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        picture, self._label = QLabel(), QLabel(text)
        picture.setPixmap(pixmap(*picture_of(tone), parent.devicePixelRatioF()))
        self._label.setWordWrap(True)
        close = close_button(self.leave, "close_messages")
        level(picture, self._label, close)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        if act is not None:
            row.addWidget(self._act_button(act, verb))
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.stays = tone in ("danger", "warning")
        if not self.stays:
            QTimer.singleShot(1000 * (UNDO_SECONDS if act else TOAST_SECONDS), self, self.leave)

    def _act_button(self, act: Callable[[], None], verb: Text) -> QPushButton:
        button = QPushButton(tr(verb))
        button.setProperty("look", "link")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(True)

        def do() -> None:
            act()
            self.leave()

        button.clicked.connect(do)
        return button

    def leave(self) -> None:
        """Take the toast away."""
        self.hide()
        self.gone.emit()
        self.deleteLater()


class Pile(Toast):
    """All warnings that nobody has closed yet: one line for each matter, the newest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "warning", None, parent)
        self._matters = Matters()

    def add(self, sentence: str, of: str = "") -> None:
        """Add a warning; `of` names the paper."""
        self._matters.add(sentence, of)
        self.text = "\n".join(self._matters.lines(MOST_MATTERS))
        self._label.setText(self.text)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a message."""
    widget.setAccessibleName(text)
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def picture_of(tone: str) -> tuple[str, int, str]:
    """Return icon, size and colour of a tone."""
    name, token = _ICONS.get(tone, _ICONS[""])
    return name, 20, token


def paint_tone(frame: QFrame, tone: str) -> None:
    """Give a frame the colours of a tone."""
    frame.setProperty("tone", tone)
    frame.style().unpolish(frame)
    frame.style().polish(frame)


def level(picture: QLabel, text: QLabel, close: QToolButton) -> None:
    """Let the icon, the first line and the button stand on one level, however many lines there are."""
    close.ensurePolished()
    height = close.sizeHint().height()
    above = max(0, height - text.fontMetrics().lineSpacing()) // 2
    picture.setFixedHeight(height)
    text.setContentsMargins(0, above, 0, above)


def close_button(close: Callable[[], object], keys: str = "") -> QToolButton:
    """Return the button that closes a message, with the key that does the same in its tooltip."""
    button = QToolButton()
    button.setIcon(icon("x"))
    button.setAccessibleName(tr(_("Close message")))
    if keys:
        tell_keys(button, tr(_("Close message")), keys)
    else:
        button.setToolTip(tr(_("Close message")))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: close())
    return button
