"""A clerk at the real window: begins orders, and accepts the consent with the Enter that a clerk presses."""

from typing import Any

from hands import CTRL, ENTER, Hands, Key
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Clerk(Hands):
    """Hands that know how an order begins and where it ends."""

    def new_order(self) -> Any:
        """From the list of orders: Ctrl+N; return the form that opened."""
        QTest.keyClick(self.window, Key.Key_4, CTRL)
        self.window.runner.settle()
        before = self.window.shell.workspace.current_record()
        self.press(Key.Key_N, held=CTRL)
        self._bot.waitUntil(lambda: self.window.shell.workspace.current_record() not in (None, before))
        widget = self.window.shell.workspace.current_record().widget
        self._bot.waitUntil(lambda: widget.isAncestorOf(QApplication.focusWidget() or self.window))
        return widget

    def submit(self, widget: Any) -> None:
        """Ctrl+Enter and the Enter that accepts the consent."""
        self.in_dialog(lambda dialog: self.press(ENTER))
        self.press(ENTER, held=CTRL)
        self._bot.waitUntil(lambda: widget.form.state.name == "stock_confirmed")
