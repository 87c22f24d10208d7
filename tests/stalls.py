"""Watches the event loop: how long the window's thread works on one event before it listens again."""

import gc
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, QThread
from PySide6.QtWidgets import QApplication

LIMIT = 0.050
"""Seconds that one event may take: a key, a click, a picture of the window."""
TOLL = 0.000010
"""What watching itself costs, counted low: so many seconds for each event that is handed on through Python to a widget
while another one is under way. A form that is drawn hands on a thousand and more."""
REFERENCE = 0.0080
"""What `_workload` takes on the machine that the limit is meant for."""


@dataclass
class _Frame:
    """An event under way; events of a loop that runs inside it, as in a dialog, are counted by themselves."""

    level: int
    begun: float
    inside: float = 0.0
    handed_on: int = 0


@dataclass(frozen=True)
class Stall:
    """An event that took too long."""

    seconds: float
    event: str
    receiver: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms {self.event} in {self.receiver}"


@dataclass
class StallWatch:
    """Counts the CPU time of the window's own thread, so that a busy machine does not make it fail.

    A slower machine, or one whose cores are shared, is measured beside each stall and the limit scaled by it.
    """

    limit: float = LIMIT
    stalls: list[Stall] = field(default_factory=list)
    longest: float = 0.0
    _frames: list[_Frame] = field(default_factory=list)

    @property
    def again(self) -> list[Stall]:
        """The stalls of a kind that came more than once: a machine has hiccups, but what is slow is slow again."""
        kinds = Counter((stall.event, stall.receiver) for stall in self.stalls)
        return [stall for stall in self.stalls if kinds[stall.event, stall.receiver] > 1]

    def begin(self) -> bool:
        """An event begins; False when it is part of the one under way."""
        level = QThread.currentThread().loopLevel()
        if self._frames and self._frames[-1].level >= level:
            self._frames[-1].handed_on += 1
            return False
        self._frames.append(_Frame(level, time.thread_time()))
        return True

    def end(self, receiver: QObject, event: str) -> None:
        """The event that began last is over."""
        frame = self._frames.pop()
        whole = time.thread_time() - frame.begun
        if self._frames:
            self._frames[-1].inside += whole
        own = whole - frame.inside - frame.handed_on * TOLL
        self.longest = max(self.longest, own)
        if own > self.limit and own > self.limit * _slowness():
            self.stalls.append(Stall(own, event, type(receiver).__name__))


class WatchedApplication(QApplication):
    """The application of the tests; it counts only while a watch is set."""

    watch: StallWatch | None = None

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event, and count what the whole of it took."""
        watch = self.watch
        if watch is None or QThread.currentThread() is not self.thread() or not watch.begin():
            return super().notify(receiver, event)
        kind = event.type()
        try:
            return super().notify(receiver, event)
        finally:
            watch.end(receiver, getattr(kind, "name", str(kind)))


@contextmanager
def no_stalls(limit: float = LIMIT) -> Iterator[StallWatch]:
    """Fail when an event inside the block keeps the window's thread longer than the limit."""
    application: Any = QApplication.instance()
    if not isinstance(application, WatchedApplication):  # only `test_stalls.py` watches
        yield StallWatch(limit)
        return
    gc.collect()
    gc.freeze()  # as the program does when its window stands
    application.watch = watch = StallWatch(limit)
    try:
        yield watch
    finally:
        application.watch = None
        gc.unfreeze()
    assert not watch.again, "the window stood still:\n" + "\n".join(map(str, watch.again))


def _slowness() -> float:
    """Return how many times slower than the reference the machine is just now, at least 1."""
    return max(1.0, *(_workload() / REFERENCE for _time in range(5)))


def _workload() -> float:
    begun = time.thread_time()
    found: dict[str, int] = {}
    for number in range(25_000):
        key = f"k{number % 997}"
        found[key] = found.get(key, 0) + number
    return time.thread_time() - begun
