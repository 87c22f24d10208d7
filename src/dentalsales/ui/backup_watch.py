"""Looks after the copies while the window is open: the daily one, the second place, and what the status bar says."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from dentalsales.i18n import Text, _
from dentalsales.ui.background import Runner, Task
from dentalsales.ui.messages import Messages, sentence_of
from dentalsales.usecases.desk import Desk

LOOK_SECONDS = 60
AGAIN_SECONDS = 15 * 60
"""After a copy that could not be made, the next attempt; a full disk need not be told every minute."""


class BackupWatch(QObject):
    """Everything that touches a disk runs in the background; what goes wrong is told and stays in the message list."""

    changed = Signal()
    """What is known of the copies, or of the last attempt, is another."""

    def __init__(self, desk: Desk, runner: Runner, messages: Messages) -> None:
        super().__init__(messages)
        self._desk, self._runner, self._messages = desk, runner, messages
        self.state: Any = None
        self.problem = ""
        """Why the last automatic copy could not be made, "" when it was."""
        self._task: Task | None = None
        runner.ended.connect(self._after)
        self._automatic = False
        self._not_before = 0.0
        self._writes_at_copy: int | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self, automatic: bool) -> None:
        """Look now, and every minute; automatic copies only where this program may write."""
        self._automatic = automatic and self._desk.company.may_write
        self._timer.start(1000 * LOOK_SECONDS)
        self.look()

    def end(self) -> None:
        """The window goes."""
        self._timer.stop()

    @property
    def unchanged(self) -> bool:
        """True when nothing was written since the last copy of this window; of a server nobody knows."""
        return self._desk.company.exclusive and self._writes_at_copy == self._desk.company.writes

    @property
    def working(self) -> bool:
        """True while a copy is being made."""
        return self._task is not None

    def look(self) -> None:
        """Ask the disks how safe the company is."""
        self._runner.run(self._ask, self._seen, self._ask_refused, owner=self)

    def make(
        self,
        reason: str,
        folder: Path | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Make a copy, here or in a folder, then one in the second place."""
        company = self._desk.company

        def work(task: Task) -> Any:
            from dentalsales.usecases import back_up

            if folder is not None:
                back_up.carry_away(self._desk, folder)
            writes = company.writes
            made = back_up.back_up_company(company, folder, reason, progress=task.progress)
            self._writes_at_copy = writes
            back_up.copy_elsewhere(company, self._desk.now(), task.progress)
            return made

        self._work(work, _("Backing up…"), done, failed)

    def _ask(self) -> Any:
        from dentalsales.usecases.backup_state import backup_state, tell_state

        state = backup_state(self._desk.company, self._desk.now())
        if self._automatic:
            tell_state(self._desk.company, state)
        return state

    def _seen(self, state: Any) -> None:
        self.state = state
        self.changed.emit()
        if not self._automatic or self.working or monotonic() < self._not_before:
            return
        if state.daily_due:
            self.make("daily")
        elif state.present and state.missing:
            self._work(self._catch_up, _("Copying to the second place…"))

    def _catch_up(self, task: Task) -> None:
        from dentalsales.usecases import back_up

        back_up.copy_elsewhere(self._desk.company, self._desk.now(), task.progress)

    def _work(
        self,
        work: Callable[[Task], Any],
        words: Text,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def ended(made: Any) -> None:
            self.problem = ""
            if done is not None:
                done(made)
            self.look()

        def refused(error: Exception) -> None:
            self.problem = sentence_of(error)
            self._not_before = monotonic() + AGAIN_SECONDS
            if failed is not None:
                failed(error)
            else:
                self._messages.refuse(error)
            self.changed.emit()
            self.look()

        self._task = self._runner.run_long(work, words, ended, refused, owner=self)
        self.changed.emit()

    def _after(self, task: Task) -> None:
        """What was stopped tells nobody else that it is over."""
        if task is self._task:
            self._task = None
            self.changed.emit()

    def _ask_refused(self, error: Exception) -> None:
        self.problem = sentence_of(error)
        self.changed.emit()
