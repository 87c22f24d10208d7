"""The facts beside a form: last prices, stock by lot, credit, whatever the register names."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dentalsales.blueprint.insight import Fact
from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import Text, tr
from dentalsales.ui.page import label

PAUSE_MS, ONE_LINE = 60, 16
"""Walking through the lines with the arrows asks once, at the end; values up to this length stay on one line."""


class InsightPanel(QWidget):
    """Asks the form for its facts shortly after the line under the cursor has changed."""

    refreshed = Signal()
    """There are other facts, or none any more."""

    def __init__(self, form: Any, shell: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form, self._shell = form, shell
        self._line: int | None = None
        self._lines = "lines"
        self._shown: Any = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)

    def look_at(self, lines: str, line: int | None) -> None:
        """Show the facts of a line of a lines field, or of the head alone, in a moment."""
        self._lines, self._line = lines, line
        self._pause.start()

    def refresh_soon(self) -> None:
        """Show the facts in a moment: something was put in."""
        self._pause.start()

    def refresh(self) -> None:
        """Show the facts now."""
        self._pause.stop()
        groups = [(title, tuple(facts)) for title, facts in self._form.insights(self._line, self._lines)]
        if groups == self._shown:
            return
        self._shown = groups
        self._clear()
        for title, facts in groups:
            self._layout.addWidget(_heading(title))
            self._layout.addWidget(self._group(facts))
        self.setVisible(bool(groups))
        self.refreshed.emit()

    @property
    def is_empty(self) -> bool:
        """True while there is nothing to show."""
        return not self._shown

    def _group(self, facts: Sequence[Fact]) -> QWidget:
        group = QWidget()
        rows = QVBoxLayout(group)
        rows.setContentsMargins(0, 0, 0, 8)
        rows.setSpacing(2)
        for fact in facts:
            name, value = label(fact.label, "secondary"), self._value(fact)
            name.setTextFormat(Qt.TextFormat.PlainText)
            name.setWordWrap(True)
            level = Qt.AlignmentFlag.AlignVCenter if fact.opens is not None else Qt.AlignmentFlag.AlignTop
            row = QHBoxLayout()
            row.setSpacing(8)
            # A short value leaves its row to the name; a sentence fills what is left, or lines of it would hide.
            is_sentence = isinstance(value, QLabel) and value.wordWrap()
            row.addWidget(name, 0 if is_sentence else 1, level)
            row.addWidget(value, 1 if is_sentence else 0, Qt.AlignmentFlag(0) if is_sentence else level)
            rows.addLayout(row)
        return group

    def _value(self, fact: Fact) -> QWidget:
        words = fact_text(fact)
        if fact.opens is not None:
            register, record_id = fact.opens
            link = QPushButton(words)
            link.setProperty("look", "fact")
            link.setAutoDefault(True)
            link.setAccessibleName(f"{tr(fact.label)} {words}")
            link.clicked.connect(lambda: self._shell.open_record(register, record_id))
            return link
        value = QLabel(words)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(len(words) > ONE_LINE)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setProperty("tone", fact.tone)
        return value

    def _clear(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def fact_text(fact: Fact) -> str:
    """Return the words for a fact's value."""
    return shown(fact.value, fact.kind) or "—"


def _heading(title: Text) -> QLabel:
    heading = label(title)
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    return heading
