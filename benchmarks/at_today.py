"""Says when Today stands painted in this process, and what memory is held at rest: `bare`, or `program COMPANY`."""

import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEventLoop, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.held_memory import held_memory


def bare() -> None:
    """A window with nothing in it."""
    window = QWidget()
    window.resize(1366, 728)
    window.show()
    window.repaint()
    say_painted()
    say_held()


def program(folder: Path) -> None:
    """The program's window, whoever signed in; Today has read its figures and its papers."""
    from dentalsales.ui.plain_import import import_plainly

    import_plainly()  # as the program does as soon as PySide6 is there, and so is `loading`
    from dentalsales.app.loading import loading

    with loading():
        from benchmarks.ground import desk_in
        from dentalsales.app import business
        from dentalsales.i18n import use_language
        from dentalsales.ui.main_window import MainWindow
        from dentalsales.ui.preferences import Preferences
        from dentalsales.ui.today_page import TodayPage

        use_language("zh_CN")
        business()
    with tempfile.TemporaryDirectory() as scratch, desk_in(folder, "manager", read_only=True) as desk:
        with loading():
            window = MainWindow(desk, Preferences(Path(scratch) / "preferences.json"))
        window.show()
        page = window.findChild(TodayPage)
        while not page.glances:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        window.repaint()
        say_painted()
        if not window.runner.settle():
            raise RuntimeError("the window did not come to rest")
        say_held()


def say_painted() -> None:
    """Print the CPU seconds so far."""
    print(time.process_time(), flush=True)


def say_held() -> None:
    """Print the bytes that are held to whoever still listens, and end at once: closing is not measured."""
    with suppress(BrokenPipeError):
        print(held_memory(), flush=True)
    os._exit(0)


qInstallMessageHandler(lambda *_words: None)  # a platform without screen has much to say
application = QApplication(["dentalsales"])
bare() if sys.argv[1] == "bare" else program(Path(sys.argv[2]))
