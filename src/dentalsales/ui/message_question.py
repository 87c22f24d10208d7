"""What the current line of a message asks: the products or units to choose from by digit, and how many."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dentalsales.blueprint.fields import Field
from dentalsales.i18n import Text, _, tr
from dentalsales.ui import theme
from dentalsales.ui.editors.number import NumberEditor
from dentalsales.ui.page import drop_all, label
from dentalsales.usecases.messages.checking import CheckedRow

ROWS = 3
"""So many choices stand below one another."""
MOST = 9
CHIP_SIDES = 28
"""What the sides of a choice take, in pixels at 100 %."""
QUANTITY = Field("quantity", _("Quantity"))
QUESTIONS: dict[str, Text] = {
    "product": _("Which product is meant? A digit chooses, F7 opens the whole list, Del leaves the line out."),
    "agreed": _("Enter agrees with the proposal; a digit chooses another, F7 opens the whole list."),
    "unit": _("By which unit? A digit chooses."),
    "quantity": _("How many? Type the number and press Enter."),
    "skipped": _("This is not part of the order. F7 chooses a product for it after all."),
    "": _("Nothing to ask here. A digit or F7 chooses another product, F2 changes the quantity, Del leaves it out."),
}


class MessageQuestion(QWidget):
    """Draws the question of one line; the keyboard stays in the table, except for the number."""

    chosen = Signal(int)
    counted = Signal(object)
    """The quantity that was entered, None when it was no number."""
    left = Signal()
    """Esc in the quantity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("", "secondary")
        self.words.setWordWrap(True)
        self.quantity = NumberEditor(QUANTITY)
        self.quantity.setAccessibleName(tr(_("Quantity")))
        self.quantity.setFixedWidth(theme.current().px(96))
        self.quantity.walked.connect(lambda *_ignored: self._count())
        self._choices = QGridLayout()
        self._choices.setSpacing(4)
        self._choices.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        caption = QLabel(tr(_("Quantity")))
        caption.setBuddy(self.quantity)
        head.addWidget(caption)
        head.addWidget(self.quantity)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._choices)

    def ask(self, row: CheckedRow | None) -> None:
        """Show what a line asks."""
        drop_all(self._choices)
        self.quantity.setEnabled(row is not None and not row.skipped and row.row.article is not None)
        self.quantity.set_value(row.row.quantity if row is not None else None)
        if row is None:
            self.words.setText("")
            return
        question = "skipped" if row.skipped else row.question
        proposed = question == "product" and row.row.article is not None
        said = [*row.reasons, QUESTIONS["agreed" if proposed else question]]
        self.words.setText(" ".join(map(tr, said)))
        choices = row.units if question == "unit" else [one.title for one in row.candidates]
        self._offer(choices if question != "skipped" else (), row)

    def ask_quantity(self) -> None:
        """Put the cursor into the number."""
        self.quantity.setFocus()
        self.quantity.selectAll()

    def _offer(self, choices: Sequence[str], row: CheckedRow) -> None:
        chosen = row.row.unit if row.question == "unit" else row.title
        for place, words in enumerate(choices[:MOST]):
            made = _Choice(f"{place + 1}  {words}")
            made.setCheckable(True)
            made.setChecked(words == chosen)
            made.setToolTip(words)
            made.setAccessibleName(f"{place + 1} {words}")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(lambda _checked=False, number=place + 1: self.chosen.emit(number))
            self._choices.addWidget(made, place % ROWS, place // ROWS)
        for column in range(MOST // ROWS):
            self._choices.setColumnStretch(column, 1)

    def _count(self) -> None:
        editor: QLineEdit = self.quantity
        if editor.isEnabled() and self.quantity.settle():
            value = self.quantity.value()
            self.counted.emit(value if isinstance(value, int) else None)


class _Choice(QPushButton):
    """A choice with its digit; what has no room is cut at its end, never at the digit."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setProperty("look", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room there is."""
        super().resizeEvent(event)
        room = self.width() - theme.current().px(CHIP_SIDES)
        shown = QFontMetrics(theme.current().font("body", bold=True)).elidedText(
            self._words, Qt.TextElideMode.ElideRight, room
        )
        self.setText(shown.replace("&", "&&"))
