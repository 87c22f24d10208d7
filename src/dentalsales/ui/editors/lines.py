"""The lines of a record: the grid with its buttons."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dentalsales.i18n import Text, _, tr
from dentalsales.ui.cell_menu import offer_lines_menu
from dentalsales.ui.lines_grid import LinesGrid
from dentalsales.ui.lines_history import show_history
from dentalsales.ui.lines_model import LinesModel
from dentalsales.ui.lines_paste_report import PasteNotice
from dentalsales.ui.lines_repeat import TITLE, offers_repeat, repeat_earlier
from dentalsales.ui.messages import Banner
from dentalsales.ui.page import bind, button, label
from dentalsales.usecases.desk import Desk
from dentalsales.usecases.family_grid import matrix_of
from dentalsales.usecases.messages.form_lines import lines_to_paste_into


class LinesEditor(QWidget):
    """Hosts a LinesGrid; `entered` hands on the names that changed, `walked` that Enter went out of the grid."""

    entered = Signal(object)
    walked = Signal(bool)
    message_asked = Signal()
    """What is on the clipboard is to be read as a message."""

    def __init__(self, desk: Desk, form: Any, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.model = LinesModel(form, name, self)
        self.grid = LinesGrid(desk, self.model, self)
        self.notice = Banner(self)
        self.grid.left.connect(self.walked)
        self._pasted = PasteNotice(self.model, self.notice)
        self.grid.reported.connect(self._pasted.show_report)
        self.grid.told.connect(self._tell)
        self.model.entered.connect(self.entered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.bar = QWidget()
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self.grid, 1)
        if form.notes:
            self.notice.tell("\n".join(tr(note) for note in form.notes), "info")
        self._fill_bar(tr(form.fields()[name].label))
        offer_lines_menu(self.grid, self.model, self)
        self.setFocusProxy(self.grid)

    def be_as_high(self, rows: int) -> None:
        """Be as high as so many rows; lines that come by themselves are all in sight."""
        if self.model.form.fields()[self.name].grows:
            self.grid.show_rows(rows)
            return
        show = lambda: self.grid.show_rows(max(rows, self.model.rowCount()))  # noqa: E731 - for each change of them
        for changed in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            changed.connect(show)
        show()

    def _tell(self, sentences: list[str], tone: str) -> None:
        self._pasted.forget()
        self.notice.tell("\n".join(sentences), tone)

    def value(self) -> Any:
        """The lines are written cell by cell; there is no value to carry."""
        return None

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show what the form holds now."""
        self.model.tell_all()

    def settle(self) -> bool:
        """Take the cell that is being edited and drop lines left empty; False when the cell wants a choice first."""
        if not self.grid.settle():
            return False
        self.model.drop_untouched()
        return True

    def composing(self) -> bool:
        """The cell editors guard the input method themselves."""
        return False

    def _fill_bar(self, title: str) -> None:
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.title = label(title, "secondary")
        row.addWidget(self.title)
        row.addStretch()
        delete = (_("Delete line"), "trash", "Ctrl+Del", self.grid.delete_lines)
        if not self.model.grows:
            if self.model.shrinks:
                self._offer(row, *delete)
            return
        if self.model.form.register.line_history is not None:
            bind(self, "line_history", lambda: show_history(self.model, self.grid))
        if matrix_of(self.model.form, self.name) is not None and self.model.grows:
            bind(self, "matrix", lambda: self.grid.ask_family())
        if offers_repeat(self.model):
            again = button(TITLE, "history", "plain", "repeat")
            again.setFocusPolicy(again.focusPolicy().TabFocus)
            again.clicked.connect(self._repeat)
            bind(self, "repeat", self._repeat)
            row.addWidget(again)
        if lines_to_paste_into(self.model.form) == self.name:
            self._offer_messages(row)
        self._offer(row, _("Insert line"), "plus", "Ins", self.grid.insert_line)
        self._offer(row, *delete)

    def _offer(self, row: QHBoxLayout, text: Text, picture: str, keys: str, act: Callable[[], object]) -> None:
        made = button(text, picture, "plain", keys)
        made.setFocusPolicy(made.focusPolicy().TabFocus)
        made.clicked.connect(act)
        row.addWidget(made)

    def _repeat(self) -> None:
        repeat_earlier(self.model, self.grid)

    def _offer_messages(self, row: QHBoxLayout) -> None:
        made = button(_("Paste message"), "message", "plain", "paste_message")
        made.setFocusPolicy(made.focusPolicy().TabFocus)
        made.clicked.connect(self.message_asked)
        bind(self, "paste_message", self.message_asked.emit)
        self.grid.takes_messages = True
        self.grid.message_pasted.connect(self.message_asked)
        row.addWidget(made)
