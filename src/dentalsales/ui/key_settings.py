"""The keys of the program as the employee wants them: choose one, press the new keys, or take the old ones back."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dentalsales.blueprint.rules import RuleBroken
from dentalsales.i18n import _, tr
from dentalsales.ui import key_map, theme
from dentalsales.ui.actions import ACTIONS, GROUPS, Action
from dentalsales.ui.messages import Banner, sentence_of
from dentalsales.ui.page import button, label

MODIFIER_KEYS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})


class KeySettings(QFrame):
    """Every key of the program with its meaning; those of typing stand there to be read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.hide()
        self.banner = Banner(self)
        self.rows: dict[str, KeyRow] = {}
        head = QHBoxLayout()
        head.addWidget(label(_("Keys"), "section"))
        head.addWidget(label(_("Choose one and press the new keys; Esc keeps the old ones."), "hint"))
        head.addStretch(1)
        everything = button(_("Reset all keys"), "arrow-back-up")
        everything.clicked.connect(lambda: self._change(lambda: key_map.current().reset()))
        head.addWidget(everything)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.banner)
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, theme.current().px(260))
        grid.setColumnStretch(3, 1)
        layout.addLayout(grid)

    def draw(self) -> Iterator[None]:
        """Make the rows one by one; the card is hidden until its page shows it."""
        for group, title in GROUPS.items():
            heading = label(title, "secondary", self)
            heading.setContentsMargins(0, 12, 0, 0)
            heading.setFont(theme.current().font(bold=True))
            self._grid.addWidget(heading, self._grid.rowCount(), 0)
            for action in (one for one in ACTIONS if one.group == group):
                self.rows[action.name] = KeyRow(action, self._change, self)
                self.rows[action.name].place(self._grid, self._grid.rowCount())
                yield

    def _change(self, act: Callable[[], object]) -> None:
        try:
            act()
        except RuleBroken as refusal:
            self.banner.tell(sentence_of(refusal))
        else:
            self.banner.hide()
        for row in self.rows.values():
            row.refresh()

    def show_if(self, wanted: str) -> bool:
        """Show the keys whose words hold the wanted ones, and return whether there are any."""
        return any([row.show_if(wanted) for row in self.rows.values()])


class KeyRow:
    """One act: its meaning, its keys, and the way back to those of the program."""

    def __init__(self, action: Action, change: Callable[[Callable[[], object]], None], card: QWidget) -> None:
        self.action = action
        self._words = label(action.text, "", card)
        self._words.setMinimumHeight(theme.current().px(32))
        self.keys: QLabel | KeyButton
        if action.fixed:
            self.keys = QLabel(card)
            self.keys.setObjectName("keyCap")
        else:
            self.keys = KeyButton(lambda chord: change(lambda: key_map.current().change(action.name, chord)), card)
        self.back = button(_("Reset"), "", "link", parent=card)
        self.back.setAccessibleName(tr(_("{what}: keys of the program").fill(what=action.text)))
        self.back.clicked.connect(lambda: change(lambda: key_map.current().reset(action.name)))
        self._after = label(_("Key of typing") if action.fixed else "", "hint", card)
        self.refresh()

    def refresh(self) -> None:
        """Show the keys in force."""
        keys = key_map.current()
        shown = keys.shown(self.action.name, all_of_them=True)
        self.keys.setText(shown or tr(_("None")))
        self.keys.setAccessibleName(tr(_("{label}: {value}").fill(label=self.action.text, value=self.keys.text())))
        self.back.setVisible(keys.is_changed(self.action.name) and not self._words.isHidden())

    def place(self, grid: QGridLayout, row: int) -> None:
        """Put the parts into a grid."""
        for column, widget in enumerate((self._words, self.keys, self.back, self._after)):
            grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_if(self, wanted: str) -> bool:
        """Show the row if its words or keys hold the wanted ones, and return whether they do."""
        seen = wanted in f"{self._words.text()} {self.keys.text()}".lower()
        for widget in (self._words, self.keys, self._after):
            widget.setVisible(seen)
        self.back.setVisible(seen and key_map.current().is_changed(self.action.name))
        return seen


class KeyButton(QPushButton):
    """Waits, once pressed, for the next keys; nothing else hears them meanwhile."""

    def __init__(self, pressed: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._take, self._waiting, self._before = pressed, False, ""
        self.clicked.connect(self._wait)

    def _wait(self) -> None:
        if not self._waiting:
            self._waiting, self._before = True, self.text()
            self.setText(tr(_("Press the keys…")))

    def _stop(self) -> None:
        self._waiting = False
        self.setText(self._before)

    def event(self, event: QEvent) -> bool:
        """Take keys before shortcuts do."""
        if self._waiting and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self._waiting and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._hear(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins the waiting as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _hear(self, event: QKeyEvent) -> None:
        if event.key() in MODIFIER_KEYS:
            return
        chord = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        self._stop()
        if event.key() != Qt.Key.Key_Escape:
            self._take(chord)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever leaves keeps the old keys."""
        if self._waiting:
            self._stop()
        super().focusOutEvent(event)
