"""What Qt complains about goes to the log, from the first moment on; the log is loaded at the first complaint."""

from typing import Any

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

UNSAID = frozenset({QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg})


def listen_to_qt() -> None:
    """Let what Qt complains about go to the log."""
    qInstallMessageHandler(qt_said)


def qt_said(kind: QtMsgType, context: Any, message: str) -> None:
    """Write a complaint down: all of it in this house, its known words in what may be sent."""
    if kind not in UNSAID:
        from dentalsales import log
        from dentalsales.no_values import known_words

        log.warn(f"Qt ({kind.name}, {context.category or ''}): {known_words(message).replace('%', '')} | %s", message)
