"""Collects rubbish in the thread of the window alone.

Python looks for objects that only hold each other in whichever thread happens to make the next one. Widgets are among
them, and a widget that ends in another thread takes the program with it.
"""

import gc
from functools import cache

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class _Collector(QObject):
    """Does what Python would do by itself, by the same measure; it outlives every window and dialog."""

    def __init__(self) -> None:
        super().__init__()
        self._most = gc.get_threshold()
        gc.set_threshold(0)  # not `disable`: that is for those who load much at once, and ends with them
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Look through what has become old enough."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._most[generation]:
                gc.collect(generation)
                break


@cache
def collector() -> _Collector:
    """Return the one of this program, which begins with the first call, in the thread of the window."""
    return _Collector()
