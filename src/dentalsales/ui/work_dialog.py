"""Work that the window's end waits for: its progress, a way not to wait, and what to do when it is refused."""

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Cancelled, Runner, Task, progress_text
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import button, label

QUIET = 300
"""Milliseconds in which quick work is done without showing anything."""

_LEFT: list[Runner] = []
"""Who works on although nobody waits: a copy comes to its end behind a closed window, and the program ends after it."""


class WorkDialog(QDialog):
    """Runs `work(progress)` beside it; `leave` names the button that goes on without it, None when nothing can.

    With `stops` that button ends the work itself, and what was begun is taken back; how far it is stands in words.
    """

    _ended = Signal()

    def __init__(
        self,
        title: Text,
        words: Text,
        work: Callable[[Callable[[int, int], None]], Any],
        leave: Text | None = None,
        stops: bool = False,
    ) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self._work_of, self._words, self._runner = work, words, Runner()
        self.result_of_work: Any = None
        self.done_well = False
        self.running = False
        self.setWindowTitle(tr(title))
        self.setMinimumWidth(theme.current().px(460))
        self.words, self.bar, self.banner = label(words), QProgressBar(), Banner()
        self.words.setWordWrap(True)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr(words))
        self.again = button(_("Try again"), "refresh", "primary")
        self.again.clicked.connect(self._begin)
        self.leave = button(leave or _("Close"))
        self.leave.clicked.connect(self.reject)
        self._may_leave, self._stops = leave is not None, stops
        self._task: Task | None = None
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for widget in (self.banner, self.words, self.bar):
            layout.addWidget(widget)
        layout.addLayout(row)
        self._runner.progressed.connect(self._count)
        self._runner.ended.connect(self._come_to_end)

    def run(self) -> bool:
        """Do the work, visibly once it takes longer; False when it was refused or not waited for."""
        loop = QEventLoop()
        self._ended.connect(loop.quit)
        self._begin()
        QTimer.singleShot(QUIET, loop, loop.quit)
        loop.exec()
        if not self.done_well:
            self.exec()
        return self.done_well

    def _begin(self) -> None:
        self.running = True
        self.banner.hide()
        self._show_buttons()
        _LEFT.append(self._runner)
        self._task = self._runner.run_long(
            lambda task: self._work_of(task.progress), self._words, self._done, self._refused
        )

    def _count(self, task: Task) -> None:
        self.bar.setRange(0, task.total)
        self.bar.setValue(task.count)
        if self._stops and not task.cancelled:
            self.words.setText(tr(progress_text(task)))

    def _come_to_end(self, task: Task) -> None:
        """What was stopped too late is done; what was stopped in time is as if it had never begun."""
        if not shiboken6.isValid(self) or not task.cancelled:
            return
        if task.error is None:
            self._done(task.result)
        elif isinstance(task.error, Cancelled):
            self.running = False
            super().reject()
        else:
            self._refused(task.error)

    def _done(self, result: Any) -> None:
        if shiboken6.isValid(self):  # else nobody waited
            self.result_of_work, self.done_well, self.running = result, True, False
            self.accept()
            self._ended.emit()

    def _refused(self, error: Exception) -> None:
        if shiboken6.isValid(self):
            self.running = False
            self.banner.refuse(error)
            self._show_buttons()
            self.again.setFocus()
            self._ended.emit()

    def _show_buttons(self) -> None:
        self.bar.setVisible(self.running)
        self.again.setVisible(not self.running)
        self.leave.setVisible(self._may_leave or not self.running)
        self.leave.setEnabled(True)

    def reject(self) -> None:
        """Esc goes on without the work only where its button does."""
        if self._stops and self.running:
            if self._task is not None:
                self._task.cancel()
            self.leave.setEnabled(False)
            self.words.setText(tr(_("Stopping; what was begun is taken back…")))
        elif self._may_leave or not self.running:
            super().reject()
