"""Says when the first window of this process has been painted: `bare`, or the program with its own words.

No filter of events listens: it would be handed every widget, and PySide6 loads all its classes to name one it does
not know. The program's sign-in tells by itself when it stands.
"""

import os
import sys
import time
from typing import Any

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """A window with nothing in it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Say so when all of it has been painted."""
        super().paintEvent(event)
        QTimer.singleShot(0, say_painted)


def say_painted() -> None:
    """Print the CPU seconds so far, and end at once: closing is not measured."""
    print(time.process_time(), flush=True)
    os._exit(0)


def told_by_the_sign_in() -> None:
    """Have the sign-in of the program say it."""
    from dentalsales.ui.sign_in_dialog import SignInDialog

    begin = SignInDialog.__init__

    def begin_and_listen(dialog: Any, *words: Any, **more: Any) -> None:
        begin(dialog, *words, **more)
        dialog.painted.connect(lambda: QTimer.singleShot(0, say_painted))

    SignInDialog.__init__ = begin_and_listen  # type: ignore[method-assign]


qInstallMessageHandler(lambda *_words: None)  # a platform without screen has much to say
if sys.argv[1] == "bare":
    application = QApplication(["dentalsales"])
    window = Bare()
    window.show()
    application.exec()
else:
    from dentalsales.cli import main
    from dentalsales.ui.plain_import import import_plainly

    import_plainly()
    told_by_the_sign_in()
    main(sys.argv[2:])
