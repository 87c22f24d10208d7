"""Tells the user of an error that nobody caught, in whichever thread it happened; the log has it whole."""

from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler

from dentalsales import log
from dentalsales.i18n import _
from dentalsales.no_values import known_words
from dentalsales.ui.messages import Messages

PAUSE = 5.0
"""Seconds in which a second error says nothing new: one while painting would come back with every picture."""
UNSAID = frozenset({QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg})


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


def listen_to_qt() -> None:
    """Let what Qt complains about go to the log."""
    qInstallMessageHandler(qt_said)


def qt_said(kind: QtMsgType, context: Any, message: str) -> None:
    """Write a complaint down: all of it in this house, its known words in what may be sent."""
    if kind not in UNSAID:
        log.warn(f"Qt ({kind.name}, {context.category or ''}): {known_words(message).replace('%', '')} | %s", message)
