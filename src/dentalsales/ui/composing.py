"""While an input method composes a word, keys without Ctrl or Alt are its own: no shortcut hears them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from dentalsales.ui.at_focus import AtFocus

HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ComposingGuard(AtFocus):
    """Watches the input at the focus, and of the whole program while a word is unfinished."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._composing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take plain keys away from the shortcuts while a word is unfinished."""
        if isinstance(event, QInputMethodEvent):
            self._set_composing(bool(event.preeditString()))
        elif event.type() == QEvent.Type.FocusOut:
            self._set_composing(False)
        elif self._composing and event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not event.modifiers() & HELD:
                event.accept()
                return True
        return False

    def _set_composing(self, composing: bool) -> None:
        if composing != self._composing:
            self._composing = composing
            self.listen(everywhere=composing)
