"""Does a longer work of the window's own thread in short slices; between them the window listens and paints."""

from collections.abc import Callable, Iterator
from time import perf_counter
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

SLICE = 0.012
"""Seconds after which the window is given a turn; the part under way then is still brought to its end."""


class InSlices(QObject):
    """Goes through `parts`, a generator that yields wherever it may be interrupted.

    Whoever needs a part at once asks for it with `until` or `finish`: the rest is then done in the same moment, so that
    nobody ever sees the work half done who does not want to.
    """

    def __init__(self, parts: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._working = False
        self.pending = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._slice)
        _all.add(self)

    def start(self) -> None:
        """Go on as soon as the window has nothing else to do."""
        if self.pending:
            self._soon.start()

    def until(self, there: Callable[[], object]) -> None:
        """Do now what is missing until something is there."""
        while self.pending and not self._working and not there():
            self._next()

    def finish(self) -> None:
        """Do all that is missing now; within a part of the work itself it stays as it is."""
        self.until(lambda: False)

    def give_up(self) -> None:
        """Leave the rest undone."""
        self.pending = False
        self._soon.stop()

    def _slice(self) -> None:
        end = perf_counter() + SLICE
        self.until(lambda: perf_counter() > end)
        self.start()

    def _next(self) -> None:
        self._working = True
        try:
            next(self._parts)
        except StopIteration:
            self.give_up()
        except BaseException:
            self.give_up()
            raise
        finally:
            self._working = False


_all: WeakSet[InSlices] = WeakSet()


def any_pending() -> bool:
    """Say whether any work in slices is still to be gone on with."""
    return any(isValid(one) and one.pending for one in _all)
