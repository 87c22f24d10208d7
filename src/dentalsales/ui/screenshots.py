"""Takes a picture of every screen, without a display, for the README and for those who have none."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from dentalsales.i18n import use_language
from dentalsales.ui import theme
from dentalsales.ui.main_window import MainWindow
from dentalsales.ui.preferences import Preferences
from dentalsales.ui.screens import screens_of
from dentalsales.ui.sign_in_dialog import SignInDialog
from dentalsales.usecases import browse
from dentalsales.usecases.desk import Desk


def take_all(
    desk: Desk,
    folder: Path,
    *,
    scheme: str = "light",
    language: str = "zh_CN",
    size: tuple[int, int] = (1366, 728),
    percent: int = 100,
) -> list[Path]:
    """Write a PNG of each screen, of an old and a new form of each register and of each report; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_without_grumbling)
    app = QApplication.instance() or QApplication(["dentalsales"])
    use_language(language)
    theme.apply(app, scheme, "standard", percent)  # type: ignore[arg-type]  # widgets need a QApplication, so it is one
    window = window_in(desk, scheme, size, percent)
    taken = [_grab(SignInDialog(company=desk.letterhead().name, login=desk.login), folder / "sign-in.png")]
    for name, prepare in scenes(window):
        prepare()
        window.runner.settle()
        taken.append(_grab(window, folder / f"{name}.png"))
        for tab in tuple(window.shell.workspace.records):
            window.shell.workspace.close_record(tab, ask=False)
    window.close()
    return taken


def window_in(desk: Desk, scheme: str, size: tuple[int, int], percent: int = 100) -> MainWindow:
    """Show a window in this look, whatever look its employee chose for himself, and without changing that choice."""
    window = MainWindow(desk, memory_only(scheme, size, percent))
    theme.apply(QApplication.instance(), scheme, "standard", percent)  # type: ignore[arg-type]  # the window needs it
    window.rebuild()
    window.resize(*size)
    window.show()
    return window


def scenes(window: MainWindow) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield the name of each picture and what brings it about."""
    shell = window.shell
    for screen in screens_of(window.desk):
        if screen.key != "reports":
            yield screen.key.replace("list:", "list-"), partial(shell.open_screen, screen.key)
    for register in window.desk.menu():
        found = browse.page(window.desk, browse.Query(register.name), limit=1).rows
        if found:
            yield f"form-{register.name}", partial(shell.open_record, register.name, found[0].id)
        if window.desk.may_begin(register.name):
            yield f"new-{register.name}", partial(shell.open_new, register.name)
    for report in window.desk.reports():
        yield f"report-{report.name}", partial(shell.open_report, report.name)


def _without_grumbling(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Print what Qt says, but not that a platform without a screen knows no sizes."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def _grab(widget: QWidget, path: Path) -> Path:
    widget.show()
    for _round in range(3):
        QApplication.processEvents()
    widget.grab().save(str(path))
    return path


def memory_only(scheme: str, size: tuple[int, int], percent: int) -> Preferences:
    """Preferences of this picture only, never written."""
    preferences = _Unwritten(Path("unwritten.json"))
    for key, value in (("scheme", scheme), ("size", list(size)), ("percent", percent)):
        preferences.keep(key, value)
    return preferences


class _Unwritten(Preferences):
    def __init__(self, path: Path) -> None:
        self._values = {}

    def keep(self, key: str, value: Any) -> None:
        self._values[key] = value
