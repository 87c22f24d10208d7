"""Runs slow acts beside the window, and tells the window what was changed."""

from collections.abc import Callable
from functools import cache
from time import monotonic
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal, Slot

from dentalsales.i18n import Text, _
from dentalsales.ui.in_slices import any_pending
from dentalsales.ui.rubbish import collector

WORTH_GUESSING = 2
"""Seconds after which the time that is left is told."""


class Cancelled(Exception):
    """The user stopped the act; whoever does the work lets it pass, so that nothing is written."""


class Task:
    """One act under way."""

    def __init__(self, label: Text | None, owner: QObject | None) -> None:
        self.label, self.owner = label, owner
        self.cancelled = False
        self.count, self.total = 0, 0
        self.begun = monotonic()
        self.result: Any = None
        self.error: Exception | None = None
        self.work: Callable[[Task], Any] | None = None
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[Exception], None] | None = None
        self.runner: Runner | None = None
        """Whose it is, until it has come to its end."""

    def cancel(self) -> None:
        """Ask the act to stop; it does at its next report of progress, and its result is dropped in any case."""
        self.cancelled = True

    def progress(self, count: int, total: int) -> None:
        """Called by the work itself, from its thread; raises Cancelled after a cancel."""
        if self.cancelled:
            raise Cancelled
        self.count, self.total = count, total
        _post().counted.emit(self)

    @property
    def wanted(self) -> bool:
        """False once nobody waits for the result any more."""
        return not self.cancelled and (self.owner is None or shiboken6.isValid(self.owner))


class _Post(QObject):
    """Brings into the thread of the window what other threads have to tell; it outlives every window and dialog.

    Only here, where windows and dialogs die too, is it certain whether the one that is to be told still lives.
    """

    counted = Signal(object)
    finished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.counted.connect(self._count, Qt.ConnectionType.QueuedConnection)
        self.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _count(self, task: Task) -> None:
        if task.runner is not None and shiboken6.isValid(task.runner):
            task.runner.progressed.emit(task)

    @Slot(object)
    def _deliver(self, task: Task) -> None:
        runner, task.runner, task.work = task.runner, None, None  # nothing of the window ends in another thread
        if runner is not None and shiboken6.isValid(runner):
            runner.deliver(task)


@cache
def _post() -> _Post:
    return _Post()


_SPARE: list[QThreadPool] = []
"""The threads of runners that are gone. To end them would be to wait for their work, so the next runner gets them."""


class Runner(QObject):
    """A thread pool whose results arrive in the thread of the window.

    It may go with its dialog at any moment: the work comes to its end, and nobody is told.
    """

    records_changed = Signal(str)
    """The name of a register some of whose records were saved, by whichever thread."""
    refused = Signal(object)
    """An exception that nobody asked to hear about."""
    started = Signal(object)
    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        _post()  # it belongs to the thread of the window, as all rubbish does from the first runner on
        collector()
        self._pool = pool = _pool()
        self._running: set[Task] = set()
        self.destroyed.connect(lambda *_gone, spare=_SPARE: spare.append(pool))

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
        label: Text | None = None,
    ) -> Task:
        """Call `work()` in the pool, then `done(result)` or `failed(error)` here, unless `owner` is gone by then.

        A label makes it visible in the status bar; without `failed` a refusal is shown as a message.
        """
        return self._start(lambda task: work(), done, failed, Task(label, owner))

    def run_long(
        self,
        work: Callable[[Task], Any],
        label: Text,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Task:
        """Like `run`, for work that counts: it gets its Task and calls `task.progress(count, total)`."""
        return self._start(work, done, failed, Task(label, owner))

    def _start(self, work: Callable[[Task], Any], done: Any, failed: Any, task: Task) -> Task:
        task.work, task.done, task.failed, task.runner = work, done, failed, self
        self._running.add(task)
        self.started.emit(task)
        self._pool.start(lambda: _perform(task))
        return task

    def deliver(self, task: Task) -> None:
        """Hand over what came of a task, to whoever still waits for it."""
        self._running.discard(task)
        self.ended.emit(task)
        if not task.wanted:
            return
        if task.error is None:
            if task.done is not None:
                task.done(task.result)
        elif isinstance(task.error, Cancelled):
            return
        elif task.failed is not None:
            task.failed(task.error)
        else:
            self.refused.emit(task.error)

    @property
    def busy(self) -> bool:
        """True while any act is under way."""
        return bool(self._running)

    def settle(self, seconds: float = 30.0) -> bool:
        """Wait, with the window alive, until nothing is under way or half drawn; False when the time was too short."""
        end = monotonic() + seconds
        quiet = 0
        while quiet < 2 and monotonic() < end:  # what was delivered is laid out, and that may begin the next act
            QCoreApplication.processEvents()
            quiet = 0 if self.busy or any_pending() else quiet + 1
            self._pool.waitForDone(5)
        return not self.busy

    def finish(self) -> None:
        """Let running acts come to their end; a closed window never cuts a commit."""
        for task in self._running:
            task.cancel()
        self._pool.waitForDone()


def _perform(task: Task) -> None:
    try:
        task.result = task.work(task) if task.work is not None else None
    except Exception as error:  # whatever it is, it belongs to the thread of the window
        task.error = error
    if shiboken6.isValid(_post()):  # else the program itself has ended
        _post().finished.emit(task)


def _pool() -> QThreadPool:
    """Return threads that have nothing to do."""
    idle = next((pool for pool in _SPARE if not pool.activeThreadCount()), None)
    if idle is None:
        return QThreadPool()
    _SPARE.remove(idle)
    return idle


def progress_text(task: Task) -> Text:
    """Return what the status bar says about a task."""
    label = task.label if task.label is not None else _("Working")
    if not task.total:
        return label
    counted = {"what": label, "count": f"{task.count:,}", "total": f"{task.total:,}"}
    passed = monotonic() - task.begun
    if passed < WORTH_GUESSING or not task.count:
        return _("{what} {count} / {total}").fill(**counted)
    left = round(passed * (task.total - task.count) / task.count)
    return _("{what} {count} / {total} · about {seconds} s left").fill(**counted, seconds=left)
