"""Asks every two seconds what others saved in a company that several programs share, and tells the open screens."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from dentalsales import log
from dentalsales.i18n import _
from dentalsales.ui.background import Runner
from dentalsales.ui.messages import Messages
from dentalsales.usecases.desk import Desk

LOOK_SECONDS = 2


class OthersWatch(QObject):
    """What it finds goes the way of own changes; nothing is missed while the server could not be reached."""

    def __init__(self, desk: Desk, runner: Runner, messages: Messages) -> None:
        super().__init__(messages)
        self._desk, self._runner, self._messages = desk, runner, messages
        self._last: int | None = None
        self._asking = self.lost = False
        self.timer = QTimer(self, interval=1000 * LOOK_SECONDS)
        self.timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look from now on; a company that only this program has open is not watched."""
        if not self._desk.company.exclusive:
            self.timer.start()
            self.look()

    def end(self) -> None:
        """The window goes."""
        self.timer.stop()

    def look(self) -> None:
        """Ask what came since the last time, unless that is being asked already."""
        if not self._asking:
            self._asking = True
            self._runner.run(self._ask, self._seen, self._refused, owner=self)

    def _ask(self) -> Any:
        from dentalsales.usecases import changes

        return changes.News(changes.newest(self._desk)) if self._last is None else changes.since(self._desk, self._last)

    def _seen(self, news: Any) -> None:
        self._asking = False
        self._last = news.last
        if self.lost:
            self.lost = False
            self._messages.toast(_("The server answers again."), "success")
        for register in sorted(news.registers):
            self._runner.records_changed.emit(register)

    def _refused(self, error: Exception) -> None:
        """Say once that nothing new can be seen; the next looks are quiet until the server answers."""
        self._asking = False
        if not self.lost:
            self.lost = True
            log.report(error)
            self._messages.toast(
                _("The server does not answer: what others save is not seen until it does."), "warning"
            )
