"""Says when the first window of this process has been painted: `bare`, or the program with its own words."""

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Waits for the first window, and ends the process when all of it has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Let everything pass."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            QTimer.singleShot(0, self._say)
        return False

    def _say(self) -> None:
        print(time.process_time(), flush=True)
        os._exit(0)


qInstallMessageHandler(lambda *_words: None)  # a platform without screen has much to say
application = QApplication(["dentalsales"])
first_paint = FirstPaint()
application.installEventFilter(first_paint)
if sys.argv[1] == "bare":
    window = QWidget()
    window.show()
    application.exec()
else:
    from dentalsales.cli import main

    main(sys.argv[2:])
