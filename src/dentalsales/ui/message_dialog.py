"""A pasted message, checked line by line before it becomes lines of a paper; Esc leaves nothing behind."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from dentalsales.i18n import _, n_, tr
from dentalsales.ui.background import Runner
from dentalsales.ui.link_choices import LinkChoices
from dentalsales.ui.message_question import MessageQuestion
from dentalsales.ui.message_table import MessageModel, MessageTable
from dentalsales.ui.messages import Banner, sentence_of
from dentalsales.ui.page import button, label
from dentalsales.usecases.messages.checking import CheckedMessage, CheckedRow
from dentalsales.usecases.messages.pasted import PastedMessage
from dentalsales.usecases.messages.rows import Reading

TAKE = n_("Take {count} line", "Take {count} lines")
OPEN = n_("{count} line is still open: choose what it means, or leave it out with Del.",
          "{count} lines are still open: choose what they mean, or leave them out with Del.")  # fmt: skip
COUNTED = _("Sure: {sure} · confirmed: {agreed} · to check: {open} · skipped: {skipped}")


class MessageDialog(QDialog):
    """First the text, unless there is one already; then its lines, and below them what the current one asks."""

    def __init__(self, pasted: PastedMessage, form: Any, runner: Runner, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.message: CheckedMessage | None = None
        self._pasted, self._form, self._runner = pasted, form, runner
        self.setWindowTitle(tr(_("Paste message")))
        room = parent.window().size()
        self.resize(min(1120, room.width() - 32), min(600, room.height() - 32))
        self.banner, self.summary = Banner(), label("", "section")
        self.text = QPlainTextEdit(text)
        self.table, self.question, self.model = (
            MessageTable(_("Lines of the message")),
            MessageQuestion(),
            MessageModel(),
        )
        self.table.setModel(self.model)
        self.take_button = button(TAKE.fill(count=0), look="primary", keys="Ctrl+Enter")
        self.pages = QStackedWidget()
        self._lay()
        self._connect()
        if text.strip():
            self._read()
        else:
            self._show_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the number first, then everything."""
        if event.key() == Qt.Key.Key_Escape and self.question.quantity.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Read the text, or take the lines once none of them asks anything."""
        if self.pages.currentIndex() == 0:
            self._read()
        elif self.message is not None:
            if self.message.open:
                self._tell_open()
                self._go_to(self.message.open[0])
            elif self.message.taken:
                self.accept()
            else:
                self.reject()

    def _lay(self) -> None:
        self.text.setAccessibleName(tr(_("Message")))
        self.text.setPlaceholderText(tr(_("Paste the message here, as the customer wrote it.")))
        self.text.setTabChangesFocus(True)
        check = QWidget()
        column = QVBoxLayout(check)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.question)
        self.pages.addWidget(self.text)
        self.pages.addWidget(check)
        cancel, self._change = button(_("Cancel")), button(_("Change the text"))
        cancel.clicked.connect(self.reject)
        self._change.clicked.connect(self._show_text)
        buttons = QHBoxLayout()
        buttons.addWidget(self._change)
        buttons.addStretch()
        for each in (cancel, self.take_button, self._change):
            each.setAutoDefault(each is self.take_button)
        self.take_button.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (self.summary, self.banner):
            layout.addWidget(widget)
        layout.addWidget(self.pages, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.table.agreed.connect(self._agree)
        self.table.chosen.connect(self._choose)
        self.question.chosen.connect(self._choose)
        self.table.picker_asked.connect(self._pick)
        self.table.skip_asked.connect(self._skip)
        self.table.quantity_asked.connect(self._ask_quantity)
        self.question.counted.connect(self._count)
        self.table.selectionModel().currentRowChanged.connect(lambda *_ignored: self._ask())
        self.table.resized.connect(self.table.fit)
        self.take_button.clicked.connect(self.finish)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.finish)

    def _show_text(self) -> None:
        self.pages.setCurrentIndex(0)
        self._change.hide()
        self.summary.setText(tr(_("What did the customer write?")))
        self.take_button.setText(tr(_("Read")))
        self.text.setFocus()

    def _read(self) -> None:
        text = self.text.toPlainText()
        self.summary.setText(tr(_("Reading the message…")))
        self.take_button.setEnabled(False)
        self._change.hide()
        self.pages.setCurrentIndex(1)
        self.table.setFocus()
        self._runner.run(lambda: self._pasted.read(text), self._show_reading, self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        self.take_button.setEnabled(True)
        self._show_text()
        self.banner.tell(sentence_of(error))

    def _show_reading(self, reading: Reading) -> None:
        self.take_button.setEnabled(True)
        if not reading.rows and not reading.skipped:
            self._show_text()
            return
        self.message = CheckedMessage(reading, self._pasted.article)
        self.banner.hide()
        if not self._pasted.knows_the_customer:
            self.banner.tell(tr(_("Choose the customer first: then earlier orders and known wordings help.")), "info")
        self.model.show_message(self.message)
        self.pages.setCurrentIndex(1)
        self._change.show()
        self.table.fit()
        self._sum_up()
        self._go_on(-1)

    def _row(self) -> CheckedRow | None:
        place = self.table.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def _ask(self) -> None:
        self.question.ask(self._row())

    def _agree(self) -> None:
        """Enter: accept what is proposed and go on; where something is asked, the question stays."""
        row = self._row()
        if row is None:
            return
        if row.question == "product" and not row.agree():
            self.banner.tell(
                tr(_("Nothing is proposed here: choose by digit or with F7, or leave it out with Del.")), "info"
            )
            return
        self._answered(row)

    def _choose(self, number: int) -> None:
        row = self._row()
        if row is None or row.skipped:
            return
        if row.question == "unit":
            if number <= len(row.units):
                row.set_unit(row.units[number - 1])
                self._answered(row)
        elif number <= len(row.candidates):
            row.choose(row.candidates[number - 1].id)
            self._answered(row)

    def _pick(self) -> None:
        row = self._row()
        if row is None:
            return
        choices = LinkChoices(self._form.desk, self._pasted.article_field, self._form, None)
        chosen = choices.pick("", self)
        self.table.setFocus()
        if chosen is not None:
            row.choose(chosen.id)
            self._answered(row)

    def _skip(self) -> None:
        row = self._row()
        if row is None:
            return
        row.toggle_skipped()
        if row.skipped:
            self._answered(row)
        else:
            self._changed()

    def _ask_quantity(self) -> None:
        row = self._row()
        if row is not None and row.row.article is not None and not row.skipped:
            self.question.ask_quantity()

    def _count(self, quantity: int | None) -> None:
        row = self._row()
        if row is None or quantity is None or quantity <= 0:
            return
        row.set_quantity(quantity)
        self.table.setFocus()
        self._answered(row)

    def _answered(self, row: CheckedRow) -> None:
        """Show a line anew; when it asks nothing more, go to the next one that does."""
        self.banner.hide()
        self._changed()
        if row.question == "quantity":
            self._ask_quantity()
        elif not row.question:
            self._go_on(self.table.currentIndex().row())

    def _changed(self) -> None:
        self.model.tell(self.table.currentIndex().row())
        self._ask()
        self._sum_up()

    def _go_on(self, after: int) -> None:
        """Go to the next line that asks, from the top again at the end; when there is none, to the button."""
        assert self.message is not None
        waiting = self.message.open
        if waiting:
            self._go_to(next((place for place in waiting if place > after), waiting[0]))
            return
        if after < 0:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.take_button.setFocus()

    def _go_to(self, place: int) -> None:
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(place, 0))
        row = self._row()
        if row is not None and row.question == "quantity":
            self._ask_quantity()

    def _sum_up(self) -> None:
        assert self.message is not None
        counts = self.message.counts()
        self.take_button.setText(tr(TAKE.fill(count=len(self.message.taken))))
        words = {name: counts.get(name, 0) for name in ("sure", "agreed", "skipped")}
        self.summary.setText(tr(COUNTED.fill(open=len(self.message.open), **words)))

    def _tell_open(self) -> None:
        assert self.message is not None
        self.banner.tell(tr(OPEN.fill(count=len(self.message.open))), "warning")
