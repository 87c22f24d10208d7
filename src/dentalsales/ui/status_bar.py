"""The line at the bottom: what the screen says, work in progress with its cancel button, and the last backup."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar

from dentalsales.i18n import _, tr
from dentalsales.ui import theme
from dentalsales.ui.background import Runner, Task, progress_text
from dentalsales.ui.icons import pixmap
from dentalsales.ui.page import button, label, show_count

Cancel = Callable[[], None]


class StatusBar(QFrame):
    """Shows one task at a time: the one begun first."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.setMinimumHeight(theme.current().px(28))
        self._tasks: list[Task] = []
        self.text = label("", "hint")
        self._work, self._bar = label("", "hint"), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(tr(_("Progress")))
        self._cancel = button(_("Cancel"), "", "link")
        self._cancel.clicked.connect(self._stop)
        self._dot, self.backup = QLabel(), button("", "", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for widget in (self._work, self._bar, self._cancel, self._dot, self.backup):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._low = self._warns = False
        runner.started.connect(self._begin)
        runner.progressed.connect(self._show)
        runner.ended.connect(self._end)
        self._show()

    def say(self, text: str) -> None:
        """Show what the screen says about itself."""
        self.text.setText(text)
        self._give_way()

    def set_low(self, low: bool) -> None:
        """In a low window be there only while there is something to say; a backup that is well has a screen."""
        self._low = low
        self._give_way()

    def _give_way(self) -> None:
        if self.parentWidget() is not None:  # before it is laid out it would open as a window of its own
            self.setVisible(not self._low or bool(self._tasks) or self._warns or bool(self.text.text()))

    def show_backup(self, state: Any, problem: str) -> None:
        """Say how old the copies here and elsewhere are; what is too old or wrong is marked by shape and colour."""
        for widget in (self._dot, self.backup):
            widget.setVisible(state is not None or bool(problem))
        if state is None and not problem:
            return
        from dentalsales.usecases.backup_state import long_words, short_words

        self._warns = bool(problem) or state is None or state.warns
        name, token = ("alert-triangle", "warning") if self._warns else ("check", "success")
        self._dot.setPixmap(pixmap(name, 16, token, self.devicePixelRatioF()))
        words = tr(_("The last backup could not be made")) if problem else tr(short_words(state))
        self.backup.setText(words)
        self.backup.setAccessibleName(words)
        self.backup.setToolTip(problem or tr(long_words(state)))
        self._give_way()

    def _begin(self, task: Task) -> None:
        if task.label is not None:
            self._tasks.append(task)
            self._show()

    def _end(self, task: Task) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
            self._show()

    def _stop(self) -> None:
        if self._tasks:
            self._tasks[0].cancel()
            self._work.setText(tr(_("Stopping")))

    def _show(self, changed: Task | None = None) -> None:
        for widget in (self._work, self._bar, self._cancel):
            widget.setVisible(bool(self._tasks))
        if self._tasks:
            task = self._tasks[0]
            self._work.setText(tr(progress_text(task)))
            show_count(self._bar, task.count, task.total)
        self._give_way()
