"""Says above an open record that somebody else saved a newer version, and offers to read it or to compare."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from dentalsales.i18n import Text, _, n_, tr
from dentalsales.ui.compare_table import who_and_when
from dentalsales.ui.icons import pixmap
from dentalsales.ui.page import button
from dentalsales.ui.record_acts import settle_conflict
from dentalsales.ui.toast import announce, paint_tone, picture_of
from dentalsales.usecases.changes import Event, events_after


class NewerNotice(QFrame):
    """A calm line; it goes when the form stands on the newest version."""

    def __init__(self, widget: Any) -> None:
        super().__init__(widget)
        self._widget, self._shell = widget, widget.shell
        self._events: list[Event] = []
        self.setObjectName("banner")
        self._picture, self.text = QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.read = button(_("Read again"), "refresh", "link", "refresh")
        self.compare = button(_("Compare"), "", "link")
        self.read.clicked.connect(self.read_again)
        self.compare.clicked.connect(lambda: settle_conflict(widget, saves=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._picture)
        row.addWidget(self.text, 1)
        for one in (self.read, self.compare):
            row.addWidget(one)
        self.hide()
        self._shell.changed.connect(self._ask_about)
        widget.title_changed.connect(lambda title: self._show_or_hide())

    def take_focus(self) -> None:
        """Go to the first thing that can be done."""
        self.compare.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def read_again(self) -> None:
        """Show what is saved now; what was entered here is compared first, for it would be lost."""
        form = self._widget.form
        if form.is_new or not self._widget.body.settle():
            return
        if form.is_changed and not self._newer():
            self._shell.toast(_("Nobody else changed this record; what you entered is still here."))
        elif form.is_changed:
            settle_conflict(self._widget, saves=False)
        elif self._shell.attempt(lambda: (form.reload(), True)) is not None:
            self._widget.redraw()

    def _ask_about(self, register_name: str) -> None:
        """Records of a register were saved, here or elsewhere: look whether this is one of them."""
        form = self._widget.form
        if register_name != form.register.name or form.is_new:
            return
        register, record, version = form.register, form.id, form.version
        self._shell.runner.run(
            lambda: events_after(form.desk, register, record, version), self._seen, lambda error: None, owner=self
        )

    def _seen(self, events: list[Event]) -> None:
        self._events = events
        self._show_or_hide()

    def _newer(self) -> list[Event]:
        """Return what is known to have happened after the version that the form stands on."""
        return [one for one in self._events if one.version > self._widget.form.version]

    def _show_or_hide(self) -> None:
        events = self._newer()
        if not events:
            if self.isAncestorOf(self.window().focusWidget() or self.window()):
                self._widget.take_focus()
            self.hide()
            return
        words = tr(_told(events).fill(who=who_and_when(events[0], self._widget.form.desk.now())))
        if words != self.text.text() or self.isHidden():
            paint_tone(self, "info")
            self._picture.setPixmap(pixmap(*picture_of("info"), self.devicePixelRatioF()))
            self.text.setText(words)
            self.show()
            announce(self, words)


def _told(events: list[Event]) -> Text:
    last = events[0]
    if last.moved:
        return _("{step} → {state}, while it is open here: {who}").fill(step=last.label, state=last.to_label)
    return n_(
        "Changed {count} time while it is open here: {who}",
        "Changed {count} times while it is open here, the last time: {who}",
    ).fill(count=len(events))


def add_notice(widget: Any) -> NewerNotice:
    """Put the notice under the head of a record."""
    notice = NewerNotice(widget)
    room = QHBoxLayout()
    room.setContentsMargins(16, 0, 16, 0)
    room.addWidget(notice)
    widget.layout().insertLayout(2, room)
    return notice
