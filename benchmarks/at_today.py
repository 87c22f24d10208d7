"""Says when Today stands painted in this process, and how much memory is held then: `bare`, or `program COMPANY`."""

import os
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.held_memory import held_memory


def bare() -> None:
    """A window with nothing in it."""
    window = QWidget()
    window.resize(1366, 728)
    window.show()
    window.repaint()
    say()


def program(folder: Path) -> None:
    """The program's window, whoever signed in; Today has read its figures and its papers."""
    from dentalsales.ui.plain_import import import_plainly

    import_plainly()  # as the program does as soon as PySide6 is there
    from benchmarks.ground import desk_in
    from dentalsales.i18n import use_language
    from dentalsales.ui.main_window import MainWindow
    from dentalsales.ui.preferences import Preferences

    use_language("zh_CN")
    with tempfile.TemporaryDirectory() as scratch, desk_in(folder, "manager", read_only=True) as desk:
        window = MainWindow(desk, Preferences(Path(scratch) / "preferences.json"))
        window.show()
        if not window.runner.settle():
            raise RuntimeError("Today did not come")
        window.repaint()
        say()


def say() -> None:
    """Print CPU seconds and bytes, and end at once: closing is not measured."""
    print(time.process_time(), held_memory(), sep="\n", flush=True)
    os._exit(0)


qInstallMessageHandler(lambda *_words: None)  # a platform without screen has much to say
application = QApplication(["dentalsales"])
bare() if sys.argv[1] == "bare" else program(Path(sys.argv[2]))
