"""The panel at the right of a list: what the record under the cursor holds, read beside the window."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dentalsales.exchange.cell_text import shown
from dentalsales.i18n import _, n_, tr
from dentalsales.ui import theme
from dentalsales.ui.insight_panel import fact_text
from dentalsales.ui.messages import sentence_of
from dentalsales.ui.page import drop_all, label
from dentalsales.ui.shell import Shell
from dentalsales.ui.state_trail import StateChip
from dentalsales.usecases.peek import peek

WIDTH = 320
PAUSE = 120
"""Milliseconds the cursor has to rest: walking by arrow keys asks nothing."""


class PeekPanel(QScrollArea):
    """Follows the cursor of the list; an answer that comes when the cursor has gone on is dropped."""

    def __init__(self, shell: Shell, table: Any, register_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._table, self._register = shell, table, register_name
        self._asked = 0
        content = QFrame()
        content.setObjectName("surface")
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(8)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.current().px(WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr(_("Peek")))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.refresh)
        table.current_changed.connect(self._follow)
        self.hide()

    def switch(self, on: bool) -> None:
        """Show the panel, or take it away."""
        self.setVisible(on)
        if on:
            self.refresh()

    def _follow(self) -> None:
        if not self.isHidden():
            self._pause.start()

    def refresh(self) -> None:
        """Read the record under the cursor."""
        self._pause.stop()
        record_id, desk, name = self._table.current_id(), self._shell.desk, self._register
        self._asked += 1
        asked = self._asked
        if record_id is None:
            self._clear()
            return
        self._shell.runner.run(
            lambda: peek(desk, name, record_id),
            lambda found: self._tell(asked, found),
            lambda error: self._refuse(asked, error),
            owner=self,
        )

    def _clear(self) -> None:
        drop_all(self._layout)

    def _refuse(self, asked: int, error: Exception) -> None:
        """Say in the panel why a record can't be shown."""
        if asked == self._asked:
            self._clear()
            words = label(sentence_of(error), "secondary")
            words.setWordWrap(True)
            self._layout.addWidget(words)
            self._layout.addStretch()

    def _tell(self, asked: int, found: Any) -> None:
        if asked != self._asked:
            return
        self._clear()
        title = label(found.title, "section")
        title.setWordWrap(True)
        self._layout.addWidget(title)
        if found.state is not None:
            chip = StateChip(self.widget())
            chip.show_state(found.state)
            self._layout.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(_pairs([(tr(words), shown(value, kind), "") for words, kind, value in found.facts]))
        for words, count, lines in found.lines:
            if count:
                self._add_lines(tr(words), count, lines)
        for words, facts in found.groups:
            self._layout.addWidget(_heading(tr(words)))
            self._layout.addWidget(_pairs([(tr(fact.label), fact_text(fact), fact.tone) for fact in facts]))
        self._layout.addStretch()

    def _add_lines(self, words: str, count: int, lines: Any) -> None:
        self._layout.addWidget(_heading(f"{words} ({count})"))
        for cells in lines:
            line = QLabel("  ".join(filter(None, cells)))
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            self._layout.addWidget(line)
        if count > len(lines):
            more = n_("and {count} more line", "and {count} more lines").fill(count=count - len(lines))
            self._layout.addWidget(label(more, "hint"))


def _pairs(rows: list[tuple[str, str, str]]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    for place, (words, value, tone) in enumerate(rows):
        name = label(words, "secondary")
        said = QLabel(value)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        said.setProperty("tone", tone)
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, place, 1)
    return box


def _heading(words: str) -> QLabel:
    made = label(words)
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    return made
