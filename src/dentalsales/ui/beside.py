"""Waits for what is written beside the window: it goes on being painted, and keys and clicks stand in line."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication

from dentalsales.ui.rubbish import collector

Result = TypeVar("Result")
WORTH_SHOWING = 300
"""Milliseconds after which the pointer says that the program is at work."""
_under_way: list[object] = []


def is_under_way() -> bool:
    """Say whether somebody waits here: then no screen may be built anew or closed, for that one goes on with it."""
    return bool(_under_way)


class _Finish(QObject):
    """Tells the thread of the window that the work of another thread is over."""

    came = Signal()


def beside(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, or raise what it raises; it runs in a thread of its own and touches no widget.

    The disk, another clerk's turn or a distant server may take their time: the window is painted meanwhile, and what is
    typed is delivered in its order when the work is over. The caller goes on as if it had done the work itself.
    """
    told: list[Any] = []
    loop, finish = QEventLoop(), _Finish()
    finish.came.connect(loop.quit, Qt.ConnectionType.QueuedConnection)

    def perform() -> None:
        try:
            told.extend((work(), None))
        except BaseException as error:  # whatever it is, it belongs to whoever waits
            told.extend((None, error))
        finish.came.emit()

    pointer = QTimer(singleShot=True, interval=WORTH_SHOWING)
    pointer.timeout.connect(lambda: QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor))
    pointer.start()
    collector()
    QThreadPool.globalInstance().start(perform)
    _under_way.append(loop)
    while not told:  # somebody may end all loops, as the end of the program does; a commit is never left alone
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    _under_way.remove(loop)
    if pointer.isActive():
        pointer.stop()
    else:
        QApplication.restoreOverrideCursor()
    result, error = told
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]
