"""A reference to another record: a code, a part of the name or its initials are enough."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dentalsales.i18n import _, tr
from dentalsales.ui.editors.field_editor import STAYS, LineEditor, guarded_by_ime
from dentalsales.ui.icons import icon
from dentalsales.ui.link_choices import Choice, LinkChoices
from dentalsales.ui.suggestion_popup import CREATE, FAMILY, SuggestionPopup

PAUSE_MS = 15
"""After the last key, before the list is asked: fast typing asks once."""


class LinkEditor(LineEditor):
    """Typing opens suggestions, Enter takes the one under the cursor and walks on in the same key press."""

    family_asked = Signal(int)
    """The family of a record is wanted as a grid of quantities."""

    def __init__(self, choices: LinkChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._title = ""
        self._asked: str | None = None
        self._best: int | None = None
        self._popup: SuggestionPopup | None = None
        self._choosing = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda: self._pause.start())
        if choices.register is not None:
            search = QAction(icon("search"), tr(_("Choose from the list (F7)")), self)
            search.triggered.connect(self.open_picker)
            self.addAction(search, QLineEdit.ActionPosition.TrailingPosition)

    def write(self, value: Any) -> str:
        """Return the title of the record that the link points at."""
        return self._title

    def set_value(self, value: Any, shown: str = "") -> None:
        """Show a record by its title."""
        self._title = shown
        super().set_value(value)
        self.setToolTip(shown)

    def settle(self) -> bool:
        """Take the match under the cursor; False when what was typed matches nothing or is being chosen."""
        if self._choosing:
            return False
        if not self.isModified():
            self._hide()
            return True
        if not self.text().strip():
            return self._take(None)
        if self._asked != self.text():
            self._ask()
        current = self._popup.current() if self._popup is not None else None
        if current is None:
            self._ask()
            return False
        if current == CREATE:
            return self._create()
        if current == FAMILY:
            self._ask_family()
            return False
        return self._take(Choice(current.id, current.title))

    def give_up(self) -> bool:
        """Close the list and show the record from before the typing."""
        self._hide()
        return super().give_up()

    def list_open(self) -> bool:
        """True while the suggestions are shown."""
        return self._popup is not None and self._popup.isVisible()

    def create_new(self) -> None:
        """Let the user enter a new record, where he may."""
        if self._choices.may_create:
            self._create()

    def best(self) -> int | None:
        """Return the record that is meant now: the suggestion under the cursor, else the one that stands here."""
        if not self.isModified():
            return self._value if isinstance(self._value, int) else None
        if self._asked != self.text():
            self._ask()
        current = self._popup.current() if self._popup is not None else None
        return getattr(current, "id", None) or self._best

    def open_picker(self) -> None:
        """Open the whole register to choose from."""
        self._choose(lambda: self._choices.pick(self.text() if self.isModified() else "", self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list; F7 and Alt+Down open the picker; Ctrl+Shift+N makes a new record."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if guarded_by_ime(self, event):
            event.accept()
        elif key == Qt.Key.Key_F7 or (key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier):
            self.open_picker()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not modifiers and self.list_open():
            assert self._popup is not None
            self._popup.move_cursor(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_N and modifiers == _CTRL_SHIFT:
            self.create_new()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What may be typed now is looked up beside the window, before the first letter."""
        super().focusInEvent(event)
        self._choices.make_ready(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving with text that was not matched puts the former record back."""
        self._pause.stop()
        if self.isModified() and self.text().strip() and not self._choosing and event.reason() not in STAYS:
            self._settle_on_leaving()
        super().focusOutEvent(event)
        self._hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the field."""
        self._hide()
        super().hideEvent(event)

    def _settle_on_leaving(self) -> None:
        """Leaving never opens a dialog: what matches is taken, what does not is given up."""
        if self._asked != self.text():
            self._ask()
        current = self._popup.current() if self._popup is not None else None
        if current is not None and current not in (CREATE, FAMILY):
            self._take(Choice(current.id, current.title))
        else:
            self.setModified(False)

    def _ask(self) -> None:
        self._pause.stop()
        if self.composing():
            return
        self._asked = self.text()
        if not self._asked.strip():
            self._hide()
            return
        if self._popup is None:
            self._popup = SuggestionPopup(self)
            self._popup.chosen.connect(self._clicked)
        found = self._choices.suggest(self._asked)
        self._best = found[0].id if found else None
        family = self._choices.family_of(self._best) if self._best is not None else ""
        self._popup.offer(found, self._asked, self._choices.may_create, family)

    def _ask_family(self) -> None:
        self._hide()
        if self._best is not None:
            self.family_asked.emit(self._best)

    def _clicked(self, choice: Any) -> None:
        if choice == CREATE:
            self._create()
        elif choice == FAMILY:
            self._ask_family()
        elif choice is not None and self._take(Choice(choice.id, choice.title)):
            self.walked.emit(True)

    def _create(self) -> bool:
        typed = self.text().strip() if self.isModified() else ""
        return self._choose(lambda: self._choices.create(typed, self))

    def _choose(self, ask: Any) -> bool:
        """Open a dialog; what was typed stays when it is left without a choice."""
        self._hide()
        self._choosing = True
        try:
            choice = ask()
        finally:
            self._choosing = False
        self.setFocus()
        return self._take(choice) if choice is not None else False

    def _take(self, choice: Choice | None) -> bool:
        self._hide()
        value = choice.id if choice is not None else None
        changed = value != self._value
        self._asked = None
        self.set_value(value, choice.title if choice is not None else "")
        if changed:
            self.entered.emit()
        return True

    def _hide(self) -> None:
        self._pause.stop()
        if self._popup is not None:
            self._popup.hide()


_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
