"""Tells the user of an error that nobody caught, in whichever thread it happened; the log has it whole."""

from time import monotonic

from PySide6.QtCore import QObject, Signal

from dentalsales import log
from dentalsales.i18n import _
from dentalsales.ui.messages import Messages

PAUSE = 5.0
"""Seconds in which a second error says nothing new: one while painting would come back with every picture."""


class Uncaught(QObject):
    """Listens as long as the window is open."""

    _happened = Signal(str)

    def __init__(self, messages: Messages) -> None:
        super().__init__(messages)
        self._messages = messages
        self._told_at = -PAUSE
        self._happened.connect(self._tell)
        log.when_uncaught(self._happened.emit)

    def _tell(self, number: str) -> None:
        if monotonic() - self._told_at < PAUSE:
            return
        self._told_at = monotonic()
        sentence = _("Something unexpected happened. If a screen looks wrong, open it again. Report number: {number}.")
        self._messages.toast_report(sentence.fill(number=number), number)

    def end(self) -> None:
        """Listen no more."""
        log.when_uncaught(None)
